"""The messages that describe the options to the page. `catalog.py` creates them from the tables."""

from tinkernet.insight.diagnosis.kinds import Tone
from tinkernet.protocol.message import Message


class Choice(Message, frozen=True):
    """One entry of a table: the name to send, the label to show, and a hint."""

    name: str
    label: str
    hint: str


class ParameterChoice(Choice, frozen=True):
    """A parameter of an option: its default, its range, and the values to offer."""

    default: float
    least: float
    most: float
    offered: list[float]
    whole: bool


class OptionChoice(Choice, frozen=True):
    """An option that may have parameters, with its formula."""

    formula: str
    parameters: list[ParameterChoice]


class ExportChoice(Choice, frozen=True):
    """A library or format that a network can be exported to. `trains` says whether the training can come along."""

    trains: bool


class ActivationChoice(Choice, frozen=True):
    """An activation: its formula before and after the weighted sum, and its effect on the sum in words."""

    before: str
    after: str
    effect: str
    lowest: float | None
    """The lower bound of its outputs; null if there is none."""


class FeatureChoice(Choice, frozen=True):
    """An input feature: `symbol` as text with Unicode sub- and superscripts (x₁²), and its values over the plane."""

    symbol: str
    scale: float
    cells: int
    picture: bytes
    """cells × cells bytes, encoded as in a frame: 0 is −scale, 255 is +scale; the first row is the top, y = +6."""
    grid_cells: int
    grid: bytes
    """The feature's values: grid_cells × grid_cells of float32. One cell is a value that is the same everywhere."""
    formula: str
    """What it computes, as it is typed: sin(3*x)*y."""
    by_formula: bool
    """Whether a person has added it: it can be changed and removed."""


class AxisFact(Message, frozen=True):
    """What was measured along one side of the plane, with its values at −6 and at +6."""

    name: str
    unit: str
    low: float
    high: float


class DatasetChoice(Choice, frozen=True):
    """A built-in data set with a picture of itself: some of its points where they have classes, else its values."""

    problem: str
    classes: list[str]
    """The names of its classes; empty for a regression."""
    group: str
    """The heading that it stands under among those that the original does not have."""
    in_original: bool
    axes: list[AxisFact]
    """What was measured along x and y; empty for invented data."""
    sample: bytes
    """Points, three bytes each: x and y, where 0 is −6 and 255 is +6, and the index of the class; empty for values."""
    cells: int
    picture: bytes
    """cells × cells bytes as in a frame: 0 is −1, 255 is +1; empty for classes."""


class OptionPlace(Message, frozen=True):
    """An option by the setting that it belongs to, as optimizer and adam."""

    setting: str
    name: str


class MapSettingChoice(Message, frozen=True):
    """A setting that can be an axis of a map, with the axis to begin with."""

    name: str
    label: str
    low: float
    high: float
    log: bool
    whole: bool
    option: OptionPlace | None = None
    """Offered only where this option is chosen."""


class FindingChoice(Message, frozen=True):
    """A kind of finding of a diagnosis, as in the legend of a map."""

    title: str
    tone: Tone


class Catalog(Message, frozen=True):
    """All options, from the tables that the engine uses."""

    problems: list[Choice]
    datasets: list[DatasetChoice]
    features: list[FeatureChoice]
    formula_names: list[Choice]
    """What a formula may contain beside numbers and operators: `name` is what is typed, with “(” for a function."""
    activations: list[ActivationChoice]
    regularizations: list[Choice]
    initializers: list[OptionChoice]
    losses: list[OptionChoice]
    optimizers: list[OptionChoice]
    schedules: list[OptionChoice]
    exports: list[ExportChoice]
    speeds: list[Choice]
    controls: list[Choice]
    """The controls that a link can hide: the names before `_hide`."""
    learning_rates: list[float]
    regularization_rates: list[float]
    map_settings: list[MapSettingChoice]
    map_findings: list[FindingChoice]
    """The kinds of findings in the order of their numbers, of which the first is 1."""
    hints: dict[str, str]
    """A short explanation of each control and quantity: learning_rate, epoch, test_loss, bias, weight, …"""
