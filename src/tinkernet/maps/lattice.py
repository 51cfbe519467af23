"""A map's samples: a lattice that is refined by halves, in square tiles of which each needs no other.

At level L the axes are divided into 2^L parts, and the sample at a place (i, j) is at the shares i/2^L and j/2^L, which
are exact. So a quarter of the places of each level are those of the level before: coarse results are never computed
again, and a map can be enlarged as far as float64 has different values.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Bool, Float64
from tinkernet.errors import ExperimentError

FIRST_LEVEL = 4
SIDE = 1 << FIRST_LEVEL
"""The cells along a side of a tile. At the first level one tile is the whole map."""
LAST_LEVEL = 48
"""At this level, neighbouring values differ by a few units in their last place."""


class Tile(NamedTuple):
    """The place of a tile: its level, and its column and row among the tiles of that level, from the bottom left."""

    level: int
    column: int
    row: int

    def check(self) -> None:
        """That there is such a tile.

        Raises:
            ExperimentError: there is not.
        """
        checks.whole("level", self.level, FIRST_LEVEL, LAST_LEVEL)
        most = (1 << self.level - FIRST_LEVEL) - 1
        checks.whole("column", self.column, 0, most)
        checks.whole("row", self.row, 0, most)

    @property
    def parent(self) -> "Tile | None":
        """The tile of the level before that covers this one; None of the first."""
        if self.level == FIRST_LEVEL:
            return None
        return Tile(self.level - 1, self.column // 2, self.row // 2)

    @property
    def shares(self) -> tuple[Float64[ndarray, " side"], Float64[ndarray, " side"]]:
        """The shares of both axes at its columns and its rows."""
        cells = np.arange(SIDE, dtype=np.float64)
        return (self.column * SIDE + cells) / 2.0**self.level, (self.row * SIDE + cells) / 2.0**self.level


def shares_at(level: int, column: int, row: int) -> tuple[float, float]:
    """The shares of both axes at a place of the lattice: `column` and `row` count cells, from the bottom left.

    Raises:
        ExperimentError: there is no such place.
    """
    checks.whole("level", level, 0, LAST_LEVEL)
    for name, place in (("column", column), ("row", row)):
        if not 0 <= place < 1 << level:
            raise ExperimentError(name, place, f"a whole number from 0 to {(1 << level) - 1}")
    return column / 2.0**level, row / 2.0**level


def refined(
    tile: Tile,
    parent: Mapping[str, ndarray] | None,
    compute: Callable[[Bool[ndarray, "side side"]], Mapping[str, ndarray]],
) -> dict[str, ndarray]:
    """The arrays of a tile: a quarter of them from its parent, if there is one, and what is new from `compute`.

    Args:
        tile: which one.
        parent: the arrays of its parent, by name.
        compute: gives the values at the places that are True, in the order of `numpy.argwhere`, by name.
    """
    new = np.ones((SIDE, SIDE), dtype=bool)
    if parent is not None:
        new[::2, ::2] = False
    found: dict[str, ndarray] = {}
    for name, values in compute(new).items():
        found[name] = np.empty((SIDE, SIDE), dtype=values.dtype)
        found[name][new] = values
        if parent is not None:
            found[name][::2, ::2] = _quarter(tile, parent[name])
    return found


def _quarter(tile: Tile, values: ndarray) -> ndarray:
    """The quarter of a parent's cells that lies in this tile."""
    half = SIDE // 2
    row, column = tile.row % 2 * half, tile.column % 2 * half
    return values[row : row + half, column : column + half]
