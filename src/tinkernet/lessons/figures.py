"""Figures: numbers in a lesson's text, and where each comes from, so that a check finds one that is wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tinkernet.checks import suggestion
from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.insight.starts import SUCCESS_LOSS, Starts
from tinkernet.lessons.conditions import NUMBER, read_condition
from tinkernet.lessons.evidence import Evidence, Record
from tinkernet.lessons.quantities import QUANTITIES, Quantity, quantity_named
from tinkernet.lessons.settings import read_setting
from tinkernet.run import Run

MOST_EPOCHS = 100_000
SOLVED = " after the solution"
MOST_STARTS = 4096
WRITTEN = re.compile(r"(?<![\w.])[-−]?\d[\d\u202f\u00a0]*(?:\.\d+)?")
"""A number as a lesson's text has it, with spaces between thousands."""

_OF_A_RUN: dict[str, Callable[[Run], float]] = {
    "training points": lambda run: len(run.train_data),
    "test points": lambda run: len(run.test_data),
    "parameters": lambda run: run.parameters.size,
}


@dataclass(frozen=True)
class Figure:
    """A number in the text, as it is written, and what measures it."""

    written: str
    source: str
    measure: Callable[[Experiment], float] | None
    settings: Mapping[str, Any]
    """What is changed in the step's experiment before it is measured."""
    solved: Quantity | None = None
    """What is measured after the step's solution, instead."""

    def measured(self, experiment: Experiment) -> float | None:
        """What the number is for this experiment; None if it is a definition, or measured after the solution."""
        return None if self.measure is None else self.measure(experiment.replace(**self.settings))

    def nearest(self, value: float) -> str:
        """The number that would be right, with as many decimals as are written."""
        _, _, decimals = self.written.partition(".")
        return f"{value:.{len(decimals)}f}".replace("-", "−")

    def agrees(self, value: float) -> bool:
        """Whether the number is right to its last digit."""
        _, _, decimals = self.written.partition(".")
        return abs(number_written(self.written) - value) <= 0.5 * 10.0 ** -len(decimals) * (1 + 1e-9)


def numbers_in(text: str) -> list[str]:
    """All numbers in a text, as they are written."""
    return [number.strip("\u202f\u00a0 ") for number in WRITTEN.findall(text)]


def number_written(text: str) -> float:
    """The value of a number as a text has it: with a real minus, and spaces between thousands."""
    return float(re.sub(r"[\s\u202f\u00a0]", "", text.replace("−", "-")))


def read_figure(written: str, source: str) -> Figure:
    """The figure that is written so, and said to come from there.

    Raises:
        ValueError: it is not a number, or there is nothing of this name to measure.
    """
    number, source = written.removesuffix("%").strip(), " ".join(source.split())
    if WRITTEN.fullmatch(number) is None:
        raise ValueError(f"“{written}” is not a number")
    if source == "by definition":
        return Figure(number, source, None, {})
    if source.endswith(SOLVED):
        name = source.removesuffix(SOLVED)
        if name not in QUANTITIES:
            raise ValueError(f"there is no quantity “{name}”{suggestion(name, QUANTITIES)}")
        return Figure(number, source, None, {}, QUANTITIES[name])
    what, _, changes = source.partition(" with ")
    settings = {}
    for change in filter(None, map(str.strip, changes.split(";"))):
        field, _, value = change.partition(" ")
        settings[field] = read_setting(field, value)
    return Figure(number, source, _measure(what), settings)


def _measure(what: str) -> Callable[[Experiment], float]:
    solved = re.fullmatch(rf"starts solved(?: below ({NUMBER}))? of (\d+) after (\d+) epochs?", what)
    if solved is not None:
        loss, n, epochs = float(solved[1] or SUCCESS_LOSS), _most(solved[2], MOST_STARTS), _most(solved[3], MOST_EPOCHS)
        return lambda experiment: Starts(experiment, n).train(epochs).solved(loss).count
    until = re.fullmatch(r"epochs until (.+)", what)
    if until is not None:
        condition = read_condition(until[1])

        def epochs_until(experiment: Experiment) -> float:
            run = Run(experiment)
            while not condition.met(_evidence(run)):
                if run.epoch >= MOST_EPOCHS or run.diverged:
                    return float("nan")
                run.train(1)
            return run.epoch

        return epochs_until
    name, _, after = what.partition(" after ")
    epochs_after = re.fullmatch(r"(\d+) epochs?", after)
    if after and epochs_after is None:
        raise ValueError(f"“{after}” is not a number of epochs")
    epochs = _most(epochs_after[1], MOST_EPOCHS) if epochs_after else 0
    value = _value_of(name)

    def after_epochs(experiment: Experiment) -> float:
        run = Run(experiment)
        return value(run.train(epochs) if epochs else run)

    return after_epochs


def _value_of(name: str) -> Callable[[Run], float]:
    if name in _OF_A_RUN:
        return _OF_A_RUN[name]
    quantity = quantity_named(name)
    if quantity is None:
        raise ValueError(f"there is no quantity “{name}”{suggestion(name, [*QUANTITIES, *_OF_A_RUN])}")
    return lambda run: as_written(quantity, _evidence(run))


def as_written(quantity: Quantity, evidence: Evidence) -> float:
    """The value as a text has it: a share as per cent."""
    value = quantity.value(evidence)
    return float("nan") if value is None else 100 * value if quantity.unit == "share" else value


def _evidence(run: Run) -> Evidence:
    return Evidence(run, View(), Record())


def _most(text: str, most: int) -> int:
    if not 1 <= int(text) <= most:
        raise ValueError(f"{text} must be a whole number from 1 to {most}")
    return int(text)
