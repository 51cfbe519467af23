"""Takes the text of a formula apart: numbers, names and signs, each with its place."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tinkernet.formula.errors import FormulaError
from tinkernet.formula.operations import POWER
from tinkernet.formula.tree import Place

NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
BELOW = "₀₁₂₃₄₅₆₇₈₉"
ABOVE = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SIGNS = {
    **{sign: sign for sign in "+-*/^(),"},
    **dict.fromkeys("−–", "-"),
    **dict.fromkeys("×·⋅∗", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
}
"""All signs, with the one that each stands for."""


class Token(NamedTuple):
    """A part of the text. An `end` stands after the last one."""

    kind: Literal["number", "name", "sign", "end"]
    text: str
    place: Place
    closed: bool = False
    """Whether a name or number may follow without a sign, which means a multiplication: 3x, x₁x₂, (x+1)(y−1)."""


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of a formula.

    Raises:
        FormulaError: it has a character that cannot be part of a formula.
    """
    at = 0
    while at < len(text):
        sign = text[at]
        if sign.isspace():
            at += 1
            continue
        found = list(_tokens_at(text, at))
        yield from found
        at = found[-1].place.start + found[-1].place.length
    yield Token("end", "", Place(len(text.rstrip()), 1))


def _tokens_at(text: str, at: int) -> Iterator[Token]:
    """The token that begins here; for a superscript two, as x² means x^2."""
    sign = text[at]
    number = NUMBER.match(text, at)
    if number is not None:
        yield Token("number", number[0], Place(at, len(number[0])), closed=True)
    elif sign.isalpha() or sign == "_":
        yield _name(text, at)
    elif sign == "[" and "]" in text[at:]:
        end = text.index("]", at) + 1
        yield Token("name", text[at + 1 : end - 1].strip(), Place(at, end - at), closed=True)
    elif sign in ABOVE:
        end = _end(text, at, ABOVE)
        digits = "".join(str(ABOVE.index(digit)) for digit in text[at:end])
        yield Token("sign", POWER, Place(at, end - at))
        yield Token("number", digits, Place(at, end - at), closed=True)
    elif text.startswith("**", at):
        yield Token("sign", POWER, Place(at, 2))
    elif sign in SIGNS:
        yield Token("sign", SIGNS[sign], Place(at, 1), closed=sign == ")")
    else:
        raise FormulaError(text, Place(at, 1), f"“{sign}” cannot be part of a formula" if sign != "[" else NO_BRACKET)


NO_BRACKET = "“[” is never closed"


def _name(text: str, at: int) -> Token:
    end = at
    while end < len(text) and (text[end].isalpha() or text[end] == "_" or text[end] in "0123456789"):
        end += 1
    whole = _end(text, end, BELOW)
    return Token("name", text[at:whole], Place(at, whole - at), closed=whole > end)


def _end(text: str, at: int, digits: str) -> int:
    """Where the run of these digits ends."""
    while at < len(text) and text[at] in digits:
        at += 1
    return at
