"""What becomes of runs as one setting changes: a value in the middle and an interval for each value of the setting."""

from dataclasses import dataclass
from os import PathLike
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.export.pictures.colours import DARK, LIGHT
from tinkernet.export.pictures.figure import Picture
from tinkernet.insight.share import wilson
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.curve_picture import Curve, curve_drawing
from tinkernet.sweeps.design import Between
from tinkernet.sweeps.levels import Levels, levels_of
from tinkernet.sweeps.outcomes import Outcome, outcome_of, quantile, sorted_groups
from tinkernet.sweeps.pictured import Pictured
from tinkernet.tables import Table


@dataclass(frozen=True, eq=False)
class SweepCurve(Pictured):
    """An outcome of a sweep as one setting changes. A notebook shows it as a picture.

    Args:
        setting: the setting that changes, as "learning_rate".
        outcome: what becomes of the runs, as "loss".
        table: a row for each value of the setting: the value, the number of `runs`, `median` or `share`, the interval
            from `low` to `high`, and the share of runs that have `diverged`. A bin has its lowest and highest value as
            `from` and `to`; its value is the one in the middle.
        within: the share of the runs that are in the interval; None of a share, whose interval is a confidence
            interval.
        logarithmic: whether the setting was chosen on a logarithmic scale.

    Example:
        >>> found = sweep(Experiment(dataset="xor", seed="1"), hidden=[(1,), (2,), (4,)], start=range(32), epochs=50)
        >>> curve = found.curve("hidden", "loss")
        >>> curve.table["median"].round(3).tolist()
        [0.446, 0.236, 0.114]
        >>> curve.save("hidden.svg")
    """

    setting: str
    outcome: str
    table: Table
    within: float | None
    logarithmic: bool = False

    def picture(self, path: str | PathLike[str] | None = None, *, dark: bool = False) -> Picture:
        """The curve as a picture: PNG, SVG and PDF.

        Args:
            path: where it is written, too; a file name that ends in .png, .svg or .pdf.
            dark: whether it is drawn on a dark background.

        Raises:
            ExperimentError: the name ends otherwise, or the file cannot be written.

        Example:
            >>> found = sweep(Experiment(seed="1"), learning_rate=[0.01, 0.1], start=range(8), epochs=50)
            >>> found.curve("learning_rate", "loss").picture("rates.pdf", dark=True)
            Picture('loss by learning rate', 560 × 300 px)
        """
        theme = DARK if checks.flag("dark", dark) else LIGHT
        curve = Curve(self.setting, self.outcome, self.table, self.within, self.logarithmic)
        picture = Picture(curve_drawing(curve, theme))
        if path is not None:
            picture.save(path)
        return picture

    def __repr__(self) -> str:
        return f"SweepCurve({self.outcome} by {self.setting}, {len(self.table)} values)"


def curve_of(plan: Plan, results: Table, setting: object, outcome: object, within: object) -> SweepCurve:
    """The curve of an outcome over a setting; see `Sweep.curve`.

    Raises:
        ExperimentError: the setting does not vary, the runs do not have this outcome, or `within` is not from 0 to 1.
    """
    name = checks.one_of("setting", setting, plan.design.names)
    share = checks.number("within", within, 0, 1)
    found = outcome_of(plan, results, outcome)
    axis = plan.design.axes[plan.design.names.index(name)]
    levels = levels_of(axis, results[name])
    columns: dict[str, Any] = {name: levels.values}
    if levels.bounds is not None:
        columns |= {"from": levels.bounds[:, 0], "to": levels.bounds[:, 1]}
    columns["runs"] = levels.counts
    columns |= _shares(found, levels) if found.is_share else _quantiles(found, levels, share)
    columns["diverged"] = np.bincount(levels.places, found.diverged) / levels.counts
    logarithmic = isinstance(axis.values, Between) and axis.values.log
    return SweepCurve(name, found.name, Table(columns), None if found.is_share else share, logarithmic)


def _shares(outcome: Outcome, levels: Levels) -> dict[str, ndarray]:
    """The share of runs of each level, with its 95 % confidence interval."""
    counted = np.bincount(levels.places, outcome.values).astype(np.int64)
    found = [wilson(count, runs) for count, runs in zip(counted.tolist(), levels.counts.tolist(), strict=True)]
    return {
        "share": np.array([one.share for one in found]),
        "low": np.array([one.low for one in found]),
        "high": np.array([one.high for one in found]),
    }


def _quantiles(outcome: Outcome, levels: Levels, within: float) -> dict[str, ndarray]:
    """The median of each level, and the interval that has the share `within` of its runs in the middle."""
    parts = sorted_groups(outcome, levels.places, levels.counts)
    shares = {"median": 0.5, "low": (1 - within) / 2, "high": (1 + within) / 2}
    return {name: np.array([quantile(part, share) for part in parts]) for name, share in shares.items()}
