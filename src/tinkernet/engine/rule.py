"""What the engine works on: a rule to learn by, and a set of points to learn from."""

from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.network import Layout

# How many float64 the compiled engine takes at once. Rows of gradients are filled up to a multiple of it, and losses
# are summed in so many interleaved parts, which are then added (0 + 2) + (1 + 3); the reference does the same.
LANES = 4
# Why a parameter is held: marks in `Learner.held`.
DEAD, FROZEN, OFF = 1, 2, 4
# How many points are taken through the network at once.
CHUNK = 64


@dataclass(frozen=True)
class Rule:
    """How a network learns: its shape, each layer's activation (the output's last), and how parameters move."""

    layout: Layout
    activations: tuple[str, ...]
    loss: str
    learning_rate: float
    batch_size: int
    regularization: str
    regularization_rate: float


class Examples:
    """What a network learns from, or is tested on: inputs and labels, a column for each point.

    The columns go on with zeros for a whole chunk, so that the engine may take full lanes anywhere.
    """

    def __init__(self, inputs: Float64[ndarray, "features n"], labels: Float64[ndarray, "outputs n"]) -> None:
        self.count = labels.shape[1]
        self.padded_inputs, self.padded_labels = _padded(inputs), _padded(labels)

    @property
    def inputs(self) -> Float64[ndarray, "features n"]:
        """A row for each feature."""
        return self.padded_inputs[:, : self.count]

    @property
    def labels(self) -> Float64[ndarray, "outputs n"]:
        """A row for each output."""
        return self.padded_labels[:, : self.count]


def _padded(columns: ndarray) -> ndarray:
    padded = np.zeros((columns.shape[0], columns.shape[1] + CHUNK))
    padded[:, : columns.shape[1]] = columns
    return padded


def gradient_width(inputs: int) -> int:
    """How long a neuron's row of gradients is: one for each weight, one for the bias, filled up to whole registers."""
    return (inputs + LANES) // LANES * LANES


def gradient_count(layout: Layout) -> int:
    """How long a vector of gradients is."""
    return sum(layout.sizes[k + 1] * gradient_width(layout.sizes[k]) for k in range(layout.layers))


def gradient_rows(layout: Layout, gradients: Float64[ndarray, " padded"]) -> list[Float64[ndarray, "neurons width"]]:
    """Views of all gradients: per layer a row for each neuron, its weights' first, then its bias's."""
    rows, start = [], 0
    for layer in range(layout.layers):
        width = gradient_width(layout.sizes[layer])
        stop = start + layout.sizes[layer + 1] * width
        rows.append(gradients[start:stop].reshape(-1, width))
        start = stop
    return rows
