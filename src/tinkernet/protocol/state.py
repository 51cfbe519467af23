"""State: everything that changes rarely on the page, in one fact."""

from typing import Literal

from tinkernet.experiment import Setup
from tinkernet.fragment import View
from tinkernet.protocol.choices import ActivationChoice
from tinkernet.protocol.message import Message, NeuronPlace, Speed


class EventFact(Message, frozen=True):
    """An edit of the run, for a marker on the time line."""

    epoch: int
    text: str
    short: str
    """Without the name of the setting, for narrow layouts."""


class DifferenceFact(Message, frozen=True):
    """A setting in which two experiments differ, with its values as text."""

    field: str
    name: str
    before: str
    after: str
    names_itself: bool
    """Whether the values are clear without the name: “Tanh” is, “0.03” is not."""


class PinFact(Message, frozen=True):
    """A pinned run. Its curve and picture are sent in a binary message with the same number."""

    pin: int
    label: str
    differences: list[DifferenceFact]
    """The differences from this pin to the current run."""
    epoch: int
    train_loss: float | None
    test_loss: float | None


class Sharing(Message, frozen=True):
    """What a person can pass on so that others open this experiment and view."""

    original_link: str | None
    """The address for playground.tensorflow.org, where that can open exactly this experiment."""
    original_note: str
    """Why there is no such address, or what is different there, in a sentence; empty where nothing is."""
    command: str
    """What opens it in a terminal, wherever tinkernet is installed."""


class OptionFact(Message, frozen=True):
    """An option of the experiment that has parameters, with the value of each, in the catalog's order."""

    field: str
    name: str
    values: list[float]


class RateCurve(Message, frozen=True):
    """The learning rate over the epochs, as a schedule changes it: from epoch 0 at least to the present one."""

    epochs: list[int]
    rates: list[float]


class FurtherSetting(Message, frozen=True):
    """A setting that is chosen rarely and is not as usual: what it is, and the value that it usually has."""

    field: str
    name: str
    value: str
    usual: str | float


class OutputFact(Message, frozen=True):
    """What the outputs are, and how they are drawn: from `lowest` to `highest`.

    `classes` has the names of the classes, none for a regression; `losses` those of the losses that fit.
    `hint` says what the colours mean, `train_loss_hint` what the training loss is.
    """

    activation: ActivationChoice
    draws: Literal["value", "probability", "classes"]
    lowest: float
    highest: float
    classes: list[str]
    losses: list[str]
    hint: str
    train_loss_hint: str


class ColumnFact(Message, frozen=True):
    """A column of a person's own data: its name, its unit, and its values at −6 and at +6 of the plane."""

    name: str
    feature: str
    """The name of the input that it is."""
    unit: str
    low: float
    high: float
    least: float
    most: float
    """Its smallest and its largest value."""
    held: float
    """The value at which it is held while other columns are drawn."""


class OwnDataFact(Message, frozen=True):
    """A person's own data: what it is called, its rows and columns, and what is drawn of it.

    `across` and `up` are the indices of the columns along the sides; `up` is None where there is one column only.
    """

    label: str
    rows: int
    columns: list[ColumnFact]
    target: str
    target_low: float
    target_high: float
    """The numbers of the target that are −1 and 1 for the network; of classes −1 and 1."""
    across: int
    up: int | None
    digest: str
    in_link: bool
    """Whether a link holds the points; otherwise it names them by their digest only."""


class State(Message, frozen=True, tag="state"):
    """Everything that changes rarely. Sent completely after every intention that changes any of it."""

    experiment: Setup
    data: OwnDataFact | None
    """The person's own data; None while built-in data is used."""
    options: list[OptionFact]
    further: list[FurtherSetting]
    output: OutputFact
    rate_curve: RateCurve | None
    """None where the schedule does not change the learning rate."""
    view: View
    link: str
    """The text after '#'."""
    sharing: Sharing
    sizes: list[int]
    """Neurons per layer, including inputs and output."""
    run: int
    """Increases by one whenever the run restarts; curves with different numbers are unrelated."""
    playing: bool
    speed: Speed
    stop_epoch: int | None
    stop_loss: float | None
    undo: str | None
    """What Undo would undo, as “edit weight”; None where there is nothing."""
    redo: str | None
    events: list[EventFact]
    engine: Literal["compiled", "reference"]
    present: int
    """The latest epoch of the run; while an earlier epoch is shown it is greater than the epoch of the frames."""
    in_past: bool
    pins: list[PinFact]
    training_pins: bool
    """Whether the pinned runs train along with the current run."""
    frozen: list[NeuronPlace]
    off: list[NeuronPlace]
    watched: bool
    """Whether a program trains the network, and not the session: then its epochs are the steps of that program."""
