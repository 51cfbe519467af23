"""Stack: a stack of dense layers, as plain data. What every library's network becomes before it is a run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count
from tinkernet.importing.activations import Softmax
from tinkernet.network import dropout
from tinkernet.network.activations import LINEAR, Activation
from tinkernet.network.heads import SOFTMAX, softmax

MOST_LAYERS = 65
MOST_NEURONS = 256
MOST_INPUTS = 300


@dataclass(frozen=True, eq=False)
class Dense:
    """One dense layer: activation(weights · inputs + biases). `name` is what the source calls it."""

    name: str
    weights: Float64[ndarray, "to from"]
    biases: Float64[ndarray, " to"]
    activation: Activation | Softmax = LINEAR
    dropout: float = 0.0
    """The share of its outputs that are dropped in training."""


@dataclass(frozen=True, eq=False)
class Stack:
    """Dense layers, one after another. The last one is the output."""

    layers: tuple[Dense, ...]
    names: tuple[str, ...] = ()
    """The names of the inputs, where the source has them."""
    classes: tuple[str, ...] = ()
    """The names of the classes, where the source has them."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of neurons per layer, from the inputs to the outputs."""
        return (self.layers[0].weights.shape[1], *(len(layer.biases) for layer in self.layers))

    def outputs(self, points: Float64[ndarray, "n inputs"]) -> Float64[ndarray, "n outputs"]:
        """The outputs of the last layer for points."""
        values = points
        for layer in self.layers:
            sums = values @ layer.weights.T + layer.biases
            if isinstance(layer.activation, Activation):
                values = np.asarray(layer.activation.function(sums))
            else:
                values = softmax(sums.T)[1].T
        return values


class StackBuilder:
    """Puts a stack together in the order in which data flows, and refuses what a stack cannot be.

    Every error names the layer as the source does, what it is, and what it must be.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._layers: list[Dense] = []
        self._active = True
        """Whether the last layer has its activation."""

    def dense(self, name: str, weights: object, biases: object | None = None) -> None:
        """Add a dense layer with weights [to, from]."""
        to_from = _numbers(f"weights of layer {name}", weights, 2)
        given = np.zeros(len(to_from)) if biases is None else biases
        vector = _numbers(f"biases of layer {name}", given, 1)
        if len(vector) != len(to_from):
            raise ExperimentError(f"biases of layer {name}", f"{len(vector)} numbers", f"{len(to_from)}, as neurons")
        inputs, most = to_from.shape[1], MOST_NEURONS if self._layers else MOST_INPUTS
        if self._layers and inputs != len(self._layers[-1].biases):
            before = self._layers[-1]
            needs = f"one with {len(before.biases)} inputs, as layer {before.name} has so many neurons"
            raise ExperimentError(f"layer {name}", f"a dense layer with {inputs} inputs", needs)
        for what, size, limit in (("inputs", inputs, most), ("neurons", len(to_from), MOST_NEURONS)):
            if not 1 <= size <= limit:
                raise ExperimentError(f"layer {name}", f"a dense layer with {count(size)} {what}", f"of 1 to {limit}")
        if len(self._layers) >= MOST_LAYERS:
            raise ExperimentError(self._source, "deeper", f"a stack of at most {MOST_LAYERS} dense layers")
        self._layers.append(Dense(name, to_from, vector))
        self._active = False

    def activation(self, name: str, entry: Activation | Softmax) -> None:
        """Give the last layer its activation."""
        if entry is LINEAR:
            return
        label = entry.label if isinstance(entry, Activation) else SOFTMAX
        if not self._layers:
            raise ExperimentError(f"layer {name}", label, "after a dense layer, not before the first")
        if self._active:
            before = self._layers[-1].name
            raise ExperimentError(f"layer {name}", label, f"after a dense layer: layer {before} has an activation")
        self._layers[-1] = replace(self._layers[-1], activation=entry)
        self._active = True

    def dropout(self, share: float) -> None:
        """Note the dropout after the last layer; it does nothing to predictions."""
        if self._layers and 0 < share <= dropout.MOST:
            self._layers[-1] = replace(self._layers[-1], dropout=float(share))

    def refuse(self, name: str, what: str) -> None:
        """Refuse a layer that is neither dense nor an activation.

        Raises:
            ExperimentError: always; it names the layer.
        """
        raise ExperimentError(f"layer {name}", what, "a dense layer, an activation that tinkernet has, or dropout")

    def stack(self, names: Sequence[str] = (), classes: Sequence[str] = ()) -> Stack:
        """The whole stack.

        Raises:
            ExperimentError: there is no dense layer, or a softmax before the last one.
        """
        if not self._layers:
            raise ExperimentError(self._source, "without dense layers", "a stack of dense layers")
        for layer in self._layers[:-1]:
            if not isinstance(layer.activation, Activation):
                raise ExperimentError(f"layer {layer.name}", layer.activation, "an activation of single neurons")
        return Stack(tuple(self._layers), tuple(names), tuple(classes))


def _numbers(field: str, values: object, dimensions: int) -> ndarray:
    """Finite numbers as float64: the exact values of float32."""
    array = np.asarray(values)
    if array.ndim != dimensions or array.dtype.kind not in "iuf":
        shape = " × ".join(map(str, array.shape)) or "a single value"
        raise ExperimentError(field, f"{shape} of {array.dtype}", f"numbers in {dimensions} dimensions")
    if not np.isfinite(array).all():
        raise ExperimentError(field, "with a value that is not finite", "finite numbers")
    return array.astype(np.float64)
