"""Comparison: the effect of a change of settings."""

from dataclasses import dataclass
from typing import Any

from tinkernet.experiment import Experiment, changed_fields
from tinkernet.formatting import count, figure
from tinkernet.html import table
from tinkernet.insight.share import Share
from tinkernet.insight.starts import SUCCESS_LOSS, experiment_of, starts
from tinkernet.run import Run
from tinkernet.run.events import plain


@dataclass(frozen=True)
class Difference:
    """A setting in which two experiments differ."""

    field: str
    before: Any
    after: Any

    @property
    def label(self) -> str:
        """The setting in words, for example `learning rate`."""
        return self.field.replace("_", " ")

    def __str__(self) -> str:
        return f"{self.label}: {plain(self.before)} → {plain(self.after)}"


@dataclass(frozen=True, eq=False)
class Comparison:
    """A comparison of two runs, or of many starts of two experiments.

    `shares` has each experiment's share of successful starts, with confidence intervals; None if two runs are compared.
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
    """Compare two runs, or two experiments or links by how many of `n` starts succeed within `epochs` epochs.

    Example:
        >>> three = Experiment(seed="0.12345", hidden=(3,))
        >>> print(compare(three, three.replace(hidden=(4,)), n=64))
        hidden: 3 → 4
          first:  24 of 64 (38%, between 27% and 50%) reach a training loss of 0.05 in 100 epochs
          second: 50 of 64 (78%, between 67% and 87%) reach a training loss of 0.05 in 100 epochs
    """
    if isinstance(one, Run) and isinstance(other, Run):
        return Comparison(differences(one.experiment, other.experiment), _state(one), _state(other))
    experiments = experiment_of(one), experiment_of(other)
    first, second = (starts(experiment, n, epochs).solved() for experiment in experiments)
    return Comparison(differences(*experiments), _chance(first, epochs), _chance(second, epochs), (first, second))


def _state(run: Run) -> str:
    losses = f"training loss {figure(run.train_loss, 3)}, test loss {figure(run.test_loss, 3)}"
    return f"epoch {count(run.epoch)}, {losses}"


def _chance(share: Share, epochs: int) -> str:
    return f"{share} reach a training loss of {SUCCESS_LOSS:g} in {epochs:,} epochs"
