"""What the page and the server say to each other.

Text messages are JSON, one struct each, told apart by their field `type`. What the page says is an intention
(`FromPage`), what the server says is a fact (`ToPage`). `make generate` writes the TypeScript types from this file.

Frames and points are binary, little-endian; their layout is in `frames.py`.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, field

from tinkernet.experiment import Experiment
from tinkernet.link import View

Text = Annotated[str, Meta(max_length=20_000)]
Name = Annotated[str, Meta(max_length=64)]
Index = Annotated[int, Meta(ge=0, le=100_000)]
Speed = Literal["point", "batch", "epoch", "fast", "max"]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of everything that crosses the wire."""


# --- What is looked at -------------------------------------------------------


class NeuronPlace(Message, frozen=True):
    """A neuron's place: layer 0 holds the input features, the last layer the output."""

    layer: Index
    neuron: Index


# --- From the page: intentions -----------------------------------------------


class Hello(Message, frozen=True, tag="hello"):
    """The first word of a page. `session` is what Welcome gave before ("" at first), `link` the text after '#'."""

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
    """The next first weights from the same stream, on the same points. Pauses, as Rewind, NewPoints and Open do."""


class Rewind(Message, frozen=True, tag="rewind"):
    """Back to epoch 0 with the very same first weights."""


class NewPoints(Message, frozen=True, tag="new-points"):
    """A new seed: other points, other weights."""


class SetSpeed(Message, frozen=True, tag="set-speed"):
    """How fast to train: point and batch are slow motion; epoch is 60 epochs a second; fast 480; max all it can."""

    speed: Speed


class StopAt(Message, frozen=True, tag="stop-at"):
    """Pause by itself at this epoch, or when the training loss is no larger than this."""

    epoch: Annotated[int, Meta(ge=1, le=100_000_000)] | None = None
    train_loss: Annotated[float, Meta(ge=0)] | None = None


class SetWeight(Message, frozen=True, tag="set-weight"):
    """One weight by hand. While it is dragged `done` is false; the whole drag is one step to undo."""

    layer: Index
    to: Index
    source: Index = field(name="from")
    value: float
    done: bool = True


class SetBias(Message, frozen=True, tag="set-bias"):
    """One bias by hand, as SetWeight."""

    layer: Index
    neuron: Index
    value: float
    done: bool = True


class Undo(Message, frozen=True, tag="undo"):
    """Take back the last intention that changed something, weights and all, and stop there."""


class Redo(Message, frozen=True, tag="redo"):
    """Do again what Undo took back."""


class AskCode(Message, frozen=True, tag="ask-code"):
    """Ask for the Python that makes this very run."""


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
)

# --- To the page: facts ------------------------------------------------------


class Choice(Message, frozen=True):
    """One entry of a table: what to send, what to show, and a hint in plain words."""

    name: str
    label: str
    hint: str


class FeatureChoice(Message, frozen=True):
    """An input feature: `symbol` as a text with real sub- and superscripts (x₁²), and its field as a picture."""

    name: str
    label: str
    hint: str
    symbol: str
    scale: float
    cells: int
    picture: bytes
    """cells × cells bytes as in a frame: 0 is −scale, 255 is +scale; the first row is the top, y = +6."""


class DatasetChoice(Message, frozen=True):
    """A built-in data set with a small sample of itself: points as (x, y, label)."""

    name: str
    label: str
    hint: str
    problem: str
    sample: list[tuple[float, float, float]]


class Catalog(Message, frozen=True):
    """Everything there is to choose from, told from the tables that the engine uses."""

    problems: list[Choice]
    datasets: list[DatasetChoice]
    features: list[FeatureChoice]
    activations: list[Choice]
    regularizations: list[Choice]
    initializers: list[Choice]
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


class Trouble(Message, frozen=True, tag="trouble"):
    """An intention that could not be followed: what happened, why, what to do. Nothing has changed."""

    message: str
    field: str = ""


class Notice(Message, frozen=True, tag="notice"):
    """Something worth a word: what a link named and tinkernet does not know; a stop that was reached."""

    message: str


class PythonCode(Message, frozen=True, tag="python-code"):
    """The Python that makes this very run, as pasted."""

    code: str


ToPage = Welcome | State | Trouble | Notice | PythonCode
