"""Experiment: a setup with its data, all values checked and fitting each other."""

from typing import TYPE_CHECKING, Any, Self, Unpack

from msgspec import structs
from numpy import ndarray

from tinkernet import checks, fragment
from tinkernet.arrays import Float64
from tinkernet.data import DATASETS, drawing
from tinkernet.data.drawing import Stroke
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.slices import PLANE_SLICE, Slice
from tinkernet.errors import ExperimentError
from tinkernet.experiment.allowed import CHECKS, checked_features
from tinkernet.experiment.changing import with_consequences
from tinkernet.experiment.fitting import by_layer, check_start, checked_loss, data_and_problem, data_of
from tinkernet.experiment.opened import OpenedPage
from tinkernet.experiment.setup import BY_LAYER, Settings, Setup
from tinkernet.fragment import View
from tinkernet.html import table
from tinkernet.joints import joined
from tinkernet.network import Layout, OutputHead
from tinkernet.network.heads import head_of
from tinkernet.network.inputs import PLANE_INPUTS, Inputs, inputs_of


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
        for name, check in CHECKS.items():
            self._set(name, check(name, getattr(self, name)))
        dataset, problem = data_and_problem(self, self.data)
        self._set("dataset", dataset)
        self._set("problem", problem)
        drawing.check_labels(self.drawing, self.classes)
        if self.drawing and len(self.inputs.columns) != len(PLANE_SLICE.held):
            raise ExperimentError("drawing", self.drawing, "empty: points can be painted where data has two columns")
        self._set("features", checked_features(self.features, self.inputs))
        self._set("loss", checked_loss(self.loss, data_of(dataset, self.data)))
        for name in BY_LAYER:
            self._set(name, by_layer(name, getattr(self, name), len(self.hidden)))
        check_start(self.start, self.layout.weight_count)

    def _set(self, name: str, value: object) -> None:
        structs.force_setattr(self, name, value)

    @property
    def layout(self) -> Layout:
        """The network's shape: input features, hidden layers, outputs."""
        return Layout((len(self.features), *self.hidden, self.head.outputs(len(self.classes))))

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes; none for a regression."""
        return data_of(self.dataset, self.data).classes

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
        """The experiment with these settings and this data.

        Args:
            setup: all settings but the data, as `experiment.setup` has them.
            data: a person's own data; None for built-in data.

        Raises:
            ExperimentError: they are not valid, or do not fit each other.

        Example:
            >>> experiment = Experiment(seed="0.5")
            >>> Experiment.of(experiment.setup, None) == experiment
            True
        """
        return cls(**structs.asdict(setup), data=data)

    @property
    def data_label(self) -> str:
        """What the data is called."""
        return data_of(self.dataset, self.data).label

    def unscaled(self, points: Float64[ndarray, "n columns"]) -> Float64[ndarray, "n columns"]:
        """Points on the scale of the plane, −6 to 6, in the units of the data.

        Args:
            points: shape (points, columns), on the scale of the plane.

        Example:
            >>> import numpy
            >>> data = Dataset.from_arrays([[0, 1], [10, 2], [20, 3]], [0, 1, 0])
            >>> Experiment(data=data).unscaled(numpy.array([[-6.0, 6.0]]))
            array([[0., 3.]])
        """
        return points if self.data is None else self.data.scaling.backward(points)

    def scaled(self, points: Float64[ndarray, "n columns"]) -> Float64[ndarray, "n columns"]:
        """Points in the units of the data on the scale of the plane, −6 to 6; built-in data is on it already.

        Args:
            points: shape (points, columns), in the units of the data.

        Example:
            >>> import numpy
            >>> data = Dataset.from_arrays([[0, 1], [10, 2], [20, 3]], [0, 1, 0])
            >>> Experiment(data=data).scaled(numpy.array([[0.0, 3.0]]))
            array([[-6.,  6.]])
        """
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
        """The activation or dropout of each hidden layer, also where one is given for all of them.

        Args:
            name: "activation" or "dropout".

        Example:
            >>> Experiment(hidden=(4, 2), activation="relu").in_layers("activation")
            ('relu', 'relu')
        """
        value = getattr(self, name)
        return value if isinstance(value, tuple) else (value,) * len(self.hidden)

    def replace(self, **changes: Unpack[Settings]) -> Self:
        """A copy with these fields changed.

        Changing only the problem also selects its first data set; changing only the data set also selects its problem.
        Other data has no drawing, unless one is given, and other inputs: its columns, unless features are given. A loss
        that no longer fits, or was not chosen, becomes the usual one. Further hidden layers get the activation and the
        dropout of the last one.

        Args:
            changes: fields of the experiment, by name.

        Raises:
            ExperimentError: there is no such field, or a value is invalid.

        Example:
            >>> Experiment(hidden=(8, 6)).replace(hidden=(4,), activation="relu").hidden
            (4,)
        """
        for name in changes:
            checks.one_of("the field", name, self.__struct_fields__)
        values: dict[str, Any] = with_consequences(self, self.data, changes)
        # Not structs.replace: before msgspec 0.20 that checks nothing.
        return type(self)(**(structs.asdict(self) | values))

    def to_link(self) -> str:
        """The text after '#' that describes this experiment, for tinkernet and, as far as it can, for the original.

        Example:
            >>> Experiment(hidden=(8,), seed="0.5").to_link()
            'networkShape=8&seed=0.5'
        """
        return fragment.write(structs.asdict(self), View())

    @property
    def short_link(self) -> str:
        """The link for one line of text: each value longer than a line, as the points of own data, is cut short."""
        return fragment.shortened(self.to_link())

    def open(self, *, browser: bool = True) -> OpenedPage:
        """Show a new run of this experiment on the page, as `Run.open` does. An equal experiment is the same page.

        Args:
            browser: whether to open the page in a browser; otherwise only its address is given.

        Raises:
            ExperimentError: the network is too large for a page.

        Example:
            >>> page = Experiment(dataset="spiral").open(browser=False)
            >>> page.url.startswith("http://127.0.0.1:")
            True
            >>> page.close()
        """
        page: OpenedPage = joined("open_run")(self, browser=browser)
        return page

    def _repr_mimebundle_(self, **_chosen: Any) -> dict[str, Any]:
        """What a notebook shows where the experiment is a cell's last line: the picture of a new run."""
        bundle: dict[str, Any] = joined("experiment_mimebundle")(self)
        return bundle

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

        Example:
            >>> Experiment.from_link("https://playground.tensorflow.org/#networkShape=8&seed=0.5").hidden
            (8,)
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


def changed_fields(before: Experiment, after: Experiment) -> list[str]:
    """The names of the fields in which two experiments differ, in field order."""
    return [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]
