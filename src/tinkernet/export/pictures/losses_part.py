"""The losses in a picture: their curves over the epochs on a logarithmic scale."""

import math

import numpy as np
from numpy import ndarray

from tinkernet.export.pictures.drawing import Place, Shape, Strokes
from tinkernet.export.pictures.drawing.typeface import width_of
from tinkernet.export.pictures.pen import Pen, Rect
from tinkernet.formatting import powers_of_ten
from tinkernet.run import History

APART = 14
"""So many units are between the numbers beside the curves, at least: a line of text and some air."""


def losses_part(
    history: History, rect: Rect, pen: Pen, whole: History | None = None, unit: str = "epoch"
) -> list[Shape]:
    """The curves in `rect`, with the numbers to its left and below; empty with fewer than two epochs, or other units.

    The axes are those of the `whole` history, if that is given: of an animation, in which the curves grow.
    """
    whole = history if whole is None else whole
    epochs, train, test = _usable(whole)
    if len(epochs) <= 1:
        return []
    low = math.floor(math.log10(min(train.min(), test.min())))
    high = max(low + 1, math.ceil(math.log10(max(train.max(), test.max()))))
    span = int(epochs[0]), int(epochs[-1])
    return [*_grid(low, high, rect, pen), *_curves(_usable(history), span, (low, high), rect, pen, unit)]


def _usable(history: History) -> tuple[ndarray, ndarray, ndarray]:
    """The epochs with losses that have a logarithm, and those losses."""
    train, test = history.train_loss, history.test_loss
    usable = np.isfinite(train) & np.isfinite(test) & (train > 0) & (test > 0)
    return history.epochs[usable], train[usable], test[usable]


def _height(loss: float, bounds: tuple[int, int], rect: Rect) -> float:
    low, high = bounds
    return rect[1] + (high - math.log10(loss)) / (high - low) * rect[3]


def _grid(low: int, high: int, rect: Rect, pen: Pen) -> list[Shape]:
    left, _, width, height = rect
    shapes: list[Shape] = []
    # Every decade, every other, every third: as many as leave their numbers apart.
    step = math.ceil((high - low) * APART * pen.unit / height)
    powers = range(low, high + 1, step)
    for power, text in zip(powers, powers_of_ten(powers), strict=True):
        y = _height(10.0**power, (low, high), rect)
        shapes += [
            pen.hairline([(left, y), (left + width, y)]),
            pen.words((left - 6 * pen.unit, y + 4 * pen.unit), text, anchor="end"),
        ]
    return shapes


def _curves(
    curves: tuple[ndarray, ndarray, ndarray],
    span: tuple[int, int],
    bounds: tuple[int, int],
    rect: Rect,
    pen: Pen,
    unit: str,
) -> list[Shape]:
    (left, top, width, height), u, theme = rect, pen.unit, pen.theme
    (epochs, train, test), (first, end) = curves, span
    # The epochs that are drawn: not more than there is room for.
    chosen = (
        np.unique(np.linspace(0, len(epochs) - 1, int(2 * width / min(u, 1))).astype(int)) if len(epochs) else epochs
    )

    def line(losses: ndarray) -> list[list[Place]]:
        length = max(end - first, 1)
        return [
            [(left + (float(epochs[k]) - first) / length * width, _height(losses[k], bounds, rect)) for k in chosen]
        ]

    baseline, right = top + height + 18 * u, left + width
    ends = [pen.words((left, baseline), f"{first:,}"), pen.words((right, baseline), f"{end:,}", anchor="end")]
    room = width - sum(width_of(one.text, one.size) for one in ends)
    lines = [Strokes(line(train), 1.2 * u, theme.second_ink), Strokes(line(test), 2 * u, theme.ink)]
    return [
        *(lines if len(chosen) > 1 else []),
        *ends,
        *(
            _key(baseline, left + width / 2, pen)
            if room > 124 * u
            else [pen.words((left + width / 2, baseline), unit, anchor="middle")]
        ),
    ]


def _key(baseline: float, middle: float, pen: Pen) -> list[Shape]:
    y, u, theme = baseline - 4 * pen.unit, pen.unit, pen.theme
    return [
        Strokes([[(middle - 50 * u, y), (middle - 36 * u, y)]], 1.2 * u, theme.second_ink),
        pen.words((middle - 31 * u, baseline), "train"),
        Strokes([[(middle + 8 * u, y), (middle + 22 * u, y)]], 2 * u, theme.ink),
        pen.words((middle + 27 * u, baseline), "test"),
    ]


def losses_key(place: Place, width: float, values: tuple[str, str], pen: Pen) -> list[Shape]:
    """Two lines that name the curves, with the last value of each at the right; `place` is the start of the second."""
    (left, baseline), u, theme = place, pen.unit, pen.theme
    shapes: list[Shape] = []
    for k, (name, value) in enumerate(zip(("Training loss", "Test loss"), values, strict=True)):
        y = baseline - (1 - k) * 16 * u
        colour, thick = ((theme.second_ink, 1.2 * u), (theme.ink, 2 * u))[k]
        shapes += [
            Strokes([[(left, y - 4 * u), (left + 12 * u, y - 4 * u)]], thick, colour),
            pen.words((left + 18 * u, y), name),
            pen.words((left + width, y), value, anchor="end", strong=True),
        ]
    return shapes
