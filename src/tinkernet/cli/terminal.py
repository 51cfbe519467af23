"""Drawings for the terminal: the decision boundary and the loss curve, in characters that read without colour too."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy import ndarray
from rich.text import Text

from tinkernet.arrays import Float, UInt8
from tinkernet.data import Points
from tinkernet.data.plane import EDGE
from tinkernet.data.slices import PLANE_SLICE, Slice
from tinkernet.export.pictures.colours import point_colour, scaled

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
    on_top = {} if points is None else cells_with_points(points, plane, *field.shape)
    marks = {
        cell: (signs.negative_point if label < 0 else signs.positive_point, point_colour(label))
        for cell, label in on_top.items()
    }
    shown = np.array([[_sign(value, signs) for value in row] for row in field.tolist()]).reshape(field.shape)
    return lines_of_cells(shown, scaled(field), marks)


def lines_of_cells(
    shown: ndarray, backgrounds: UInt8[ndarray, "rows columns 3"], marks: Mapping[tuple[int, int], tuple[str, str]]
) -> list[Text]:
    """A character for each cell on its colour; `marks` are others, with their colour, at (row, column)."""
    lines = []
    for row, cells in enumerate(shown.tolist()):
        line = Text(no_wrap=True)
        for column, character in enumerate(cells):
            red, green, blue = backgrounds[row, column]
            sign, style = character, "#8a8d92"
            if (row, column) in marks:
                sign, colour = marks[row, column]
                style = f"bold {colour}"
            line.append(sign, f"{style} on #{red:02x}{green:02x}{blue:02x}")
        lines.append(line)
    return lines


def boundary_key(signs: Signs, points: Points | None, middle: float = 0.0) -> list[Text]:
    """What the characters of `boundary` mean; `middle` is the output between both sides."""
    zero = f"{middle:g}"
    field = Text(f"{signs.positive} above {zero}   {signs.negative} below {zero}   {signs.between} about {zero}", "dim")
    if points is None:
        return [field]
    return [field, Text(f"{signs.positive_point} a point above {zero}   {signs.negative_point} one below", "dim")]


def _sign(value: float, signs: Signs) -> str:
    if math.isnan(value):
        return signs.no_number
    if abs(value) < BETWEEN:
        return signs.between
    return signs.positive if value > 0 else signs.negative


def cells_with_points(data: Points, plane: Slice, rows: int, columns: int) -> dict[tuple[int, int], float]:
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
