"""The text of a link: found in an address, taken apart, and the numbers in it."""

import html
import re
from urllib.parse import quote, unquote

from tinkernet.errors import ExperimentError

LONGEST = 20_000
LONGEST_NUMBER = 60


def fragment(text: str) -> str:
    """The part after '#' of an address as it is found in the wild, as a browser would have it.

    From HTML come `&amp;`, from Markdown backslashes and angle brackets, from a mail the whole thing escaped.
    """
    if len(text) > LONGEST:
        raise ExperimentError("link", text, f"at most {LONGEST:,} characters")
    text = re.sub(r"\\([&#_=.,\-])", r"\1", text.strip().strip("<>\"'` "))
    text = html.unescape(text) if "&amp;" in text else text
    _, mark, after = text.partition("#")
    if not mark:
        after = "" if "://" in text else text
    if "=" not in after and re.search("%3d", after, re.IGNORECASE):
        after = unquote(after)
    # A browser writes a lone surrogate, which no address can have, as U+FFFD.
    after = after.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return quote(after, safe="!#$%&'()*+,-./:;=?@[\\]^_{|}~")


def pairs(text: str) -> dict[str, str]:
    """The names and values of a link; of a name that comes twice the last counts."""
    pairs: dict[str, str] = {}
    for part in text.split("&"):
        name, *value = part.split("=")
        if name:
            pairs[name] = value[0] if value else ""
    return pairs


def number_in(name: str, value: str) -> float:
    """A number as JavaScript reads it."""
    text = unquote(value).strip()
    if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text):
        return float(text)
    if re.fullmatch(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+", text) and len(text) < LONGEST_NUMBER:
        return float(int(text, 0))
    raise ExperimentError(name, value, "a number")


def whole_number_in(name: str, value: str) -> int:
    """A number as JavaScript reads it, which must be whole."""
    number = number_in(name, value)
    if not number.is_integer():
        raise ExperimentError(name, value, "a whole number")
    return int(number)


def written(number: float) -> str:
    """A number as it stands in a link: whole ones without a point."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(number)


def unknown_value(name: str, value: str) -> str:
    """The notice that a word was passed over."""
    return f"The link wants {name} to be “{value[:40]}”, which tinkernet does not know; the default stays."
