"""A curve of a sweep as a picture: its interval as a band, or as a bar where values have no order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.export.pictures.colours import Theme, mixed
from tinkernet.export.pictures.drawing import Box, Disc, Drawing, Marker, Place, Shape, Strokes
from tinkernet.export.pictures.drawing.typeface import fitted, width_of
from tinkernet.export.pictures.pen import Pen, Rect
from tinkernet.formatting import count, figure, percent
from tinkernet.sweeps.scales import FACTOR, Scale
from tinkernet.tables import Table

WIDTH, HEIGHT = 560, 300
AREA: Rect = (84, 76, 444, 164)
"""Where the curve is; numbers are to its left and below."""
ABOVE = 14.0
"""How far above the scale what is infinite is drawn."""
INFINITE = {"epochs": "not solved"}
"""What an infinite outcome means; of a loss, that the run has diverged."""
BAR = 12.0
"""How wide an interval is drawn where values are only named."""
MOST_NAMED = 9
"""So many values are named one by one; of more, round numbers are marked."""
APART = 8.0
"""The least space between two texts below the curve."""


@dataclass(frozen=True, eq=False)
class Curve:
    """What is drawn: the table of a `SweepCurve`, and what it is of."""

    setting: str
    outcome: str
    table: Table
    within: float | None
    logarithmic: bool

    @property
    def title(self) -> str:
        """What the picture shows."""
        what = "epochs to the goal" if self.outcome == "epochs" else self.outcome
        return f"{what} by {self.setting}".replace("_", " ")

    @property
    def middles(self) -> Float64[ndarray, " levels"]:
        """The median or share of each value of the setting."""
        return self.table["share" if self.within is None else "median"].astype(np.float64)

    @cached_property
    def upright(self) -> Scale:
        """The scale of the outcome, over all that is finite."""
        columns = [self.middles, self.table["low"], self.table["high"]]
        values = [value for value in np.concatenate(columns).tolist() if math.isfinite(value)]
        return Scale.of(values, shares=self.within is None or self.outcome.endswith("accuracy"))

    @cached_property
    def sideways(self) -> Scale | None:
        """The scale of the setting; None where values are only named: texts, a single one, and rates with 0."""
        column = self.table[self.setting]
        if column.dtype == object or len(column) == 1:
            return None
        low, high = float(column.min()), float(column.max())
        if low > 0:
            return Scale(low, high, self.logarithmic or high >= FACTOR * low)
        positive = column[column > 0]
        wide = len(positive) > 1 and positive.max() >= FACTOR * positive.min()
        return None if wide and len(column) <= MOST_NAMED else Scale(low, high)

    @cached_property
    def across(self) -> list[float]:
        """Where each value of the setting is drawn."""
        scale, values = self.sideways, self.table[self.setting].tolist()
        if scale is None:
            shares = [(number + 0.5) / len(values) for number in range(len(values))]
        else:
            shares = [scale.place(value) for value in values]
        return [AREA[0] + share * AREA[2] for share in shares]

    def height(self, value: float) -> float:
        """How far down a value is drawn; what is infinite is above the scale."""
        return AREA[1] + (1 - self.upright.place(value)) * AREA[3] if math.isfinite(value) else AREA[1] - ABOVE


def curve_drawing(curve: Curve, theme: Theme) -> Drawing:
    """The drawing of a curve in these colours."""
    pen = Pen(theme)
    shapes = [
        *_heading(curve, pen),
        *_grid(curve, pen),
        *_named_below(curve, pen),
        *_curve(curve, pen),
        pen.words((AREA[0] + AREA[2] / 2, HEIGHT - 14), curve.setting.replace("_", " "), anchor="middle"),
    ]
    return Drawing(WIDTH, HEIGHT, theme.paper, curve.title, shapes)


def _heading(curve: Curve, pen: Pen) -> list[Shape]:
    """What is drawn, what the band means, and how many runs have diverged."""
    runs, interval = curve.table["runs"], "bar" if curve.sideways is None else "band"
    if curve.within is None:
        first, second = f"Share {curve.title}", f"{interval}: 95 % confidence interval"
    else:
        first, second = f"Median {curve.title}", f"{interval}: {percent(curve.within)} of the runs"
    diverged = float((curve.table["diverged"] * runs).sum() / runs.sum())
    parts = [second, f"{count(runs.sum())} runs", *([f"{percent(diverged)} diverged"] if diverged else [])]
    room = WIDTH - 48.0
    return [
        pen.words((24, 30), fitted(first, 15, room), 15, strong=True),
        pen.words((24, 50), fitted("  ·  ".join(parts), 11, room)),
    ]


def _grid(curve: Curve, pen: Pen) -> list[Shape]:
    left, _, width, _ = AREA
    some = np.isfinite(curve.table["low"]).any()
    marks = [(curve.height(value), text) for value, text in curve.upright.marks(6)] if some else []
    if not np.isfinite(curve.table["high"]).all():
        marks.append((AREA[1] - ABOVE, INFINITE.get(curve.outcome, "diverged")))
    return [
        shape
        for y, text in marks
        for shape in (
            pen.hairline([(left, y), (left + width, y)]),
            pen.words((left - 8, y + 4), text, anchor="end"),
        )
    ]


def _named_below(curve: Curve, pen: Pen) -> list[Shape]:
    """The values of the setting below the curve, as many as there is room for."""
    left, top, width, height = AREA
    scale, values = curve.sideways, curve.table[curve.setting].tolist()
    if scale is None or (len(values) <= MOST_NAMED and "from" not in curve.table.names):
        named = [
            (x, figure(value, 3) if isinstance(value, int | float) else str(value))
            for x, value in zip(curve.across, values, strict=True)
        ]
    else:
        named = [(left + scale.place(value) * width, text) for value, text in scale.marks(8)]
    room = max(40.0, width / max(1, len(named)) - APART)
    shapes: list[Shape] = []
    end = -math.inf
    for x, text in named:
        shown = fitted(text, 11, room)
        half = width_of(shown, 11) / 2
        if x - half >= end + APART:
            shapes.append(pen.words((x, top + height + 20), shown, anchor="middle"))
            end = x + half
    return shapes


def _curve(curve: Curve, pen: Pen) -> list[Shape]:
    """The interval, the line and its points."""
    theme = pen.theme

    def places(column: Sequence[float]) -> list[Place]:
        return [(x, curve.height(value)) for x, value in zip(curve.across, column, strict=True)]

    lows, middles, highs = (
        places(column.tolist()) for column in (curve.table["low"], curve.middles, curve.table["high"])
    )
    band = mixed(theme.paper, theme.positive, 0.18)
    points = [Disc(place, 3.0, theme.ink, theme.paper, 1.0) for place in middles]
    if curve.sideways is None:
        bars = [
            Box((x - BAR / 2, top), (BAR, max(1.0, bottom - top)), 2.0, band)
            for (x, bottom), (_, top) in zip(lows, highs, strict=True)
        ]
        return [*bars, *points]
    return [
        Marker((0, 0), 1.0, [*lows, *reversed(highs)], band, band, 1.0),
        Strokes([middles], 2.0, theme.ink),
        *points,
    ]
