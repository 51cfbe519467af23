"""Writes a formula as its canonical text, `sin(3*x)*y`, and as it is shown, sin(3x₁)·x₂. Both can be read again."""

import re
from collections.abc import Mapping

from tinkernet.formula.operations import NEGATE, OPERATORS, POWER, QUANTITIES
from tinkernet.formula.tokens import ABOVE, BELOW
from tinkernet.formula.tree import Name, Node, Number, Operation

ATOM = 1 + max(entry.rank for entry in OPERATORS.values())
SHOWN = {"+": " + ", "-": " − ", "*": "·", "/": "/"}
IDENTIFIER = re.compile(rf"[^\W\d{ABOVE}][^\W{BELOW}{ABOVE}]*[{BELOW}]*")
"""A name that is read as one: what is above the line is read as an exponent."""


def canonical(node: Node) -> str:
    """The shortest text that is read as this formula: one text for each formula."""
    match node:
        case Number(value):
            return number_text(value)
        case Name(name):
            return named(name)
        case Operation(name, operands) if name not in OPERATORS:
            return f"{name}({','.join(map(canonical, operands))})"
        case Operation(name, operands) if name == NEGATE:
            return f"-{_enclosed(operands[0], canonical(operands[0]), OPERATORS[NEGATE].rank)}"
        case Operation(name, (left, right)):
            first, second = _ranks(name)
            return f"{_enclosed(left, canonical(left), first)}{name}{_enclosed(right, canonical(right), second)}"
    raise AssertionError(node)


def shown(node: Node, symbols: Mapping[str, str]) -> str:
    """The formula as it is shown, with the columns' symbols."""
    match node:
        case Number(value):
            return number_text(value)
        case Name(name):
            return named(symbols[name] if name in symbols else QUANTITIES[name].symbol)
        case Operation(name, operands) if name not in OPERATORS:
            return f"{name}({', '.join(shown(operand, symbols) for operand in operands)})"
        case Operation(name, operands) if name == NEGATE:
            return f"−{_right(operands[0], symbols, OPERATORS[NEGATE].rank)}"
        case Operation(name, (left, right)):
            first, second = _ranks(name)
            before = _enclosed(left, shown(left, symbols), first)
            if name == POWER:
                return before + _exponent(right, symbols)
            after = _right(right, symbols, second)
            # A number stands before what it is multiplied by without a sign: 3x₁.
            joined = name == "*" and _ends_in_digits(left) and (after[0].isalpha() or after[0] == "(")
            return before + ("" if joined else SHOWN[name]) + after
    raise AssertionError(node)


def named(name: str) -> str:
    """A name as a formula holds it: in brackets if it has spaces or signs."""
    return name if IDENTIFIER.fullmatch(name) else f"[{name}]"


def number_text(value: float) -> str:
    """The shortest text of a number: 3, 0.5, 1e300."""
    return re.sub(r"e\+?(-?)0*", r"e\1", repr(value).removesuffix(".0"))


def rank_of(node: Node) -> int:
    """How tightly the outermost operator of a formula binds."""
    return OPERATORS[node.name].rank if isinstance(node, Operation) and node.name in OPERATORS else ATOM


def _ranks(operator: str) -> tuple[int, int]:
    """The ranks that the operands on the left and on the right must have to stand without parentheses."""
    if operator == POWER:
        return ATOM, OPERATORS[NEGATE].rank
    return OPERATORS[operator].rank, OPERATORS[operator].rank + 1


def _ends_in_digits(node: Node) -> bool:
    """Whether it is a number, perhaps with a sign, that is written with digits alone."""
    if isinstance(node, Operation) and node.name == NEGATE:
        return _ends_in_digits(node.operands[0])
    return isinstance(node, Number) and "e" not in number_text(node.value)


def _enclosed(node: Node, text: str, rank: int) -> str:
    return text if rank_of(node) >= rank else f"({text})"


def _right(node: Node, symbols: Mapping[str, str], rank: int) -> str:
    """An operand after an operator: no two signs stand together."""
    text = shown(node, symbols)
    return f"({text})" if text.startswith("−") else _enclosed(node, text, rank)


def _exponent(node: Node, symbols: Mapping[str, str]) -> str:
    text = shown(node, symbols)
    if text.isascii() and text.isdigit():
        return "".join(ABOVE[int(digit)] for digit in text)
    return f"^{text}" if rank_of(node) == ATOM else f"^({text})"
