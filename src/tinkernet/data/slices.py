"""Slice: which part of the space of the points is drawn as the plane, where points have more than two columns."""

from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data.plane import EDGE
from tinkernet.errors import ExperimentError

FAR, PALEST = 0.4, 0.14
"""A point that lies this far from what is drawn, or further, is palest: it is drawn with this opacity."""


@dataclass(frozen=True)
class Slice:
    """Two columns along the sides of the plane, while the others are held. All values are on the scale of the plane.

    `across` and `up` are the places of columns, from 0; `up` is None where there is one column only. `held` has a value
    for every column, of which those of `across` and `up` are not used.

    Example:
        >>> Slice(0, 2, (0.0, 1.5, 0.0)).points(np.array([[2.0, 3.0]]))
        array([[2. , 1.5, 3. ]])
    """

    across: int
    up: int | None
    held: tuple[float, ...]

    @property
    def drawn(self) -> tuple[int, ...]:
        """The columns along the sides."""
        return (self.across,) if self.up is None else (self.across, self.up)

    @property
    def is_whole(self) -> bool:
        """Whether it is all there is: points of the plane, as they are."""
        return (self.across, self.up, len(self.held)) == (0, 1, 2)

    def points(self, places: Float64[ndarray, "n 2"]) -> Float64[ndarray, "n columns"]:
        """The points with all columns, shape (points, columns), at these places of the plane, shape (points, 2)."""
        if self.is_whole:
            return places
        points = np.tile(np.array(self.held), (len(places), 1))
        points[:, self.across] = places[:, 0]
        if self.up is not None:
            points[:, self.up] = places[:, 1]
        return points

    def places(self, points: Float64[ndarray, "n columns"]) -> Float64[ndarray, "n 2"]:
        """Where points with all columns, shape (points, columns), are drawn on the plane: shape (points, 2)."""
        if self.is_whole:
            return points
        up = np.zeros(len(points)) if self.up is None else points[:, self.up]
        return np.stack([points[:, self.across], up], axis=1)

    def distances(self, points: Float64[ndarray, "n columns"]) -> Float64[ndarray, " n"]:
        """How far each point is from what is drawn: the largest difference in a held column, by its range.

        Shape (points,), of points with all columns.
        """
        held = [k for k in range(len(self.held)) if k not in self.drawn]
        if not held:
            return np.zeros(len(points))
        away: ndarray = np.abs(points[:, held] - np.array(self.held)[held]).max(axis=1)
        return away / (2 * EDGE)


def chosen_slice(given: object, usual: Slice) -> Slice:
    """The slice that is given, or the usual one of the data where none is.

    Raises:
        ExperimentError: it is something else, or of data with another number of columns.
    """
    if given is None:
        return usual
    columns = len(usual.held)
    if not isinstance(given, Slice) or len(given.held) != columns or not all(0 <= k < columns for k in given.drawn):
        raise ExperimentError("plane", given, f"a result of Dataset.slice, of data with {columns} columns")
    return given


def clearness(distances: Float64[ndarray, " n"]) -> Float64[ndarray, " n"]:
    """The opacity of points that lie so far from what is drawn, as a page shows them."""
    return np.asarray(np.maximum(PALEST, 1 - distances / FAR))


PLANE_SLICE = Slice(0, 1, (0.0, 0.0))
"""The plane of the built-in data."""
