"""A built-in data set: what its entry in DATASETS says of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data.stream import Stream
from tinkernet.options import DatasetName, ProblemName

Made = tuple[Float64[ndarray, "n 2"], Float64[ndarray, " n"]]
"""Points, one per row, and their labels."""

Group = Literal["Patterns", "Measurements", "Values"]
"""What kind of data it is; the page has a heading for each."""


@dataclass(frozen=True)
class Axis:
    """A measured quantity along one side of the plane, with its values at −EDGE and at +EDGE."""

    name: str
    unit: str
    low: float
    high: float


@dataclass(frozen=True)
class BuiltIn:
    """A built-in set of points. `make(stream, count, noise)` gives the points and their labels.

    Noise is a fraction: 0.5 for 50 per cent. The labels of two classes are −1 for the first of `classes` and 1 for the
    second, those of more classes their index; a regression has no classes, and labels from −1 to 1. `axes` says what
    was measured; invented data has none. `in_original` says whether TensorFlow Playground has it, too.
    """

    name: DatasetName
    label: str
    hint: str
    problem: ProblemName
    count: int
    make: Callable[[Stream, int, float], Made]
    classes: tuple[str, ...]
    group: Group
    axes: tuple[Axis, ...] = ()
    in_original: bool = False
