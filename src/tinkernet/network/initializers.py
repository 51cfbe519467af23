"""Initial weights and biases: one entry each in INITIALIZERS. To add one, add an entry."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data import Stream
from tinkernet.network.layout import Layout
from tinkernet.options import InitializerName


@dataclass(frozen=True)
class Initializer:
    """How initial weights are computed from uniform draws in [0, 1), and the initial value of biases.

    `weights(draws, inputs)` gets one layer's draws [to, from] and the number of inputs of its neurons. `init_zero` is
    the value of initZero in the original's links, if there is one.
    """

    name: InitializerName
    label: str
    hint: str
    weights: Callable[[ndarray, int], ndarray]
    bias: float
    init_zero: bool | None = None


def initial_parameters(layout: Layout, initializer: str, stream: Stream) -> Float64[ndarray, " count"]:
    """The initial parameters: one draw per weight, layer by layer, neuron by neuron, input by input."""
    entry = INITIALIZERS[initializer]
    parameters = np.empty(layout.count)
    for weights, biases in zip(layout.weights(parameters), layout.biases(parameters), strict=True):
        weights[...] = entry.weights(stream.uniforms(*weights.shape), weights.shape[1])
        biases[...] = entry.bias
    return parameters


INITIALIZERS: dict[str, Initializer] = {
    entry.name: entry
    for entry in (
        Initializer(
            "uniform",
            "Random",
            "Each weight is drawn uniformly from −0.5 to 0.5.",
            lambda draws, _: draws - 0.5,
            0.1,
            init_zero=False,
        ),
        Initializer(
            "zeros",
            "Zeros",
            "All weights are 0: the neurons of a layer stay identical.",
            lambda draws, _: 0.0 * draws,
            0.0,
            init_zero=True,
        ),
    )
}
