"""How much of the differences between runs each setting explains."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet import checks, html
from tinkernet.arrays import Float64
from tinkernet.errors import ExperimentError
from tinkernet.formatting import percent
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.levels import Levels, levels_of
from tinkernet.sweeps.outcomes import outcome_of
from tinkernet.tables import Table

REST = "interactions and luck"


@dataclass(frozen=True, eq=False)
class Importances:
    """The importance of each setting of a sweep for an outcome, the largest first.

    The importance is the share of the variance of ranks that a setting explains without the others: ε² (Kelley, 1935),
    the correlation ratio η² (Pearson, 1905) without what chance adds to it. It is an estimate of the first-order index
    of Sobol (1993). Runs are compared by the rank of their outcome, so that it matters which run is better and not by
    how much: diverged runs, of infinite loss, are the last and have equal ranks.

    Args:
        outcome: what is explained, as "loss".
        table: the columns `setting` and `importance`, from 0 to 1; a row for each setting, the most important first.
        rest: the share that no setting explains without the others: it is due to several together, or to luck.

    Example:
        >>> found = sweep(Experiment(dataset="xor", seed="1"), hidden=[(1,), (4,)], start=range(32), epochs=50)
        >>> print(found.importances("loss"))
        Importances for loss: hidden 75 %, start 0 %, interactions and luck 25 %
    """

    outcome: str
    table: Table
    rest: float

    def __getitem__(self, setting: str) -> float:
        """The importance of a setting.

        Raises:
            ExperimentError: this setting does not vary.
        """
        names = self.table["setting"].tolist()
        return float(self.table["importance"][names.index(checks.one_of("setting", setting, names))])

    @property
    def _rows(self) -> dict[str, str]:
        named = zip(self.table["setting"].tolist(), self.table["importance"].tolist(), strict=True)
        return {name: percent(share) for name, share in [*named, (REST, self.rest)]}

    def _repr_html_(self) -> str:
        rows = {name.replace("_", " "): text for name, text in self._rows.items()}
        return html.table(f"Importances for {self.outcome.replace('_', ' ')}", rows)

    def __repr__(self) -> str:
        return f"Importances for {self.outcome}: {', '.join(f'{name} {text}' for name, text in self._rows.items())}"


def importances_of(plan: Plan, results: Table, outcome: object) -> Importances:
    """The importances of all settings of a sweep with these results; see `Sweep.importances`.

    Raises:
        ExperimentError: the runs do not have this outcome, or are too few to separate settings from luck.
    """
    found = outcome_of(plan, results, outcome)
    design = plan.design
    # In a whole grid, all settings but one are the same in each level of that one.
    balanced = design.kind == "grid" and len(results) == design.runs
    levels = [levels_of(axis, results[axis.name], single=True) for axis in design.axes]
    shares = explained(ranks(found.values), levels, balanced=balanced)
    order = sorted(range(len(shares)), key=lambda place: -shares[place])
    names, ordered = [design.names[place] for place in order], [shares[place] for place in order]
    everything = 1.0 if np.ptp(ranks(found.values)) > 0 else 0.0
    table = Table({"setting": names, "importance": np.array(ordered)})
    return Importances(found.name, table, max(0.0, everything - sum(ordered)))


def ranks(values: Float64[ndarray, " runs"]) -> Float64[ndarray, " runs"]:
    """The rank of each value from 1 for the lowest; equal values have their mean rank."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    lasts = np.cumsum(counts)
    found: Float64[ndarray, " runs"] = (lasts - (counts - 1) / 2)[places]
    return found


def explained(values: Float64[ndarray, " runs"], levels: Sequence[Levels], *, balanced: bool) -> list[float]:
    """The share of the variance of the values that each setting explains: ε², from 0 to 1.

    Of the sum of squares between the levels, what is expected by chance is subtracted: for each level but one the
    variance that decides by chance on a level's mean. In a `balanced` design all other settings are the same in each
    level, so that is the variance that all settings together leave; else the variance within levels.

    Raises:
        ExperimentError: there are not more runs than levels, so that nothing says what chance does.
    """
    runs, deviations = len(values), values - values.mean()
    total = float(np.sum(deviations**2))
    degrees = [len(one.values) - 1 for one in levels]
    left = [runs - 1 - sum(degrees)] * len(levels) if balanced else [runs - 1 - one for one in degrees]
    if min(left) < 1:
        least = runs - min(left) + 1
        raise ExperimentError("runs", runs, f"{least} or more to separate settings from luck, as with start=range(8)")
    if total == 0:
        return [0.0] * len(levels)
    between = [_between(deviations, one) for one in levels]
    outside = [total - sum(between)] * len(levels) if balanced else [total - one for one in between]
    return [
        min(1.0, max(0.0, (square - degree * max(0.0, rest) / free) / total))
        for square, degree, rest, free in zip(between, degrees, outside, left, strict=True)
    ]


def _between(deviations: Float64[ndarray, " runs"], levels: Levels) -> float:
    """The sum of squares between the levels."""
    sums = np.bincount(levels.places, deviations, len(levels.values))
    return float(np.sum(sums**2 / levels.counts))
