"""Numbers as sentences write them: `Number` in a template as "about {epochs_left:~epoch}"."""

import math
from collections.abc import Callable


class Number(float):
    """A number that a template formats by a word after the colon.

    `figure`: a loss or a rate in two significant digits; `percent`: a share, as per cent; `count`: a whole number;
    `position`: an index, counted from 1; `is|are`: the first word for one, the second for more; any other word is a
    noun: "3 neurons"; with `~` before it the number is rounded to two digits: "1,300 epochs".
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


def figure(value: float) -> str:
    """Two significant digits, without an exponent where it can be read without one: 0.0012."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinity"
    if value == 0 or 1e-5 <= abs(value) < 1e6:
        text = f"{value:.2g}" if abs(value) < 10 else f"{value:.0f}"
        return f"{float(text):.10f}".rstrip("0").rstrip(".").replace("-", "−")
    return f"{value:.0e}".replace("-", "−")


def rounded(value: float) -> str:
    """At least 1, rounded to two digits: 1,200."""
    return count(float(f"{value:.2g}")) if value >= 10 else str(max(1, round(value)))


def percent(share: float) -> str:
    """A share as per cent; what is not all or nothing does not read as if it were."""
    text = f"{100 * share:.0f}"
    if text in ("0", "100") and 0 < share < 1:
        text = f"{min(max(100 * share, 0.1), 99.9):.1f}"
    return f"{text} %"


def count(value: float) -> str:
    """A whole number with its thousands apart: 12,000."""
    return f"{round(value):,}".replace("-", "−")


_FORMATS: dict[str, Callable[[float], str]] = {
    "figure": figure,
    "percent": percent,
    "count": count,
    "position": lambda value: count(value + 1),
}
