"""How a template writes the evidence: `Number` in it as "about {epochs_left:~epoch}"."""

import math
from collections.abc import Callable

from tinkernet.formatting import count, figure, percent, rounded


def rounded_down(bound: float) -> float:
    """The bound with two significant digits, as it is shown: rounded up, it would not be a bound."""
    digits = max(1 - math.floor(math.log10(bound)), 0) if bound > 0 else 0
    scale = float(10**digits)
    return math.floor(bound * scale) / scale


class Number(float):
    """A number that a template formats by a word after the colon.

    `figure`: a loss or a rate in two significant digits; `bound`: the same, rounded down; `percent`: a share, as per
    cent; `count`: a whole number; `position`: an index, counted from 1; `is|are`: the first word for one, the second
    for more; any other word is a noun: "3 neurons"; with `~` before it the number has two digits: "1 300 epochs".
    """

    def __format__(self, spec: str) -> str:
        value = float(self)
        if spec in _FORMATS:
            return _FORMATS[spec](value)
        if "|" in spec:
            one, many = spec.split("|")
            return one if value == 1 else many
        number = rounded(value) if spec.startswith("~") else count(value)
        noun = spec.removeprefix("~")
        return f"{number} {noun}" if number == "1" else f"{number} {noun}s"


_FORMATS: dict[str, Callable[[float], str]] = {
    "figure": figure,
    "bound": lambda value: figure(rounded_down(value)),
    "percent": percent,
    "count": count,
    "position": lambda value: count(value + 1),
}
