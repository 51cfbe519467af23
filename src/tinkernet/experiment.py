"""Experiment: all settings of a run. Immutable, complete, comparable and JSON-serializable."""

import math
import numbers
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

import msgspec
from msgspec import structs
from numpy import ndarray

from tinkernet import checks, defaults, fragment
from tinkernet.arrays import Float64
from tinkernet.data import DATASETS, drawing
from tinkernet.data.drawing import Stroke
from tinkernet.data.own.dataset import OWN_DATA, Dataset
from tinkernet.data.slices import PLANE_SLICE, Slice
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count
from tinkernet.formula import FormulaError
from tinkernet.fragment import View
from tinkernet.html import table
from tinkernet.network import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    PROBLEMS,
    REGULARIZATIONS,
    SCHEDULES,
    Layout,
    OutputHead,
    parameters,
)
from tinkernet.network import dropout as dropping
from tinkernet.network.features import MOST_FORMULAS
from tinkernet.network.heads import head_of, heads_for
from tinkernet.network.inputs import PLANE_INPUTS, Inputs, inputs_of
from tinkernet.network.parameters import Option
from tinkernet.network.problems import CLASSIFICATION, REGRESSION
from tinkernet.options import (
    ActivationName,
    DatasetName,
    FeatureName,
    ProblemName,
    RegularizationName,
)

BY_LAYER = ("activation", "dropout")
"""The fields that may have a value for each hidden layer."""
MOST_LAYERS = 64
MOST_NEURONS = 256
MOST_BATCH = 100_000
MOST_STARTS = 1_000_000
# To reach a start, the initial weights of all starts before it are drawn; this many draws take about a second.
MOST_DRAWS = 20_000_000
LONGEST_SEED = 1_000
MOST_SEED_NUMBER = 10**15
MOST_NOISE = 80
MOST_NAMED = 20
"""So many features an error lists."""


UNSET: Any = ""
"""A problem, data set, loss or list of features that is not given: it follows from the others."""

LEARNING_RATES = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""The learning rates that the page offers; any rate that is not negative is valid."""
REGULARIZATION_RATES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""The regularization rates that the page offers; any rate that is not negative is valid."""


class Settings(TypedDict, total=False):
    """The arguments of `Experiment`, which describes each of them; values may be of any accepted type."""

    problem: ProblemName
    dataset: DatasetName
    noise: float
    train_percent: float
    seed: str | float
    start: int
    drawing: str | Stroke | Sequence[Stroke | str]
    features: Sequence[FeatureName | str]
    hidden: Sequence[int]
    activation: ActivationName | Sequence[ActivationName]
    initializer: str | Option
    optimizer: str | Option
    schedule: str | Option
    loss: str | Option
    dropout: float | Sequence[float]
    learning_rate: float
    batch_size: int
    regularization: RegularizationName
    regularization_rate: float
    data: Dataset | tuple[Any, Any] | None


class Setup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of an experiment, without a person's own data: what is small enough to be sent again and again."""

    problem: ProblemName = UNSET
    dataset: DatasetName = UNSET
    noise: float = defaults.NOISE
    train_percent: float = defaults.TRAIN_PERCENT
    seed: str = ""
    start: int = defaults.START
    drawing: str = ""
    features: tuple[FeatureName | str, ...] = UNSET
    hidden: tuple[int, ...] = defaults.HIDDEN
    activation: ActivationName | tuple[ActivationName, ...] = next(iter(ACTIVATIONS.values())).name
    initializer: str = next(iter(INITIALIZERS))
    optimizer: str = next(iter(OPTIMIZERS))
    schedule: str = next(iter(SCHEDULES))
    loss: str = UNSET
    dropout: float | tuple[float, ...] = 0.0
    learning_rate: float = defaults.LEARNING_RATE
    batch_size: int = defaults.BATCH_SIZE
    regularization: RegularizationName = next(iter(REGULARIZATIONS.values())).name
    regularization_rate: float = defaults.REGULARIZATION_RATE


class Experiment(Setup, frozen=True, kw_only=True):
    """Everything that determines a run: the same experiment gives the same run on every machine.

    Args:
        problem: a name in `tinkernet.network.PROBLEMS`; by default the data set's.
        dataset: the data set, a name in `tinkernet.data.DATASETS`; by default the problem's first. With `data` it is
            "own".
        noise: noise in the data, 0 to 80 per cent; 0 with `data`.
        train_percent: share of the points used for training, 0 to 100 per cent; the rest are test points.
        seed: the random seed, a text or number, for data and initial weights; by default five random digits.
        start: which initial weights of the seed to use: 0 for the first, one more for each Reset.
        drawing: strokes that add, remove and move points, as `[Spray(1, (0, 0)), Erase((2, 2))]`; stored as text, whose
            notation is in docs/data.md.
        features: the inputs, names in `tinkernet.network.FEATURES` or formulas such as "sin(3*x)*y"; stored in the
            order of that table, followed by the formulas as given. With `data` they are its columns, or formulas over
            them, with names as in "[petal length]/2"; by default all columns.
        hidden: number of neurons in each hidden layer.
        activation: activation of the hidden neurons, a name in `tinkernet.network.ACTIVATIONS`, or one for each layer.
        initializer: how initial weights are drawn, a name in `tinkernet.network.INITIALIZERS`, with parameters as in
            `"he-normal,scale:0.5"`.
        optimizer: how gradients update the weights, a name in `tinkernet.network.OPTIMIZERS`, with parameters as in
            `"adam,beta1:0.8"`, which `Adam(beta1=0.8)` makes.
        schedule: how the learning rate changes from epoch to epoch, a name in `tinkernet.network.SCHEDULES`, with
            parameters as in `"cosine,epochs:100"`, which `Cosine(epochs=100)` makes.
        loss: the loss function, a name in `tinkernet.network.LOSSES` that fits the problem; by default the squared
            error, or cross-entropy for more than two classes.
        dropout: the share of outputs of hidden neurons that are dropped in training, 0 to 0.9, or one for each layer.
        learning_rate: step size of the updates; not negative.
        batch_size: number of training points per update.
        regularization: the penalty on weights, a name in `tinkernet.network.REGULARIZATIONS`.
        regularization_rate: strength of the penalty; not negative.
        data: your own data, a `tinkernet.Dataset`, or (points, labels) for short; None for built-in data.

    Raises:
        ExperimentError: a value is invalid; the message names the field, the value and what is allowed.

    Example:
        >>> experiment = Experiment(dataset="spiral", hidden=(8, 6), seed="0.35022")
        >>> experiment.replace(activation="relu").activation
        'relu'
    """

    data: Dataset | None = None

    if TYPE_CHECKING:
        # Accepts more types than the fields hold: lists for tuples, numbers for seeds.
        def __init__(self, **settings: Unpack[Settings]) -> None: ...

    def __post_init__(self) -> None:
        """Check every value, and fill in what is missing."""
        seed: object = self.seed
        self._set("seed", fresh_seed() if seed == "" else seed)
        self._set("data", own_data(self.data))
        for name, check in _CHECKS.items():
            self._set(name, check(name, getattr(self, name)))
        self._choose_data()
        drawing.check_labels(self.drawing, self.classes)
        if self.drawing and len(self.inputs.columns) != len(PLANE_SLICE.held):
            raise ExperimentError("drawing", self.drawing, "empty: points can be painted where data has two columns")
        features: object = self.features
        self._set("features", self.inputs.usual if features == UNSET else checked_features(features, self.inputs))
        self._set("loss", self._checked_loss())
        for name in BY_LAYER:
            self._set(name, self._by_layer(name))
        weights = self.layout.weight_count
        if self.start * weights > MOST_DRAWS:
            raise ExperimentError(
                "start", self.start, f"at most {count(MOST_DRAWS // weights)} for a network of {count(weights)} weights"
            )

    def _set(self, name: str, value: object) -> None:
        structs.force_setattr(self, name, value)

    def _choose_data(self) -> None:
        """Check the data set and the problem, or find the one from the other."""
        if self.data is not None:
            if self.dataset not in {UNSET, OWN_DATA}:
                raise ExperimentError("dataset", self.dataset, f"{OWN_DATA}, or not given, with your own data")
            if self.noise != 0:
                raise ExperimentError("noise", self.noise, "0 with your own data")
            self._set("dataset", OWN_DATA)
            problem = problem_of(self.data)
        else:
            if not self.dataset:
                self._set(
                    "dataset", first_dataset(checks.one_of("problem", self.problem or next(iter(PROBLEMS)), PROBLEMS))
                )
            problem = DATASETS[checks.one_of("dataset", self.dataset, DATASETS)].problem
        if not self.problem:
            self._set("problem", problem)
        if checks.one_of("problem", self.problem, PROBLEMS) == problem:
            return
        if self.data is not None:
            raise ExperimentError("problem", self.problem, f"{problem}, as the target of the data is")
        fitting = [name for name, entry in DATASETS.items() if entry.problem == self.problem]
        raise ExperimentError("dataset", self.dataset, f"one of {', '.join(fitting)} for {self.problem}")

    def _checked_loss(self) -> str:
        """The loss, which must fit the problem."""
        fitting = heads_for(self.problem, len(self.classes))
        if not self.loss:
            return fitting[0].loss.name
        names = [head.loss.name for head in fitting]
        if parameters.option_in(LOSSES, self.loss).name not in names:
            what = f"{len(self.classes)} classes" if len(self.classes) > 2 else self.problem
            raise ExperimentError("loss", self.loss, f"{' or '.join(names)} for {what}")
        return self.loss

    def _by_layer(self, name: str) -> Any:
        """A setting for each hidden layer, as one value where all are the same."""
        given = getattr(self, name)
        if not isinstance(given, tuple):
            return given if self.hidden or name != "dropout" else 0.0
        if len(given) != len(self.hidden):
            layers = len(self.hidden)
            raise ExperimentError(name, given, f"one value, or {count(layers)}: one for each hidden layer")
        if not given:
            return type(self).__struct_defaults__[self.__struct_fields__.index(name)]
        return given[0] if len(set(given)) == 1 else given

    @property
    def layout(self) -> Layout:
        """The network's shape: input features, hidden layers, outputs."""
        return Layout((len(self.features), *self.hidden, self.head.outputs(len(self.classes))))

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes; none for a regression."""
        return DATASETS[self.dataset].classes if self.data is None else self.data.classes

    @property
    def inputs(self) -> Inputs:
        """What the inputs may be: functions of the position, or the columns of the data and formulas over them."""
        return PLANE_INPUTS if self.data is None else inputs_of(self.data.names)

    @property
    def plane(self) -> Slice:
        """What is drawn where nothing else is chosen: all of built-in data, the first two columns of own data."""
        return PLANE_SLICE if self.data is None else self.data.slice()

    @property
    def setup(self) -> Setup:
        """All settings but a person's own data."""
        return Setup(**{name: getattr(self, name) for name in Setup.__struct_fields__})

    @classmethod
    def of(cls, setup: Setup, data: Dataset | None) -> "Experiment":
        """The experiment with these settings and this data, if it is a person's own.

        Raises:
            ExperimentError: they are not valid, or do not fit each other.
        """
        return cls(**structs.asdict(setup), data=data)

    @property
    def data_label(self) -> str:
        """What the data is called."""
        return DATASETS[self.dataset].label if self.data is None else self.data.label

    def unscaled(self, points: Float64[ndarray, "n columns"]) -> Float64[ndarray, "n columns"]:
        """Points on the scale of the plane in the units of the data."""
        return points if self.data is None else self.data.scaling.backward(points)

    def scaled(self, points: Float64[ndarray, "n columns"]) -> Float64[ndarray, "n columns"]:
        """Points in the units of the data on the scale of the plane."""
        return points if self.data is None else self.data.scaling.forward(points)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The strokes of the drawing, as values."""
        return drawing.read(self.drawing).strokes

    @property
    def head(self) -> OutputHead:
        """How the network's last layer answers the problem."""
        return head_of(self.problem, len(self.classes), self.loss)

    def in_layers(self, name: str) -> tuple[Any, ...]:
        """The activation or dropout of each hidden layer."""
        value = getattr(self, name)
        return value if isinstance(value, tuple) else (value,) * len(self.hidden)

    def replace(self, **changes: Unpack[Settings]) -> Self:
        """A copy with these fields changed.

        Changing only the problem also selects its first data set; changing only the data set also selects its problem.
        Other data has no drawing, unless one is given, and other inputs: its columns, unless features are given. A loss
        that no longer fits, or was not chosen, becomes the usual one. Further hidden layers get the activation and the
        dropout of the last one.
        """
        for name in changes:
            checks.one_of("the field", name, self.__struct_fields__)
        values: dict[str, Any] = dict(changes)
        chosen = {"dataset", "data"} & set(values)
        if "problem" in values and not chosen and values["problem"] != self.problem:
            values["dataset"] = first_dataset(checks.one_of("problem", values["problem"], PROBLEMS))
        values |= self._for_other_data(values)
        if "hidden" in values:
            layers = len(_hidden("hidden", values["hidden"]))
            for name in BY_LAYER:
                if name not in values and isinstance(getattr(self, name), tuple):
                    values[name] = _resized(getattr(self, name), layers)
        # Not structs.replace: before msgspec 0.20 that checks nothing.
        return type(self)(**(structs.asdict(self) | values))

    def _for_other_data(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What follows from a change of the data, beside these values."""
        if "data" in values:
            data, dataset = own_data(values["data"]), values.get("dataset", UNSET)
        elif "dataset" in values and (self.data is None or values["dataset"] != OWN_DATA):
            data, dataset = None, values["dataset"]
        else:
            return {}
        if data is None and dataset in (UNSET, OWN_DATA) and self.data is None:
            dataset = self.dataset
        follows: dict[str, Any] = {"data": data, "dataset": UNSET if data is not None else dataset, "problem": ""}
        follows["loss"] = self._loss_for(data, dataset)
        if data != self.data or (data is None and dataset != self.dataset):
            follows["drawing"] = ""
        if (None if data is None else data.names) != (None if self.data is None else self.data.names):
            follows["features"] = UNSET
        if data is not None:
            follows["noise"] = 0.0
        return {name: value for name, value in follows.items() if name in {"data", "dataset"} or name not in values}

    def _loss_for(self, data: Dataset | None, dataset: object) -> str:
        """The loss for other data: this one, unless it is the usual one here, or does not fit there."""
        usual = heads_for(self.problem, len(self.classes))[0].loss.name
        if data is not None:
            problem, classes = problem_of(data), data.classes
        elif isinstance(dataset, str) and dataset in DATASETS:
            problem, classes = DATASETS[dataset].problem, DATASETS[dataset].classes
        else:
            return ""
        if self.loss == usual:
            return ""
        fitting = {head.loss.name for head in heads_for(problem, len(classes))}
        return self.loss if parameters.option_in(LOSSES, self.loss).name in fitting else ""

    def to_link(self) -> str:
        """The text after '#' that describes this experiment, for tinkernet and, as far as it can, for the original."""
        return fragment.write(structs.asdict(self), View())

    def _repr_html_(self) -> str:
        rows = {name.replace("_", " "): value for name, value in structs.asdict(self).items()}
        return table("Experiment", rows)

    @classmethod
    def from_link(cls, text: str, data: Dataset | None = None) -> "Experiment":
        """The experiment of a playground address, or of the text after its '#'.

        Unknown names and values are ignored; a number that cannot be parsed gets its default.

        Args:
            text: the address.
            data: the data that the link names, where that is too large to be in the link.

        Raises:
            ExperimentError: the text contains no experiment, or a number that is not allowed; or it names other data.
        """
        known = {} if data is None else {data.digest: data}
        return cls(**fragment.read(text, known.get).settings)


def as_experiment(given: object) -> Experiment:
    """The given experiment, or the experiment of a given link.

    Raises:
        ExperimentError: it is neither.
    """
    if isinstance(given, str):
        if any(mark in given for mark in ("=", "#", "://")):
            return Experiment.from_link(given)
        example = f", such as Experiment(dataset={given!r})," if given in DATASETS else ""
        raise ExperimentError("experiment", given, f"an Experiment{example} or a link")
    if not isinstance(given, Experiment):
        raise ExperimentError("experiment", given, "an Experiment or a link")
    return given


def own_data(given: object) -> Dataset | None:
    """The given data set, or that of given points and labels.

    Raises:
        ExperimentError: it is neither.
    """
    if given is None or isinstance(given, Dataset):
        return given
    if isinstance(given, tuple | list) and len(given) == 2:
        return Dataset.from_arrays(given[0], given[1])
    raise ExperimentError("data", given, "a tinkernet.Dataset, or (points, labels)")


def problem_of(data: Dataset) -> str:
    """The problem that a person's own data poses."""
    return CLASSIFICATION if data.classes else REGRESSION


def changed_fields(before: Experiment, after: Experiment) -> list[str]:
    """The names of the fields in which two experiments differ, in field order."""
    return [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]


def fresh_seed() -> str:
    """A random seed in the original's format: five decimals."""
    return f"{secrets.randbelow(100_000) / 100_000:.5f}"


def first_dataset(problem: str) -> str:
    """The default data set of a problem."""
    return next(name for name, entry in DATASETS.items() if entry.problem == problem)


def _choice(names: Collection[str]) -> Callable[[str, object], object]:
    return lambda field, value: checks.one_of(field, value, names)


def _option(table: Mapping[str, Option]) -> Callable[[str, object], object]:
    return lambda field, value: parameters.checked(field, value, table)


def _loss(field: str, value: object) -> str:
    return "" if value == "" else parameters.checked(field, value, LOSSES)


def _for_layers(check: Callable[[str, object], object]) -> Callable[[str, object], object]:
    """A check of one value, or of one for each hidden layer."""

    def checked(field: str, value: object) -> object:
        items = checks.sequence(value)
        if items is None:
            return check(field, value)
        if len(items) > MOST_LAYERS:
            raise ExperimentError(field, value, f"one value, or at most {MOST_LAYERS}: one for each hidden layer")
        return tuple(check(f"{field}[{k}]", item) for k, item in enumerate(items))

    return checked


def _resized(values: tuple[Any, ...], count: int) -> tuple[Any, ...]:
    """So many of the values; the last one is repeated."""
    return (values + values[-1:] * count)[:count]


def _number(least: float, most: float = math.inf, unit: str = "") -> Callable[[str, object], object]:
    return lambda field, value: checks.number(field, value, least, most, unit)


def _whole(least: int, most: int) -> Callable[[str, object], int]:
    return lambda field, value: checks.whole(field, value, least, most)


def _seed(field: str, value: object) -> str:
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        value = str(int(checks.whole(field, value, -MOST_SEED_NUMBER, MOST_SEED_NUMBER)))
    elif isinstance(value, numbers.Real) and not isinstance(value, bool):
        value = repr(checks.number(field, value))
    if isinstance(value, str) and 0 < len(value) <= LONGEST_SEED:
        return value
    raise ExperimentError(field, value, f"a text of 1 to {count(LONGEST_SEED)} characters, or a number")


def checked_features(value: object, inputs: Inputs) -> tuple[str, ...]:
    """The names of these features, in the order of the inputs.

    Raises:
        ExperimentError: one is no feature, or there are too many.
    """
    field, names = "features", checks.sequence(value)
    known = ", ".join(list(inputs.table)[:MOST_NAMED]) + ", …" * (len(inputs.table) > MOST_NAMED)
    if names is None or not all(isinstance(name, str) for name in names):
        raise ExperimentError(field, value, f"a list of formulas, or of names from {known}")
    chosen = [_feature(str(name), inputs, known) for name in names]
    if len(set(chosen)) < len(chosen):
        raise ExperimentError(field, value, f"a list of distinct features, from {known} or formulas")
    if len(inputs.formulas_of(chosen)) > MOST_FORMULAS:
        raise ExperimentError(field, value, f"a list with at most {MOST_FORMULAS} formulas")
    return inputs.in_order(chosen)


def _feature(text: str, inputs: Inputs, known: str) -> str:
    try:
        return inputs.feature_name(text)
    except FormulaError as error:
        if text.isidentifier():  # a name that is misspelt, not a formula
            allowed = f"one of {known}, or a formula{checks.suggestion(text, inputs.table)}"
            raise ExperimentError("features", text, allowed) from error
        raise


def _hidden(field: str, value: object) -> tuple[int, ...]:
    counts = checks.sequence(value)
    if counts is None or len(counts) > MOST_LAYERS:
        raise ExperimentError(field, value, f"at most {MOST_LAYERS} layers of 1 to {MOST_NEURONS} neurons, as (4, 2)")
    return tuple(checks.whole(f"{field}[{k}]", count, 1, MOST_NEURONS) for k, count in enumerate(counts))


_CHECKS: dict[str, Callable[[str, object], object]] = {
    "noise": _number(0, MOST_NOISE, " per cent"),
    "train_percent": _number(0, 100, " per cent"),
    "seed": _seed,
    "start": _whole(0, MOST_STARTS),
    "drawing": lambda field, value: drawing.read(value, field).text,
    "hidden": _hidden,
    "activation": _for_layers(_choice(ACTIVATIONS)),
    "initializer": _option(INITIALIZERS),
    "optimizer": _option(OPTIMIZERS),
    "schedule": _option(SCHEDULES),
    "loss": _loss,
    "dropout": _for_layers(_number(0, dropping.MOST)),
    "learning_rate": _number(0),
    "batch_size": _whole(1, MOST_BATCH),
    "regularization": _choice(REGULARIZATIONS),
    "regularization_rate": _number(0),
}
