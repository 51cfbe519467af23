"""Invented patterns of classes. All draws for a point come together, point by point, class by class."""

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import cos, sin
from tinkernet.arrays import Float64
from tinkernet.data.datasets.built_in import BuiltIn, Made
from tinkernet.data.datasets.drawing import between, displaced, normals, on_circles, variance
from tinkernet.data.stream import Stream


def moons(stream: Stream, n: int, noise: float) -> Made:
    """Two half circles of radius 3.2, about 0.8 wide; each ends inside the other.

    Draws per point: its angle, its radius, and how noise moves it along x and y.
    """
    half = n // 2
    draws = stream.uniforms(2 * half, 4)
    upper = np.arange(2 * half) < half
    angle = between(draws[:, 0], 0.0, np.pi)
    radius = between(draws[:, 1], 2.8, 3.6)
    x = np.where(upper, radius * cos(angle) - 1.6, 1.6 - radius * cos(angle))
    y = np.where(upper, radius * sin(angle) - 0.8, 0.8 - radius * sin(angle))
    return displaced(np.stack([x, y], axis=1), draws[:, 2:], noise), np.where(upper, -1.0, 1.0)


def rings(stream: Stream, n: int, noise: float) -> Made:
    """Two rings around the same middle, at radius 2 and 4.5. Draws as in `around`."""
    points, ring = around(stream, n, noise, (4.5, 2.0))
    return points, np.where(ring > 0, 1.0, -1.0)


def checkerboard(stream: Stream, n: int, noise: float) -> Made:
    """Four by four squares with gaps between them; noise decides the class by a place up to 2 away.

    Draws per point: its place along x and y, and where its class is taken from.
    """
    draws = stream.uniforms(n, 4)
    scaled = draws[:, :2] * 4
    square = np.floor(scaled)
    points = square * 2.75 - 5.5 + 0.2 + (scaled - square) * 2.35
    seen = np.clip(np.floor((displaced(points, draws[:, 2:], noise) + 5.5) / 2.75), 0, 3)
    column, row = seen.T
    even = np.floor((column + row) / 2) * 2 == column + row
    return points, np.where(even, 1.0, -1.0)


def halves(stream: Stream, n: int, noise: float) -> Made:
    """A disc of radius 5.5, cut into two halves by an S; noise decides the class by a place up to 2 away.

    Draws per point: its distance from the middle, its angle, and where its class is taken from.
    """
    draws = stream.uniforms(n, 4)
    points = on_circles(5.5 * np.sqrt(draws[:, 0]), between(draws[:, 1], 0.0, 2 * np.pi))
    x, y = displaced(points, draws[:, 2:], noise).T
    # A half disc on the left, without the lower and with the upper of the two small discs on the cut.
    above, below = y - 2.75, y + 2.75
    small = 2.75 * 2.75
    left = np.where(x * x + below * below < small, 0.0, np.where(x < 0, 1.0, 0.0))
    left = np.where(x * x + above * above < small, 1.0, left)
    return points, np.where(left > 0, 1.0, -1.0)


def blobs(stream: Stream, n: int, noise: float) -> Made:
    """Three Gaussian clusters, 3 from the middle; the noise sets their variance, from 0.5 to 4 at 50 per cent.

    Draws per point: its place along x and y, each by the polar method.
    """
    third = n // 3
    labels = np.repeat([0.0, 1.0, 2.0], third)
    centres = on_circles(np.full(3 * third, 3.0), labels / 3 * 2 * np.pi)
    return centres + np.sqrt(variance(noise)) * normals(stream, 3 * third, 2), labels


def three_spirals(stream: Stream, n: int, noise: float) -> Made:
    """Three spiral arms of one turn and a maximum radius of 5. Draws per point: how noise moves it along x and y."""
    third = n // 3
    labels = np.repeat([0.0, 1.0, 2.0], third)
    share = np.tile((np.arange(third) + 1) / third, 3)
    angle = share * 2 * np.pi + labels / 3 * 2 * np.pi
    draws = between(stream.uniforms(3 * third, 2), -1.0, 1.0)
    return on_circles(share * 5, angle) + draws * noise, labels


def three_rings(stream: Stream, n: int, noise: float) -> Made:
    """Three rings around the same middle, at radius 1.2, 3.1 and 5. Draws as in `around`."""
    return around(stream, n, noise, (5.0, 3.1, 1.2))


def around(
    stream: Stream, n: int, noise: float, radii: tuple[float, ...]
) -> tuple[Float64[ndarray, "rows 2"], Float64[ndarray, " rows"]]:
    """Rings with these radii, 0.5 wide and with equally many points, and the index of each point's ring.

    Draws per point: its radius, its angle, and how noise moves it along x and y.
    """
    share = n // len(radii)
    ring = np.repeat(np.arange(len(radii)), share)
    draws = stream.uniforms(len(ring), 4)
    radius = np.array(radii)[ring] + between(draws[:, 0], -0.25, 0.25)
    points = on_circles(radius, between(draws[:, 1], 0.0, 2 * np.pi))
    return displaced(points, draws[:, 2:], noise), ring.astype(np.float64)


PATTERNS = (
    BuiltIn(
        "moons",
        "Moons",
        "Two crescents, each reaching into the other.",
        "classification",
        500,
        moons,
        ("upper moon", "lower moon"),
        "Patterns",
    ),
    BuiltIn(
        "rings",
        "Rings",
        "One ring inside another, and nothing in the middle.",
        "classification",
        500,
        rings,
        ("outer ring", "inner ring"),
        "Patterns",
    ),
    BuiltIn(
        "checkerboard",
        "Checkerboard",
        "Sixteen squares of alternating classes.",
        "classification",
        800,
        checkerboard,
        ("light squares", "dark squares"),
        "Patterns",
    ),
    BuiltIn(
        "halves",
        "Halves",
        "A disc cut by an S: two halves that interlock.",
        "classification",
        500,
        halves,
        ("right half", "left half"),
        "Patterns",
    ),
    BuiltIn(
        "blobs",
        "Three blobs",
        "Three clouds, each of one class.",
        "classification",
        600,
        blobs,
        ("top", "right", "left"),
        "Patterns",
    ),
    BuiltIn(
        "three-spirals",
        "Three arms",
        "Three arms wound around each other.",
        "classification",
        600,
        three_spirals,
        ("top arm", "right arm", "left arm"),
        "Patterns",
    ),
    BuiltIn(
        "three-rings",
        "Three rings",
        "Three rings, one inside the other.",
        "classification",
        600,
        three_rings,
        ("outer ring", "middle ring", "inner ring"),
        "Patterns",
    ),
)
