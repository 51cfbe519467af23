"""A library as a program writes it: its names for functions, and formulas as expressions of arrays."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tinkernet.formula.evaluation import constant
from tinkernet.formula.operations import FUNCTIONS, NEGATE, OPERATORS, POWER, QUANTITIES
from tinkernet.formula.tree import Name, Node, Operation
from tinkernet.formula.writing import ATOM

LEAST, MOST, DISTANCE, ANGLE, FULL = "min", "max", "r", "angle", "full_like"
"""What a library may have another name for, beside the functions of formulas."""

USUAL = {**{name: name for name in FUNCTIONS}, LEAST: "minimum", MOST: "maximum", ANGLE: "arctan2", FULL: FULL}
"""What a library calls a function, where it has no other name for it."""


@dataclass(frozen=True)
class Dialect:
    """How a library is written in a program.

    `module` is what its functions are called by. `names` are those of its functions that are not as usual. `clamps`
    says that the smaller of an array and a number is `clamp(array, max=number)`: the library takes no number there.
    """

    module: str
    names: Mapping[str, str] = field(default_factory=dict)
    clamps: bool = False

    def call(self, name: str, *arguments: str) -> str:
        """A call of one of the library's functions."""
        return f"{self.module}.{self.names.get(name, USUAL[name])}({', '.join(arguments)})"

    def written(self, formula: Node, columns: Mapping[str, str]) -> str:
        """A formula as an expression; `columns` has a variable for each column, in their order."""
        value = constant(formula)
        if value is not None:
            return self.call(FULL, next(iter(columns.values())), _number(value))
        return _Writer(self, columns).text(formula)[0]


class _Writer:
    """Writes formulas over these columns. Parts are written together with how tightly they bind."""

    def __init__(self, dialect: Dialect, columns: Mapping[str, str]) -> None:
        self._dialect, self._columns = dialect, columns

    def text(self, node: Node) -> tuple[str, int]:
        value = constant(node)
        if value is not None:
            return _number(value), ATOM if value >= 0 else OPERATORS[NEGATE].rank
        match node:
            case Name(name):
                return self._name(name)
            case Operation(name, operands) if name in OPERATORS:
                return self._operator(name, operands), OPERATORS[name].rank
            case Operation(name, operands) if name in (LEAST, MOST):
                return self._extreme(name, operands), ATOM
            case Operation(name, (operand,)):
                return self._dialect.call(name, self.text(operand)[0]), ATOM
        raise AssertionError(node)

    def _name(self, name: str) -> tuple[str, int]:
        if name in self._columns:
            return self._columns[name], ATOM
        across, up = list(self._columns.values())[:2] if name == ANGLE else ("", "")
        if name == ANGLE:
            return self._dialect.call(ANGLE, up, across), ATOM
        assert name == DISTANCE, QUANTITIES[name]  # noqa: S101 (a table's entry, not input)
        squares = " + ".join(f"{column}**2" for column in self._columns.values())
        return self._dialect.call("sqrt", squares), ATOM

    def _operator(self, name: str, operands: Sequence[Node]) -> str:
        if name == NEGATE:
            return f"-{self._enclosed(operands[0], OPERATORS[NEGATE].rank)}"
        if name == POWER:
            return f"{self._enclosed(operands[0], ATOM)}**{self._enclosed(operands[1], OPERATORS[NEGATE].rank)}"
        rank = OPERATORS[name].rank
        return f"{self._enclosed(operands[0], rank)} {name} {self._enclosed(operands[1], rank + 1)}"

    def _enclosed(self, node: Node, rank: int) -> str:
        text, own = self.text(node)
        return text if own >= rank else f"({text})"

    def _extreme(self, name: str, operands: Sequence[Node]) -> str:
        """The smallest or the largest of several values, two by two; of numbers, only one is left."""
        choose = min if name == LEAST else max
        numbers = [value for value in map(constant, operands) if value is not None]
        arrays = [self.text(operand)[0] for operand in operands if constant(operand) is None]
        found = arrays[0]
        for other in arrays[1:]:
            found = self._dialect.call(name, found, other)
        if not numbers:
            return found
        number = _number(choose(numbers))
        if self._dialect.clamps:
            return f"{self._dialect.module}.clamp({found}, {'max' if name == LEAST else 'min'}={number})"
        return self._dialect.call(name, found, number)


def _number(value: float) -> str:
    """A number as Python writes it, without a decimal point for whole ones."""
    if not math.isfinite(value):
        return f'float("{value}")'
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
