"""Actions: what a person does to reach a goal, as a lesson's solution writes it. Plain data.

`checker/` performs them in a session, the browser's tests with real clicks. Layers and neurons count from 0 here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tinkernet.checks import suggestion
from tinkernet.lessons.conditions import NUMBER, Condition, read_condition
from tinkernet.lessons.places import BIAS, NEURON, WEIGHT
from tinkernet.lessons.settings import read_setting

MOST_EPOCHS = 1_000_000


@dataclass(frozen=True)
class Play:
    """Play for so many further epochs, or until training diverges."""

    epochs: int


@dataclass(frozen=True)
class PlayUntil:
    """Play until a condition is met, for so many further epochs at most."""

    condition: Condition
    most: int


@dataclass(frozen=True)
class StepEpochs:
    """Press Step so many times."""

    times: int


@dataclass(frozen=True)
class Press:
    """Press a button that needs nothing else."""

    button: Literal["reset", "rewind", "new points", "undo", "pin"]


@dataclass(frozen=True)
class Set:
    """Change a setting."""

    field: str
    value: Any


@dataclass(frozen=True)
class EditWeight:
    """Set a weight by hand."""

    layer: int
    to: int
    source: int
    value: float


@dataclass(frozen=True)
class EditBias:
    """Set a bias by hand."""

    layer: int
    neuron: int
    value: float


@dataclass(frozen=True)
class SwitchNeuron:
    """Switch a neuron off or on."""

    layer: int
    neuron: int
    on: bool


@dataclass(frozen=True)
class ViewNeuron:
    """Look at a neuron."""

    layer: int
    neuron: int


@dataclass(frozen=True)
class TrainStarts:
    """Train many starts and wait for them."""

    n: int
    epochs: int


@dataclass(frozen=True)
class GoToEpoch:
    """Go back in time."""

    epoch: int


@dataclass(frozen=True)
class ShowTestData:
    """Show the test data."""


@dataclass(frozen=True)
class ChooseAnswer:
    """Choose an answer, from 0."""

    choice: int


@dataclass(frozen=True)
class Repeat:
    """Do all of it again and again until the goal is reached."""

    most: int
    actions: tuple["Action", ...]


Action = (
    Play
    | PlayUntil
    | StepEpochs
    | Press
    | Set
    | EditWeight
    | EditBias
    | SwitchNeuron
    | ViewNeuron
    | TrainStarts
    | GoToEpoch
    | ShowTestData
    | ChooseAnswer
    | Repeat
)


def _number(text: str) -> float:
    return float(text.replace("−", "-"))


def _until(found: re.Match[str]) -> Action:
    return PlayUntil(read_condition(found[1]), int(found[2]))


INTEGER = r"(\d{1,7})"
FORMS: tuple[tuple[str, str, Callable[[re.Match[str]], Action]], ...] = (
    ("play 300 epochs", rf"play {INTEGER} epochs?", lambda found: Play(int(found[1]))),
    ("play until CONDITION, at most 500 epochs", rf"play until (.+), at most {INTEGER} epochs?", _until),
    ("step 3 epochs", rf"step {INTEGER} epochs?", lambda found: StepEpochs(int(found[1]))),
    ("reset", r"(reset|rewind|new points|undo|pin)", lambda found: Press(found[1])),  # type: ignore[arg-type]
    ("set SETTING VALUE", r"set (\w+)(?: (.*))?", lambda found: Set(found[1], read_setting(found[1], found[2] or ""))),
    (
        "weight 1 -> 2 of layer 1 = 0.5",
        rf"{WEIGHT} *= *({NUMBER})",
        lambda found: EditWeight(int(found[3]) - 1, int(found[2]) - 1, int(found[1]) - 1, _number(found[4])),
    ),
    (
        "bias of neuron 2 of layer 1 = 0.5",
        rf"{BIAS} *= *({NUMBER})",
        lambda found: EditBias(int(found[2]) - 1, int(found[1]) - 1, _number(found[3])),
    ),
    (
        "switch off neuron 2 of layer 1",
        rf"switch (on|off) {NEURON}",
        lambda found: SwitchNeuron(int(found[3]) - 1, int(found[2]) - 1, found[1] == "on"),
    ),
    ("view neuron 2 of layer 1", rf"view {NEURON}", lambda found: ViewNeuron(int(found[2]) - 1, int(found[1]) - 1)),
    (
        "many starts 64 of 200 epochs",
        rf"many starts {INTEGER} of {INTEGER} epochs",
        lambda found: TrainStarts(int(found[1]), int(found[2])),
    ),
    ("go to epoch 20", rf"go to epoch {INTEGER}", lambda found: GoToEpoch(int(found[1]))),
    ("show test data", r"show test data", lambda _: ShowTestData()),
    ("answer 2", r"answer (\d{1,2})", lambda found: ChooseAnswer(int(found[1]) - 1)),
)


def read_action(text: str) -> Action:
    """The action that is written so.

    Raises:
        ValueError: there is no such action.
    """
    text = " ".join(text.split())
    for _, pattern, make in FORMS:
        found = re.fullmatch(pattern, text)
        if found is not None:
            return _possible(make(found))
    if text.startswith("play until ") and "at most" not in text:
        raise ValueError(f"“{text}” needs a limit: add “, at most 500 epochs”")
    if text.startswith("repeat "):
        raise ValueError("“repeat at most 20 times:” needs a colon, and its actions below it")
    raise ValueError(f"there is no action “{text}”{suggestion(text, [example for example, _, _ in FORMS])}")


def _possible(action: Action) -> Action:
    """The action, if its numbers can be those of something."""
    numbers = [getattr(action, name) for name in ("layer", "to", "source", "neuron", "choice") if hasattr(action, name)]
    if any(number < 0 for number in numbers):
        raise ValueError("layers, neurons and answers are numbered from 1")
    if isinstance(action, Play | TrainStarts) and not 1 <= action.epochs <= MOST_EPOCHS:
        raise ValueError(f"the number of epochs must be from 1 to {MOST_EPOCHS}")
    return action
