"""The data sets of TensorFlow Playground: each draws from the stream in its order, so that a seed gives its points."""

import numpy as np

from tinkernet.data.datasets.built_in import BuiltIn, Made
from tinkernet.data.datasets.drawing import between, normals, on_circles, variance
from tinkernet.data.plane import EDGE
from tinkernet.data.stream import Stream


def circle(stream: Stream, n: int, noise: float) -> Made:
    """One class in a disc of radius 2.5, the other in a ring from radius 3.5 to 5."""
    draws = stream.uniforms(n, 4)
    inner = np.arange(n) < n // 2
    radius = np.where(inner, between(draws[:, 0], 0.0, 2.5), between(draws[:, 0], 3.5, 5.0))
    points = on_circles(radius, between(draws[:, 1], 0.0, 2 * np.pi))
    x, y = (points + between(draws[:, 2:], -5.0, 5.0) * noise).T
    return points, np.where(np.sqrt(x * x + y * y) < 2.5, 1.0, -1.0)


def xor(stream: Stream, n: int, noise: float) -> Made:
    """Four squares with a gap of 0.3 along the axes; squares diagonally opposite have the same class."""
    draws = between(stream.uniforms(n, 4), -5.0, 5.0)
    points = draws[:, :2] + np.where(draws[:, :2] > 0, 0.3, -0.3)
    x, y = (points + draws[:, 2:] * noise).T
    return points, np.where(x * y >= 0, 1.0, -1.0)


def gauss(stream: Stream, n: int, noise: float) -> Made:
    """Two Gaussian clusters at (2, 2) and (−2, −2); the noise sets their variance, from 0.5 to 4 at 50 per cent."""
    half = n // 2
    centre = np.repeat([[2.0], [-2.0]], half, axis=0)
    points = centre + np.sqrt(variance(noise)) * normals(stream, 2 * half, 2)
    return points, np.sign(centre[:, 0])


def spiral(stream: Stream, n: int, noise: float) -> Made:
    """Two spiral arms, one for each class, with 1.75 turns and a maximum radius of 5."""
    half = n // 2
    turn = np.arange(half) / half
    winding = 1.75 * np.arange(half) / half * 2 * np.pi
    radius = np.tile(turn * 5, 2)
    angle = np.concatenate([winding, winding + np.pi])
    draws = between(stream.uniforms(2 * half, 2), -1.0, 1.0)
    return on_circles(radius, angle) + draws * noise, np.repeat([1.0, -1.0], half)


def plane(stream: Stream, n: int, noise: float) -> Made:
    """A tilted plane: (x + y) / 10."""
    draws = between(stream.uniforms(n, 4), -EDGE, EDGE)
    x, y = (draws[:, :2] + draws[:, 2:] * noise).T
    share = (x + y + 10) / 20
    return draws[:, :2], -1.0 * (1 - share) + 1.0 * share


HILLS = ((-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1))


def hills(stream: Stream, n: int, noise: float) -> Made:
    """Six cones of radius 2, alternating in sign, on a flat background."""
    draws = between(stream.uniforms(n, 4), -EDGE, EDGE)
    x, y = (draws[:, :2] + draws[:, 2:] * noise).T
    labels = np.zeros(n)
    for centre_x, centre_y, sign in HILLS:
        across, along = x - centre_x, y - centre_y
        share = np.clip(np.sqrt(across * across + along * along) / 2, 0, 1)
        cone = sign * (1 - share)
        labels = np.where(np.abs(cone) > np.abs(labels), cone, labels)
    return draws[:, :2], labels


ORIGINAL = (
    BuiltIn(
        "circle",
        "Circle",
        "A round class inside a ring of the other.",
        "classification",
        500,
        circle,
        ("outside", "inside"),
        "Patterns",
        in_original=True,
    ),
    BuiltIn(
        "xor",
        "XOR",
        "Opposite corners belong together.",
        "classification",
        500,
        xor,
        ("different signs", "same sign"),
        "Patterns",
        in_original=True,
    ),
    BuiltIn(
        "gauss",
        "Gauss",
        "Two clouds, each of one class.",
        "classification",
        500,
        gauss,
        ("lower left", "upper right"),
        "Patterns",
        in_original=True,
    ),
    BuiltIn(
        "spiral",
        "Spiral",
        "Two arms wound around each other: the hard one.",
        "classification",
        500,
        spiral,
        ("right arm", "left arm"),
        "Patterns",
        in_original=True,
    ),
    BuiltIn(
        "reg-plane",
        "Plane",
        "A tilted plane: values rise towards one corner.",
        "regression",
        1200,
        plane,
        (),
        "Values",
        in_original=True,
    ),
    BuiltIn(
        "reg-gauss",
        "Hills",
        "Six hills and hollows on flat ground.",
        "regression",
        1200,
        hills,
        (),
        "Values",
        in_original=True,
    ),
)
