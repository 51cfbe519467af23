"""The parts of a formula as an immutable tree. Each part knows its place in the text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """A part of a text: `length` characters from `start`."""

    start: int
    length: int

    def to(self, other: "Place") -> "Place":
        """From the beginning of this place to the end of another."""
        return Place(self.start, other.start + other.length - self.start)


class Column(NamedTuple):
    """A column of the data: its name, and its symbol where formulas are shown (x₁)."""

    name: str
    symbol: str


PLANE = (Column("x", "x₁"), Column("y", "x₂"))
"""The columns of the built-in data: the coordinates of a point."""


@dataclass(frozen=True)
class Number:
    """A number, finite and not negative."""

    value: float
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Name:
    """A column, or a quantity such as the distance from the origin."""

    name: str
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Operation:
    """An operator or a function, by its name in the table of operations, and what it is applied to."""

    name: str
    operands: tuple["Node", ...]
    place: Place = field(compare=False)


Node = Number | Name | Operation


def parts_of(node: Node) -> Iterator[Node]:
    """The node and all nodes below it."""
    yield node
    if isinstance(node, Operation):
        for operand in node.operands:
            yield from parts_of(operand)
