"""The markers of classes: a shape for each, so that colour is never alone. All have about the same area.

The page has the same: `tools/generate_marker_shapes.py` writes them.
"""

import math

from tinkernet.export.pictures.drawing import Place

ROUND = 24


def _polygon(corners: int, radius: float, turned: float) -> list[Place]:
    angles = [turned + 2 * math.pi * k / corners for k in range(corners)]
    return [(radius * math.sin(angle), -radius * math.cos(angle)) for angle in angles]


def _star(points: int, outer: float, inner: float) -> list[Place]:
    corners = enumerate(_polygon(2 * points, 1, 0))
    return [(x * radius, y * radius) for k, (x, y) in corners for radius in ((outer, inner)[k % 2],)]


def _plus(half: float, long: float) -> list[Place]:
    """A plus sign: arms of half width `half`, as long as `long`."""
    corner = [(half, -half), (long, -half), (long, half)]
    turns = ((1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0))
    return [(a * x + b * y, c * x + d * y) for a, b, c, d in turns for x, y in corner]


def _moved(corners: list[Place], down: float) -> list[Place]:
    return [(x, y + down) for x, y in corners]


def _turned(corners: list[Place], angle: float) -> list[Place]:
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x * cos - y * sin, x * sin + y * cos) for x, y in corners]


SHAPES: tuple[tuple[Place, ...], ...] = tuple(
    tuple(corners)
    for corners in (
        _polygon(ROUND, 1, 0),
        _polygon(4, 1.25, math.pi / 4),
        _moved(_polygon(3, 1.5, 0), 0.2),
        _polygon(4, 1.32, 0),
        _plus(0.44, 1.2),
        _moved(_polygon(3, 1.5, math.pi), -0.2),
        _turned(_plus(0.44, 1.2), math.pi / 4),
        _star(5, 1.6, 0.68),
        [(-1.45, -0.55), (1.45, -0.55), (1.45, 0.55), (-1.45, 0.55)],
        _polygon(6, 1.15, 0),
    )
)
"""Disc, square, triangle, diamond, plus, triangle on its point, cross, star, bar, hexagon, about the origin in units of
a disc's radius; y grows downwards."""
