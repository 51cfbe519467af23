"""The results of a sweep as the cells of a map."""

import math

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Shaped
from tinkernet.sweeps.running import Sweep

GOOD = 0.95
"""A run has learned the data if it classifies at least this share of the test points correctly."""
SOLVED = "Solved means that at least 95 % of the test points are classified correctly."
SHARES = ((0.0, "none"), (0.5, "half"), (1.0, "all"))
"""The texts of a scale of shares."""


def averaged(found: Sweep, values: Shaped[ndarray, " runs"], *names: str) -> Float64[ndarray, "..."]:
    """The mean of a number of each run over all settings but these, whose values are the axes of the result.

    Args:
        found: a sweep over a grid.
        values: a number for each run, in the order of the table, shape (runs,).
        names: settings that vary.

    Example:
        >>> found = sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], start=range(4), epochs=5)
        >>> averaged(found, found.table["test_loss"], "learning_rate").shape
        (2,)
    """
    axes = [axis.name for axis in found.plan.design.axes]
    counts = [axis.count or 1 for axis in found.plan.design.axes]
    order = [*map(axes.index, names), *(place for place, name in enumerate(axes) if name not in names)]
    cells = np.asarray(values, dtype=np.float64).reshape(counts).transpose(order)
    kept = cells.shape[: len(names)]
    return np.asarray(cells.reshape(*kept, math.prod(cells.shape[len(names) :])).mean(axis=-1))


def share_solved(found: Sweep, *names: str) -> Float64[ndarray, "..."]:
    """The share of runs that have learned the data, for each combination of the values of these settings.

    Args:
        found: a sweep over a grid, of classifications.
        names: settings that vary.

    Example:
        >>> found = sweep(Experiment(dataset="gauss", seed="1"), learning_rate=[0.03, 0.1], start=range(4), epochs=50)
        >>> share_solved(found, "learning_rate")
        array([1., 1.])
    """
    return averaged(found, found.table["test_accuracy"] >= GOOD, *names)
