"""Lessons as they are sent to the page. Text is sent as structures, so that nothing in it is ever markup."""

from typing import Literal

from tinkernet.protocol.message import Message
from tinkernet.protocol.terms import Part, Term

# --- Text -----------------------------------------------------------------------


class Words(Message, frozen=True, tag="words"):
    """A stretch of text in one style."""

    text: str
    style: Literal["plain", "emphasis", "strong", "code"] = "plain"


class TermWords(Message, frozen=True, tag="term"):
    """Words that lead to the explanation of a term."""

    text: str
    term: Term


Inline = Words | TermWords


class Paragraph(Message, frozen=True, tag="paragraph"):
    """A paragraph."""

    words: list[Inline]


class Listing(Message, frozen=True, tag="list"):
    """A list; each item is one paragraph."""

    ordered: bool
    items: list[list[Inline]]


class CodeBlock(Message, frozen=True, tag="code"):
    """Text in which spaces and line ends count, such as a formula."""

    text: str


class Image(Message, frozen=True, tag="image"):
    """A picture from the lesson's folder, as a data address."""

    alt: str
    source: str
    width: int
    height: int


Block = Paragraph | Listing | CodeBlock | Image

# --- A lesson ----------------------------------------------------------------------


class Highlight(Message, frozen=True):
    """Something on the page that a step is about: a part of it, or one neuron, weight or bias.

    Layers and neurons are numbered from 0, inputs are layer −1; `source` is the neuron before a weight.
    """

    kind: Literal["part", "neuron", "weight", "bias"]
    part: Part | None = None
    layer: int = 0
    neuron: int = 0
    source: int = 0


class StepFact(Message, frozen=True):
    """One step of a lesson: what to read, and what to answer if there is a question."""

    title: str
    text: list[Block]
    hint: list[Block]
    """Shown on demand; empty where there is none."""
    question: list[Inline]
    answers: list[list[Inline]]
    """The choices for the question; empty where there is none."""
    has_goal: bool
    highlights: list[Highlight]


class LessonEntry(Message, frozen=True):
    """A lesson that can be opened."""

    name: str
    title: str
    minutes: int
    steps: int


class GoalRow(Message, frozen=True):
    """One line of a step's goal: a condition, or the heading of a group (`depth` is that of the nesting)."""

    depth: int
    heading: bool
    sentence: str
    measured: str
    """What is measured now, as “0.231”; empty where there is nothing to say."""
    met: bool


class AnswerFact(Message, frozen=True):
    """The answer that was chosen, and what there is to say about it."""

    choice: int
    right: bool
    reply: list[Inline]


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
