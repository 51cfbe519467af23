"""Evaluates a formula at many points at once."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy import ndarray

from tinkernet.formula.operations import FUNCTIONS, OPERATORS, POWER, QUANTITIES, whole_power
from tinkernet.formula.tree import Name, Node, Number, Operation, parts_of


def evaluated(node: Node, columns: Mapping[str, ndarray]) -> ndarray:
    """The value at each point; of the size 1 for a constant. Values that do not exist are NaN."""
    with np.errstate(all="ignore"):
        return _value(node, columns, list(columns.values()))


def constant(node: Node) -> float | None:
    """The value of a formula without columns; None for others."""
    names = {part.name for part in parts_of(node) if isinstance(part, Name)}
    if any(name not in QUANTITIES or QUANTITIES[name].columns for name in names):
        return None
    return float(evaluated(node, {})[0])


def _value(node: Node, columns: Mapping[str, ndarray], in_order: Sequence[ndarray]) -> ndarray:
    match node:
        case Number(value):
            return np.array([value])
        case Name(name):
            return columns[name] if name in columns else QUANTITIES[name].evaluate(in_order)
        case Operation(name, operands):
            exponent = constant(operands[1]) if name == POWER else None
            if exponent is not None and exponent.is_integer():
                return whole_power(_value(operands[0], columns, in_order), int(exponent))
            entry = OPERATORS.get(name) or FUNCTIONS[name]
            return entry.evaluate(*(_value(operand, columns, in_order) for operand in operands))
