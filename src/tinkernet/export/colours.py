"""The colours of pictures: orange for negative, blue for positive, pale near zero; safe for colour blindness."""

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


def channels(colour: str) -> tuple[int, int, int]:
    """The red, green and blue channels of "#RRGGBB", each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def scaled(values: Float[ndarray, "*shape"]) -> UInt8[ndarray, "*shape 3"]:
    """The colour of each value, as red, green and blue; NaN is grey."""
    stops = np.array([channels(colour) for colour in SCALE], dtype=np.float64)
    numbers = np.nan_to_num(values, nan=0.0)
    mixed = np.stack([np.interp(numbers, STOPS, stops[:, channel]) for channel in range(3)], axis=-1)
    mixed[np.isnan(values)] = channels(NO_NUMBER)
    colours: UInt8[ndarray, "*shape 3"] = np.rint(mixed).astype(np.uint8)
    return colours


def point_colour(label: float) -> str:
    """A point's colour: full for ±1, fading to grey for a label near 0."""
    strong = np.array(channels(NEGATIVE_POINT if label < 0 else POSITIVE_POINT), dtype=np.float64)
    faint = np.array(channels("#9A9CA0"), dtype=np.float64)
    share = min(abs(label), 1.0)
    red, green, blue = np.rint(faint + (strong - faint) * share).astype(int)
    return f"#{red:02X}{green:02X}{blue:02X}"
