"""The engine's inputs: a rule (the network's shape and hyperparameters), and examples (inputs and labels)."""

from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.network import Layout

# The number of float64 in a vector of the compiled engine. Rows of gradients are padded to a multiple of it, and losses
# are summed in this many interleaved parts, which are then added as (0 + 2) + (1 + 3); the reference does the same.
LANES = 4
# Why a parameter is not updated: flags in `Learner.held`.
DEAD, FROZEN, OFF = 1, 2, 4
# The number of points in one forward or backward pass.
CHUNK = 64


@dataclass(frozen=True)
class Rule:
    """A network's shape, each layer's activation (the output's last), and the hyperparameters of training."""

    layout: Layout
    activations: tuple[str, ...]
    loss: str
    learning_rate: float
    batch_size: int
    regularization: str
    regularization_rate: float


class Examples:
    """Training or test data as the network sees it: inputs and labels, one column per point.

    The columns are followed by a chunk of zeros, so that the engine can load full vectors anywhere.
    """

    def __init__(self, inputs: Float64[ndarray, "features n"], labels: Float64[ndarray, "outputs n"]) -> None:
        self.count = labels.shape[1]
        self.padded_inputs, self.padded_labels = _padded(inputs), _padded(labels)

    @property
    def inputs(self) -> Float64[ndarray, "features n"]:
        """One row per feature."""
        return self.padded_inputs[:, : self.count]

    @property
    def labels(self) -> Float64[ndarray, "outputs n"]:
        """One row per output."""
        return self.padded_labels[:, : self.count]


def _padded(columns: ndarray) -> ndarray:
    padded = np.zeros((columns.shape[0], columns.shape[1] + CHUNK))
    padded[:, : columns.shape[1]] = columns
    return padded


def gradient_width(inputs: int) -> int:
    """The length of a neuron's row of gradients: its weights and its bias, padded to whole registers."""
    return (inputs + LANES) // LANES * LANES


def gradient_count(layout: Layout) -> int:
    """The length of a gradient vector."""
    return sum(layout.sizes[k + 1] * gradient_width(layout.sizes[k]) for k in range(layout.layers))


def gradient_rows(layout: Layout, gradients: Float64[ndarray, " padded"]) -> list[Float64[ndarray, "neurons width"]]:
    """Views of all gradients: one array per layer with one row per neuron, weights first, then the bias."""
    rows, start = [], 0
    for layer in range(layout.layers):
        width = gradient_width(layout.sizes[layer])
        stop = start + layout.sizes[layer + 1] * width
        rows.append(gradients[start:stop].reshape(-1, width))
        start = stop
    return rows
