"""What a run asks of the values that it is given: each check returns the value, or says what is allowed."""

import math

import numpy as np
from jaxtyping import Float64
from numpy import ndarray

from tinkernet.errors import ExperimentError


def as_points(points: object) -> Float64[ndarray, "n 2"]:
    """Points as an array of float64, a row each."""
    array = np.asarray(points, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] != 2:
        raise ExperimentError("points", f"an array of shape {array.shape}", "of shape (n, 2): a row for each point")
    return array


def whole(field: str, value: object, least: int, most: int) -> int:
    """A whole number within bounds."""
    if isinstance(value, int | np.integer) and not isinstance(value, bool) and least <= value <= most:
        return int(value)
    raise ExperimentError(field, value, f"a whole number from {least:,} to {most:,}")


def index(field: str, value: object, count: int) -> int:
    """A place among `count`, counted from 0."""
    return whole(field, value, 0, count - 1)


def finite(field: str, value: object) -> float:
    """A number that is neither infinite nor NaN."""
    if isinstance(value, int | float | np.number) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise ExperimentError(field, value, "a finite number")
