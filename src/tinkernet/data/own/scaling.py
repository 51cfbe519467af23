"""Scaling columns to the plane and back, by ranges that a person can read: + − × ÷ only, the same bits everywhere."""

from decimal import Context, Decimal, localcontext

import msgspec
import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float64, Shaped
from tinkernet.data.own.limits import LARGEST_VALUE
from tinkernet.data.plane import EDGE
from tinkernet.errors import ExperimentError

STEPS = (5, 2, 1)
"""The leading digits of a readable step; a range starts and ends at a multiple of one."""
WIDEST = Decimal("1.15")
"""A range is at most this many times as wide as the values."""


class Scaling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Columns in their own units to −`edge` … `edge`, and back: `low` of a column becomes −edge, `high` becomes edge.

    Values outside a range are scaled by the same line and lie outside −edge … edge.

    Example:
        >>> scaling = Scaling(low=(0.0,), high=(20.0,))
        >>> scaling.forward(np.array([[15.0]])), scaling.backward(np.array([[3.0]]))
        (array([[3.]]), array([[15.]]))
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    edge: float = EDGE

    def __post_init__(self) -> None:
        """Check the ranges."""
        if len(self.low) != len(self.high):
            raise ExperimentError("high", self.high, f"as long as low: {len(self.low)} numbers")
        for low, high in zip(self.low, self.high, strict=True):
            checked_range("range", (low, high))

    def forward(self, values: Shaped[ndarray, "n columns"]) -> Float64[ndarray, "n columns"]:
        """(value − low) ÷ (high − low) × 2·edge − edge."""
        low, high = np.array(self.low), np.array(self.high)
        scaled: ndarray = (np.asarray(values, np.float64) - low) / (high - low) * (2 * self.edge) - self.edge
        return scaled

    def backward(self, scaled: Shaped[ndarray, "n columns"]) -> Float64[ndarray, "n columns"]:
        """(scaled + edge) ÷ 2·edge × (high − low) + low."""
        low, high = np.array(self.low), np.array(self.high)
        values: ndarray = (np.asarray(scaled, np.float64) + self.edge) / (2 * self.edge) * (high - low) + low
        return values


def readable_range(least: float, most: float) -> tuple[float, float]:
    """A range from one multiple of a readable step to another that holds least … most and is little wider.

    4.3 … 7.9 becomes 4 … 8. A single value gets a range around it, in which it lies in the middle (scaled to 0).
    """
    with localcontext(Context(prec=40)):
        first, last = Decimal(repr(least)), Decimal(repr(most))
        if not most - least > 1e-12 * max(abs(least), abs(most)):
            around = max(abs(first), abs(last)) / 2 or Decimal(1)
            middle = (first + last) / 2
            return float(middle - around), float(middle + around)
        power = (last - first).adjusted()
        steps = (Decimal(digit).scaleb(power - lower) for lower in range(4) for digit in STEPS)
        ends = (_multiples(first, last, step) for step in steps)
        low, high = next((low, high) for low, high in ends if high - low <= WIDEST * (last - first))
        return float(low), float(high)


def checked_range(field: str, value: object) -> tuple[float, float]:
    """A range as two numbers, low before high.

    Raises:
        ExperimentError: it is anything else.
    """
    ends = checks.sequence(value)
    if ends is None or len(ends) != 2:
        raise ExperimentError(field, value, "two numbers, low and high")
    low, high = (checks.number(field, end, -10 * LARGEST_VALUE, 10 * LARGEST_VALUE) for end in ends)
    if not high - low > 0:
        raise ExperimentError(field, value, "two numbers, the first below the second")
    return low, high


def _multiples(first: Decimal, last: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    """The multiples of the step around first … last."""
    low, high = first // step, last // step
    # The quotient of decimals is truncated towards zero.
    low -= low * step > first
    high += high * step < last
    return low * step, high * step
