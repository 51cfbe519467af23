"""The shapes of a drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from numpy import ndarray

from tinkernet.arrays import UInt8

Place = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Words:
    """A line of text; `place` is the start, middle or end of its baseline."""

    place: Place
    text: str
    size: float
    colour: str
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Strokes:
    """Polylines of one colour and width; `dashes` are the lengths of a dash and of the gap after it."""

    lines: Sequence[Sequence[Place]]
    width: float
    colour: str
    opacity: float = 1.0
    dashes: tuple[float, float] | None = None


@dataclass(frozen=True)
class Disc:
    """A filled circle with an outline."""

    centre: Place
    radius: float
    fill: str
    ring: str
    ring_width: float
    opacity: float = 1.0


@dataclass(frozen=True)
class Marker:
    """A filled polygon with an outline; `corners` are around `centre`, in units of `radius`."""

    centre: Place
    radius: float
    corners: Sequence[Place]
    fill: str
    ring: str
    ring_width: float
    opacity: float = 1.0


@dataclass(frozen=True)
class Box:
    """A rectangle with its top left corner at `place` and rounded corners: filled, or only an outline."""

    place: Place
    size: tuple[float, float]
    corner: float = 0.0
    fill: str | None = None
    ring: str | None = None
    ring_width: float = 1.0


@dataclass(frozen=True)
class Raster:
    """Pixels scaled to a rectangle with its top left corner at `place`; the first row is the top."""

    place: Place
    size: tuple[float, float]
    pixels: UInt8[ndarray, "rows columns 3"]
    smooth: bool = True
    corner: float = 0.0
    opacity: float = 1.0


Shape = Words | Strokes | Disc | Marker | Box | Raster


@dataclass(frozen=True)
class Drawing:
    """Shapes on a background, later ones on top; lengths are CSS pixels, or points of 1/72 inch."""

    width: int
    height: int
    paper: str
    title: str
    shapes: Sequence[Shape]
    unit: Literal["px", "pt"] = "px"

    @property
    def points(self) -> float:
        """The length of a unit in points."""
        return 1.0 if self.unit == "pt" else 0.75


def short(number: float, decimals: int = 2) -> str:
    """A number in a file of shapes: with at most so many decimals, and none that is 0."""
    text = f"{number:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
