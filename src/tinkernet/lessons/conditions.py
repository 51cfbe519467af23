"""Conditions: what a goal is made of. Each knows how it is written, when it is met, and what it says.

To add a condition that is true or not, add an entry to FACTS; for another form, a class with `parse` to FORMS. What is
compared with a number is in `quantities.py`. Document it in docs/lessons.md, which a test compares with the tables.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

from tinkernet.checks import suggestion
from tinkernet.formatting import count
from tinkernet.insight.diagnosis.kinds import KINDS
from tinkernet.lessons.evidence import Evidence
from tinkernet.lessons.quantities import COMPARISONS, QUANTITIES, Quantity, quantity_named
from tinkernet.lessons.settings import FIELDS, read_setting
from tinkernet.protocol.setting_words import name_of, shown

LEAST_EPOCHS = 20
"""For which a setting must have been trained to count as compared, unless the condition says more."""
NUMBER = r"[-−]?\d+(?:\.\d+)?(?:e-?\d+)?"


class Condition(Protocol):
    """Something that is met or not at each moment."""

    @property
    def sentence(self) -> str:
        """What to do, or what there must be, in a few words."""

    def met(self, evidence: Evidence) -> bool:
        """Whether it is met now."""

    def measured(self, evidence: Evidence) -> str:
        """What is measured now, as text; empty where there is nothing to say."""


# --- Quantities -----------------------------------------------------------------


@dataclass(frozen=True)
class InRange:
    """A quantity is in a range: `train_loss < 0.05`."""

    quantity: Quantity
    comparison: str
    value: float

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The condition, if it is one of this form."""
        found = re.fullmatch(rf"(.+?) *(<=|>=|!=|<|>|=) *({NUMBER}) *(%?)", text)
        quantity = quantity_named(found[1]) if found else None
        if found is None or quantity is None:
            return None
        value = float(found[3].replace("−", "-"))
        if quantity.unit == "share" and not (found[4] and 0 <= value <= 100):
            raise ValueError(f"{quantity.name} is a percentage from 0 to 100, as “95 %”")
        if found[4] and quantity.unit not in ("share", "percent"):
            raise ValueError(f"{quantity.name} is not a percentage")
        return cls(quantity, found[2], value / 100 if quantity.unit == "share" else value)

    @property
    def sentence(self) -> str:
        """Such as “Training loss below 0.05”."""
        return self.quantity.required(self.comparison, self.value)

    def met(self, evidence: Evidence) -> bool:
        """Whether the quantity is in the range; one that cannot be measured is in none."""
        value = self.quantity.value(evidence)
        return value is not None and not math.isnan(value) and COMPARISONS[self.comparison].holds(value, self.value)

    def measured(self, evidence: Evidence) -> str:
        """The quantity's value."""
        return self.quantity.shown(self.quantity.value(evidence))


# --- Settings ---------------------------------------------------------------------


@dataclass(frozen=True)
class SettingIs:
    """A setting has a value, or another: `activation = relu`."""

    field: str
    equal: bool
    value: object

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The condition, if it is one of this form."""
        found = re.fullmatch(r"(\w+) *(!?=) *(.*)", text)
        if found is None or found[1] not in FIELDS or found[1] in QUANTITIES:
            return None
        return cls(found[1], found[2] == "=", read_setting(found[1], found[3]))

    @property
    def sentence(self) -> str:
        """Such as “Activation: ReLU”."""
        value = shown(self.field, self.value)
        return f"{name_of(self.field).capitalize()}: {value if self.equal else f'not {value}'}"

    def met(self, evidence: Evidence) -> bool:
        """Whether the setting has the value."""
        return (getattr(evidence.run.experiment, self.field) == self.value) is self.equal

    def measured(self, evidence: Evidence) -> str:
        """The setting's value."""
        return shown(self.field, getattr(evidence.run.experiment, self.field))


@dataclass(frozen=True)
class Compared:
    """Several values of a setting were trained: `compared activation tanh, relu for 100 epochs`."""

    field: str
    values: tuple[object, ...]
    epochs: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The condition, if it is one of this form."""
        found = re.fullmatch(r"compared (\w+) (.+?)(?: for (\d{1,6}) epochs)?", text)
        if found is None:
            return None
        if found[1] not in FIELDS:
            raise ValueError(f"there is no setting “{found[1]}”{suggestion(found[1], FIELDS)}")
        several = found[2].split("|" if "|" in found[2] else ",")
        values = tuple(read_setting(found[1], value.strip()) for value in several)
        if len(values) < 2:
            raise ValueError("only two or more values can be compared, with a comma between them")
        return cls(found[1], values, int(found[3] or LEAST_EPOCHS))

    @property
    def sentence(self) -> str:
        """Such as “Activation: Tanh and ReLU, each trained for 20 epochs”."""
        *first, last = [shown(self.field, value) for value in self.values]
        values = f"{', '.join(first)} and {last}" if first else last
        return f"{name_of(self.field).capitalize()}: {values}, each trained for {count(self.epochs)} epochs"

    def met(self, evidence: Evidence) -> bool:
        """Whether all have been trained for long enough."""
        return self._trained(evidence) == len(self.values)

    def measured(self, evidence: Evidence) -> str:
        """How many of them have been trained."""
        return f"{self._trained(evidence)} of {len(self.values)}"

    def _trained(self, evidence: Evidence) -> int:
        trained = evidence.record.trained.items()
        return sum(
            any(epochs >= self.epochs and getattr(experiment, self.field) == value for experiment, epochs in trained)
            for value in self.values
        )


# --- All others ---------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """Something that is so or not, as “diverged”."""

    name: str
    sentence: str
    holds: Callable[[Evidence], bool]

    def met(self, evidence: Evidence) -> bool:
        """Whether it is so."""
        return self.holds(evidence)

    def measured(self, _evidence: Evidence) -> str:
        """Nothing: it is met or not."""
        return ""


FACTS = {
    fact.name: fact
    for fact in (
        Fact("diverged", "Training diverged", lambda e: e.run.diverged),
        Fact("playing", "Training is under way", lambda e: e.playing),
        Fact("paused", "Training is paused", lambda e: not e.playing),
        Fact("answered", "The question is answered", lambda e: e.record.right),
        Fact("test data shown", "Test data is shown", lambda e: e.view.show_test_data),
        Fact("time travel", "An earlier epoch is shown", lambda e: e.in_past),
    )
}


@dataclass(frozen=True)
class Diagnosed:
    """The diagnosis says this: `diagnosed dead-neurons`."""

    kind: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The condition, if it is one of this form."""
        word, _, kind = text.partition(" ")
        if word != "diagnosed":
            return None
        if kind not in KINDS:
            raise ValueError(f"the diagnosis has no kind “{kind}”{suggestion(kind, KINDS)}")
        return cls(kind)

    @property
    def sentence(self) -> str:
        """Such as “The diagnosis says: Dead neurons”."""
        return f"The diagnosis says: {KINDS[self.kind].title}"

    def met(self, evidence: Evidence) -> bool:
        """Whether it says so now."""
        return self.kind in evidence.findings

    def measured(self, _evidence: Evidence) -> str:
        """Nothing: the diagnosis is on the page."""
        return ""


@dataclass(frozen=True)
class Once:
    """A condition was met at some moment of the step: `once diverged`."""

    condition: Condition
    text: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The condition, if it is one of this form."""
        word, _, inner = text.partition(" ")
        return cls(read_condition(inner.strip()), inner.strip()) if word == "once" and inner else None

    @property
    def sentence(self) -> str:
        """The sentence of the condition, which need not be met any longer."""
        return f"{self.condition.sentence}, at least once"

    def watch(self, evidence: Evidence) -> None:
        """Record whether it is met now."""
        if self.text not in evidence.record.once and self.condition.met(evidence):
            evidence.record.once.add(self.text)

    def met(self, evidence: Evidence) -> bool:
        """Whether it has been met."""
        return self.text in evidence.record.once

    def measured(self, evidence: Evidence) -> str:
        """What is measured now, as long as it has not been met."""
        return "" if self.met(evidence) else self.condition.measured(evidence)


FORMS = (Once, InRange, SettingIs, Compared, Diagnosed)


def read_condition(text: str) -> Condition:
    """The condition that is written so.

    Raises:
        ValueError: there is no such condition.
    """
    text = " ".join(text.split())
    if text in FACTS:
        return FACTS[text]
    for form in FORMS:
        condition: Condition | None = form.parse(text)
        if condition is not None:
            return condition
    name = re.split(r" *(?:<|>|=|!=|≤|≥)", text)[0]
    if quantity_named(name) is not None:
        signs = ", ".join(COMPARISONS)
        raise ValueError(f"“{text}” is not understood; write {name}, then one of {signs}, then a number as 0.5")
    known = suggestion(name, [*QUANTITIES, *FACTS, *FIELDS, "compared", "diagnosed", "once"])
    raise ValueError(f"there is no condition “{text}”{known}")
