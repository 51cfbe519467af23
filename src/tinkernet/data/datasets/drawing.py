"""What the makers of data sets have in common: draws in a range, normal draws, points on circles."""

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import cos, log, sin
from tinkernet.arrays import Float64
from tinkernet.data.stream import Stream


def between(draws: ndarray, low: float, high: float) -> ndarray:
    """Draws from [0, 1) as numbers from `low` to `high`."""
    return draws * (high - low) + low


def on_circles(radius: Float64[ndarray, " n"], angle: Float64[ndarray, " n"]) -> Float64[ndarray, "n 2"]:
    """The points with these distances from the middle; an angle is measured clockwise from the top."""
    return np.stack([radius * sin(angle), radius * cos(angle)], axis=1)


def displaced(points: Float64[ndarray, "n 2"], draws: Float64[ndarray, "n 2"], noise: float) -> Float64[ndarray, "n 2"]:
    """The points, each moved by up to 2 along each axis at a noise of 1."""
    return points + between(draws, -2.0, 2.0) * noise


def variance(noise: float) -> float:
    """The variance of a Gaussian cluster: 0.5 without noise, 4 at 50 per cent."""
    share = noise / 0.5
    return 0.5 * (1 - share) + 4.0 * share


def normals(stream: Stream, rows: int, columns: int) -> Float64[ndarray, "rows columns"]:
    """Standard normals by Marsaglia's polar method; the second of each pair is discarded, as in the original."""
    first, square = np.empty(rows * columns), np.empty(rows * columns)
    for k in range(rows * columns):
        while True:
            u, v = 2 * stream.uniform() - 1, 2 * stream.uniform() - 1
            first[k], square[k] = u, u * u + v * v
            if square[k] <= 1:
                break
    return np.asarray((np.sqrt(-2 * log(square) / square) * first).reshape(rows, columns))
