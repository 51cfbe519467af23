"""What a formula may contain: one entry for each operator, function and quantity.

All are evaluated by `tinkernet.arithmetic`, with the same bits on every machine. A value that does not exist, such as
the logarithm of a negative number, is NaN.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy import ndarray

from tinkernet import arithmetic
from tinkernet.arithmetic import select
from tinkernet.formatting import count

MOST_ANGLE = 1_000_000.0
"""sin, cos and tan of a larger angle are NaN: such angles are not accurate enough for them."""
MOST_POWER = 1_000
"""The largest exponent, and the size of the largest negative one."""


@dataclass(frozen=True)
class Operator:
    """+ − × ÷, power and negation. Those with a higher `rank` bind more tightly."""

    name: str
    rank: int
    evaluate: Callable[..., ndarray]


@dataclass(frozen=True)
class Function:
    """A function; `least` and `most` say how many values it takes."""

    name: str
    hint: str
    evaluate: Callable[..., ndarray]
    least: int = 1
    most: int = 1


@dataclass(frozen=True)
class Quantity:
    """A name with a fixed meaning: `evaluate` gets the columns, of which it needs at least `columns`."""

    name: str
    symbol: str
    hint: str
    evaluate: Callable[[Sequence[ndarray]], ndarray]
    columns: int = 0


def power(base: ndarray, exponent: ndarray) -> ndarray:
    """The base to this power, by exp and log: the base must not be negative."""
    grown = arithmetic.exp(exponent * log(base))
    return np.asarray(select(base == 0, select(exponent > 0, 0.0, select(exponent == 0, 1.0, np.inf)), grown))


def whole_power(base: ndarray, exponent: int) -> ndarray:
    """The base to this whole power, by multiplication."""
    power = np.asarray(arithmetic.integer_power(base, abs(exponent)))
    return 1.0 / power if exponent < 0 else power


def log(x: ndarray) -> ndarray:
    """The natural logarithm; −∞ at 0."""
    usable = (x >= 0) & (x < np.inf)
    return np.asarray(select(usable, arithmetic.log(np.where(usable, x, 1.0)), select(x == np.inf, np.inf, np.nan)))


def absolute(x: ndarray) -> ndarray:
    """The size of each number."""
    return np.asarray(np.abs(x))


def sign(x: ndarray) -> ndarray:
    """1, −1 or 0."""
    return np.asarray(select(x > 0, 1.0, select(x < 0, -1.0, x)))


def _angle(function: Callable[[ndarray], ndarray]) -> Callable[[ndarray], ndarray]:
    """The function of angles that are small enough."""

    def evaluate(x: ndarray) -> ndarray:
        usable = np.abs(x) <= MOST_ANGLE
        return np.asarray(select(usable, function(np.where(usable, x, 0.0)), np.nan))

    return evaluate


def _choice(better: Callable[[ndarray, ndarray], ndarray]) -> Callable[..., ndarray]:
    """The best of several values; NaN where one of them is."""

    def best(one: ndarray, other: ndarray) -> ndarray:
        return np.asarray(select(np.isnan(one), one, select(better(one, other), one, other)))

    return lambda *values: reduce(best, values)


def _distance(columns: Sequence[ndarray]) -> ndarray:
    return np.asarray(np.sqrt(reduce(np.add, [column * column for column in columns])))


NEGATE = "negate"
POWER = "^"
MOST_VALUES = 20
OPERATORS = {
    entry.name: entry
    for entry in (
        Operator("+", 1, lambda one, other: one + other),
        Operator("-", 1, lambda one, other: one - other),
        Operator("*", 2, lambda one, other: one * other),
        Operator("/", 2, lambda one, other: one / other),
        Operator(NEGATE, 3, lambda one: -one),
        Operator(POWER, 4, power),
    )
}
FUNCTIONS = {
    entry.name: entry
    for entry in (
        Function("sin", f"Sine of an angle in radians, at most {count(int(MOST_ANGLE))}.", _angle(arithmetic.sin)),
        Function("cos", "Cosine of an angle in radians.", _angle(arithmetic.cos)),
        Function("tan", "Tangent of an angle in radians.", _angle(arithmetic.tan)),
        Function("exp", "e to this power.", arithmetic.exp),
        Function("log", "Natural logarithm of a positive number.", log),
        Function("sqrt", "Square root of a number that is not negative.", np.sqrt),
        Function("abs", "Absolute value.", absolute),
        Function("min", "The smallest of its values.", _choice(lambda one, other: one < other), 2, MOST_VALUES),
        Function("max", "The largest of its values.", _choice(lambda one, other: one > other), 2, MOST_VALUES),
        Function("tanh", "Hyperbolic tangent.", arithmetic.tanh),
        Function("sign", "1, −1 or 0.", sign),
    )
}
QUANTITIES = {
    entry.name: entry
    for entry in (
        Quantity("r", "r", "Distance from the origin.", _distance, 1),
        Quantity("angle", "angle", "Angle around the origin, from −π to π.", lambda c: arithmetic.atan2(c[1], c[0]), 2),
        Quantity("pi", "π", "The number π.", lambda _: np.array([np.pi])),
    )
}
