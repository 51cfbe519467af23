"""The built-in data sets: one entry each in DATASETS. To add one, add an entry.

Points lie roughly in [−6, 6]². Each function draws from the stream in the original's order, point by point, so that a
seed gives the original's points. Noise is a fraction: 0.5 for 50 per cent.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import cos, log, sin
from tinkernet.arrays import Float64
from tinkernet.data.plane import EDGE
from tinkernet.data.stream import Stream
from tinkernet.options import DatasetName, ProblemName

Made = tuple[Float64[ndarray, "n 2"], Float64[ndarray, " n"]]


@dataclass(frozen=True)
class Dataset:
    """A built-in set of points. `make(stream, count, noise)` gives the points and their labels.

    `in_original` says whether TensorFlow Playground has it, too.
    """

    name: DatasetName
    label: str
    hint: str
    problem: ProblemName
    count: int
    make: Callable[[Stream, int, float], Made]
    in_original: bool = False

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes."""
        return ("orange", "blue") if self.problem == "classification" else ()


def circle(stream: Stream, n: int, noise: float) -> Made:
    """One class in a disc of radius 2.5, the other in a ring from radius 3.5 to 5."""
    draws = stream.uniforms(n, 4)
    inner = np.arange(n) < n // 2
    radius = np.where(inner, _between(draws[:, 0], 0.0, 2.5), _between(draws[:, 0], 3.5, 5.0))
    angle = _between(draws[:, 1], 0.0, 2 * np.pi)
    points = np.stack([radius * sin(angle), radius * cos(angle)], axis=1)
    x, y = (points + _between(draws[:, 2:], -5.0, 5.0) * noise).T
    return points, np.where(np.sqrt(x * x + y * y) < 2.5, 1.0, -1.0)


def xor(stream: Stream, n: int, noise: float) -> Made:
    """Four squares with a gap of 0.3 along the axes; squares diagonally opposite have the same class."""
    draws = _between(stream.uniforms(n, 4), -5.0, 5.0)
    points = draws[:, :2] + np.where(draws[:, :2] > 0, 0.3, -0.3)
    x, y = (points + draws[:, 2:] * noise).T
    return points, np.where(x * y >= 0, 1.0, -1.0)


def gauss(stream: Stream, n: int, noise: float) -> Made:
    """Two Gaussian clusters at (2, 2) and (−2, −2); the noise sets their variance, from 0.5 to 4 at 50 per cent."""
    half = n // 2
    share = noise / 0.5
    variance = 0.5 * (1 - share) + 4.0 * share
    centre = np.repeat([[2.0], [-2.0]], half, axis=0)
    points = centre + np.sqrt(variance) * _normals(stream, 2 * half, 2)
    return points, np.sign(centre[:, 0])


def spiral(stream: Stream, n: int, noise: float) -> Made:
    """Two spiral arms, one for each class, with 1.75 turns and a maximum radius of 5."""
    half = n // 2
    turn = np.arange(half) / half
    winding = 1.75 * np.arange(half) / half * 2 * np.pi
    radius = np.tile(turn * 5, 2)
    angle = np.concatenate([winding, winding + np.pi])
    draws = _between(stream.uniforms(2 * half, 2), -1.0, 1.0)
    points = np.stack([radius * sin(angle), radius * cos(angle)], axis=1) + draws * noise
    return points, np.repeat([1.0, -1.0], half)


def plane(stream: Stream, n: int, noise: float) -> Made:
    """A tilted plane: (x + y) / 10."""
    draws = _between(stream.uniforms(n, 4), -EDGE, EDGE)
    x, y = (draws[:, :2] + draws[:, 2:] * noise).T
    share = (x + y + 10) / 20
    return draws[:, :2], -1.0 * (1 - share) + 1.0 * share


HILLS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))


def hills(stream: Stream, n: int, noise: float) -> Made:
    """Six cones of radius 2, alternating in sign, on a flat background."""
    draws = _between(stream.uniforms(n, 4), -EDGE, EDGE)
    x, y = (draws[:, :2] + draws[:, 2:] * noise).T
    labels = np.zeros(n)
    for centre_x, centre_y, sign in HILLS:
        across, along = x - centre_x, y - centre_y
        share = np.clip(np.sqrt(across * across + along * along) / 2, 0, 1)
        cone = sign * (1 - share)
        labels = np.where(np.abs(cone) > np.abs(labels), cone, labels)
    return draws[:, :2], labels


def _between(draws: ndarray, low: float, high: float) -> ndarray:
    return draws * (high - low) + low


def _normals(stream: Stream, rows: int, columns: int) -> Float64[ndarray, "rows columns"]:
    """Standard normals by Marsaglia's polar method; the second of each pair is discarded, as in the original."""
    first, square = np.empty(rows * columns), np.empty(rows * columns)
    for k in range(rows * columns):
        while True:
            u, v = 2 * stream.uniform() - 1, 2 * stream.uniform() - 1
            first[k], square[k] = u, u * u + v * v
            if square[k] <= 1:
                break
    logarithms: ndarray = log(square)
    return (np.sqrt(-2 * logarithms / square) * first).reshape(rows, columns)


DATASETS: dict[str, Dataset] = {
    entry.name: entry
    for entry in (
        Dataset(
            "circle",
            "Circle",
            "A round class inside a ring of the other.",
            "classification",
            500,
            circle,
            in_original=True,
        ),
        Dataset("xor", "XOR", "Opposite corners belong together.", "classification", 500, xor, in_original=True),
        Dataset("gauss", "Gauss", "Two clouds, each of one class.", "classification", 500, gauss, in_original=True),
        Dataset(
            "spiral",
            "Spiral",
            "Two arms wound around each other: the hard one.",
            "classification",
            500,
            spiral,
            in_original=True,
        ),
        Dataset(
            "reg-plane",
            "Plane",
            "A tilted plane: values rise towards one corner.",
            "regression",
            1200,
            plane,
            in_original=True,
        ),
        Dataset(
            "reg-gauss", "Hills", "Six hills and hollows on flat ground.", "regression", 1200, hills, in_original=True
        ),
    )
}
