"""Where each weight and bias stands in the one flat vector that holds all of a network's parameters."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Int64, Shaped


@dataclass(frozen=True)
class Layout:
    """A network's shape. `sizes` counts the neurons per layer, inputs first and outputs last.

    The vector holds layer after layer, from the one after the inputs on: its weights row by row, a row for each
    neuron with one weight for each neuron of the layer before, then its biases.
    """

    sizes: tuple[int, ...]

    @cached_property
    def layers(self) -> int:
        """How many layers have parameters: every layer after the inputs."""
        return len(self.sizes) - 1

    @cached_property
    def starts(self) -> Int64[ndarray, " layers"]:
        """Where each layer's parameters begin."""
        counts = [(self.sizes[k] + 1) * self.sizes[k + 1] for k in range(self.layers)]
        return np.cumsum([0, *counts[:-1]])

    @cached_property
    def count(self) -> int:
        """How many parameters there are."""
        return self.weight_count + sum(self.sizes[1:])

    @cached_property
    def weight_count(self) -> int:
        """How many of them are weights: initial weights take as many draws of the stream."""
        return sum(before * after for before, after in pairwise(self.sizes))

    def checked(self, layer: object, neuron: object, field: str = "neuron") -> tuple[int, int]:
        """A layer, counted from the first after the inputs, and a neuron in it.

        Raises:
            ExperimentError: there is no such layer, or no such neuron; `field` is what the error calls it.
        """
        found = checks.index("layer", layer, self.layers)
        return found, checks.index(field, neuron, self.sizes[found + 1])

    def weight_slice(self, layer: int) -> slice:
        """Where the weights into layer `layer` stand; 0 is the layer after the inputs."""
        start = int(self.starts[layer])
        return slice(start, start + self.sizes[layer] * self.sizes[layer + 1])

    def bias_slice(self, layer: int) -> slice:
        """Where the biases of layer `layer` stand."""
        stop = self.weight_slice(layer).stop
        return slice(stop, stop + self.sizes[layer + 1])

    def weights(self, parameters: Shaped[ndarray, " count"]) -> tuple[ndarray, ...]:
        """Views of all weights: one array [to, from] per layer."""
        return tuple(
            parameters[self.weight_slice(layer)].reshape(self.sizes[layer + 1], self.sizes[layer])
            for layer in range(self.layers)
        )

    def biases(self, parameters: Shaped[ndarray, " count"]) -> tuple[ndarray, ...]:
        """Views of all biases: one array per layer."""
        return tuple(parameters[self.bias_slice(layer)] for layer in range(self.layers))
