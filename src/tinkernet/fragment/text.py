"""Splits the text of a link into names and values, and parses numbers."""

import re
from urllib.parse import unquote

LONGEST_NUMBER = 60
LONGEST_SHOWN = 80


def pairs(text: str) -> dict[str, str]:
    """The names and values of a link; if a name occurs twice, the last value is used."""
    pairs: dict[str, str] = {}
    for part in text.split("&"):
        name, *value = part.split("=")
        if name:
            pairs[name] = value[0] if value else ""
    return pairs


def number_in(value: str) -> float | None:
    """A number, parsed as in JavaScript; None if it is not a number."""
    text = unquote(value).strip()
    if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text, re.ASCII):
        return float(text)
    if re.fullmatch(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+", text) and len(text) < LONGEST_NUMBER:
        return float(int(text, 0))
    return None


def written(number: float) -> str:
    """A number as written in a link: whole numbers without a decimal point."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(number)


def shortened(link: str) -> str:
    """A link to be read, not opened: values that are longer than a line are cut short, and end in `…`."""
    return re.sub(rf"=([^&]{{{LONGEST_SHOWN // 4}}})[^&]{{{LONGEST_SHOWN - LONGEST_SHOWN // 4},}}", r"=\1…", link)
