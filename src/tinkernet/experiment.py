"""Experiment: all settings of a run. Immutable, complete, comparable and JSON-serializable."""

import math
import numbers
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

import msgspec
from msgspec import structs

from tinkernet import checks, defaults, fragment
from tinkernet.data import DATASETS, drawing
from tinkernet.data.drawing import Stroke
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count
from tinkernet.formula import FormulaError
from tinkernet.fragment import View
from tinkernet.html import table
from tinkernet.network import (
    ACTIVATIONS,
    FEATURES,
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
from tinkernet.network.features import DEFAULT_FEATURES, MOST_FORMULAS, feature_name, formulas_of, in_order
from tinkernet.network.heads import head_of, heads_for
from tinkernet.network.parameters import Option
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


UNSET: Any = ""
"""A problem, data set or loss that is not given: it follows from the others."""

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


class Experiment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that determines a run: the same experiment gives the same run on every machine.

    Args:
        problem: a name in `tinkernet.network.PROBLEMS`; by default the data set's.
        dataset: the data set, a name in `tinkernet.data.DATASETS`; by default the problem's first.
        noise: noise in the data, 0 to 80 per cent.
        train_percent: share of the points used for training, 0 to 100 per cent; the rest are test points.
        seed: the random seed, a text or number, for data and initial weights; by default five random digits.
        start: which initial weights of the seed to use: 0 for the first, one more for each Reset.
        drawing: strokes that add, remove and move points, as `[Spray(1, (0, 0)), Erase((2, 2))]`; stored as text, whose
            notation is in docs/data.md.
        features: the inputs, names in `tinkernet.network.FEATURES` or formulas such as "sin(3*x)*y"; stored in the
            order of that table, followed by the formulas as given.
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

    Raises:
        ExperimentError: a value is invalid; the message names the field, the value and what is allowed.

    Example:
        >>> experiment = Experiment(dataset="spiral", hidden=(8, 6), seed="0.35022")
        >>> experiment.replace(activation="relu").activation
        'relu'
    """

    problem: ProblemName = UNSET
    dataset: DatasetName = UNSET
    noise: float = defaults.NOISE
    train_percent: float = defaults.TRAIN_PERCENT
    seed: str = ""
    start: int = defaults.START
    drawing: str = ""
    features: tuple[FeatureName | str, ...] = DEFAULT_FEATURES
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

    if TYPE_CHECKING:
        # Accepts more types than the fields hold: lists for tuples, numbers for seeds.
        def __init__(self, **settings: Unpack[Settings]) -> None: ...

    def __post_init__(self) -> None:
        """Check every value, and fill in what is missing."""
        seed: object = self.seed
        if seed == "":
            structs.force_setattr(self, "seed", fresh_seed())
        if not self.dataset:
            problem = checks.one_of("problem", self.problem or next(iter(PROBLEMS)), PROBLEMS)
            structs.force_setattr(self, "dataset", first_dataset(problem))
        for name, check in _CHECKS.items():
            structs.force_setattr(self, name, check(name, getattr(self, name)))
        own_problem = DATASETS[self.dataset].problem
        if not self.problem:
            structs.force_setattr(self, "problem", own_problem)
        checks.one_of("problem", self.problem, PROBLEMS)
        if self.problem != own_problem:
            fitting = [name for name, entry in DATASETS.items() if entry.problem == self.problem]
            raise ExperimentError("dataset", self.dataset, f"one of {', '.join(fitting)} for {self.problem}")
        drawing.check_labels(self.drawing, self.classes)
        structs.force_setattr(self, "loss", self._checked_loss())
        for name in BY_LAYER:
            structs.force_setattr(self, name, self._by_layer(name))
        weights = self.layout.weight_count
        if self.start * weights > MOST_DRAWS:
            raise ExperimentError(
                "start", self.start, f"at most {count(MOST_DRAWS // weights)} for a network of {count(weights)} weights"
            )

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
        return DATASETS[self.dataset].classes

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
        Other data has no drawing, unless one is given. A loss that no longer fits, or was not chosen, becomes the usual
        one. Further hidden layers get the activation and the dropout of the last one.
        """
        for name in changes:
            checks.one_of("the field", name, self.__struct_fields__)
        values: dict[str, Any] = dict(changes)
        if "problem" in values and "dataset" not in values and values["problem"] != self.problem:
            values["dataset"] = first_dataset(checks.one_of("problem", values["problem"], PROBLEMS))
        if "dataset" in values and "problem" not in values:
            values["problem"] = ""
        if values.get("dataset", self.dataset) != self.dataset:
            values.setdefault("drawing", "")
        if "dataset" in values and "loss" not in values:
            values["loss"] = self._loss_for(values["dataset"])
        if "hidden" in values:
            layers = len(_hidden("hidden", values["hidden"]))
            for name in BY_LAYER:
                if name not in values and isinstance(getattr(self, name), tuple):
                    values[name] = _resized(getattr(self, name), layers)
        # Not structs.replace: before msgspec 0.20 that checks nothing.
        return type(self)(**(structs.asdict(self) | values))

    def _loss_for(self, dataset: object) -> str:
        """The loss for another data set: this one, unless it is the usual one here, or does not fit there."""
        usual = heads_for(self.problem, len(self.classes))[0].loss.name
        entry = DATASETS.get(dataset) if isinstance(dataset, str) else None
        if entry is None or self.loss == usual:
            return ""
        fitting = {head.loss.name for head in heads_for(entry.problem, len(entry.classes))}
        return self.loss if parameters.option_in(LOSSES, self.loss).name in fitting else ""

    def to_link(self) -> str:
        """The text after '#' that describes this experiment, for tinkernet and, as far as it can, for the original."""
        return fragment.write(structs.asdict(self), View())

    def _repr_html_(self) -> str:
        rows = {name.replace("_", " "): value for name, value in structs.asdict(self).items()}
        return table("Experiment", rows)

    @classmethod
    def from_link(cls, text: str) -> "Experiment":
        """The experiment of a playground address, or of the text after its '#'.

        Unknown names and values are ignored; a number that cannot be parsed gets its default.

        Raises:
            ExperimentError: the text contains no experiment, or a number that is not allowed.
        """
        return cls(**fragment.read(text).settings)


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


def _features(field: str, value: object) -> tuple[str, ...]:
    names = checks.sequence(value)
    if names is None or not all(isinstance(name, str) for name in names):
        raise ExperimentError(field, value, f"a list of formulas, or of names from {', '.join(FEATURES)}")
    chosen = [_feature(field, str(name)) for name in names]
    if len(set(chosen)) < len(chosen):
        raise ExperimentError(field, value, f"a list of distinct features, from {', '.join(FEATURES)} or formulas")
    if len(formulas_of(chosen)) > MOST_FORMULAS:
        raise ExperimentError(field, value, f"a list with at most {MOST_FORMULAS} formulas")
    return in_order(chosen)


def _feature(field: str, text: str) -> str:
    try:
        return feature_name(text)
    except FormulaError as error:
        if text.isidentifier():  # a name that is misspelt, not a formula
            known = f"one of {', '.join(FEATURES)}, or a formula{checks.suggestion(text, FEATURES)}"
            raise ExperimentError(field, text, known) from error
        raise


def _hidden(field: str, value: object) -> tuple[int, ...]:
    counts = checks.sequence(value)
    if counts is None or len(counts) > MOST_LAYERS:
        raise ExperimentError(field, value, f"at most {MOST_LAYERS} layers of 1 to {MOST_NEURONS} neurons, as (4, 2)")
    return tuple(checks.whole(f"{field}[{k}]", count, 1, MOST_NEURONS) for k, count in enumerate(counts))


_CHECKS: dict[str, Callable[[str, object], object]] = {
    "dataset": _choice(DATASETS),
    "noise": _number(0, MOST_NOISE, " per cent"),
    "train_percent": _number(0, 100, " per cent"),
    "seed": _seed,
    "start": _whole(0, MOST_STARTS),
    "drawing": lambda field, value: drawing.read(value, field).text,
    "features": _features,
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
