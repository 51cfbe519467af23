"""The zero contour of a field, as short line segments (marching squares)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float
from tinkernet.export.drawing import Place

# The corners of a square of four neighbouring values, clockwise from the top left, as (row, column).
CORNERS = ((0, 0), (0, 1), (1, 1), (1, 0))


def zero_line(field: Float[ndarray, "rows columns"]) -> list[tuple[Place, Place]]:
    """Line segments along field = 0 as pairs of (column, row) in cells; (0, 0) is the first cell's centre."""
    positive = field > 0
    finite = np.isfinite(field)
    square = [positive[r : r + len(field) - 1, c : c + field.shape[1] - 1] for r, c in CORNERS]
    whole = [finite[r : r + len(field) - 1, c : c + field.shape[1] - 1] for r, c in CORNERS]
    crossed = np.logical_and.reduce(whole) & np.logical_or.reduce(square) & ~np.logical_and.reduce(square)
    lines = []
    for row, column in np.argwhere(crossed):
        places = list(_crossings(field, int(row), int(column)))
        # Two crossings make one segment; four, at a saddle point, make two.
        lines += list(zip(places[::2], places[1::2], strict=True))
    return lines


def _crossings(field: Float[ndarray, "rows columns"], row: int, column: int) -> Iterator[Place]:
    """The places on the sides of one square where the sign changes, by linear interpolation."""
    for (r0, c0), (r1, c1) in zip(CORNERS, (*CORNERS[1:], CORNERS[0]), strict=True):
        before, after = float(field[row + r0, column + c0]), float(field[row + r1, column + c1])
        if (before > 0) != (after > 0):
            share = before / (before - after)
            yield column + c0 + share * (c1 - c0), row + r0 + share * (r1 - r0)


def joined(lines: Sequence[tuple[Place, Place]]) -> list[list[Place]]:
    """The same segments as polylines, which are as long as possible."""
    ends: dict[Place, list[int]] = defaultdict(list)
    for k, line in enumerate(lines):
        for place in line:
            ends[_near(place)].append(k)
    left = dict.fromkeys(range(len(lines)))
    polylines = []
    while left:
        first = next(iter(left))
        del left[first]
        forwards = _followed(lines[first], lines, ends, left)
        backwards = _followed(lines[first][::-1], lines, ends, left)
        polylines.append([*backwards[:1:-1], *forwards])
    return polylines


def _followed(
    line: tuple[Place, Place], lines: Sequence[tuple[Place, Place]], ends: dict[Place, list[int]], left: dict[int, None]
) -> list[Place]:
    """This segment and those that continue it, which are removed from those that are left."""
    places = list(line)
    while (found := next((k for k in ends[_near(places[-1])] if k in left), None)) is not None:
        del left[found]
        one, other = lines[found]
        places.append(other if _near(one) == _near(places[-1]) else one)
    return places


def _near(place: Place) -> Place:
    """The place, rounded: neighbouring squares compute a crossing from different sides."""
    return round(place[0], 6), round(place[1], 6)
