"""Conditions: what a goal is made of. Each is one entry in a table: how it is written, what it measures, what it says.

To add a quantity, add an entry to QUANTITIES; to add anything else, add a class with `parse` to FORMS. Document both in
docs/lessons.md, which a test compares with the tables.
"""

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol, Self

import numpy as np

from tinkernet.checks import suggestion
from tinkernet.formatting import count, figure, percent
from tinkernet.insight.diagnosis.kinds import KINDS
from tinkernet.lessons.evidence import Evidence
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

Unit = Literal["figure", "share", "percent", "count"]
"""A share is a number from 0 to 1 that is written as per cent; a percentage is one from 0 to 100."""


@dataclass(frozen=True)
class Quantity:
    """Something that is measured: `label` begins a sentence, such as “Training loss below 0.05”.

    Of a count, `label` is the singular: “At least 3 resets”.
    """

    name: str
    label: str
    unit: Unit
    value: Callable[[Evidence], float | None]
    plural: str = ""

    def shown(self, value: float | None) -> str:
        """A value of it as text."""
        if value is None or math.isnan(value):
            return "–"
        if self.unit == "share":
            return percent(value)
        if self.unit == "count":
            return count(value)
        return figure(value, 3) + (" %" if self.unit == "percent" else "")

    def required(self, comparison: str, value: float) -> str:
        """That it must be in a range, in words."""
        if self.unit == "count":
            noun = self.label if value == 1 else self.plural
            return f"{COMPARISONS[comparison].of_counts} {count(value)} {noun}"
        return f"{self.label} {COMPARISONS[comparison].of_numbers} {self.shown(value)}"


@dataclass(frozen=True)
class Comparison:
    """A sign between a quantity and a number, in words."""

    holds: Callable[[float, float], bool]
    of_numbers: str
    of_counts: str


COMPARISONS = {
    "<": Comparison(operator.lt, "below", "Fewer than"),
    "<=": Comparison(operator.le, "at most", "At most"),
    ">": Comparison(operator.gt, "above", "More than"),
    ">=": Comparison(operator.ge, "at least", "At least"),
    "=": Comparison(operator.eq, "exactly", "Exactly"),
    "!=": Comparison(operator.ne, "other than", "Any number but"),
}


def _starts_solved(evidence: Evidence) -> float | None:
    if evidence.starts is None or not evidence.starts.finished:
        return None
    return float((evidence.starts.train_losses <= evidence.view.starts_loss).mean())


def _starts_finished(evidence: Evidence) -> float:
    return len(evidence.starts.train_losses) if evidence.starts is not None and evidence.starts.finished else 0


def _zero_weights(evidence: Evidence) -> float:
    weights = np.concatenate([layer.ravel() for layer in evidence.run.weights])
    return float((weights == 0).mean())


def _setting(field: str, unit: Unit) -> Quantity:
    return Quantity(field, name_of(field).capitalize(), unit, lambda evidence: getattr(evidence.run.experiment, field))


QUANTITIES = {
    quantity.name: quantity
    for quantity in (
        Quantity("train_loss", "Training loss", "figure", lambda e: e.run.train_loss),
        Quantity("test_loss", "Test loss", "figure", lambda e: e.run.test_loss),
        Quantity("loss_gap", "Test loss minus training loss", "figure", lambda e: e.run.test_loss - e.run.train_loss),
        Quantity("train_accuracy", "Training accuracy", "share", lambda e: e.run.train_accuracy),
        Quantity("test_accuracy", "Test accuracy", "share", lambda e: e.run.test_accuracy),
        Quantity("epoch", "Epoch", "figure", lambda e: e.run.epoch),
        _setting("learning_rate", "figure"),
        _setting("noise", "percent"),
        _setting("train_percent", "percent"),
        _setting("batch_size", "figure"),
        _setting("regularization_rate", "figure"),
        Quantity(
            "hidden layers", "hidden layer", "count", lambda e: len(e.run.experiment.hidden), plural="hidden layers"
        ),
        Quantity(
            "hidden neurons", "hidden neuron", "count", lambda e: sum(e.run.experiment.hidden), plural="hidden neurons"
        ),
        Quantity("inputs", "input", "count", lambda e: len(e.run.experiment.features), plural="inputs"),
        Quantity("zero weights", "Share of weights that are 0:", "share", _zero_weights),
        Quantity("resets", "reset", "count", lambda e: e.record.resets, plural="resets"),
        Quantity("moves", "move", "count", lambda e: e.record.moves, plural="moves"),
        Quantity("undos", "undo", "count", lambda e: e.record.undos, plural="undos"),
        Quantity("pins", "pinned run", "count", lambda e: e.record.pins, plural="pinned runs"),
        Quantity(
            "epochs trained",
            "epoch trained",
            "count",
            lambda e: e.record.epochs_trained,
            plural="epochs trained",
        ),
        Quantity(
            "neurons viewed", "neuron looked at", "count", lambda e: len(e.record.viewed), plural="neurons looked at"
        ),
        Quantity("starts finished", "finished start", "count", _starts_finished, plural="finished starts"),
        Quantity("starts solved", "Starts that succeed:", "share", _starts_solved),
    )
}


def quantity_named(name: str) -> Quantity | None:
    """The quantity that is written so; None if there is none."""
    if name in QUANTITIES:
        return QUANTITIES[name]
    in_layer = re.fullmatch(r"neurons viewed in layer (\d{1,4})", name)
    if in_layer is None:
        return None
    layer = int(in_layer[1])
    of = f" of layer {layer} looked at"
    return Quantity(
        name,
        f"neuron{of}",
        "count",
        lambda e: sum(place == layer - 1 for place, _ in e.record.viewed),
        plural=f"neurons{of}",
    )


@dataclass(frozen=True)
class InRange:
    """A quantity is in a range: `train_loss < 0.05`."""

    quantity: Quantity
    comparison: str
    value: float
    forms: ClassVar[str] = "QUANTITY < NUMBER"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The condition, if it is one of this form."""
        found = re.fullmatch(rf"(.+?) *(<=|>=|!=|<|>|=) *({NUMBER}) *(%?)", text)
        quantity = quantity_named(found[1]) if found else None
        if found is None or quantity is None:
            return None
        value = float(found[3].replace("−", "-"))
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
    forms: ClassVar[str] = "SETTING = VALUE"

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
    forms: ClassVar[str] = "compared SETTING VALUE, VALUE"

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
    forms: ClassVar[str] = "diagnosed KIND"

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
    forms: ClassVar[str] = "once CONDITION"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The condition, if it is one of this form."""
        word, _, inner = text.partition(" ")
        return cls(read_condition(inner.strip()), inner.strip()) if word == "once" and inner else None

    @property
    def sentence(self) -> str:
        """The sentence of the condition."""
        return self.condition.sentence

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
    name = re.split(r" *(?:<|>|=|!=)", text)[0]
    known = suggestion(name, [*QUANTITIES, *FACTS, *FIELDS, "compared", "diagnosed", "once"])
    raise ValueError(f"there is no condition “{text}”{known}")
