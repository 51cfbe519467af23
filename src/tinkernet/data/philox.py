"""A counter-based random generator: numbers that depend on a key and a place alone, and on no other draw.

Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
"""

import hashlib
from typing import Any

import numpy as np

ROUNDS = 10
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
LOW = 0xFFFFFFFF
WORDS = 4
"""How many random numbers one block has."""


def key_for(purpose: str, seed: str) -> int:
    """The 64 bits of a seed for one purpose, such as dropout."""
    digest = hashlib.sha256(f"{purpose} ".encode() + seed.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "little")


def philox(counter: tuple[Any, Any, Any, Any], key: int) -> tuple[Any, Any, Any, Any]:
    """Four random numbers of 32 bits for a counter of four, each an integer or an array of uint64."""
    a, b, c, d = (np.asarray(word, dtype=np.uint64) for word in counter)
    low, high = key & LOW, key >> 32
    for _ in range(ROUNDS):
        one, two = a * np.uint64(MULTIPLIERS[0]), c * np.uint64(MULTIPLIERS[1])
        a, b, c, d = (
            (two >> np.uint64(32)) ^ b ^ np.uint64(low),
            two & np.uint64(LOW),
            (one >> np.uint64(32)) ^ d ^ np.uint64(high),
            one & np.uint64(LOW),
        )
        low, high = (low + KEY_STEPS[0]) & LOW, (high + KEY_STEPS[1]) & LOW
    return a, b, c, d
