"""Goals: conditions, combined. A goal is data; it is evaluated against what there is to see at a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from tinkernet.lessons.conditions import Condition, Once
from tinkernet.lessons.evidence import Evidence
from tinkernet.protocol.lesson import GoalRow


class Goal(Protocol):
    """A condition with its sentence, or a group of them."""

    def met(self, evidence: Evidence) -> bool:
        """Whether it is met now."""

    def rows(self, evidence: Evidence, depth: int = 0) -> list[GoalRow]:
        """What to show of it: a row for each condition, and a heading for each group."""

    def watch(self, evidence: Evidence) -> None:
        """Record what is met at this moment, for conditions about the past."""


@dataclass(frozen=True)
class Single:
    """One condition, with the author's sentence or its own."""

    condition: Condition
    sentence: str

    def met(self, evidence: Evidence) -> bool:
        """Whether it is met now."""
        return self.condition.met(evidence)

    def rows(self, evidence: Evidence, depth: int = 0) -> list[GoalRow]:
        """One row."""
        met, measured = self.met(evidence), self.condition.measured(evidence)
        return [GoalRow(depth=depth, heading=False, sentence=self.sentence, measured=measured, met=met)]

    def watch(self, evidence: Evidence) -> None:
        """Record whether it is met now, if it asks for the past."""
        if isinstance(self.condition, Once):
            self.condition.watch(evidence)


@dataclass(frozen=True)
class Group:
    """Several goals, of which so many must be met at the same time."""

    parts: tuple[Goal, ...]
    how: Literal["all", "any", "at least"] = "all"
    least: int = 0
    """For “at least”."""

    @property
    def needed(self) -> int:
        """How many must be met."""
        return {"all": len(self.parts), "any": 1, "at least": self.least}[self.how]

    @property
    def heading(self) -> str:
        """What must be met, in words."""
        return {"all": "All of these:", "any": "One of these:", "at least": f"At least {self.least} of these:"}[
            self.how
        ]

    def met(self, evidence: Evidence) -> bool:
        """Whether enough are met now."""
        return sum(part.met(evidence) for part in self.parts) >= self.needed

    def rows(self, evidence: Evidence, depth: int = 0) -> list[GoalRow]:
        """A heading and its parts; the outermost group is the checklist itself, which needs no heading."""
        outermost = depth == 0 and self.how == "all"
        met = self.met(evidence)
        heading = GoalRow(depth=depth, heading=True, sentence=self.heading, measured="", met=met)
        inner = depth if outermost else depth + 1
        return ([] if outermost else [heading]) + [row for part in self.parts for row in part.rows(evidence, inner)]

    def watch(self, evidence: Evidence) -> None:
        """Record what is met now."""
        for part in self.parts:
            part.watch(evidence)


def conditions_of(goal: Goal) -> Iterator[Condition]:
    """All conditions of a goal."""
    if isinstance(goal, Group):
        for part in goal.parts:
            yield from conditions_of(part)
    elif isinstance(goal, Single):
        yield goal.condition
