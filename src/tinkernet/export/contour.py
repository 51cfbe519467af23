"""The zero contour of a field, as short line segments (marching squares)."""

from collections.abc import Iterator

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
