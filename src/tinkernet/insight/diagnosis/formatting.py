"""How a template writes the evidence: `Number` in it as "about {epochs_left:~epoch}"."""

from collections.abc import Callable

from tinkernet.formatting import count, figure, percent, rounded


class Number(float):
    """A number that a template formats by a word after the colon.

    `figure`: a loss or a rate in two significant digits; `percent`: a share, as per cent; `count`: a whole number;
    `position`: an index, counted from 1; `is|are`: the first word for one, the second for more; any other word is a
    noun: "3 neurons"; with `~` before it the number is rounded to two digits: "1 300 epochs".
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
    "percent": percent,
    "count": count,
    "position": lambda value: count(value + 1),
}
