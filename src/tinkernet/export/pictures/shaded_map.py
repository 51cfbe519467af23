"""A map of one number per pixel, drawn in the colours of any style: orange below 0, blue above."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.export.pictures.colours import scaled
from tinkernet.export.pictures.figure import Picture
from tinkernet.export.pictures.map_picture import ColourBar, map_picture
from tinkernet.export.pictures.picture_axis import PictureAxis, Tick
from tinkernet.export.pictures.styles import style_of

SHADES = 256
"""So many colours are between the ends of a scale."""


@dataclass(frozen=True)
class Shading:
    """What the shades from `low` to `high` mean, for the legend; `ticks` are texts at shares of that interval.

    Args:
        name: what is shaded.
        low: the shade at the left end, from −1 to 1.
        high: the shade at the right end.
        ticks: places as shares from 0 to 1, with their texts.

    Example:
        >>> Shading("solved", -1, 1, [(0, "none"), (1, "all")]).name
        'solved'
    """

    name: str
    low: float
    high: float
    ticks: Sequence[Tick] = ()


@dataclass(frozen=True)
class ShadedMap:
    """A map whose pixels are shades from −1, orange, to 1, blue; NaN is grey.

    Args:
        shades: a number for each pixel, shape (rows, columns); the first row is the top.
        x: what is shown from left to right.
        y: what is shown from the bottom to the top.
        title: the heading, in one line.
        words: a paragraph below the heading.
        legend: what the shades mean.

    Example:
        >>> import numpy
        >>> shown = ShadedMap(numpy.eye(2), PictureAxis("width"), PictureAxis("noise", 0, 50), "Noise and width")
        >>> shown.picture("slide")
        Picture('Noise and width', 1280 × 720 px)
    """

    shades: Float64[ndarray, "rows columns"]
    x: PictureAxis
    y: PictureAxis
    title: str
    words: str = ""
    legend: Sequence[Shading] = ()

    def picture(self, style: str = "slide", path: str | PathLike[str] | None = None) -> Picture:
        """The map as a picture.

        Args:
            style: "one-column" or "two-columns" of a paper, "slide" or "dark-slide".
            path: where to write the picture as well, as .png, .svg or .pdf.

        Raises:
            ExperimentError: there is no such style, or the file cannot be written.
        """
        scale = style_of(style).theme.scale
        bars = [
            ColourBar(one.name, scaled(np.linspace(one.low, one.high, SHADES), scale), one.ticks) for one in self.legend
        ]
        return map_picture(
            scaled(self.shades, scale),
            self.x,
            self.y,
            title=self.title,
            words=self.words,
            legend=bars,
            style=style,
            path=path,
        )
