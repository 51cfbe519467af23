"""The engine's inputs: a rule (the network's shape and hyperparameters), and examples (inputs and labels)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.network import OPTIMIZERS, SCHEDULES, Layout, Optimizer, OutputHead
from tinkernet.network.parameters import MOST_PARAMETERS, option_in, values_in

# The number of float64 in a vector of the compiled engine. Rows of gradients are padded to a multiple of it, and losses
# are summed in this many interleaved parts, which are then added as (0 + 2) + (1 + 3); the reference does the same.
LANES = 4
# Why a parameter is not updated: flags in `Learner.held`.
DEAD, FROZEN, OFF = 1, 2, 4
# The number of points in one forward or backward pass.
CHUNK = 64


@dataclass(frozen=True)
class Rule:
    """A network's shape, each hidden layer's activation, its output head, and the hyperparameters of training.

    `dropout` is the share of outputs dropped in each hidden layer, empty where nothing is dropped; `dropout_key` are
    the bits of the masks.
    """

    layout: Layout
    activations: tuple[str, ...]
    head: OutputHead
    loss: str
    learning_rate: float
    batch_size: int
    regularization: str
    regularization_rate: float
    optimizer: str
    schedule: str
    dropout: tuple[float, ...] = ()
    dropout_key: int = 0

    @property
    def layer_activations(self) -> tuple[str, ...]:
        """Each layer's activation, the outputs' last."""
        return (*self.activations, self.head.activation)

    @cached_property
    def loss_parameter(self) -> float:
        """The parameter of the loss; 0 if it has none."""
        return (*values_in({self.head.loss.name: self.head.loss}, self.loss), 0.0)[0]

    @cached_property
    def optimizer_entry(self) -> Optimizer:
        """The optimizer's entry."""
        return option_in(OPTIMIZERS, self.optimizer)

    @cached_property
    def optimizer_values(self) -> tuple[float, ...]:
        """The optimizer's parameters, followed by zeros."""
        values = values_in(OPTIMIZERS, self.optimizer)
        return values + (0.0,) * (MOST_PARAMETERS - len(values))

    def rates(self, epoch: int, epochs: int) -> Float64[ndarray, " {epochs}"]:
        """The learning rate in each of so many epochs, after `epoch` epochs."""
        rates: Float64[ndarray, " {epochs}"] = self.learning_rate * self.factors(epoch, epochs)
        return rates

    def factors(self, epoch: int, epochs: int) -> Float64[ndarray, " {epochs}"]:
        """What the schedule multiplies the learning rate by in each of so many epochs, after `epoch` epochs."""
        schedule = option_in(SCHEDULES, self.schedule)
        return schedule.factor(np.arange(epoch, epoch + epochs), values_in(SCHEDULES, self.schedule))


class Examples:
    """Training or test data as the network sees it: inputs and labels, one column per point.

    The columns are followed by a chunk of zeros, so that the engine can load full vectors anywhere.

    `weights` are factors of the points' losses, and so of their gradients; a mean loss is the sum of all weighted
    losses, divided by the number of points. For the engine they are one more row of labels.
    """

    def __init__(
        self,
        inputs: Float64[ndarray, "features n"],
        labels: Float64[ndarray, "outputs n"],
        weights: Float64[ndarray, " n"] | None = None,
    ) -> None:
        self._outputs, self.count = labels.shape
        self.padded_inputs = _padded(inputs)
        self.padded_labels = _padded(labels if weights is None else np.concatenate([labels, weights[None]]))

    def copy(self) -> "Examples":
        """An independent copy."""
        return Examples(self.inputs, self.labels, self.weights)

    def take(self, others: "Examples", order: Int64[ndarray, " n"]) -> None:
        """Become the points of `others`, which are as many, in this order."""
        # With the mode "raise", NumPy would first copy everything once more.
        np.take(others.padded_inputs, order, axis=1, out=self.padded_inputs[:, : self.count], mode="clip")
        np.take(others.padded_labels, order, axis=1, out=self.padded_labels[:, : self.count], mode="clip")

    @property
    def inputs(self) -> Float64[ndarray, "features n"]:
        """One row per feature."""
        return self.padded_inputs[:, : self.count]

    @property
    def labels(self) -> Float64[ndarray, "outputs n"]:
        """One row per output."""
        return self.padded_labels[: self._outputs, : self.count]

    @property
    def weights(self) -> Float64[ndarray, " n"] | None:
        """The factor of each point; None where all are 1."""
        weighted = len(self.padded_labels) > self._outputs
        return self.padded_labels[self._outputs, : self.count] if weighted else None


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
