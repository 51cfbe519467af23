"""Powers with whole exponents, by repeated squaring."""

from typing import Any

import numpy as np


def integer_power(base: Any, exponent: Any) -> Any:
    """`base` to the power of a whole `exponent` ≥ 0, a number or an array of them; 1 where the exponent is 0.

    The same multiplications everywhere, so that an array, a number and compiled code give the same bits. The relative
    error is at most about `exponent` times half a unit in the last place.
    """
    left, square = np.asarray(exponent, dtype=np.int64), np.asarray(base, dtype=np.float64)
    result = np.ones(np.broadcast_shapes(left.shape, square.shape))
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):  # of squares that are not needed everywhere
        while np.any(left > 0):
            result = np.where(left & 1, result * square, result)
            square, left = square * square, left >> 1
    return result
