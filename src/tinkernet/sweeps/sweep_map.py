"""What becomes of runs as two settings change: a cell for each pair of values."""

from dataclasses import dataclass
from os import PathLike
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float64, Int64
from tinkernet.errors import ExperimentError
from tinkernet.export.pictures.figure import Picture
from tinkernet.export.pictures.picture_axis import PictureAxis
from tinkernet.export.pictures.shaded_map import ShadedMap, Shading
from tinkernet.formatting import count, figure
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.levels import Levels, levels_of
from tinkernet.sweeps.outcomes import ENDINGS, Outcome, outcome_of, quantile, sorted_groups
from tinkernet.sweeps.pictured import Pictured
from tinkernet.sweeps.scales import Scale
from tinkernet.tables import Table

LIGHT_STYLE, DARK_STYLE = "slide", "dark-slide"
HIGH_IS_GOOD = ("accuracy", "solved")
"""Outcomes, or ends of their names, that are blue where they are high; of the others low is blue."""
MOST_MARKS = 6
MOST_NAMED = 9
"""So many values of a setting are named one by one; of more, round numbers are marked."""
EQUAL = 1e-6
"""Distances between values are equal if they differ by at most this share."""
DIGITS = 2


@dataclass(frozen=True, eq=False)
class SweepMap(Pictured):
    """An outcome of a sweep for each pair of values of two settings. A notebook shows it as a picture.

    Args:
        x: the setting from left to right, as "learning_rate".
        y: the setting from bottom to top.
        outcome: what becomes of the runs, as "loss".
        x_levels: the values of x, each with a column of cells; where there are many, those in the middle of bins.
        y_levels: the values of y.
        cells: the median of the runs of each cell, or the share of them that ended so: shape (values of y, values of
            x), the first row for the first value. NaN without runs, infinity if most have diverged.
        runs: how many runs each cell has, in the same shape.

    Example:
        >>> base = Experiment(dataset="xor", seed="1")
        >>> found = sweep(base, hidden=[(1,), (4,)], learning_rate=[0.03, 0.3], epochs=50)
        >>> found.map("learning_rate", "hidden").cells.round(2)
        array([[0.45, 0.43],
               [0.11, 0.03]])
    """

    x: str
    y: str
    outcome: str
    x_levels: Levels
    y_levels: Levels
    cells: Float64[ndarray, "rows columns"]
    runs: Int64[ndarray, "rows columns"]

    @property
    def table(self) -> Table:
        """A row for each cell: its values of both settings, the number of runs, and `median` or `share`."""
        rows, columns = np.indices(self.cells.shape).reshape(2, -1)
        values: dict[str, Any] = {
            self.x: _taken(self.x_levels, columns),
            self.y: _taken(self.y_levels, rows),
            "runs": self.runs.ravel(),
            "share" if self.outcome in ENDINGS else "median": self.cells.ravel(),
        }
        return Table(values)

    def picture(self, path: str | PathLike[str] | None = None, *, dark: bool = False) -> Picture:
        """The map as a picture: PNG, SVG and PDF. Blue is good, orange is bad, grey has no finite value.

        Args:
            path: where it is written, too; a file name that ends in .png, .svg or .pdf.
            dark: whether it is drawn on a dark background.

        Raises:
            ExperimentError: the name ends otherwise, or the file cannot be written.

        Example:
            >>> found = sweep(Experiment(seed="1"), learning_rate=[0.01, 0.1], start=range(8), epochs=50)
            >>> found.map("learning_rate", "start").picture()
            Picture('loss by learning rate and start', 1280 × 720 px)
        """
        finite = self.cells[np.isfinite(self.cells)]
        shares = self.outcome in ENDINGS or self.outcome.endswith("accuracy")
        scale = Scale.of(finite.tolist(), shares=shares)
        up = 1.0 if self.outcome.endswith(HIGH_IS_GOOD) else -1.0
        shades = np.full(self.cells.shape, np.nan)
        shades[np.isfinite(self.cells)] = [up * (2 * scale.place(value) - 1) for value in finite.tolist()]
        marks = [(scale.place(value), text) for value, text in scale.marks(MOST_MARKS)]
        shown = ShadedMap(
            shades[::-1],
            _axis(self.x, self.x_levels),
            _axis(self.y, self.y_levels),
            title=self._title,
            words=self._words,
            legend=[Shading(self.outcome.replace("_", " "), -up, up, marks)],
        )
        return shown.picture(DARK_STYLE if checks.flag("dark", dark) else LIGHT_STYLE, path)

    @property
    def _title(self) -> str:
        return f"{self.outcome} by {self.x} and {self.y}".replace("_", " ")

    @property
    def _words(self) -> str:
        least, most = int(self.runs.min()), int(self.runs.max())
        each = count(most) if least == most else f"{count(least)} to {count(most)}"
        if self.outcome in ENDINGS:
            text = f"Each cell is the share of {self.outcome} runs among {each}."
        else:
            text = "Each cell is a run." if most == 1 else f"Each cell is the median of {each} runs."
        return text if np.isfinite(self.cells).all() else f"{text} Grey cells have no finite value."

    def __repr__(self) -> str:
        rows, columns = self.cells.shape
        return f"SweepMap({self.outcome} by {self.x} and {self.y}, {columns} × {rows} cells)"


def map_of(plan: Plan, results: Table, x: object, y: object, outcome: object) -> SweepMap:
    """The map of an outcome over two settings; see `Sweep.map`.

    Raises:
        ExperimentError: a setting does not vary, both are the same, or the runs do not have this outcome.
    """
    names = [checks.one_of(side, name, plan.design.names) for side, name in (("x", x), ("y", y))]
    if names[0] == names[1]:
        raise ExperimentError("y", y, f"another setting than that of x, {names[0]}")
    found = outcome_of(plan, results, outcome)
    axes = [plan.design.axes[plan.design.names.index(name)] for name in names]
    across, up = (levels_of(axis, results[axis.name], single=True) for axis in axes)
    shape = len(up.values), len(across.values)
    places = up.places * shape[1] + across.places
    runs = np.bincount(places, minlength=shape[0] * shape[1]).astype(np.int64)
    return SweepMap(
        names[0], names[1], found.name, across, up, _values(found, places, runs).reshape(shape), runs.reshape(shape)
    )


def _values(outcome: Outcome, places: Int64[ndarray, " runs"], runs: Int64[ndarray, " cells"]) -> ndarray:
    """The share or the median of the runs of each cell; NaN where there are none."""
    if outcome.is_share:
        counted: Float64[ndarray, " cells"] = np.bincount(places, outcome.values, minlength=len(runs))
        shares = np.full(len(runs), np.nan)
        np.divide(counted, runs, out=shares, where=runs > 0)
        return shares
    return np.array([quantile(part, 0.5) for part in sorted_groups(outcome, places, runs)])


def _axis(name: str, levels: Levels) -> PictureAxis:
    """An axis of the picture: a scale for many numbers at equal distances, else equal cells with values as texts."""
    shown = name.replace("_", " ")
    values = levels.values
    if isinstance(values, ndarray) and levels.bounds is None and len(values) > MOST_NAMED:
        numbers = values.astype(np.float64)
        if numbers[0] > 0 and _are_equal(numbers[1:] / numbers[:-1]):
            half = float(numbers[1] / numbers[0]) ** 0.5
            return PictureAxis(shown, float(numbers[0]) / half, float(numbers[-1]) * half, log=True)
        if _are_equal(np.diff(numbers)):
            half = float(numbers[1] - numbers[0]) / 2
            return PictureAxis(shown, float(numbers[0]) - half, float(numbers[-1]) + half)
    texts = [figure(float(value), DIGITS) if levels.are_numbers else str(value) for value in values]
    return PictureAxis(shown, values=texts)


def _are_equal(steps: Float64[ndarray, " n"]) -> bool:
    return bool(np.allclose(steps, steps[0], rtol=EQUAL, atol=0.0))


def _taken(levels: Levels, places: Int64[ndarray, " cells"]) -> Any:
    if isinstance(levels.values, ndarray):
        return levels.values[places]
    return [levels.values[place] for place in places.tolist()]
