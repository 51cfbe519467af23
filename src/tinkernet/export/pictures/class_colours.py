"""The colours of three or more classes: hue says which class wins, lightness by how much.

The first two are the orange and the blue of two classes, the others those of M. A. Petroff's accessible sequences
("Accessible Color Sequences for Data Visualization", 2021): that of six colours, or of ten for more than six classes.
The page has the same sequences in `web/src/color/classes.ts`.
"""

from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float, Int64, UInt8
from tinkernet.export.pictures.colours import (
    DARK,
    LIGHT,
    NEGATIVE_POINT,
    NO_NUMBER,
    POSITIVE_POINT,
    SCALE,
    Theme,
    channels,
    luminance,
    with_luminance,
)

# How much of a class's colour there is at each margin.
MARGINS, SHARES = (0.0, 0.28, 0.62, 1.0), (0.0, 0.36, 0.7, 1.0)


@dataclass(frozen=True)
class ClassColour:
    """The colour of a class: as it is in the sequence, at the end of its scale in a field, and that of its points.

    In a field it is softened by a fifth of the background; points are so dark that they stand out from it.
    """

    base: str
    field: str
    point: str


ORANGE, BLUE = ClassColour(SCALE[0], SCALE[0], NEGATIVE_POINT), ClassColour(SCALE[-1], SCALE[-1], POSITIVE_POINT)
SIX: tuple[ClassColour, ...] = (
    ORANGE,
    BLUE,
    ClassColour("#E42536", "#E84F5C", "#891620"),
    ClassColour("#964A8B", "#AA6DA0", "#66325F"),
    ClassColour("#9C9CA1", "#AEAEB2", "#454548"),
    ClassColour("#7A21DD", "#934CE2", "#5E19AA"),
)
TEN: tuple[ClassColour, ...] = (
    ClassColour("#FFA90E", "#F1AF39", "#5F3F05"),
    ClassColour("#3F90DA", "#64A5DF", "#1F476C"),
    ClassColour("#BD1F01", "#C94A32", "#891701"),
    ClassColour("#94A4A2", "#A8B5B2", "#404646"),
    ClassColour("#832DB6", "#9A55C2", "#66238E"),
    ClassColour("#A96B59", "#B98778", "#603C32"),
    ClassColour("#E76300", "#EA8131", "#743200"),
    ClassColour("#B9AC70", "#C6BB8A", "#4B452D"),
    ClassColour("#717581", "#8C8F98", "#43454D"),
    ClassColour("#92DADD", "#92C4C6", "#31494A"),
)


# On black, the luminance of a full colour is at least the first; that of a point is the second.
LEAST_ON_BLACK, POINT_ON_BLACK = 0.16, 0.62


def class_colours(count: int, theme: Theme = LIGHT) -> tuple[ClassColour, ...]:
    """The colours of so many classes, at most ten, in their order."""
    colours = (SIX if count <= len(SIX) else TEN)[:count]
    return tuple(map(_on_black, colours)) if theme.dark else colours


def _on_black(colour: ClassColour) -> ClassColour:
    base = {ORANGE: DARK.scale[0], BLUE: DARK.scale[-1]}.get(colour, colour.base)
    field = with_luminance(base, LEAST_ON_BLACK) if luminance(base) < LEAST_ON_BLACK else base
    return ClassColour(base, field, with_luminance(base, POINT_ON_BLACK))


def colours_of_classes(
    margins: Float[ndarray, "*shape"], winners: Int64[ndarray, "*shape"], count: int, theme: Theme = LIGHT
) -> UInt8[ndarray, "*shape 3"]:
    """The colour of each place by the class that wins there, paler the smaller its margin; NaN is grey."""
    neutral = np.array(channels(theme.scale[3]), dtype=np.float64)
    full = np.array([channels(colour.field) for colour in class_colours(count, theme)], dtype=np.float64)
    share = np.interp(np.nan_to_num(margins, nan=0.0), MARGINS, SHARES)[..., None]
    mixed = neutral + share * (full[winners] - neutral)
    mixed[np.isnan(margins)] = channels(NO_NUMBER)
    colours: UInt8[ndarray, "*shape 3"] = np.rint(mixed).astype(np.uint8)
    return colours
