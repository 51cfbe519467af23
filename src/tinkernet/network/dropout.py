"""Dropout: which outputs of hidden neurons are set to 0 for one training point (Srivastava et al., 2014).

Whether an output is dropped depends only on the seed, the epoch, the point's position in the epoch (and so its batch),
the layer and the neuron. So masks take nothing from the random stream that draws points and weights, and a run that is
saved and continued, or trained in smaller portions, has the same masks. They come from a counter-based generator,
Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
"""

import hashlib
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Shaped

ROUNDS = 10
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
LOW = 0xFFFFFFFF
WORDS = 4
"""How many random numbers one block has: one each for so many neurons."""
MOST = 0.9
"""The largest share of outputs that can be dropped."""


def key_of(seed: str) -> int:
    """The 64 bits of a seed's masks."""
    digest = hashlib.sha256(b"dropout " + seed.encode("utf-8", "surrogatepass")).digest()
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


def factors(
    share: float, key: int, epoch: int, positions: Shaped[ndarray, " n"], layer: int, neurons: int
) -> Float64[ndarray, "neurons n"]:
    """What each neuron's output is multiplied by for each point: 0, or 1 / (1 − share), so that the mean stays."""
    blocks = -(-neurons // WORDS)
    numbers = np.empty((blocks * WORDS, len(positions)), dtype=np.uint64)
    for block in range(blocks):
        for word, row in enumerate(philox((epoch & LOW, positions, layer, block), key)):
            numbers[block * WORDS + word] = row
    kept = numbers[:neurons].astype(np.float64) * 2.0**-32 >= share
    return np.where(kept, 1.0 / (1.0 - share), 0.0)
