"""Quantities: what a goal or a figure can measure. Each is one entry in QUANTITIES.

To add one, add an entry and document it in docs/lessons.md, which a test compares with the table.
"""

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tinkernet.formatting import count, figure, percent
from tinkernet.lessons.evidence import Evidence
from tinkernet.lessons.places import BIAS, WEIGHT
from tinkernet.protocol.setting_words import name_of
from tinkernet.run.beginning import data_of

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
        Quantity(
            "painted points",
            "painted point",
            "count",
            lambda e: data_of(e.run.experiment).painted,
            plural="painted points",
        ),
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


def _weight(layer: int, to: int, source: int) -> Callable[[Evidence], float | None]:
    """A weight, or None where the network has no such weight."""

    def value(evidence: Evidence) -> float | None:
        weights = evidence.run.weights
        there = layer < len(weights) and to < weights[layer].shape[0] and source < weights[layer].shape[1]
        return float(weights[layer][to, source]) if there else None

    return value


def _bias(layer: int, neuron: int) -> Callable[[Evidence], float | None]:
    """A bias, or None where the network has no such neuron."""

    def value(evidence: Evidence) -> float | None:
        biases = evidence.run.biases
        return float(biases[layer][neuron]) if layer < len(biases) and neuron < len(biases[layer]) else None

    return value


def quantity_named(name: str) -> Quantity | None:
    """The quantity that is written so; None if there is none."""
    if name in QUANTITIES:
        return QUANTITIES[name]
    weight = re.fullmatch(WEIGHT, name)
    if weight is not None:
        source, to, layer = (int(number) - 1 for number in weight.groups())
        return Quantity(
            name, f"Weight {source + 1} → {to + 1} of layer {layer + 1}", "figure", _weight(layer, to, source)
        )
    bias = re.fullmatch(BIAS, name)
    if bias is not None:
        neuron, layer = (int(number) - 1 for number in bias.groups())
        return Quantity(name, f"Bias of neuron {neuron + 1} of layer {layer + 1}", "figure", _bias(layer, neuron))
    in_layer = re.fullmatch(r"neurons viewed in layer (\d{1,4})", name)
    if in_layer is None:
        return None
    in_which = int(in_layer[1])
    of = f" of layer {in_which} looked at"
    return Quantity(
        name,
        f"neuron{of}",
        "count",
        lambda e: sum(place == in_which - 1 for place, _ in e.record.viewed),
        plural=f"neurons{of}",
    )
