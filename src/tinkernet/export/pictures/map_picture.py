"""A map as a picture: pixels between two axes, with a title, what there is to know, and what the colours mean."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from os import PathLike

from numpy import ndarray

from tinkernet.arrays import UInt8
from tinkernet.export.pictures.drawing import Anchor, Box, Drawing, Place, Raster, Shape
from tinkernet.export.pictures.drawing.typeface import fitted, width_of
from tinkernet.export.pictures.figure import Picture
from tinkernet.export.pictures.pen import Pen
from tinkernet.export.pictures.picture import check_picture_path
from tinkernet.export.pictures.picture_axis import PictureAxis, Tick
from tinkernet.export.pictures.styles import DEFAULT_STYLE, style_of
from tinkernet.files import path_of

TICK = 4
"""The length of the mark at a number, in units."""
LINE = 17
"""The distance of two lines of text, in units."""
BAR = 10
"""The height of a scale of colours, in units."""
EACH = LINE + BAR + 25
"""The height of a scale of colours with the texts above and below it, in units."""
MARGIN = 8
"""What is free at the edges of the page, in units."""
BESIDE = 7
"""The distance of a number beside the map from it, in units."""
MOST_BELOW, APART = 16, 8
"""At most so many numbers are below the map, with this distance from each other, in units."""
GAP = 30
"""What is free between the map and the words beside it, at least, in units."""
LONGEST = 0.3
"""A label beside the map has at most this share of the page's width."""


@dataclass(frozen=True)
class ColourBar:
    """A scale of colours in a legend: what it shows, its colours from left to right, and texts below it.

    Args:
        name: what the colours mean.
        colours: red, green and blue, shape (n, 3).
        ticks: places as shares from 0 to 1, with their texts.

    Example:
        >>> import numpy
        >>> bar = ColourBar("share solved", numpy.zeros((2, 3), numpy.uint8), [(0, "none"), (1, "all")])
        >>> bar.name
        'share solved'
    """

    name: str
    colours: UInt8[ndarray, "n 3"]
    ticks: Sequence[Tick] = ()


@dataclass(frozen=True)
class Layout:
    """Where the parts of a map are in a style.

    That is the size of the page, the top left corner and the side of the map, and the column of words: its top left
    corner, its width, and the lower end of the legend. In a `narrow` layout that column is below the map, grows with
    the legend, and has no heading.
    """

    width: int
    height: int
    map: Place
    side: float
    words: Place
    words_width: float
    words_bottom: float
    narrow: bool = False

    def with_room(self, labels: float, bars: int, unit: float) -> "Layout":
        """The layout with room for labels of this width beside the map, and for so many scales of colours."""
        left = max(self.map[0], labels + (BESIDE + MARGIN) * unit)
        right = self.map[0] + self.side if self.narrow else self.words[0] - GAP * unit
        fitting = replace(self, map=(left, self.map[1]), side=min(self.side, right - left))
        if not self.narrow:
            return fitting
        top = self.words[1] - self.side + fitting.side
        bottom = top + bars * EACH * unit
        words = (left, top)
        height = math.ceil(bottom + MARGIN * unit)
        return replace(fitting, height=height, words=words, words_width=fitting.side, words_bottom=bottom)


_SLIDE = Layout(1280, 720, (112, 92), 512, (704, 92), 496, 604)
LAYOUTS: dict[str, Layout] = {
    "one-column": Layout(252, 290, (34, 20), 208, (34, 252), 208, 252, narrow=True),
    "two-columns": Layout(516, 262, (40, 24), 200, (272, 24), 236, 224),
    "slide": _SLIDE,
    "dark-slide": _SLIDE,
}
"""By the name of a style."""


def map_picture(
    pixels: UInt8[ndarray, "rows columns 3"],
    x: PictureAxis,
    y: PictureAxis,
    *,
    title: str,
    words: str = "",
    legend: Sequence[ColourBar] = (),
    style: str = DEFAULT_STYLE,
    path: str | PathLike[str] | None = None,
) -> Picture:
    """A map as a picture, in a style of `Run.picture`.

    Args:
        pixels: red, green and blue of each pixel, shape (rows, columns, 3); the first row is the top.
        x: what is shown from left to right.
        y: what is shown from the bottom to the top.
        title: the heading, in one line; the smallest style has none.
        words: a paragraph below the heading, where there is room.
        legend: what the colours mean.
        style: "one-column" or "two-columns" of a paper, "slide" or "dark-slide".
        path: where to write the picture as well, as .png, .svg or .pdf.

    Returns:
        A `Picture`, which has `png`, `svg`, `pdf` and `save`.

    Raises:
        ExperimentError: there is no such style, or the file cannot be written.

    Example:
        >>> import numpy
        >>> grey = numpy.full((2, 2, 3), 128, numpy.uint8)
        >>> map_picture(grey, PictureAxis("width"), PictureAxis("noise", 0, 50), title="Grey")
        Picture('Grey', 516 × 262 pt)
    """
    if path is not None:
        check_picture_path(path_of("picture", path))
    chosen = style_of(style)
    pen = Pen(chosen.theme, chosen.text / 11)
    usual = LAYOUTS[chosen.name]
    down = [
        (share, fitted(text, 11 * pen.unit, LONGEST * usual.width))
        for share, text in y.ticks(int(usual.side / (18 * pen.unit)))
    ]
    widest = max(width_of(text, 11 * pen.unit) for _, text in down)
    layout = usual.with_room(widest, len(legend), pen.unit)
    shapes = [
        *_map(pixels, layout, pen),
        *_below(x, layout, pen),
        *_beside(y.name, down, layout, pen),
        *(() if layout.narrow else _heading(title, words, layout, pen)),
        *_legend(legend, layout, pen),
    ]
    drawing = Drawing(layout.width, layout.height, chosen.theme.paper, title, shapes, chosen.unit)
    picture = Picture(drawing, chosen.density)
    if path is not None:
        picture.save(path)
    return picture


def _map(pixels: UInt8[ndarray, "rows columns 3"], layout: Layout, pen: Pen) -> list[Shape]:
    """The pixels in their frame."""
    size = (layout.side, layout.side)
    return [
        Raster(layout.map, size, pixels, smooth=False),
        Box(layout.map, size, ring=pen.theme.hairline, ring_width=0.5 * pen.unit),
    ]


def _below(axis: PictureAxis, layout: Layout, pen: Pen) -> list[Shape]:
    """The numbers of the axis below the map, as many as have room beside each other, and its name."""
    (left, top), side, u = layout.map, layout.side, pen.unit
    bottom = top + side
    most = MOST_BELOW
    ticks = axis.ticks(most)
    while most > 2 and _crowded(ticks, side, u):
        most -= 1
        ticks = axis.ticks(most)
    room = side * min((b - a for (a, _), (b, _) in pairwise(ticks)), default=1.0) - APART * u
    texts = [(left + share * side, fitted(text, 11 * u, room)) for share, text in ticks]
    return [
        pen.hairline(*([(left + k * side, bottom), (left + k * side, bottom + TICK * u)] for k, _ in ticks)),
        *(pen.words((_inside(x, text, layout, u), bottom + 15 * u), text, anchor="middle") for x, text in texts),
        pen.words((left + side, bottom + 32 * u), fitted(axis.name, 11 * u, side), anchor="end", strong=True),
    ]


def _inside(x: float, text: str, layout: Layout, unit: float) -> float:
    """The middle of a text that is within the page and apart from the words, at `x` if possible."""
    half = width_of(text, 11 * unit) / 2
    right = layout.width if layout.narrow else layout.words[0] - APART * unit
    return min(max(x, half), right - half)


def _crowded(ticks: Sequence[Tick], side: float, unit: float) -> bool:
    """Whether two neighbouring numbers below the map would be too near to each other."""
    ends = [(share * side, width_of(text, 11 * unit) / 2) for share, text in ticks]
    return any(b - half_b < a + half_a + APART * unit for (a, half_a), (b, half_b) in pairwise(ends))


def _beside(name: str, ticks: Sequence[Tick], layout: Layout, pen: Pen) -> list[Shape]:
    """The numbers of the axis beside the map, and its name above them."""
    (left, top), side, u = layout.map, layout.side, pen.unit
    bottom = top + side
    return [
        pen.hairline(*([(left - TICK * u, bottom - k * side), (left, bottom - k * side)] for k, _ in ticks)),
        *(pen.words((left - BESIDE * u, bottom - k * side + 4 * u), text, anchor="end") for k, text in ticks),
        pen.words((left, top - 10 * u), fitted(name, 11 * u, side), strong=True),
    ]


def _heading(title: str, words: str, layout: Layout, pen: Pen) -> list[Shape]:
    (left, top), u, width = layout.words, pen.unit, layout.words_width
    size = min(20.0, 20.0 * width / max(1.0, width_of(title, 20 * u)))
    lines = wrapped(words, 11 * u, width)
    return [
        pen.words((left, top + 0.72 * size * u), title, size, strong=True),
        *(pen.words((left, top + (size + 21 + LINE * k) * u), line) for k, line in enumerate(lines)),
    ]


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines of this width."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _legend(legend: Sequence[ColourBar], layout: Layout, pen: Pen) -> list[Shape]:
    """The scales, one above the other, the last one at the bottom of the column."""
    u, left, width = pen.unit, layout.words[0], layout.words_width
    shapes: list[Shape] = []
    for k, bar in enumerate(reversed(legend)):
        top = layout.words_bottom - 15 * u - BAR * u - k * EACH * u
        shapes += [
            pen.words((left, top - 8 * u), fitted(bar.name, 11 * u, width), strong=True),
            Raster((left, top), (width, BAR * u), bar.colours[None], smooth=False),
            *(_label(share, text, left, top + (BAR + 15) * u, width, pen) for share, text in bar.ticks),
        ]
    return shapes


def _label(share: float, text: str, left: float, baseline: float, width: float, pen: Pen) -> Shape:
    anchor: Anchor = "start" if share == 0 else "end" if share == 1 else "middle"
    return pen.words((left + share * width, baseline), text, anchor=anchor)
