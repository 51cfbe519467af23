"""Parameters that are not updated, of frozen and of switched-off neurons. `engine.Learner` describes the flags."""

from collections.abc import Iterable

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Bool
from tinkernet.engine import FROZEN, OFF, Learner
from tinkernet.network import Layout


def freeze(layout: Layout, learner: Learner, layer: int, neurons: Iterable[int], *, frozen: bool) -> None:
    """Freeze or unfreeze these neurons' incoming weights and biases."""
    weights, biases = layout.weights(learner.held)[layer], layout.biases(learner.held)[layer]
    for neuron in neurons:
        for marks in (weights[neuron], biases[neuron : neuron + 1]):
            marks[...] = marks | FROZEN if frozen else marks & ~np.uint8(FROZEN)


def frozen(layout: Layout, learner: Learner) -> tuple[Bool[ndarray, " _"], ...]:
    """Which neurons are frozen, by their bias: one array per layer after the inputs."""
    return tuple((layer & FROZEN).astype(bool) for layer in layout.biases(learner.held))


def switch(layout: Layout, learner: Learner, layer: int, neuron: int) -> None:
    """Swap a neuron's outgoing weights with those in the stash, which are 0 while the neuron is on."""
    weights, stash, held = (
        layout.weights(vector)[layer + 1][:, neuron] for vector in (learner.parameters, learner.stash, learner.held)
    )
    weights[...], stash[...] = stash.copy(), weights.copy()
    held ^= OFF


def is_on(layout: Layout, learner: Learner, layer: int, neuron: int) -> bool:
    """Whether a neuron is switched on; the output always is."""
    if layer == layout.layers - 1:
        return True
    return not np.any(layout.weights(learner.held)[layer + 1][:, neuron] & OFF)
