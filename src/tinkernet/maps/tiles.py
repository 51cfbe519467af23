"""A map's samples: a lattice that is refined by halves, in square tiles of which each needs no other.

At level L the axes are divided into 2^L parts, and the run at a place (i, j) has the values at the shares i/2^L and
j/2^L, which are exact. So a quarter of the places of each level are those of the level before: coarse results are never
computed again, and a map can be enlarged as far as float64 has different values.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float32, Float64, UInt8
from tinkernet.errors import ExperimentError
from tinkernet.maps.plan import MapPlan
from tinkernet.sweeps.training import trained

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


@dataclass(frozen=True, eq=False)
class Cells:
    """What became of the runs of a tile; the first row is the bottom. The numbers are rounded: they are to be drawn.

    Losses and accuracies are after the run's last epoch; a loss that is too large for float32 is infinity, accuracies
    are NaN for a regression. `reasons` say why each run ended (`engine/stops.py`).
    """

    train_loss: Float32[ndarray, "rows columns"]
    test_loss: Float32[ndarray, "rows columns"]
    train_accuracy: Float32[ndarray, "rows columns"]
    test_accuracy: Float32[ndarray, "rows columns"]
    epochs: Float32[ndarray, "rows columns"]
    reasons: UInt8[ndarray, "rows columns"]


TYPES = {
    "train_loss": np.float32,
    "test_loss": np.float32,
    "train_accuracy": np.float32,
    "test_accuracy": np.float32,
    "epochs": np.float32,
    "reasons": np.uint8,
}
"""The numbers of a cell."""


def values_at(plan: MapPlan, level: int, column: int, row: int) -> tuple[float, float]:
    """The values of both axes at a place of the lattice: `column` and `row` count cells, from the bottom left.

    Raises:
        ExperimentError: there is no such place.
    """
    checks.whole("level", level, 0, LAST_LEVEL)
    for name, place in (("column", column), ("row", row)):
        if not 0 <= place < 1 << level:
            raise ExperimentError(name, place, f"a whole number from 0 to {(1 << level) - 1}")
    shares = np.array([column, row], dtype=np.float64) / 2.0**level
    return float(plan.x.values(shares[:1])[0]), float(plan.y.values(shares[1:])[0])


def compute(plan: MapPlan, tile: Tile, parent: Cells | None = None) -> Cells:
    """The results of a tile; with those of its parent, only three quarters of them are computed."""
    tile.check()
    inherited = np.zeros((SIDE, SIDE), dtype=bool)
    if parent is not None:
        inherited[::2, ::2] = True
    x, y = (axis.values(_shares(tile.level, at)) for axis, at in ((plan.x, tile.column), (plan.y, tile.row)))
    places = np.argwhere(~inherited)
    # Whole numbers repeat; each pair of values is trained once.
    pairs = [(x[column], y[row]) for row, column in places.tolist()]
    numbers = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
    found = _trained(plan, list(numbers))
    which = np.array([numbers[pair] for pair in pairs])
    columns = {name: np.empty((SIDE, SIDE), dtype=values.dtype) for name, values in found.items()}
    for name, values in columns.items():
        if parent is not None:
            values[::2, ::2] = _quarter(tile, getattr(parent, name))
        values[~inherited] = found[name][which]
    return Cells(**columns)


def _shares(level: int, tile: int) -> Float64[ndarray, " side"]:
    """The shares of an axis along a tile."""
    return (tile * SIDE + np.arange(SIDE, dtype=np.float64)) / 2.0**level


def _quarter(tile: Tile, values: ndarray) -> ndarray:
    """The quarter of a parent's cells that lies in this tile."""
    half = SIDE // 2
    row, column = tile.row % 2 * half, tile.column % 2 * half
    return values[row : row + half, column : column + half]


def _trained(plan: MapPlan, pairs: list[tuple[float, float]]) -> dict[str, ndarray]:
    """Train the runs with these values of both axes."""
    settings = [plan.settings(x, y) for x, y in pairs]
    names = tuple(settings[0])
    rows = [tuple(one[name] for name in names) for one in settings]
    changes = {
        plan.place_of(axis): np.array([pair[side] for pair in pairs])
        for side, axis in enumerate((plan.x, plan.y))
        if axis.weight is not None
    }
    found = trained(plan.experiment, names, rows, plan.epochs, plan.stops, changes)
    with np.errstate(over="ignore"):
        return {name: found[name].astype(kind) for name, kind in TYPES.items()}
