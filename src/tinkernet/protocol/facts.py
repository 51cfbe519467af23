"""What the server says: a fact each, as JSON, distinguished by the field `type`.

A fact is named after what it is about, with `Fact` behind it where that is a class elsewhere. `make generate` writes
the page's TypeScript types from this file. Frames and points are binary: see `frames.py`.
"""

from typing import Literal

import msgspec

from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.insight.diagnosis.kinds import Tone
from tinkernet.protocol.choices import Catalog
from tinkernet.protocol.message import Message, NeuronPlace, Speed


class Welcome(Message, frozen=True, tag="welcome"):
    """The answer to Hello: under which name this page finds its run again."""

    session: str
    version: str
    catalog: Catalog


class EventFact(Message, frozen=True):
    """Something a person did on the way, for a flag on the time line."""

    epoch: int
    text: str
    short: str
    """Without the name of what changed, where there is little room."""


class DifferenceFact(Message, frozen=True):
    """A setting in which two experiments differ, with its values in words."""

    field: str
    name: str
    before: str
    after: str
    names_itself: bool
    """Whether the values are clear without the name, as “Tanh” is and “0.03” is not."""


class PinFact(Message, frozen=True):
    """A run that was kept beside the present one. Its curve and picture come in binary, under the same number."""

    pin: int
    label: str
    differences: list[DifferenceFact]
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
    events: list[EventFact]
    engine: Literal["compiled", "reference"]
    present: int
    """The epoch of the present run; in the past it is later than the epoch of the frames."""
    in_past: bool
    pins: list[PinFact]
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


class CureFact(Message, frozen=True):
    """Something to try against a finding: `settings` is what Branch takes."""

    label: str
    settings: dict[str, msgspec.Raw]


class MeasuredFact(Message, frozen=True):
    """A measured quantity in words."""

    name: str
    """Under which it is among the evidence."""
    label: str
    """What it is called, as “Training loss”."""
    text: str
    """Its value with its unit, as “0.034” or “about 400”."""


class FindingFact(Message, frozen=True):
    """One thing that the diagnosis says, with its evidence in numbers."""

    kind: str
    alarm: bool
    """Whether something is wrong; otherwise it is a note."""
    tone: Tone
    """How it is shown."""
    message: str
    reason: str
    confidence: float
    evidence: dict[str, float | None]
    """null is a number that is not finite."""
    measured: list[MeasuredFact]
    """The evidence in words, in the order to show it in."""
    neurons: list[NeuronPlace]
    """The neurons that it speaks of."""
    cures: list[CureFact]


class DiagnosisFact(Message, frozen=True, tag="diagnosis"):
    """Why it does not learn, or that it does: the most telling first, often nothing. Sent when it has changed."""

    findings: list[FindingFact]


class StartsBefore(Message, frozen=True):
    """How the many starts before these ended, to compare with."""

    label: str
    n: int
    epoch: int
    train_losses: list[float | None]


class StartsFact(Message, frozen=True, tag="starts"):
    """The many starts, and how far they are. With n = 0 there are none."""

    n: int
    epochs: int
    epoch: int
    running: bool
    label: str
    differences: list[DifferenceFact]
    """From the starts before to these."""
    before: StartsBefore | None


class NeuronFact(Message, frozen=True, tag="neuron-report"):
    """What a neuron does: the answer to AskNeuron, with its place as it was asked."""

    layer: int
    neuron: int
    separates: float | None
    """The share of training points that one cut through its output puts on the right side; null for regression."""
    loss: float | None
    loss_without: float | None
    """The training loss when it is switched off; null for the output."""


ToPage = Welcome | State | Trouble | Notice | PythonCode | DiagnosisFact | StartsFact | NeuronFact

_encoder = msgspec.json.Encoder()


def text(message: ToPage) -> str:
    """A fact as the text that is sent."""
    return _encoder.encode(message).decode()
