"""The parameters of a module's dense layers, copied when they are wanted."""

from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.errors import ExperimentError
from tinkernet.importing.fit import Fit
from tinkernet.importing.stack import Dense, Stack
from tinkernet.network import Layout


class ModuleParameters:
    """Copies the weights and biases of a module's layers, as parameters of an experiment's network."""

    def __init__(self, module: Any, stack: Stack, fitted: Fit) -> None:
        self._module, self._stack = module, stack
        self._fit, self._layout = fitted, Layout(fitted.experiment.layout.sizes)
        self._alone = not any(True for _ in module.children())
        """Whether the module is the only layer of its stack."""

    def copy(self) -> Float64[ndarray, " count"]:
        """All parameters now, in one vector.

        Raises:
            ExperimentError: a layer has other neurons or inputs than when the stack was read, or is gone.
        """
        layers = tuple(self._now(layer) for layer in self._stack.layers)
        weights, biases = self._fit.parameters(layers)
        parameters = np.empty(self._layout.count)
        for place, values in zip(self._layout.weights(parameters), weights, strict=True):
            place[...] = values
        for place, values in zip(self._layout.biases(parameters), biases, strict=True):
            place[...] = values
        return parameters

    def include(self, tensors: list[Any]) -> bool:
        """Whether some of these tensors, as of an optimizer, are parameters of the layers."""
        # By identity: tensors that are compared give a tensor.
        mine = {id(one) for layer in self._stack.layers for one in self._part(layer).parameters()}
        return any(id(one) in mine for one in tensors)

    def _part(self, layer: Dense) -> Any:
        """The module's layer. Found by its name each time, as a program may replace it."""
        return self._module if self._alone else self._module.get_submodule(layer.name)

    def _now(self, layer: Dense) -> Dense:
        part = self._part(layer)
        weights = _array(part.weight)
        if weights.shape != layer.weights.shape:
            now, then = (" × ".join(map(str, shape)) for shape in (weights.shape, layer.weights.shape))
            raise ExperimentError(f"weights of layer {layer.name}", now, f"{then}, as when it was first watched")
        biases = np.zeros(len(weights)) if part.bias is None else _array(part.bias)
        return Dense(layer.name, weights, biases, layer.activation)


def _array(tensor: Any) -> ndarray:
    values: ndarray = tensor.detach().to("cpu").double().numpy()
    # A double on the CPU shares its memory with the module, which the next step changes.
    return values.copy() if tensor.dtype.itemsize == values.itemsize else values
