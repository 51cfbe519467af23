"""The position of each weight and bias in the flat vector that holds all parameters of a network."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Int64, Shaped


@dataclass(frozen=True)
class Layout:
    """A network's shape. `sizes` is the number of neurons per layer, from the inputs to the outputs.

    The vector holds the layers in order, starting with the first after the inputs. For each layer it holds the weights,
    one row per neuron with one weight per neuron of the previous layer, and then the biases.
    """

    sizes: tuple[int, ...]

    @cached_property
    def layers(self) -> int:
        """The number of layers with parameters: every layer after the inputs."""
        return len(self.sizes) - 1

    @cached_property
    def starts(self) -> Int64[ndarray, " layers"]:
        """The index of each layer's first parameter: shape (layers,)."""
        counts = [(self.sizes[k] + 1) * self.sizes[k + 1] for k in range(self.layers)]
        return np.cumsum([0, *counts[:-1]])

    @cached_property
    def count(self) -> int:
        """The number of parameters."""
        return self.weight_count + sum(self.sizes[1:])

    @cached_property
    def weight_count(self) -> int:
        """The number of weights, which is also the number of draws that initial weights take from the stream."""
        return sum(before * after for before, after in pairwise(self.sizes))

    def checked(self, layer: object, neuron: object, field: str = "neuron") -> tuple[int, int]:
        """The validated indices of a layer, with 0 for the first after the inputs, and of a neuron in it.

        Raises:
            ExperimentError: there is no such layer or neuron; the error names the neuron's index `field`.
        """
        found = checks.index("layer", layer, self.layers)
        return found, checks.index(field, neuron, self.sizes[found + 1])

    def weight_slice(self, layer: int) -> slice:
        """The position of the weights into layer `layer`; 0 is the first layer after the inputs."""
        start = int(self.starts[layer])
        return slice(start, start + self.sizes[layer] * self.sizes[layer + 1])

    def bias_slice(self, layer: int) -> slice:
        """The position of the biases of layer `layer`."""
        stop = self.weight_slice(layer).stop
        return slice(stop, stop + self.sizes[layer + 1])

    def weights(self, parameters: Shaped[ndarray, " count"]) -> tuple[ndarray, ...]:
        """Views of all weights: one array per layer, shape (neurons, neurons before)."""
        return tuple(
            parameters[self.weight_slice(layer)].reshape(self.sizes[layer + 1], self.sizes[layer])
            for layer in range(self.layers)
        )

    def biases(self, parameters: Shaped[ndarray, " count"]) -> tuple[ndarray, ...]:
        """Views of all biases: one array per layer, shape (neurons,)."""
        return tuple(parameters[self.bias_slice(layer)] for layer in range(self.layers))
