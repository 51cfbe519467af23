"""Facts: the JSON messages from the server to the page, distinguished by the field `type`.

A fact is named after its subject, with the suffix `Fact` if there is a class of that name elsewhere. `make generate`
writes the page's TypeScript types from this file. Frames and points are binary: see `frames.py`.
"""

from typing import Literal

import msgspec

from tinkernet.experiment import Setup
from tinkernet.fragment import View
from tinkernet.insight.diagnosis.kinds import Tone
from tinkernet.protocol.choices import ActivationChoice, Catalog, Choice, FeatureChoice
from tinkernet.protocol.lesson import AnswerFact, GoalRow, LessonEntry, StepFact
from tinkernet.protocol.message import Message, NeuronPlace, Speed
from tinkernet.protocol.own_data import DataUsed, ReadingFact, UnusableText, UploadFact


class Welcome(Message, frozen=True, tag="welcome"):
    """The answer to Hello: the name by which the page can reconnect to its session."""

    session: str
    version: str
    catalog: Catalog
    lessons: list[LessonEntry]
    """The lessons that can be opened, in the order to take them."""


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


class Trouble(Message, frozen=True, tag="trouble"):
    """An intention failed: what happened, why, and what to do. Nothing has changed."""

    message: str
    field: str = ""


class Notice(Message, frozen=True, tag="notice"):
    """A message to the user, for example about unknown settings in a link, or a limit that was reached.

    A `passing` notice disappears after some seconds.
    """

    message: str
    passing: bool = False


class LinkOpened(Message, frozen=True, tag="link-opened"):
    """The answer to Open, with its number: whether there is an experiment in the text."""

    request: int
    refusal: str | None
    """Why the link cannot be opened, in one sentence: nothing has changed then. None where it is open."""


class DataWanted(Message, frozen=True, tag="data-wanted"):
    """The answer to Open, with its number, if the link names data that is not known: the page asks for its file."""

    request: int
    digest: str


class PythonCode(Message, frozen=True, tag="python-code"):
    """The Python code that reproduces this run."""

    code: str


class PointsText(Message, frozen=True, tag="points-text"):
    """The points of this run as CSV."""

    csv: str


class FormulaFeatures(Message, frozen=True, tag="formula-features"):
    """The inputs that are not in the catalog: those by formula, and the columns of a person's own data, in their order.

    Sent when they have changed, before the state that names them. `names` is what a formula may contain, as in the
    catalog.
    """

    features: list[FeatureChoice]
    names: list[Choice]


class FormulaPreview(Message, frozen=True, tag="formula-preview"):
    """The answer to PreviewFormula, with its number: the feature that the text is, or why it is none."""

    request: int
    feature: FeatureChoice | None
    refusal: str = ""
    """What is wrong, in a sentence."""
    start: int = 0
    """The place in the text that is wrong, in Unicode characters."""
    length: int = 0


class CureFact(Message, frozen=True):
    """A suggested change for a finding: `settings` is the argument of Branch."""

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
    """One result of the diagnosis, with its evidence as numbers."""

    kind: str
    alarm: bool
    """Whether it is a problem; otherwise it is a note."""
    tone: Tone
    """How it is displayed."""
    message: str
    reason: str
    confidence: float
    evidence: dict[str, float | None]
    """null is a number that is not finite."""
    measured: list[MeasuredFact]
    """The evidence in words, in the order to show it in."""
    neurons: list[NeuronPlace]
    """The neurons that it is about."""
    cures: list[CureFact]


class DiagnosisFact(Message, frozen=True, tag="diagnosis"):
    """The findings on the run, the most important first; often empty. Sent when it has changed."""

    findings: list[FindingFact]


class StartsBefore(Message, frozen=True):
    """The final losses of the previous many starts, for comparison."""

    label: str
    n: int
    epoch: int
    train_losses: list[float | None]


class StartsFact(Message, frozen=True, tag="starts"):
    """The many starts and their progress. With n = 0 there are none."""

    n: int
    epochs: int
    epoch: int
    running: bool
    label: str
    differences: list[DifferenceFact]
    """The differences from the previous starts to these."""
    before: StartsBefore | None


class NeuronFact(Message, frozen=True, tag="neuron-report"):
    """A report on one neuron: the answer to AskNeuron, with the same place."""

    layer: int
    neuron: int
    separates: float | None
    """The accuracy on the training points with one threshold on its output; null for regression."""
    separates_class: int | None
    """With more than two classes: the one that `separates` is about, as the mean of the shares of points of this class
    and of the others that are on the right side; null for two classes."""
    loss: float | None
    loss_without: float | None
    """The training loss with this neuron switched off; null for an output neuron."""


class LessonFact(Message, frozen=True, tag="lesson"):
    """The open lesson; with an empty name there is none. Sent when it has been opened, left, or saved by its author."""

    name: str
    title: str
    minutes: int
    author: str
    language: str
    """For screen readers, such as “en”."""
    steps: list[StepFact]
    problem: str
    """What is wrong in the author's file, which is why the steps are those from before; empty if nothing is."""


class LessonProgress(Message, frozen=True, tag="lesson-progress"):
    """Where the person is in the open lesson, and how much of the step's goal is reached."""

    lesson: str
    step: int
    """From 0."""
    met: bool
    """Whether the goal has been reached since the step began; it stays reached."""
    rows: list[GoalRow]
    answer: AnswerFact | None


ToPage = (
    Welcome
    | State
    | Trouble
    | Notice
    | LinkOpened
    | DataWanted
    | PythonCode
    | PointsText
    | FormulaFeatures
    | FormulaPreview
    | DiagnosisFact
    | StartsFact
    | NeuronFact
    | LessonFact
    | LessonProgress
    | UploadFact
    | ReadingFact
    | UnusableText
    | DataUsed
)

_encoder = msgspec.json.Encoder()


def text(message: ToPage) -> str:
    """A fact encoded as JSON text."""
    return _encoder.encode(message).decode()
