"""The levels of a setting: groups of runs that have one value of it, or of an interval, values near each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.sweeps.design import Axis, Between, written

MOST_BINS = 16
LEAST_IN_A_BIN = 8
"""So many runs are in a bin, at least, if there are enough for two bins."""
MOST_VALUES = 24
"""More numbers than these are put into bins, where single values are not asked for."""


@dataclass(frozen=True, eq=False)
class Levels:
    """The groups of runs by one setting, in the order of its values."""

    places: Int64[ndarray, " runs"]
    """The level of each run."""
    values: ndarray | Sequence[str]
    """The value of each level, as in the table of a sweep; of a bin the one in its middle."""
    bounds: Float64[ndarray, "levels 2"] | None = None
    """The lowest and highest value of each bin; None where each level is one value."""

    @property
    def counts(self) -> Int64[ndarray, " levels"]:
        """How many runs each level has."""
        return np.bincount(self.places, minlength=len(self.values)).astype(np.int64)

    @property
    def are_numbers(self) -> bool:
        """Whether the values are numbers."""
        return isinstance(self.values, ndarray)


def levels_of(axis: Axis, column: ndarray, *, single: bool = False) -> Levels:
    """The levels of a setting with this column of a table; with `single` each of a list of values is a level.

    An interval, and a long list of numbers, is divided into bins with equally many runs, or nearly so where runs have
    the same value.
    """
    if not _has_numbers(axis):
        texts = [str(value) for value in column.tolist()]
        order = dict.fromkeys([_text(value) for value in axis.values if _text(value) in set(texts)])  # type: ignore[union-attr]
        numbers = {text: number for number, text in enumerate(order)}
        return Levels(np.array([numbers[text] for text in texts], dtype=np.int64), tuple(order))
    values, places = np.unique(column, return_inverse=True)
    if len(values) <= MOST_VALUES or (single and not isinstance(axis.values, Between)):
        return Levels(places.astype(np.int64), values)
    return _bins(column, places)


def _bins(column: ndarray, places: ndarray) -> Levels:
    """Bins with equally many runs; `places` has the number of each run's value among those that there are."""
    runs = len(column)
    bins = max(1, min(MOST_BINS, runs // LEAST_IN_A_BIN))
    counts = np.bincount(places)
    firsts = np.cumsum(counts) - counts
    # Where the middle one of the runs with a value belongs, all of them go.
    wanted = np.minimum((2 * firsts + counts - 1) * bins // (2 * runs), bins - 1)
    kept, of_values = np.unique(wanted, return_inverse=True)
    found = of_values[places].astype(np.int64)
    ordered = [np.sort(column[found == level]) for level in range(len(kept))]
    middles = np.array([part[(len(part) - 1) // 2] for part in ordered])
    bounds = np.array([(part[0], part[-1]) for part in ordered], dtype=np.float64)
    return Levels(found, middles, bounds)


def _has_numbers(axis: Axis) -> bool:
    """Whether the values of a setting are numbers."""
    if isinstance(axis.values, Between):
        return True
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in axis.values)


def _text(value: Any) -> str:
    """A value as the table of a sweep has it."""
    return str(written(value))
