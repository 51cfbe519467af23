"""Dropout in the compiled engine: the masks of `network.dropout`, which explains them, for a chunk of points."""

from typing import Any, NamedTuple

import numpy as np

from tinkernet.data.philox import KEY_STEPS, LOW, MULTIPLIERS, ROUNDS, WORDS
from tinkernet.engine.choices import jit
from tinkernet.engine.memory import load, load_one, store, store_one
from tinkernet.engine.rule import LANES

_FIRST_STEP, _SECOND_STEP = (np.uint64(step) for step in KEY_STEPS)
_FIRST, _SECOND = (np.uint64(multiplier) for multiplier in MULTIPLIERS)
_LOW, _HALF = np.uint64(LOW), np.uint64(32)


class Dropout(NamedTuple):
    """The share of each hidden layer, the key of the masks, and the place in training. `on` is 0 without dropout."""

    on: int
    shares: Any
    key: Any
    epoch: int
    position: int


@jit
def _philox(a: Any, b: Any, c: Any, d: Any, key: Any) -> Any:
    low, high = key & _LOW, key >> _HALF
    for _ in range(ROUNDS):
        one, two = a * _FIRST, c * _SECOND
        a, b, c, d = (two >> _HALF) ^ b ^ low, two & _LOW, (one >> _HALF) ^ d ^ high, one & _LOW
        low, high = (low + _FIRST_STEP) & _LOW, (high + _SECOND_STEP) & _LOW
    return a, b, c, d


@jit
def drop_outputs(dropout: Dropout, layer: int, scratch: Any, start: int, stop: int) -> None:
    """Multiply the outputs of a hidden layer by their factors, which are kept for the backward pass."""
    share = load_one(dropout.shares, layer)
    scale = 1.0 / (1.0 - share)
    for block in range(start, stop, WORDS * scratch.width):
        number = np.uint64((block - start) // (WORDS * scratch.width))
        for point in range(scratch.width):
            position = np.uint64(dropout.position + point)
            words = _philox(np.uint64(dropout.epoch) & _LOW, position, np.uint64(layer), number, dropout.key)
            for word in range(WORDS):
                place = block + word * scratch.width + point
                if place < stop:
                    kept = np.float64(words[word]) * 2.0**-32 >= share
                    store_one(scratch.factors, place, scale if kept else 0.0)
                    store_one(scratch.values, place, load_one(scratch.values, place) * load_one(scratch.factors, place))


@jit
def drop_gradients(scratch: Any, start: int, stop: int) -> None:
    """Multiply the gradients of a hidden layer's outputs by the same factors."""
    for place in range(start, stop, LANES):
        store(scratch.deltas, place, load(scratch.deltas, place) * load(scratch.factors, place))
