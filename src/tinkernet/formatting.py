"""Numbers and texts as people read them: one way to group thousands, to shorten a text, and to list names.

No number has an exponent that only a programmer reads; the page writes numbers in the same way (`web/src/numbers/`).
"""

import math
from collections.abc import Collection, Sequence
from itertools import islice

THIN = "\u202f"
"""Between thousands: a narrow space at which no line breaks. A comma is a decimal sign to half of the readers."""
LEAST_PLAIN, MOST_PLAIN = 1e-5, 1e6
"""Outside of these, a number is written with a power of ten."""
MOST_ZEROS = 4
"""More than these are written with a power of ten on an axis."""


def figure(value: float, digits: int = 2) -> str:
    """So many significant digits: `0.0012`, `0.00001`, `1 × 10⁻⁶`. A small number never reads as 0."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinity"
    if value == 0:
        return "0"
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    if LEAST_PLAIN <= abs(float(f"{mantissa}e{power}")) < MOST_PLAIN:
        decimals = max(0, digits - 1 - int(power))
        text = f"{value:,.{decimals}f}"
    else:
        text = f"{mantissa} × 10{power}"
    return _typeset(text)


def count(value: float) -> str:
    """A whole number with its thousands apart: 12 000."""
    return _typeset(f"{round(value):,}")


def rounded(value: float) -> str:
    """At least 1, rounded to two digits: 1 200."""
    return count(float(f"{value:.2g}")) if value >= 10 else str(max(1, round(value)))


def percent(share: float) -> str:
    """A share as per cent; what is not all or nothing does not read as if it were."""
    text = f"{100 * share:.0f}"
    if text in ("0", "100") and 0 < share < 1:
        text = f"{min(max(100 * share, 0.1), 99.9):.1f}"
    return f"{text} %"


def powers_of_ten(powers: Sequence[int]) -> list[str]:
    """Powers of ten, as on an axis: 0.01, 0.1, 1; or 10⁻⁸, 10⁻⁴, 1 where one of them would be long."""
    if all(-MOST_ZEROS <= power <= MOST_ZEROS for power in powers):
        return [_typeset(f"{10.0**power:.{max(0, -power)}f}") for power in powers]
    return ["1" if power == 0 else f"10{str(power).translate(_RAISED)}" for power in powers]


def shortened(text: str, most: int) -> str:
    """The text with at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def listed(names: Collection[str], most: int) -> str:
    """The first so many of these names, separated by commas."""
    return ", ".join(islice(names, most)) + ", …" * (len(names) > most)


def _typeset(text: str) -> str:
    """Real signs instead of a program's, and no zeros that say nothing."""
    number, times, power = text.partition(" × 10")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    raised = str(int(power)).translate(_RAISED) if times else ""
    return f"{number.replace(',', THIN).replace('-', '−')}{times}{raised}"


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
