"""The original's random number generator, so that a seed gives the same points and weights here."""

import copy
import math
import sys
from collections.abc import Callable

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int

WIDTH = 256
BITS_48, BITS_52, BITS_53 = 2.0**48, 2.0**52, 2.0**53
# From this many doubles on, compiling the loop takes less time than running it in Python.
WORTH_COMPILING = 500_000
# Where it is compiled, from this many on copying the state takes less time.
WORTH_COPYING = 8
COMPILED_MODULE = "tinkernet.data.fast_stream"


class Stream:
    """ARC4 keyed by a seed's text, producing doubles in [0, 1) identical to those of the npm package seedrandom 2.4.

    The key is the seed's UTF-16 code units mixed into at most 256 bytes. The first 256 bytes of the cipher are
    discarded. A double takes six bytes, and then as many more as it needs to fill 52 bits.
    """

    def __init__(self, seed: str) -> None:
        self._i = self._j = 0
        self._box = list(range(WIDTH))
        key = _mixed_key(seed)
        j = 0
        for i in range(WIDTH):
            value = self._box[i]
            j = (j + key[i % len(key)] + value) & 0xFF
            self._box[i], self._box[j] = self._box[j], value
        self._bytes(WIDTH)

    def uniform(self) -> float:
        """The next double in [0, 1)."""
        numerator, denominator, byte = float(self._bytes(6)), BITS_48, 0
        while numerator < BITS_52:
            numerator = (numerator + byte) * WIDTH
            denominator *= WIDTH
            byte = self._bytes(1)
        while numerator >= BITS_53:
            numerator /= 2
            denominator /= 2
            byte >>= 1
        return (numerator + byte) / denominator

    def uniforms(self, *shape: int) -> Float64[ndarray, "..."]:
        """The next doubles in [0, 1), as an array filled row by row."""
        return self._draw(math.prod(shape)).reshape(shape)

    def _draw(self, count: int) -> Float64[ndarray, " count"]:
        worth = WORTH_COPYING if COMPILED_MODULE in sys.modules else WORTH_COMPILING
        draw = compiled_draw() if count >= worth else None
        if draw is None:
            return np.array([self.uniform() for _ in range(count)], dtype=np.float64)
        box, places, doubles = np.array(self._box), np.array([self._i, self._j]), np.empty(count)
        draw(box, places, doubles)
        self._box, (self._i, self._j) = box.tolist(), places.tolist()
        return doubles

    def skip(self, count: int) -> None:
        """Draw this many doubles and discard them."""
        self._draw(count)

    def shuffled(self, n: int) -> Int[ndarray, " n"]:
        """A permutation of 0 … n−1, shuffled as in the original: Fisher–Yates from the end, one draw per element."""
        order = list(range(n))
        for left, draw in zip(range(n, 0, -1), self.uniforms(n).tolist(), strict=True):
            chosen = int(draw * left)
            order[left - 1], order[chosen] = order[chosen], order[left - 1]
        return np.array(order, dtype=np.int64)

    def copy(self) -> "Stream":
        """An independent copy that continues with the same numbers."""
        twin = copy.copy(self)
        twin._box = self._box.copy()
        return twin

    def state(self) -> bytes:
        """The stream's state, as 258 bytes."""
        return bytes([self._i, self._j, *self._box])

    @classmethod
    def from_state(cls, state: bytes) -> "Stream":
        """The stream with this `state()`; raises ValueError if the state is not valid."""
        if len(state) != WIDTH + 2 or sorted(state[2:]) != list(range(WIDTH)):
            message = "invalid state of the random stream"
            raise ValueError(message)
        stream = cls.__new__(cls)
        stream._i, stream._j, stream._box = state[0], state[1], list(state[2:])
        return stream

    def _bytes(self, count: int) -> int:
        """The next bytes of the cipher as one big-endian number."""
        i, j, box = self._i, self._j, self._box
        number = 0
        for _ in range(count):
            i = (i + 1) & 0xFF
            value = box[i]
            j = (j + value) & 0xFF
            other = box[i] = box[j]
            box[j] = value
            number = number << 8 | box[(other + value) & 0xFF]
        self._i, self._j = i, j
        return number


def compiled_draw() -> Callable[[ndarray, ndarray, ndarray], None] | None:
    """The compiled loop, or None if Numba is missing or compilation is disabled.

    The first call compiles it; all streams of this process are faster then.
    """
    try:
        from tinkernet.data.fast_stream import COMPILES, draw
    except ImportError:
        return None
    fast: Callable[[ndarray, ndarray, ndarray], None] = draw
    return fast if COMPILES else None


def _mixed_key(seed: str) -> list[int]:
    """The seed's UTF-16 code units mixed into at most 256 bytes; an empty seed has the key [0]."""
    units = np.frombuffer(
        seed.encode("utf-16-le" if sys.byteorder == "little" else "utf-16-be", "surrogatepass"), np.uint16
    )
    key: list[int] = []
    smear = 0
    for place, unit in enumerate(units.tolist()):
        slot = place % WIDTH
        smear ^= (key[slot] if slot < len(key) else 0) * 19
        mixed = (smear + unit) & 0xFF
        if slot < len(key):
            key[slot] = mixed
        else:
            key.append(mixed)
    return key or [0]
