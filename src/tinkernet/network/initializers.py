"""Where weights and biases begin: one entry each in INITIALIZERS. To add one, add an entry."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64
from numpy import ndarray

from tinkernet.data import Stream
from tinkernet.network.layout import Layout


@dataclass(frozen=True)
class Initializer:
    """How first weights come from a uniform draw in [0, 1) each, and what biases start at.

    `weights(draws, inputs)` gets one layer's draws [to, from] and how many inputs its neurons have.
    """

    name: str
    label: str
    hint: str
    weights: Callable[[ndarray, int], ndarray]
    bias: float


def initial_parameters(layout: Layout, initializer: str, stream: Stream) -> Float64[ndarray, " count"]:
    """The first parameters: one draw for each weight, layer by layer, neuron by neuron, input by input."""
    entry = INITIALIZERS[initializer]
    parameters = np.empty(layout.count)
    for weights, biases in zip(layout.weights(parameters), layout.biases(parameters), strict=True):
        weights[...] = entry.weights(stream.uniforms(*weights.shape), weights.shape[1])
        biases[...] = entry.bias
    return parameters


INITIALIZERS = {
    entry.name: entry
    for entry in (
        Initializer("uniform", "Random", "Each weight somewhere from −0.5 to 0.5.", lambda draws, _: draws - 0.5, 0.1),
        Initializer(
            "zeros", "Zeros", "All weights 0: neurons of a layer stay alike.", lambda draws, _: 0.0 * draws, 0.0
        ),
    )
}
