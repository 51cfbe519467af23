"""An axis of a map: what it shows between which ends, and where its numbers stand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tinkernet import checks
from tinkernet.errors import ExperimentError
from tinkernet.formatting import figure, powers_of_ten

Tick = tuple[float, str]
"""A place on an axis, as a share from 0 to 1, and the text there."""
STEPS = (1.0, 2.0, 5.0)
"""Numbers on an axis are these apart, times a power of ten."""
FEW_DECADES = 100
"""Below this factor between the ends, powers of ten would be too few."""
ENOUGH = 3
ROUNDING = 1e-9
"""An end that was computed may miss a round number by a rounding error."""
MOST_DIGITS = 17
PLAIN_DIGITS = 6
"""With more digits, only the ends of an axis have numbers."""


@dataclass(frozen=True)
class PictureAxis:
    """An axis of a map: a setting, and its values from one end to the other.

    Args:
        name: what it shows, as "learning rate".
        low: the value at the left or lower end.
        high: the value at the right or upper end.
        log: whether equal distances are equal factors; then `low` is positive.
        values: the texts of single values, which then are cells of the same size; `low` and `high` do not count.

    Raises:
        ExperimentError: `low` is not below `high`, or not positive with `log`.

    Example:
        >>> [text for _, text in PictureAxis("learning rate", 0.001, 10, log=True).ticks(8)]
        ['0.001', '0.01', '0.1', '1', '10']
        >>> PictureAxis("neurons", values=("1", "2")).ticks(8)
        [(0.25, '1'), (0.75, '2')]
    """

    name: str
    low: float = 0.0
    high: float = 1.0
    log: bool = False
    values: Sequence[str] = ()

    def __post_init__(self) -> None:
        low, high = checks.number("low", self.low), checks.number("high", self.high)
        if not low < high:
            raise ExperimentError("high", self.high, f"a number above {low:g}")
        if checks.flag("log", self.log) and low <= 0:
            raise ExperimentError("low", self.low, "a positive number, as the scale is logarithmic")

    def ticks(self, most: int) -> list[Tick]:
        """At most so many numbers with their places, at least two where there are two values.

        Args:
            most: for how many there is room.

        Example:
            >>> PictureAxis("noise", 0, 50).ticks(6)
            [(0.0, '0'), (0.2, '10'), (0.4, '20'), (0.6, '30'), (0.8, '40'), (1.0, '50')]
        """
        most = max(2, most)
        if self.values:
            step = math.ceil(len(self.values) / most)
            return [((k + 0.5) / len(self.values), self.values[k]) for k in range(0, len(self.values), step)]
        if self.log and self.high / self.low >= FEW_DECADES:
            return self._powers(most)
        return (self._within_decades(most) if self.log else None) or self._steps(most)

    def _share(self, value: float) -> float:
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def _powers(self, most: int) -> list[Tick]:
        """Every power of ten, or as many at equal distances as there is room for."""
        first, last = math.ceil(math.log10(self.low) - ROUNDING), math.floor(math.log10(self.high) + ROUNDING)
        step = math.ceil((last - first + 1) / most)
        powers = range(first, last + 1, step)
        texts = powers_of_ten(powers)
        return [(min(1.0, max(0.0, self._share(10.0**power))), text) for power, text in zip(powers, texts, strict=True)]

    def _within_decades(self, most: int) -> list[Tick] | None:
        """1, 2 and 5 times powers of ten; None if that gives too many or too few."""
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        values = [step * 10.0**power for power in powers for step in STEPS]
        shares = [(self._share(value), figure(value, 1)) for value in values]
        inside = [(min(1.0, max(0.0, share)), text) for share, text in shares if -ROUNDING <= share <= 1 + ROUNDING]
        return inside if ENOUGH <= len(inside) <= most else None

    def _steps(self, most: int) -> list[Tick]:
        """Round numbers; only the ends, with as many digits as distinguish them, where those would be long."""
        least = (self.high - self.low) / (most - 1)
        power = math.floor(math.log10(least))
        step = next(
            (one for exponent in (power, power + 1) for one in (k * 10.0**exponent for k in STEPS) if one >= least),
            10.0 ** (power + 2),
        )
        first, last = math.ceil(self.low / step - ROUNDING), math.floor(self.high / step + ROUNDING)
        digits = len(str(max(abs(first), abs(last), 1)))
        if digits > PLAIN_DIGITS or last <= first:
            apart = max(abs(self.low), abs(self.high)) / (self.high - self.low)
            digits = min(MOST_DIGITS, 2 + max(1, math.ceil(math.log10(apart))))
            return [(0.0, figure(self.low, digits)), (1.0, figure(self.high, digits))]
        return [
            (min(1.0, max(0.0, self._share(k * step))), figure(k * step, digits + 1)) for k in range(first, last + 1)
        ]
