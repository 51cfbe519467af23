"""Intentions: the JSON messages from the page to the server, distinguished by the field `type`.

`make generate` writes the page's TypeScript types from this file.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, field

from tinkernet.protocol.maps import AskMapCell, CloseMap, LookAtMap, OpenEdge, OpenMap, OpenMapCell, PauseMap
from tinkernet.protocol.message import Epoch, Index, LinkText, Message, Name, NeuronPlace, Speed, Text
from tinkernet.protocol.own_data import AskUnusable, BeginUpload, ChooseReading, ForgetData, UseData

# --- Training and settings ---------------------------------------------------


class Hello(Message, frozen=True, tag="hello"):
    """The first message of a page. `session` is from an earlier Welcome, or ""; `link` is the text after '#'.

    The session of a `passing` page, such as a figure in an explanation, ends with its connection.
    """

    session: Name
    link: LinkText
    passing: bool = False


class Watch(Message, frozen=True, tag="watch"):
    """What the page draws and at which resolution, in cells along one side; sets the content of the next frames."""

    neuron_cells: Annotated[int, Meta(ge=0, le=128)]
    output_cells: Annotated[int, Meta(ge=0, le=400)]
    focus: NeuronPlace | None = None
    predictions: bool = False
    """Whether frames say into which class each point is put."""


class Drawn(Message, frozen=True, tag="drawn"):
    """The page has drawn this frame and is ready for the next one."""

    frame: Annotated[int, Meta(ge=0)]


class Change(Message, frozen=True, tag="change"):
    """New values for some fields of the experiment, as JSON.

    A new learning rate keeps the weights; any other change restarts the run, or with `keep_weights` keeps them if
    possible. While a slider is dragged, `done` is false; a drag is one undo step. Training continues if it was running.
    An option with parameters is its text, or an object with its name and values for some of its parameters.
    """

    settings: dict[Name, msgspec.Raw]
    keep_weights: bool = False
    done: bool = True


class ChangeView(Message, frozen=True, tag="change-view"):
    """New values for some fields of the view, as JSON. While a control is dragged `done` is false: one step to undo."""

    view: dict[Name, msgspec.Raw]
    done: bool = True


class Open(Message, frozen=True, tag="open"):
    """Open a pasted link, or the address that a person went to in the browser.

    With a `request`, a number above 0, the answer is LinkOpened with the same number; else a link that cannot be opened
    is a Trouble. Training is at normal speed then, except after a `step` back or forward, which is no new link.
    """

    link: LinkText
    request: Index = 0
    step: bool = False


class Play(Message, frozen=True, tag="play"):
    """Train until Pause, or until a limit of StopAt."""


class Pause(Message, frozen=True, tag="pause"):
    """Pause training."""


class Step(Message, frozen=True, tag="step"):
    """Train one epoch; in slow motion one batch or one point."""


class Reset(Message, frozen=True, tag="reset"):
    """Draw new initial weights and restart on the same data. Pauses training, as do Rewind, NewPoints and Open."""


class Rewind(Message, frozen=True, tag="rewind"):
    """Return to epoch 0 with the same initial weights."""


class NewPoints(Message, frozen=True, tag="new-points"):
    """A new random seed: resamples the data and draws new initial weights."""


class SetSpeed(Message, frozen=True, tag="set-speed"):
    """Set the training speed: point and batch are slow motion, epoch is 60 epochs a second, fast 480, max unlimited."""

    speed: Speed


class StopAt(Message, frozen=True, tag="stop-at"):
    """Pause automatically at this epoch, or when the training loss is at most this."""

    epoch: Annotated[int, Meta(ge=1, le=100_000_000)] | None = None
    train_loss: Annotated[float, Meta(ge=0)] | None = None


class SetWeight(Message, frozen=True, tag="set-weight"):
    """Set one weight. While it is dragged, `done` is false; a drag is one undo step."""

    layer: Index
    to: Index
    source: Index = field(name="from")
    value: float
    done: bool = True


class SetBias(Message, frozen=True, tag="set-bias"):
    """Set one bias, like SetWeight."""

    layer: Index
    neuron: Index
    value: float
    done: bool = True


class Paint(Message, frozen=True, tag="paint"):
    """Add strokes to the drawing, as text. The weights are kept, and training continues.

    While a tool is dragged, each message has the whole `gesture` so far, with the same number, and takes the place of
    the one before; the last one is `done`. A gesture is one undo step. One that clears starts a new drawing. Without
    strokes, the gesture under way is withdrawn, as if it had not begun.
    """

    gesture: Index
    strokes: Text
    done: bool = True


class Undo(Message, frozen=True, tag="undo"):
    """Undo the last change, including all weights, and pause."""


class Redo(Message, frozen=True, tag="redo"):
    """Redo the last undone change."""


class AskCode(Message, frozen=True, tag="ask-code"):
    """Request the Python code that reproduces this run."""


class AskExport(Message, frozen=True, tag="ask-export"):
    """Request this run's network for a library or format of the catalog; with its training, where that is possible."""

    target: Name
    training: bool = False


class AskPoints(Message, frozen=True, tag="ask-points"):
    """Request the points of this run as CSV, with what the network answers for each."""


class MakeAnimation(Message, frozen=True, tag="make-animation"):
    """Draw the whole course of training as an animation, and send the file; `request` numbers it."""

    request: Index
    kind: Literal["gif", "webp", "mp4"]
    dark: bool


class CancelAnimation(Message, frozen=True, tag="cancel-animation"):
    """The animation that is being drawn is not wanted any longer."""


class PreviewFormula(Message, frozen=True, tag="preview-formula"):
    """Ask what this text is as an input, and whether it could be added, or put in place of the input `replaces`."""

    request: Index
    text: Text
    replaces: Text = ""


# --- Time travel, pins, many starts, neurons ----------------------------------


class Seek(Message, frozen=True, tag="seek"):
    """Show the run as it was after this epoch; null returns to the latest epoch. While dragging, the latest one wins.

    Nothing trains while an earlier epoch is shown. Training or changing the run there first pins the latest state and
    then branches from the epoch shown; both are one undo step.
    """

    epoch: Epoch | None


class PinRun(Message, frozen=True, tag="pin"):
    """Pin a copy of the current run."""


class Unpin(Message, frozen=True, tag="unpin"):
    """Unpin a run."""

    pin: Index


class OpenPin(Message, frozen=True, tag="open-pin"):
    """Swap a pinned run with the current one."""

    pin: Index


class TrainPins(Message, frozen=True, tag="train-pins"):
    """Whether pinned runs train along with the current one."""

    on: bool


class Branch(Message, frozen=True, tag="branch"):
    """Try a cure: pin the current run, restart with these settings, and play. One undo step."""

    settings: dict[Name, msgspec.Raw]


class StartMany(Message, frozen=True, tag="start-many"):
    """Train the experiment from many initial weights in the background; `new_points` resamples data for each start."""

    n: Annotated[int, Meta(ge=1, le=1024)]
    epochs: Annotated[int, Meta(ge=1, le=100_000)]
    new_points: bool = False


class StopMany(Message, frozen=True, tag="stop-many"):
    """Stop training the many starts, and keep them."""


class CloseMany(Message, frozen=True, tag="close-many"):
    """Discard the many starts."""


class OpenStart(Message, frozen=True, tag="open-start"):
    """Make one of the many starts the current run, with its weights."""

    index: Index


class AskNeuron(Message, frozen=True, tag="ask-neuron"):
    """Request a report on a neuron."""

    layer: Index
    neuron: Index


class Freeze(Message, frozen=True, tag="freeze"):
    """Freeze or unfreeze the incoming weights of a neuron, or of a whole layer (`neuron` null)."""

    layer: Index
    neuron: Index | None
    frozen: bool


class Switch(Message, frozen=True, tag="switch"):
    """Switch a hidden neuron off, so that it has no effect, or on again."""

    layer: Index
    neuron: Index
    on: bool


# --- Lessons ------------------------------------------------------------------


class OpenLesson(Message, frozen=True, tag="open-lesson"):
    """Open a lesson at this step, with the step's experiment. A `step` beyond the end is the last one."""

    name: Name
    step: Index = 0


class GoToStep(Message, frozen=True, tag="go-to-step"):
    """Go to a step of the open lesson, and open its experiment; the present step begins again.

    The next step continues with the present run if it has no experiment itself.
    """

    step: Index


class Answer(Message, frozen=True, tag="answer"):
    """Answer the question of the present step."""

    choice: Index


class LeaveLesson(Message, frozen=True, tag="leave-lesson"):
    """Leave the lesson; the run stays, and controls that the lesson has hidden come back."""


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
    | Paint
    | Undo
    | Redo
    | AskCode
    | AskExport
    | AskPoints
    | MakeAnimation
    | CancelAnimation
    | PreviewFormula
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
    | OpenLesson
    | GoToStep
    | Answer
    | LeaveLesson
    | BeginUpload
    | ChooseReading
    | AskUnusable
    | UseData
    | ForgetData
    | OpenMap
    | OpenEdge
    | LookAtMap
    | PauseMap
    | CloseMap
    | AskMapCell
    | OpenMapCell
)
