"""Scales of a picture's axes: where a value lies, and which values are marked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tinkernet.formatting import figure, percent, powers_of_ten

FACTOR = 20.0
"""Positive values that differ by more than this factor are on a logarithmic scale."""
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""Of a power of ten: between the marks of a linear scale."""


@dataclass(frozen=True)
class Scale:
    """From `low`, at 0, to `high`, at 1; both are finite, and positive if it is logarithmic."""

    low: float
    high: float
    logarithmic: bool = False
    shares: bool = False
    """Whether values are shown as per cent."""

    @classmethod
    def of(cls, values: Sequence[float], *, shares: bool = False) -> "Scale":
        """The scale that has all these finite values: a logarithmic one if they differ much, all per cent of shares."""
        if shares:
            return cls(0.0, 1.0, shares=True)
        low, high = (min(values), max(values)) if values else (0.1, 1.0)
        logarithmic = low > 0 and high > FACTOR * low
        if low == high:
            spare = abs(low) / 2 or 0.5
            low, high = low - spare, high + spare
        return cls(low, high, logarithmic)

    def place(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        if self.logarithmic:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def marks(self, most: int) -> list[tuple[float, str]]:
        """At most so many round values on the scale, with their texts."""
        if self.logarithmic:
            low, high = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
            if high > low:
                powers = range(low, high + 1, -(-(high - low + 1) // most))
                return [(10.0**power, text) for power, text in zip(powers, powers_of_ten(powers), strict=True)]
        step = self._step(most)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        values = [number * step for number in range(first, last + 1)]
        return [(value, percent(value) if self.shares else figure(value, _digits(value, step))) for value in values]

    def _step(self, most: int) -> float:
        """The distance of marks on a linear scale."""
        least = (self.high - self.low) / max(1, most - 1)
        power = 10.0 ** math.floor(math.log10(least))
        return next(step * power for step in STEPS if step * power >= least * (1 - 1e-9))


def _digits(value: float, step: float) -> int:
    """How many digits separate a mark from the next."""
    if value == 0:
        return 1
    return max(1, math.floor(math.log10(abs(value))) - math.floor(math.log10(step)) + 2)
