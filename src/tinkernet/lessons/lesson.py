"""A lesson as it was read from its file: immutable, complete, checked."""

from dataclasses import dataclass

from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.lessons.actions import Action
from tinkernet.lessons.errors import Place
from tinkernet.lessons.figures import Figure
from tinkernet.lessons.goal import Goal
from tinkernet.protocol.lesson import Block, Highlight, Inline


@dataclass(frozen=True)
class Opening:
    """The experiment that a step opens, and how it is displayed."""

    experiment: Experiment
    view: View


@dataclass(frozen=True)
class Choice:
    """One of the answers to a question, with the reply to it."""

    words: tuple[Inline, ...]
    right: bool
    because: tuple[Inline, ...]


@dataclass(frozen=True)
class Step:
    """One step of a lesson. Without an `opening` it continues with the run of the step before."""

    title: str
    place: Place
    text: tuple[Block, ...]
    source: str
    """All that there is to read, as it was written."""
    opening: Opening | None
    has_seed: bool
    """Whether the opening is the same for everybody."""
    hidden_controls: tuple[str, ...]
    """Controls that are hidden as long as the step is open."""
    highlights: tuple[Highlight, ...]
    goal: Goal | None
    hint: tuple[Block, ...]
    question: tuple[Inline, ...]
    choices: tuple[Choice, ...]
    figures: tuple[Figure, ...]
    solution: tuple[Action, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson: its head and its steps, of which there is at least one.

    Example:
        >>> lesson = read_lesson("docs/my-lesson.md")
        >>> [step.title for step in lesson.steps]
        ['Press Play', 'A circle is not a line', 'What did you see?']
    """

    name: str
    title: str
    minutes: int
    author: str
    language: str
    steps: tuple[Step, ...]

    def opening_of(self, step: int) -> Opening | None:
        """The experiment to open where a person comes to this step from elsewhere: that of the nearest step before."""
        return next((self.steps[k].opening for k in range(step, -1, -1) if self.steps[k].opening is not None), None)
