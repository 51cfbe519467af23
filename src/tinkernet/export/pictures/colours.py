"""The colours of pictures: orange for negative, blue for positive, pale near zero; safe for colour blindness."""

from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float, UInt8

PAPER = "#FFFFFF"
INK = "#16181B"
SECOND_INK = "#5A5E64"
HAIRLINE = "#D9DADB"
ZERO_LINE = "#96979A"
NEGATIVE_POINT = "#A4470A"
POSITIVE_POINT = "#0B4F9A"
NO_NUMBER = "#D9DADB"

# The positions of the colours on [−1, 1]; colours are interpolated between them and constant beyond.
STOPS = (-1.0, -0.62, -0.28, 0.0, 0.28, 0.62, 1.0)
SCALE = ("#F28C32", "#F6AF70", "#FAD9B8", "#F8F7F4", "#C6DEF5", "#86B9EC", "#4493E3")


@dataclass(frozen=True)
class Theme:
    """The colours of a picture. Those of the dark one are the page's (`web/src/color/`), on its background."""

    paper: str
    ink: str
    second_ink: str
    hairline: str
    zero_line: str
    edge: str
    """The outline of a neuron's picture."""
    negative: str
    positive: str
    """Of weights and biases."""
    negative_point: str
    positive_point: str
    faint_point: str
    """Of a point whose label is near 0."""
    scale: tuple[str, ...]
    """The colours at STOPS."""
    dark: bool = False


def channels(colour: str) -> tuple[int, int, int]:
    """The red, green and blue channels of "#RRGGBB", each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


LIGHT = Theme(
    paper=PAPER,
    ink=INK,
    second_ink=SECOND_INK,
    hairline=HAIRLINE,
    zero_line=ZERO_LINE,
    edge="#E2E3E3",
    negative="#B9500A",
    positive="#0C5BAE",
    negative_point=NEGATIVE_POINT,
    positive_point=POSITIVE_POINT,
    faint_point="#9A9CA0",
    scale=SCALE,
)
DARK = Theme(
    paper="#0A0B0D",
    ink="#ECEDEF",
    second_ink="#9B9FA6",
    hairline="#232426",
    zero_line="#858586",
    edge="#2E2F31",
    negative="#FFB066",
    positive="#7CC0FF",
    negative_point="#FFD3A3",
    positive_point="#BFE0FF",
    faint_point="#6E7074",
    scale=("#EE8528", "#B05D15", "#54300F", "#0E0F12", "#123355", "#1D63AB", "#3B93EC"),
    dark=True,
)


def scaled(values: Float[ndarray, "*shape"], scale: tuple[str, ...] = SCALE) -> UInt8[ndarray, "*shape 3"]:
    """The colour of each value, as red, green and blue; NaN is grey."""
    stops = np.array([channels(colour) for colour in scale], dtype=np.float64)
    numbers = np.nan_to_num(values, nan=0.0)
    mixed = np.stack([np.interp(numbers, STOPS, stops[:, channel]) for channel in range(3)], axis=-1)
    mixed[np.isnan(values)] = channels(NO_NUMBER)
    colours: UInt8[ndarray, "*shape 3"] = np.rint(mixed).astype(np.uint8)
    return colours


def point_colour(label: float, theme: Theme = LIGHT) -> str:
    """A point's colour: full for ±1, fading to grey for a label near 0."""
    strong = theme.negative_point if label < 0 else theme.positive_point
    return mixed(theme.faint_point, strong, min(abs(label), 1.0))


def mixed(one: str, other: str, share: float) -> str:
    """The first colour with this share of the second."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """The relative luminance of a colour, from 0 to 1, as WCAG 2 defines it."""
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in (c / 255 for c in channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def with_luminance(colour: str, wanted: float) -> str:
    """The colour, mixed with black or white until it has this luminance."""
    end = "#000000" if luminance(colour) > wanted else "#FFFFFF"
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        if (luminance(mixed(colour, end, middle)) > wanted) == (end == "#000000"):
            low = middle
        else:
            high = middle
    return mixed(colour, end, high)
