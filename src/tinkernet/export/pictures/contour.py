"""The zero contour of a field, as short line segments (marching squares)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float
from tinkernet.export.pictures.drawing import Place

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
    keys = [(_near(one), _near(other)) for one, other in lines]
    at: dict[Place, list[int]] = defaultdict(list)
    for k, ends in enumerate(keys):
        for key in ends:
            at[key].append(k)
    left = set(range(len(lines)))

    def followed(k: int, end: int) -> list[Place]:
        """The places after this end of a segment; the segments are removed from those that are left."""
        places, key = [], keys[k][end]
        while (found := next((n for n in at[key] if n in left), None)) is not None:
            left.remove(found)
            far = 1 if keys[found][0] == key else 0
            places.append(lines[found][far])
            key = keys[found][far]
        return places

    polylines = []
    for k, (one, other) in enumerate(lines):
        if k in left:
            left.remove(k)
            polylines.append([*followed(k, 0)[::-1], one, other, *followed(k, 1)])
    return polylines


def _near(place: Place) -> Place:
    """The place, rounded: neighbouring squares compute a crossing from different sides."""
    return round(place[0], 6), round(place[1], 6)
