"""The operations beyond + − × ÷ that the elementary functions use.

These are for NumPy arrays; `engine/lane_functions.py` has the same operations for the compiled engine's vectors, so
that one formula serves both. All of them propagate NaN, except where noted.
"""

from typing import Any

import numpy as np

# 1.5 · 2^52: adding it to a small number rounds the number to the nearest integer, which ends up in the low bits.
ROUNDING = 6755399441055744.0


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


def exponent_limit(_x: Any) -> float:
    """The largest exponent for which e^x, times a small factor, is a normal number of the type of `x`."""
    return 700.0
