"""Facts: the JSON messages from the server to the page, distinguished by the field `type`.

A fact is named after its subject, with the suffix `Fact` if there is a class of that name elsewhere. `ToPage` lists all
of them; `make generate` writes the page's TypeScript types from that. The state (`state.py`), the diagnosis
(`findings.py`), lessons (`lesson.py`) and own data (`own_data.py`) have a module each. Frames and points are binary:
see `frames.py`.
"""

import msgspec

from tinkernet.protocol.choices import Catalog, Choice, FeatureChoice
from tinkernet.protocol.findings import DiagnosisFact
from tinkernet.protocol.lesson import LessonEntry, LessonFact, LessonProgress
from tinkernet.protocol.maps import MapFact
from tinkernet.protocol.message import Message
from tinkernet.protocol.own_data import DataUsed, ReadingFact, UnusableText, UploadFact
from tinkernet.protocol.state import DifferenceFact, State


class Welcome(Message, frozen=True, tag="welcome"):
    """The answer to Hello: the name by which the page can reconnect to its session."""

    session: str
    version: str
    catalog: Catalog
    lessons: list[LessonEntry]
    """The lessons that can be opened, in the order to take them."""


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


class Exported(Message, frozen=True, tag="exported"):
    """The answer to AskExport, with the same target: a program or text, or the bytes of a file."""

    target: str
    training: bool
    epoch: int
    file: str
    """The name to save it under."""
    text: str = ""
    data: bytes = b""
    refusal: str = ""
    """Why there is none, in a sentence; empty where there is."""


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


class Watched(Message, frozen=True, tag="watched"):
    """How fast a program trains the network that is shown, and which share of a core showing it has taken.

    Both are means of the last second; `cost` is null before there is one.
    """

    steps_per_second: float
    cost: float | None


class AnimationFact(Message, frozen=True, tag="animation"):
    """How far an animation is: frames done of all. The file follows in parts, or a problem."""

    request: int
    done: int
    frames: int
    problem: str = ""


ToPage = (
    Welcome
    | State
    | Trouble
    | Notice
    | LinkOpened
    | DataWanted
    | PythonCode
    | Exported
    | PointsText
    | AnimationFact
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
    | Watched
    | MapFact
)

_encoder = msgspec.json.Encoder()


def text(message: ToPage) -> str:
    """A fact encoded as JSON text."""
    return _encoder.encode(message).decode()
