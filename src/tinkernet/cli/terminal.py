"""Drawings for the terminal: the decision boundary and the loss curve, in characters that read without colour too."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy import ndarray
from rich.text import Text

from tinkernet.arrays import Float
from tinkernet.data import Points
from tinkernet.data.plane import EDGE
from tinkernet.data.slices import PLANE_SLICE, Slice
from tinkernet.export.colours import point_colour, scaled

BETWEEN = 0.25
"""Outputs nearer to zero than this get the sign of neither side."""


@dataclass(frozen=True)
class Signs:
    """What is drawn with: one character each."""

    positive: str
    negative: str
    between: str
    no_number: str
    positive_point: str
    negative_point: str
    train: str
    test: str
    both: str
    axis: str


UNICODE = Signs("+", "-", "·", "?", "●", "○", "•", "×", "*", "│")
ASCII = Signs("+", "-", ".", "?", "O", "o", ".", "x", "*", "|")


def signs_for(encoding: str | None) -> Signs:
    """The finest signs that an output of this encoding can show."""
    try:
        "".join(vars(UNICODE).values()).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


# --- The decision boundary ----------------------------------------------------


def boundary(
    field: Float[ndarray, "rows columns"], points: Points | None, signs: Signs, plane: Slice = PLANE_SLICE
) -> list[Text]:
    """The output over the plane, a character a cell, with the points on it; the first line is on top."""
    rows, columns = field.shape
    on_top = {} if points is None else _points_on_cells(points, plane, rows, columns)
    backgrounds = scaled(field)
    lines = []
    for row in range(rows):
        line = Text(no_wrap=True)
        for column in range(columns):
            red, green, blue = backgrounds[row, column]
            style = f"on #{red:02x}{green:02x}{blue:02x}"
            label = on_top.get((row, column))
            if label is None:
                line.append(_sign(float(field[row, column]), signs), f"#8a8d92 {style}")
            else:
                sign = signs.negative_point if label < 0 else signs.positive_point
                line.append(sign, f"bold {point_colour(label)} {style}")
        lines.append(line)
    return lines


def boundary_key(signs: Signs, points: Points | None) -> list[Text]:
    """What the characters of `boundary` mean."""
    field = Text(f"{signs.positive} above 0   {signs.negative} below 0   {signs.between} about 0", "dim")
    if points is None:
        return [field]
    return [field, Text(f"{signs.positive_point} a point above 0   {signs.negative_point} one below", "dim")]


def _sign(value: float, signs: Signs) -> str:
    if math.isnan(value):
        return signs.no_number
    if abs(value) < BETWEEN:
        return signs.between
    return signs.positive if value > 0 else signs.negative


def _points_on_cells(data: Points, plane: Slice, rows: int, columns: int) -> dict[tuple[int, int], float]:
    """The label to show in each cell that holds points: that of the last."""
    places = plane.places(data.scaled)
    inside = np.abs(places).max(axis=1) < EDGE
    points, labels = places[inside], data.labels[inside]
    column = ((points[:, 0] + EDGE) / (2 * EDGE) * columns).astype(int)
    row = ((EDGE - points[:, 1]) / (2 * EDGE) * rows).astype(int)
    return dict(zip(zip(row.tolist(), column.tolist(), strict=True), labels.tolist(), strict=True))


# --- The loss curve -----------------------------------------------------------


def curve(
    epochs: ndarray, train: Float[ndarray, " n"], test: Float[ndarray, " n"], width: int, height: int, signs: Signs
) -> list[Text]:
    """Both losses over the epochs, on a logarithmic scale, `height` lines and at most `width` characters wide.

    No lines where there are no two losses to draw.
    """
    usable = np.isfinite(train) & np.isfinite(test) & (train > 0) & (test > 0)
    epochs, train, test = epochs[usable], train[usable], test[usable]
    margin, columns, rows = 8, width - 9, height - 2
    if len(epochs) <= 1 or columns <= 1 or rows <= 1:
        return []
    logs = np.log10(np.stack([train, test]))
    low, high = float(logs.min()), float(logs.max())
    if high - low < 0.05:
        low, high = low - 0.05, high + 0.05
    chosen = np.linspace(0, len(epochs) - 1, columns).round().astype(int)
    heights = ((high - logs[:, chosen]) / (high - low) * (rows - 1)).round().astype(int)
    canvas = [[" "] * columns for _ in range(rows)]
    for column in range(columns):
        train_row, test_row = heights[0, column], heights[1, column]
        canvas[train_row][column] = signs.train
        canvas[test_row][column] = signs.both if train_row == test_row else signs.test
    lines = []
    for row, cells in enumerate(canvas):
        loss = 10 ** (high - row / (rows - 1) * (high - low))
        name = f"{loss:.2g}" if row in (0, rows // 2, rows - 1) else ""
        line = Text(f"{name:>{margin - 1}} {signs.axis}", "dim", no_wrap=True)
        lines.append(line.append("".join(cells), "not dim"))
    first, last = f"{int(epochs[0]):,}", f"{int(epochs[-1]):,}"
    key = f"{signs.train} train {signs.test} test {signs.both} both"
    return [
        *lines,
        Text(" " * (margin + 1) + first + last.rjust(columns - len(first)), "dim", no_wrap=True),
        Text(" " * (margin + 1) + key, "dim", no_wrap=True),
    ]


def side_by_side(left: Sequence[Text], right: Sequence[Text], gap: int = 2) -> list[Text]:
    """Two drawings as one, the shorter filled up with empty lines."""
    width = max((line.cell_len for line in left), default=0)
    lines = []
    for row in range(max(len(left), len(right))):
        line = left[row].copy() if row < len(left) else Text()
        line.append(" " * (width - line.cell_len + gap))
        lines.append(line.append_text(right[row]) if row < len(right) else line)
    return lines
