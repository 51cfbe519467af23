"""The few operations beyond + − × ÷ that the elementary functions stand on.

Here they are for NumPy arrays; `engine/lane_functions.py` says the same for the compiled engine's vectors, so that one
text of a formula serves both. Not-a-number goes through each of them.
"""

from typing import Any

import numpy as np

# 1.5 · 2^52: adding it to a small number rounds that to the nearest integer, and leaves the integer in the low bits.
ROUNDING = 6755399441055744.0


def nearest(x: Any) -> Any:
    """The integer nearest to `x`, as a float; halves go to even. Holds for |x| < 2^51."""
    return (x + ROUNDING) - ROUNDING


def power_of_two(k: Any) -> Any:
    """2^k for an integer `k` in a float, exactly; −1022 ≤ k ≤ 1023. For NaN it is some finite number."""
    exponent = np.where(np.isnan(k), 0.0, k).astype(np.int64)
    return ((exponent + 1023) << 52).view(np.float64)


def select(condition: Any, then: Any, otherwise: Any) -> Any:
    """`then` where the condition holds, `otherwise` elsewhere."""
    return np.where(condition, then, otherwise)


def clamp(x: Any, limit: float) -> Any:
    """`x`, brought into −limit … limit."""
    return select(x > limit, limit, select(x < -limit, -limit, x))


def exponent_limit(_x: Any) -> float:
    """How large an exponent may be for e^x to stay a normal number of the type of `x`, with room for a factor."""
    return 700.0
