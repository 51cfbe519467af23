"""The operations beyond + − × ÷ that the elementary functions use.

These are for NumPy arrays and floats; `engine/lane_functions.py` has the same operations for the compiled engine's
vectors and numbers, so that one formula serves all of them. They propagate NaN, except where noted.
"""

from typing import Any

import numpy as np

# 1.5 · 2^52: adding it to a small number rounds the number to the nearest integer, which ends up in the low bits.
ROUNDING = 6755399441055744.0
# The bits of a double-precision number: its mantissa, and those of 1.0.
MANTISSA_BITS, ONE_BITS = (1 << 52) - 1, 1023 << 52


def nearest(x: Any) -> Any:
    """`x` rounded to the nearest integer, as a float; ties go to even. Valid for |x| < 2^51."""
    return (x + ROUNDING) - ROUNDING


def power_of_two(k: Any) -> Any:
    """2^k exactly, for an integer `k` given as a float; −1022 ≤ k ≤ 1023. For NaN it is an arbitrary finite number."""
    exponent = np.where(np.isnan(k), 0.0, k).astype(np.int64)
    return ((exponent + 1023) << 52).view(np.float64)


def select(condition: Any, then: Any, otherwise: Any) -> Any:
    """`then` where the condition is true, `otherwise` elsewhere."""
    return np.where(condition, then, otherwise)


def clamp(x: Any, limit: float) -> Any:
    """`x` clamped to the interval [−limit, limit]."""
    return select(x > limit, limit, select(x < -limit, -limit, x))


def mantissa_and_exponent(x: Any) -> tuple[Any, Any]:
    """`m` and `k` with x = m · 2^k and 1 ≤ m < 2, for a positive, finite, normal `x`; otherwise arbitrary numbers."""
    bits = np.asarray(x, dtype=np.float64).view(np.int64)
    mantissa = ((bits & MANTISSA_BITS) | ONE_BITS).view(np.float64)
    return mantissa, ((bits >> 52) & 0x7FF).astype(np.float64) - 1023.0


def exponent_limit(_x: Any) -> float:
    """The largest exponent for which e^x, times a small factor, is a normal number of the type of `x`."""
    return 700.0


def exponent_range(_x: Any) -> float:
    """A limit beyond which e^x is 0 or infinite in the type of `x`, on both sides."""
    return 750.0


def smallest_normal(_x: Any) -> float:
    """The smallest positive normal number of the type of `x`."""
    return 2.0**-1022
