"""The styles of pictures: sizes and colours for a paper, a slide and a dark slide."""

from dataclasses import dataclass
from typing import Literal

from tinkernet import checks
from tinkernet.export.pictures.colours import DARK, LIGHT, Theme
from tinkernet.export.pictures.drawing import Place
from tinkernet.export.pictures.pen import Rect
from tinkernet.options import StyleName


@dataclass(frozen=True)
class Style:
    """A size, a theme, and where everything is. Lengths are in points for a paper, in CSS pixels for a slide.

    `text` is the size of small text. `key` is the start of the second of two lines that name the curves of the losses,
    `legend` the left end of the scale of colours; each has the width of the losses. `density` is how many pixels of a
    PNG a unit has: 300 dots per inch for a paper, the resolution of a screen for a slide. Without `heading` there is
    none: a paper has its own.
    """

    name: StyleName
    width: int
    height: int
    unit: Literal["px", "pt"]
    text: float
    theme: Theme
    density: float
    network: Rect
    output: Place
    side: float
    losses: Rect
    key: Place
    key_width: float
    legend: Place
    legend_width: float
    heading: Place | None = None


def _slide(name: StyleName, theme: Theme) -> Style:
    return Style(
        name=name,
        width=1280,
        height=720,
        unit="px",
        text=18,
        theme=theme,
        density=2.0,
        network=(64, 150, 600, 282),
        output=(760, 132),
        side=468,
        losses=(132, 530, 246, 100),
        key=(76, 500),
        key_width=302,
        legend=(420, 620),
        legend_width=232,
        heading=(64, 76),
    )


STYLES: dict[str, Style] = {
    style.name: style
    for style in (
        Style(
            name="one-column",
            width=252,
            height=280,
            unit="pt",
            text=7,
            theme=LIGHT,
            density=300 / 72,
            network=(4, 6, 244, 104),
            output=(26, 128),
            side=104,
            losses=(166, 144, 82, 46),
            key=(146, 135),
            key_width=102,
            legend=(146, 248),
            legend_width=102,
        ),
        Style(
            name="two-columns",
            width=516,
            height=204,
            unit="pt",
            text=8,
            theme=LIGHT,
            density=300 / 72,
            network=(4, 8, 206, 188),
            output=(240, 20),
            side=150,
            losses=(434, 45, 78, 60),
            key=(410, 35),
            key_width=102,
            legend=(410, 162),
            legend_width=102,
        ),
        _slide("slide", LIGHT),
        _slide("dark-slide", DARK),
    )
}
DEFAULT_STYLE: StyleName = "two-columns"


def style_of(name: object) -> Style:
    """The style of this name.

    Raises:
        ExperimentError: there is none.
    """
    return STYLES[checks.one_of("style", name, STYLES)]
