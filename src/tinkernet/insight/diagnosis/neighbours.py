"""The loss of predicting points from their nearest neighbours, and inputs on one scale."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64

NEIGHBOURS = (1, 3, 6, 12, 24)
MOST_PREDICTED, MOST_NEAR = 400, 2000
LEAST_POINTS = 6
# Chosen on 260 sets of points whose noise is known, of which these say it of 44 per cent. Where they do, neighbours
# leave more than half as much again as noise does in 3 per cent of cases.
MOST_COLUMNS, ENOUGH, MANY, ABOUT_THE_SAME = 4, 150, 12, 1.15

LossOf = Callable[[Int64[ndarray, "predicted near"], Int64[ndarray, " predicted"]], float]
"""The mean loss of predicting each of some points from the points near it, which are given as indices."""


class Neighbourly(NamedTuple):
    """What neighbours leave; NaN where there are too few points."""

    loss: float
    """The mean loss with the best number of neighbours."""
    number: int
    """That number."""
    thinned: float
    """The loss with only half of the points to choose neighbours from."""
    predicted: int
    """How many points were predicted."""

    def shows_overlap(self, columns: int) -> bool:
        """Whether the points alone show that labels overlap, as noise makes them.

        Many neighbours must predict better than the nearest ones do, and as well with half of the points: otherwise
        there may only be too few points. Among many columns even the nearest points are far away.
        """
        enough = columns <= MOST_COLUMNS and self.predicted >= ENOUGH
        return enough and self.number >= MANY and self.thinned < ABOUT_THE_SAME * self.loss


def by_neighbours(points: Float64[ndarray, "n columns"], loss_of: LossOf) -> Neighbourly:
    """What the nearest other points leave (Fix and Hodges, 1951): about what noise leaves to the best network.

    At most MOST_PREDICTED points are predicted from MOST_NEAR, both taken evenly; NaN where there are too few.
    """
    near, predicted = _nearest(points, 1)
    losses = [(loss_of(near[:, :k], predicted), k) for k in NEIGHBOURS if k <= near.shape[1]]
    if not losses:
        return Neighbourly(math.nan, 0, math.nan, 0)
    loss, number = min(losses)
    half, predicted = _nearest(points, 2)
    thinned = min((loss_of(half[:, :k], predicted) for k in NEIGHBOURS if k <= half.shape[1]), default=math.nan)
    return Neighbourly(loss, number, thinned, len(predicted))


def _nearest(
    points: Float64[ndarray, "n columns"], every: int
) -> tuple[Int64[ndarray, "predicted near"], Int64[ndarray, " predicted"]]:
    """The nearest other points of some points, among every so many of those that are taken."""
    predicted = _evenly(len(points), MOST_PREDICTED)
    pool = _evenly(len(points), MOST_NEAR)[::every]
    if len(predicted) < LEAST_POINTS or len(pool) < LEAST_POINTS:
        return np.empty((0, 0), dtype=np.int64), np.empty(0, dtype=np.int64)
    here, there = points[predicted], points[pool]
    distances = (here * here).sum(axis=1)[:, None] + (there * there).sum(axis=1) - 2 * here @ there.T
    distances[predicted[:, None] == pool] = np.inf
    most = min(NEIGHBOURS[-1], len(pool) - 1)
    near = np.argpartition(distances, most - 1, axis=1)[:, :most]
    ordered = np.argsort(np.take_along_axis(distances, near, 1), axis=1)
    return pool[np.take_along_axis(near, ordered, 1)], predicted


def _evenly(count: int, most: int) -> Int64[ndarray, " taken"]:
    return np.arange(0, count, -(-count // most) or 1)


def standard(inputs: Float64[ndarray, "n features"]) -> Float64[ndarray, "n features"]:
    """Each input about 0, with a standard deviation of 1."""
    spread = inputs.std(axis=0)
    return np.asarray((inputs - inputs.mean(axis=0)) / np.where(spread > 0, spread, 1))
