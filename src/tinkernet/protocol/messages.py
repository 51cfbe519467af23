"""What the page and the server say to each other.

Text messages are JSON, one struct each, told apart by their field `type`. What the page says is an intention
(`FromPage`), what the server says is a fact (`ToPage`). `make generate` writes the TypeScript types from this file.

Frames and points are binary, little-endian; their layout is in `frames.py`.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, field

from tinkernet.experiment import Experiment
from tinkernet.fragment import View

Text = Annotated[str, Meta(max_length=20_000)]
Name = Annotated[str, Meta(max_length=64)]
Index = Annotated[int, Meta(ge=0, le=100_000)]
Epoch = Annotated[int, Meta(ge=0, le=10_000_000_000)]
INPUTS = -1
"""The layer of the inputs, where a message speaks of one."""
Speed = Literal["point", "batch", "epoch", "fast", "max"]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of everything that crosses the messages."""


# --- What is looked at -------------------------------------------------------


class NeuronPlace(Message, frozen=True):
    """A neuron's place. Layer 0 is the first after the inputs, as everywhere; the inputs in use are layer −1."""

    layer: Annotated[int, Meta(ge=INPUTS, le=100_000)]
    neuron: Index


# --- From the page: intentions -----------------------------------------------


class Hello(Message, frozen=True, tag="hello"):
    """The first message of a page. `session` is what Welcome gave before ("" at first), `link` the text after '#'."""

    session: Name
    link: Text


class Watch(Message, frozen=True, tag="watch"):
    """What the page draws and how large, in cells along one side; the next frames hold just that."""

    neuron_cells: Annotated[int, Meta(ge=0, le=128)]
    output_cells: Annotated[int, Meta(ge=0, le=400)]
    focus: NeuronPlace | None = None


class Drawn(Message, frozen=True, tag="drawn"):
    """The page has drawn this frame and is free for the next."""

    frame: Annotated[int, Meta(ge=0)]


class Change(Message, frozen=True, tag="change"):
    """New values for some fields of the experiment, as JSON.

    A new learning rate goes on from here; anything else starts the run again, or with `keep_weights` goes on if it can.
    While a slider is dragged `done` is false; the whole drag is one step to undo. Who was playing goes on playing.
    """

    settings: dict[Name, msgspec.Raw]
    keep_weights: bool = False
    done: bool = True


class ChangeView(Message, frozen=True, tag="change-view"):
    """New values for some fields of the view, as JSON."""

    view: dict[Name, msgspec.Raw]


class Open(Message, frozen=True, tag="open"):
    """Open a pasted link, or the address after a step back or forward in the browser."""

    link: Text


class Play(Message, frozen=True, tag="play"):
    """Train until told to pause, or until a limit of StopAt."""


class Pause(Message, frozen=True, tag="pause"):
    """Stop training; nothing is lost."""


class Step(Message, frozen=True, tag="step"):
    """Train one epoch; in slow motion one batch or one point."""


class Reset(Message, frozen=True, tag="reset"):
    """The next initial weights from the same stream, on the same points. Pauses, as Rewind, NewPoints and Open do."""


class Rewind(Message, frozen=True, tag="rewind"):
    """Back to epoch 0 with the same initial weights."""


class NewPoints(Message, frozen=True, tag="new-points"):
    """A new seed: other points, other weights."""


class SetSpeed(Message, frozen=True, tag="set-speed"):
    """How fast to train: point and batch are slow motion; epoch is 60 epochs a second; fast 480; max all it can."""

    speed: Speed


class StopAt(Message, frozen=True, tag="stop-at"):
    """Pause automatically at this epoch, or when the training loss is no larger than this."""

    epoch: Annotated[int, Meta(ge=1, le=100_000_000)] | None = None
    train_loss: Annotated[float, Meta(ge=0)] | None = None


class SetWeight(Message, frozen=True, tag="set-weight"):
    """Set one weight. While it is dragged `done` is false; the whole drag is one step to undo."""

    layer: Index
    to: Index
    source: Index = field(name="from")
    value: float
    done: bool = True


class SetBias(Message, frozen=True, tag="set-bias"):
    """Set one bias, as SetWeight."""

    layer: Index
    neuron: Index
    value: float
    done: bool = True


class Undo(Message, frozen=True, tag="undo"):
    """Undo the last intention that changed something, weights and all, and pause."""


class Redo(Message, frozen=True, tag="redo"):
    """Redo what Undo undid."""


class AskCode(Message, frozen=True, tag="ask-code"):
    """Ask for the Python code that makes this run."""


# --- From the page: insight ---------------------------------------------------


class Seek(Message, frozen=True, tag="seek"):
    """Show the run as it was after this epoch; null is back to the present. While it is dragged the latest wins.

    In the past nothing trains. What would change or train the run there makes a pin of the present first, and goes on
    from the moment that is shown; both are one step to undo.
    """

    epoch: Epoch | None


class PinRun(Message, frozen=True, tag="pin"):
    """Keep the run as it is now beside the one that goes on."""


class Unpin(Message, frozen=True, tag="unpin"):
    """Unpin a run."""

    pin: Index


class OpenPin(Message, frozen=True, tag="open-pin"):
    """The pinned run and the present one change places."""

    pin: Index


class TrainPins(Message, frozen=True, tag="train-pins"):
    """Whether pinned runs train in step with the present one."""

    on: bool


class Branch(Message, frozen=True, tag="branch"):
    """Try a cure: pin the present run, start again with these settings, and play. One step to undo."""

    settings: dict[Name, msgspec.Raw]


class StartMany(Message, frozen=True, tag="start-many"):
    """Train the experiment from many initial weights in the background; with `new_points` each on points of its own."""

    n: Annotated[int, Meta(ge=1, le=1024)]
    epochs: Annotated[int, Meta(ge=1, le=100_000)]
    new_points: bool = False


class StopMany(Message, frozen=True, tag="stop-many"):
    """Train the many starts no further; they stay."""


class CloseMany(Message, frozen=True, tag="close-many"):
    """Forget the many starts."""


class OpenStart(Message, frozen=True, tag="open-start"):
    """This one of the many starts becomes the run, with the same weights."""

    index: Index


class AskNeuron(Message, frozen=True, tag="ask-neuron"):
    """Ask what a neuron does."""

    layer: Index
    neuron: Index


class Freeze(Message, frozen=True, tag="freeze"):
    """Freeze the weights into a neuron, or into a whole layer (`neuron` null), while the rest learns; or unfreeze."""

    layer: Index
    neuron: Index | None
    frozen: bool


class Switch(Message, frozen=True, tag="switch"):
    """Switch a hidden neuron off, so that it has no effect, or on again."""

    layer: Index
    neuron: Index
    on: bool


FromPage = (
    Hello
    | Watch
    | Drawn
    | Change
    | ChangeView
    | Open
    | Play
    | Pause
    | Step
    | Reset
    | Rewind
    | NewPoints
    | SetSpeed
    | StopAt
    | SetWeight
    | SetBias
    | Undo
    | Redo
    | AskCode
    | Seek
    | PinRun
    | Unpin
    | OpenPin
    | TrainPins
    | Branch
    | StartMany
    | StopMany
    | CloseMany
    | OpenStart
    | AskNeuron
    | Freeze
    | Switch
)

# --- To the page: facts ------------------------------------------------------


class Choice(Message, frozen=True):
    """One entry of a table: what to send, what to show, and a hint in plain words."""

    name: str
    label: str
    hint: str


class ProblemChoice(Message, frozen=True):
    """A kind of task, with the name of the output neuron's activation."""

    name: str
    label: str
    hint: str
    activation: str


class ActivationChoice(Message, frozen=True):
    """An activation: what a formula has before and after the weighted sum, and what becomes of the sum in words."""

    name: str
    label: str
    hint: str
    before: str
    after: str
    effect: str
    lowest: float | None
    """No output is below this; null where there is no such bound."""


class FeatureChoice(Message, frozen=True):
    """An input feature: `symbol` as a text with real sub- and superscripts (x₁²), and its values over the plane."""

    name: str
    label: str
    hint: str
    symbol: str
    scale: float
    cells: int
    picture: bytes
    """cells × cells bytes as in a frame: 0 is −scale, 255 is +scale; the first row is the top, y = +6."""
    grid_cells: int
    grid: bytes
    """The same in numbers: grid_cells × grid_cells of float32."""


class DatasetChoice(Message, frozen=True):
    """A built-in data set with a small sample of itself: points as (x, y, label)."""

    name: str
    label: str
    hint: str
    problem: str
    sample: list[tuple[float, float, float]]


class Catalog(Message, frozen=True):
    """Everything there is to choose from, told from the tables that the engine uses."""

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


class Welcome(Message, frozen=True, tag="welcome"):
    """The answer to Hello: under which name this page finds its run again."""

    session: str
    version: str
    catalog: Catalog


class Event(Message, frozen=True):
    """Something a person did on the way, for a flag on the time line."""

    epoch: int
    text: str
    short: str
    """Without the name of what changed, where there is little room."""


class Difference(Message, frozen=True):
    """A setting in which two experiments differ, with its values in words."""

    field: str
    name: str
    before: str
    after: str
    names_itself: bool
    """Whether the values are clear without the name, as “Tanh” is and “0.03” is not."""


class Pin(Message, frozen=True):
    """A run that was kept beside the present one. Its curve and picture come in binary, under the same number."""

    pin: int
    label: str
    differences: list[Difference]
    """From this pin to the run that is shown."""
    epoch: int
    train_loss: float | None
    test_loss: float | None


class State(Message, frozen=True, tag="state"):
    """All that changes rarely. Sent whole after every intention that changed any of it."""

    experiment: Experiment
    view: View
    link: str
    """The text after '#'."""
    sizes: list[int]
    """Neurons per layer, inputs and output included."""
    run: int
    """One more each time that the run starts anew: the curve of another number is another curve."""
    playing: bool
    speed: Speed
    stop_epoch: int | None
    stop_loss: float | None
    undo: str | None
    """What Undo would take back, in words; None where there is nothing."""
    redo: str | None
    events: list[Event]
    engine: Literal["compiled", "reference"]
    present: int
    """The epoch of the present run; in the past it is later than the epoch of the frames."""
    in_past: bool
    pins: list[Pin]
    training_pins: bool
    """Whether the pinned runs train in step."""
    frozen: list[NeuronPlace]
    off: list[NeuronPlace]


class Trouble(Message, frozen=True, tag="trouble"):
    """An intention that could not be followed: what happened, why, what to do. Nothing has changed."""

    message: str
    field: str = ""


class Notice(Message, frozen=True, tag="notice"):
    """Something worth knowing: what a link names and tinkernet does not know; a limit that was reached.

    A `passing` one disappears after some seconds.
    """

    message: str
    passing: bool = False


class PythonCode(Message, frozen=True, tag="python-code"):
    """The Python code that makes this run."""

    code: str


class Cure(Message, frozen=True):
    """Something to try against a finding: `settings` is what Branch takes."""

    label: str
    settings: dict[str, msgspec.Raw]


class Finding(Message, frozen=True):
    """One thing that the diagnosis says, with its evidence in numbers."""

    kind: str
    alarm: bool
    """Whether something is wrong; otherwise it is a note."""
    message: str
    reason: str
    confidence: float
    evidence: dict[str, float | None]
    """null is a number that is not finite."""
    neurons: list[NeuronPlace]
    """The neurons that it speaks of."""
    cures: list[Cure]


class Diagnosis(Message, frozen=True, tag="diagnosis"):
    """Why it does not learn, or that it does: the most telling first, often nothing. Sent when it has changed."""

    findings: list[Finding]


class StartsBefore(Message, frozen=True):
    """How the many starts before these ended, to compare with."""

    label: str
    n: int
    epoch: int
    train_losses: list[float | None]


class Starts(Message, frozen=True, tag="starts"):
    """The many starts, and how far they are. With n = 0 there are none."""

    n: int
    epochs: int
    epoch: int
    running: bool
    label: str
    differences: list[Difference]
    """From the starts before to these."""
    before: StartsBefore | None


class NeuronReport(Message, frozen=True, tag="neuron-report"):
    """What a neuron does: the answer to AskNeuron, with its place as it was asked."""

    layer: int
    neuron: int
    separates: float | None
    """The share of training points that one cut through its output puts on the right side; null for regression."""
    loss: float | None
    loss_without: float | None
    """The training loss when it is switched off; null for the output."""


ToPage = Welcome | State | Trouble | Notice | PythonCode | Diagnosis | Starts | NeuronReport

_encoder = msgspec.json.Encoder()


def text(message: ToPage) -> str:
    """What is told to the page, as it crosses the messages."""
    return _encoder.encode(message).decode()
