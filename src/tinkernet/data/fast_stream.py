"""The random stream's loop, compiled: for networks with millions of weights, where Python would take seconds."""

from typing import Any

from numba import config, float64, int64, njit, void

COMPILES = not config.DISABLE_JIT


@njit(void(int64[::1], int64[::1], float64[::1]), nogil=True)
def draw(box: Any, places: Any, doubles: Any) -> None:
    """Fill `doubles` with consecutive draws of `Stream.uniform`; updates the cipher's box and its two indices."""
    i, j = places[0], places[1]
    for k in range(len(doubles)):
        numerator, denominator, byte, taken = 0.0, 1.0, 0, 0
        while taken < 6 or numerator < 2.0**52:
            if taken >= 6:
                numerator = (numerator + byte) * 256.0
                denominator *= 256.0
            i = (i + 1) & 0xFF
            value = box[i]
            j = (j + value) & 0xFF
            other = box[j]
            box[i] = other
            box[j] = value
            drawn = box[(other + value) & 0xFF]
            if taken < 6:
                numerator = numerator * 256.0 + drawn
                denominator *= 256.0
            else:
                byte = drawn
            taken += 1
        while numerator >= 2.0**53:
            numerator /= 2.0
            denominator /= 2.0
            byte >>= 1
        doubles[k] = (numerator + byte) / denominator
    places[0], places[1] = i, j
