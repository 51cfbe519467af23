"""What there is to choose from, as the page is sent it. `catalog.py` fills it in from the tables."""

from tinkernet.protocol.message import Message


class Choice(Message, frozen=True):
    """One entry of a table: what to send, what to show, and a hint in plain words."""

    name: str
    label: str
    hint: str


class ProblemChoice(Choice, frozen=True):
    """A kind of task, with the name of the output neuron's activation."""

    activation: str


class ActivationChoice(Choice, frozen=True):
    """An activation: what a formula has before and after the weighted sum, and what becomes of the sum in words."""

    before: str
    after: str
    effect: str
    lowest: float | None
    """No output is below this; null where there is no such bound."""


class FeatureChoice(Choice, frozen=True):
    """An input feature: `symbol` as a text with real sub- and superscripts (x₁²), and its values over the plane."""

    symbol: str
    scale: float
    cells: int
    picture: bytes
    """cells × cells bytes as in a frame: 0 is −scale, 255 is +scale; the first row is the top, y = +6."""
    grid_cells: int
    grid: bytes
    """The same in numbers: grid_cells × grid_cells of float32."""


class DatasetChoice(Choice, frozen=True):
    """A built-in data set with a small sample of itself: points as (x, y, label)."""

    problem: str
    sample: list[tuple[float, float, float]]


class Catalog(Message, frozen=True):
    """Everything there is to choose from, as the tables that the engine uses have it."""

    problems: list[ProblemChoice]
    datasets: list[DatasetChoice]
    features: list[FeatureChoice]
    activations: list[ActivationChoice]
    regularizations: list[Choice]
    initializers: list[Choice]
    losses: list[Choice]
    optimizers: list[Choice]
    speeds: list[Choice]
    controls: list[Choice]
    """What a link can hide from a class: the names before `_hide`."""
    learning_rates: list[float]
    regularization_rates: list[float]
    hints: dict[str, str]
    """Plain words for each control and quantity: learning_rate, epoch, test_loss, bias, weight, …"""
