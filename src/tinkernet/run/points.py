"""Validation of points that are passed to a run."""

import numpy as np
from numpy import ndarray
from numpy.typing import ArrayLike

from tinkernet.arrays import Float64
from tinkernet.errors import ExperimentError


def as_points(points: ArrayLike, columns: int = 2) -> Float64[ndarray, "n {columns}"]:
    """Points as an array of float64, one row per point, with this many columns."""
    try:
        array = np.asarray(points, dtype=np.float64)
    except (TypeError, ValueError):
        raise ExperimentError("points", points, f"numbers, as an array of shape (n, {columns})") from None
    if array.ndim != 2 or array.shape[1] != columns:
        shape = f"an array of shape {array.shape}"
        raise ExperimentError("points", shape, f"of shape (n, {columns}), one row per point")
    return array
