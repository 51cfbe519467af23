"""Comparison: the effect of a change of settings."""

import math
from dataclasses import dataclass
from typing import Any

from tinkernet.data.drawing import read
from tinkernet.experiment import Experiment, changed_fields
from tinkernet.formatting import count, figure, percent
from tinkernet.html import table
from tinkernet.insight.diagnosis.formatting import Number
from tinkernet.insight.share import Share
from tinkernet.insight.starts import SUCCESS_LOSS, experiment_of, starts
from tinkernet.run import Run
from tinkernet.run.events import plain


@dataclass(frozen=True)
class Difference:
    """A setting in which two experiments differ: its `field`, and its value `before` and `after`."""

    field: str
    before: Any
    after: Any

    @property
    def label(self) -> str:
        """The setting in words, for example `learning rate`."""
        return self.field.replace("_", " ")

    def __str__(self) -> str:
        before, after = (_shown(self.field, value) for value in (self.before, self.after))
        return f"{self.label}: {before} → {after}" if before != after else f"{self.label}: other values, {after}"


@dataclass(frozen=True, eq=False)
class Comparison:
    """A comparison of two runs, or of many starts of two experiments.

    `differences` are the settings that differ, `first` and `second` what became of each in words. `shares` has each
    experiment's share of successful starts, with confidence intervals; None if two runs are compared.
    """

    differences: tuple[Difference, ...]
    first: str
    second: str
    shares: tuple[Share, Share] | None = None

    def __str__(self) -> str:
        changed = "; ".join(map(str, self.differences)) or "no difference in the settings"
        return f"{changed}\n  first:  {self.first}\n  second: {self.second}"

    def _repr_html_(self) -> str:
        changed = "; ".join(map(str, self.differences)) or "no difference in the settings"
        return table(changed, {"first": self.first, "second": self.second})


def differences(one: Experiment, other: Experiment) -> tuple[Difference, ...]:
    """The settings in which two experiments differ, in the order of the fields."""
    return tuple(Difference(name, getattr(one, name), getattr(other, name)) for name in shown_fields(one, other))


def shown_fields(one: Experiment, other: Experiment) -> list[str]:
    """The fields in which two experiments differ; a person's own data only where both have some."""
    both_own = one.data is not None and other.data is not None
    return [name for name in changed_fields(one, other) if name != "data" or both_own]


def compare(
    one: Run | Experiment | str, other: Run | Experiment | str, *, n: int = 256, epochs: int = 100
) -> Comparison:
    """Compare two runs as they are, or two experiments or links by how many of their starts succeed.

    Args:
        one: a run, an experiment or a link.
        other: what to compare it with.
        n: the number of starts of each, 1 to 4,096; not used for two runs.
        epochs: how long each start is trained, 1 to 1,000,000; not used for two runs.

    Raises:
        ExperimentError: one of them is none of these, or `n` or `epochs` is out of range.

    Example:
        >>> three = Experiment(seed="0.12345", hidden=(3,))
        >>> print(compare(three, three.replace(hidden=(4,)), n=64))
        hidden: 3 → 4
          first:  35 of 64 (55%, between 43% and 66%) reach a training loss of 0.05 in 100 epochs
          second: 53 of 64 (83%, between 72% and 90%) reach a training loss of 0.05 in 100 epochs
    """
    if isinstance(one, Run) and isinstance(other, Run):
        return Comparison(differences(one.experiment, other.experiment), _state(one), _state(other))
    experiments = experiment_of(one), experiment_of(other)
    first, second = (starts(experiment, n, epochs).solved() for experiment in experiments)
    return Comparison(differences(*experiments), _chance(first, epochs), _chance(second, epochs), (first, second))


def _shown(field: str, value: Any) -> str:
    """A value of a field in a few words: data by its size, a drawing by its number of strokes."""
    if field == "data":
        return f"{Number(len(value)):row} of {Number(len(value.names)):column}"
    return f"{Number(len(read(value).strokes)):stroke}" if field == "drawing" else plain(value)


def _state(run: Run) -> str:
    known = {"training loss": run.train_loss, "test loss": run.test_loss}
    said = [f"{name} {figure(loss, 3)}" for name, loss in known.items() if not math.isnan(loss)]
    if run.test_accuracy is not None:
        said.append(f"test accuracy {percent(run.test_accuracy)}")
    return ", ".join([f"epoch {count(run.epoch)}", *said])


def _chance(share: Share, epochs: int) -> str:
    return f"{share} reach a training loss of {SUCCESS_LOSS:g} in {epochs:,} epochs"
