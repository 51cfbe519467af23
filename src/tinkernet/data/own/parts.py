"""The parts of a data set: an input column, and the target. Each checks its values, as they may come from a link."""

from typing import Literal

import msgspec
import numpy as np
from msgspec import structs
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float64, Int64
from tinkernet.data.own.limits import LARGEST_VALUE, LONGEST_NAME, MOST_CLASSES
from tinkernet.data.own.scaling import Scaling, checked_range
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

TargetKind = Literal["classes", "numbers"]
KINDS: tuple[TargetKind, ...] = ("classes", "numbers")
LONGEST_UNIT = 20
MOST_WIDTHS = 1_000_000
"""So many times the width of its range a value may be away from it."""
NUMBER_REACH = 1.0
"""A target of numbers is scaled to −1 … 1."""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An input column: its `name`, its numbers in its own `unit`, and the `range` that is scaled to the plane.

    `data` has the numbers as float64, little-endian: in JSON as base64, so that each keeps all of its bits.
    """

    name: str
    data: bytes
    range: tuple[float, float]
    unit: str = ""

    def __post_init__(self) -> None:
        """Check everything: a data set may come from a file or a link."""
        check_name("the name of a column", self.name)
        structs.force_setattr(self, "range", checked_range(f"range of {self.name}", self.range))
        check_numbers(self.name, self.data)
        check_width(f"range of {self.name}", self.range, self.values)
        if len(self.unit) > LONGEST_UNIT or not self.unit.isprintable():
            raise ExperimentError("the unit of a column", self.unit, f"at most {LONGEST_UNIT} printable characters")

    @property
    def values(self) -> Float64[ndarray, " n"]:
        """The numbers in the column's units, shape (rows,); read-only."""
        return np.frombuffer(self.data, "<f8")


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the network learns to predict: of the `kind` "classes" one of `classes` for each row, else a number.

    `name` is that of the column. `data` has one byte for each row, the index of its class; or the numbers as in
    `Column`, with `range` scaled to −1 … 1. `reason` says why it is read as classes or as numbers.
    """

    name: str
    kind: TargetKind
    data: bytes
    classes: tuple[str, ...] = ()
    range: tuple[float, float] = (-1.0, 1.0)
    reason: str = ""

    def __post_init__(self) -> None:
        """Check everything: a data set may come from a file or a link."""
        check_name("the name of the target", self.name)
        checks.one_of("kind", self.kind, KINDS)
        structs.force_setattr(self, "range", checked_range(f"range of {self.name}", self.range))
        if self.kind == "numbers":
            check_numbers(self.name, self.data)
            check_width(f"range of {self.name}", self.range, np.frombuffer(self.data, "<f8"))
            if self.classes:
                raise ExperimentError("classes", self.classes, "empty for a target of numbers")
            return
        if not 2 <= len(self.classes) <= MOST_CLASSES or len(set(self.classes)) < len(self.classes):
            raise ExperimentError("classes", self.classes, f"2 to {MOST_CLASSES} different names")
        for name in self.classes:
            check_name("the name of a class", name)
        if self.data and max(self.data) >= len(self.classes):
            raise ExperimentError("a class", max(self.data), f"an index below {len(self.classes)}")

    @property
    def values(self) -> Float64[ndarray, " n"] | Int64[ndarray, " n"]:
        """The numbers in their own units, or the index of each row's class: shape (rows,)."""
        if self.kind == "numbers":
            return np.frombuffer(self.data, "<f8")
        return np.frombuffer(self.data, np.uint8).astype(np.int64)

    @property
    def scaling(self) -> Scaling:
        """From the target's units to −1 … 1 and back; for numbers only."""
        return Scaling((self.range[0],), (self.range[1],), NUMBER_REACH)


def check_name(field: str, name: object) -> None:
    """A name that fits into a legend: not empty, one line, at most LONGEST_NAME characters.

    Raises:
        ExperimentError: it is not.
    """
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise ExperimentError(field, name, f"a text of 1 to {LONGEST_NAME} printable characters")


def check_width(field: str, ends: tuple[float, float], values: Float64[ndarray, " n"]) -> None:
    """A range that is not far narrower than the values are away: scaled, they would overflow.

    Raises:
        ExperimentError: it is.
    """
    low, high = ends
    if len(values) == 0:
        return
    away = max(abs(float(values.min()) - low), abs(float(values.max()) - low))
    if not away <= MOST_WIDTHS * (high - low):
        raise ExperimentError(
            field, list(ends), f"wide enough: a value may be {count(MOST_WIDTHS)} widths away at most"
        )


def check_numbers(name: str, data: bytes) -> None:
    """Finite float64 numbers that can be scaled.

    Raises:
        ExperimentError: they are not.
    """
    if len(data) % 8:
        raise ExperimentError(name, f"{len(data)} bytes", "numbers of 8 bytes")
    check_finite(name, np.frombuffer(data, "<f8"))


def check_finite(name: str, values: Float64[ndarray, " n"]) -> None:
    """Finite numbers that are not too large to be scaled.

    Raises:
        ExperimentError: one is not; the error names its row.
    """
    wrong = np.flatnonzero(~(np.abs(values) <= LARGEST_VALUE))
    if len(wrong):
        value = float(values[wrong[0]])
        raise ExperimentError(f"{name} in row {wrong[0] + 1}", value, f"a finite number up to {LARGEST_VALUE:g}")
