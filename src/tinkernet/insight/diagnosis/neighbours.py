"""The nearest other points of each point, and inputs on one scale."""

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64

MOST_NEIGHBOURS_OF = 400
LEAST_POINTS = 6


def nearest(
    points: Float64[ndarray, "n dimensions"], most: int
) -> tuple[Int64[ndarray, "kept near"], Int64[ndarray, " kept"]]:
    """The nearest other points of some of the points, as indices into those; and which these are.

    At most MOST_NEIGHBOURS_OF are taken, evenly; none where there are too few to say anything.
    """
    kept = np.arange(0, len(points), -(-len(points) // MOST_NEIGHBOURS_OF) or 1)
    if len(kept) < LEAST_POINTS:
        return np.empty((0, 0), dtype=np.int64), np.empty(0, dtype=np.int64)
    points = points[kept]
    square = (points * points).sum(axis=1)
    distances = square[:, None] + square[None] - 2 * points @ points.T
    np.fill_diagonal(distances, np.inf)
    most = min(most, len(kept) - 1)
    near = np.argpartition(distances, most - 1, axis=1)[:, :most]
    return np.take_along_axis(near, np.argsort(np.take_along_axis(distances, near, 1), axis=1), 1), kept


def standard(inputs: Float64[ndarray, "n features"]) -> Float64[ndarray, "n features"]:
    """Each input about 0, with a standard deviation of 1."""
    spread = inputs.std(axis=0)
    return np.asarray((inputs - inputs.mean(axis=0)) / np.where(spread > 0, spread, 1))
