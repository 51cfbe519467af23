"""The edge of trainability as a map that can be enlarged: its tiles, and the course of training at one place."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Bool, Float32, Float64
from tinkernet.gallery.edge import edge_course, edge_values
from tinkernet.gallery.edge_image import HIGHEST, LOWEST
from tinkernet.gallery.trainability import Trainability
from tinkernet.maps import Tile
from tinkernet.maps.lattice import refined, shares_at

Logarithms = Float64[ndarray, " n"]


class EdgePlace(NamedTuple):
    """What is at one place of the map: the rates of both layers, the value as in `edge_values`, and the losses.

    `losses` are those before each step, relative to the first: shape (steps,). A loss that is too large for the value
    stands as the largest that counts.
    """

    rate_in: float
    rate_out: float
    value: float
    losses: Float64[ndarray, " steps"]


def edge_tile(
    problem: Trainability, tile: Tile, parent: Float32[ndarray, "side side"] | None = None
) -> Float32[ndarray, "side side"]:
    """The values of a tile as `edge_values` gives them, rounded; the first row is the bottom.

    With those of its parent, only three quarters of them are computed.

    Args:
        problem: the network, its points, and the number of steps.
        tile: which one.
        parent: the values of the tile's parent, if they are known.

    Raises:
        ExperimentError: there is no such tile.

    Example:
        >>> from tinkernet.maps import Tile
        >>> edge_tile(Trainability(width=4, steps=30), Tile(4, 0, 0)).shape
        (16, 16)
    """
    tile.check()
    x, y = (_logarithms(shares) for shares in tile.shares)

    def of(new: Bool[ndarray, "side side"]) -> Mapping[str, ndarray]:
        values = np.empty(new.shape)
        # In every other row, the same columns are new: together they are a grid.
        for rows, columns in ((slice(first, None, 2), new[first]) for first in (0, 1)):
            values[rows, columns] = edge_values(problem, x[columns], y[rows])
        return {"values": values[new].astype(np.float32)}

    return refined(tile, None if parent is None else {"values": parent}, of)["values"]


def edge_place(problem: Trainability, level: int, column: int, row: int) -> EdgePlace:
    """What is at a place of the lattice: `column` and `row` count cells, from the bottom left.

    Raises:
        ExperimentError: there is no such place.

    Example:
        >>> place = edge_place(Trainability(width=4, steps=30), 4, 8, 8)
        >>> round(place.rate_in, 1), place.value < 0, place.losses.shape
        (31.6, False, (30,))
    """
    x, y = _logarithms(np.array(shares_at(level, column, row))).tolist()
    return EdgePlace(10.0**x, 10.0**y, *edge_course(problem, x, y))


def _logarithms(shares: Logarithms) -> Logarithms:
    """The decimal logarithms of the rates at these shares of an axis."""
    return LOWEST + (HIGHEST - LOWEST) * shares
