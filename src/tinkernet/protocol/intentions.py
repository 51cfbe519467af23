"""What the page says: an intention each, as JSON, distinguished by the field `type`.

`make generate` writes the page's TypeScript types from this file.
"""

from typing import Annotated

import msgspec
from msgspec import Meta, field

from tinkernet.protocol.message import Epoch, Index, Message, Name, NeuronPlace, Speed, Text

# --- Training and settings ---------------------------------------------------


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
    """Open a pasted link, or the address that a person went to in the browser.

    With a `request`, a number above 0, the answer is LinkOpened with the same number; else a link that cannot be opened
    is a Trouble. Training is at normal speed then, except after a `step` back or forward, which is no new link.
    """

    link: Text
    request: Index = 0
    step: bool = False


class Play(Message, frozen=True, tag="play"):
    """Train until Pause, or until a limit of StopAt."""


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


# --- Time travel, pins, many starts, neurons ----------------------------------


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
    """Train the experiment from many initial weights in the background; with `new_points` each on other points."""

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
