"""The parameters of a module's dense layers, copied when they are wanted."""

from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.importing.fit import Fit
from tinkernet.importing.stack import Dense, Stack
from tinkernet.network import Layout


class ModuleParameters:
    """Copies the weights and biases of a module's layers, as parameters of an experiment's network."""

    def __init__(self, module: Any, stack: Stack, fitted: Fit) -> None:
        parts = dict(module.named_modules())
        alone = not any(True for _ in module.children())
        self._linears = [(layer, module if alone else parts[layer.name]) for layer in stack.layers]
        self._fit, self._layout = fitted, Layout(fitted.experiment.layout.sizes)
        self.identities = {id(parameter) for _, linear in self._linears for parameter in linear.parameters()}

    def copy(self) -> Float64[ndarray, " count"]:
        """All parameters now, in one vector."""
        layers = tuple(_now(layer, linear) for layer, linear in self._linears)
        weights, biases = self._fit.parameters(layers)
        parameters = np.empty(self._layout.count)
        for place, values in zip(self._layout.weights(parameters), weights, strict=True):
            place[...] = values
        for place, values in zip(self._layout.biases(parameters), biases, strict=True):
            place[...] = values
        return parameters


def _now(layer: Dense, linear: Any) -> Dense:
    biases = layer.biases if linear.bias is None else _array(linear.bias)
    return Dense(layer.name, _array(linear.weight), biases, layer.activation)


def _array(tensor: Any) -> ndarray:
    values: ndarray = tensor.detach().to("cpu").double().numpy()
    # A double on the CPU shares its memory with the module, which the next step changes.
    return values.copy() if tensor.dtype.itemsize == values.itemsize else values
