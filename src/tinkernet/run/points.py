"""Validation of points that are passed to a run."""

import numpy as np
from numpy import ndarray
from numpy.typing import ArrayLike

from tinkernet.arrays import Float64
from tinkernet.errors import ExperimentError


def as_points(points: ArrayLike) -> Float64[ndarray, "n 2"]:
    """Points as an array of float64, one row per point."""
    try:
        array = np.asarray(points, dtype=np.float64)
    except (TypeError, ValueError):
        raise ExperimentError("points", points, "numbers, as an array of shape (n, 2)") from None
    if array.ndim != 2 or array.shape[1] != 2:
        raise ExperimentError("points", f"an array of shape {array.shape}", "of shape (n, 2), one row per point")
    return array
