"""Dropout: which outputs of hidden neurons are set to 0 for one training point (Srivastava et al., 2014).

Whether an output is dropped depends only on the seed, the epoch, the point's position in the epoch (and so its batch),
the layer and the neuron. So masks take nothing from the random stream that draws points and weights, and a run that is
saved and continued, or trained in smaller portions, has the same masks. They come from a counter-based generator,
`data/philox.py`.
"""

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Shaped
from tinkernet.data.philox import LOW, WORDS, key_for, philox

MOST = 0.9
"""The largest share of outputs that can be dropped."""


def key_of(seed: str) -> int:
    """The 64 bits of a seed's masks."""
    return key_for("dropout", seed)


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
