"""Converts a rule and its points to the kernels' arguments: plain numbers and arrays."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.engine.learner import Crowd
from tinkernet.engine.rule import Examples, Rule, gradient_width
from tinkernet.network import ACTIVATIONS, REGULARIZATIONS, Layout
from tinkernet.network.activations import LINEAR
from tinkernet.network.heads import HEAD_LOSSES, SOFTMAX
from tinkernet.network.optimizers import updating_optimizers

FLOAT64 = 8
CACHE_LINE = 64
"""Bytes, like the size of a float64. Shorter lines, which some processors have, divide it."""


class RuleNumbers(NamedTuple):
    """A rule as kernel arguments: table entries are given by their index."""

    net: tuple[ndarray, ndarray, ndarray]
    """The neurons per layer, the index of each layer's first parameter, and the activations, then the slopes."""
    loss: tuple[int, float, float]
    """The loss, its parameter, and the threshold between two classes."""
    regularization: int
    optimizer: int
    optimizer_values: ndarray
    dropout: tuple[ndarray, np.uint64]
    """The share of each hidden layer, empty without dropout, and the key of the masks."""
    rows: ndarray
    """The scratch row of each neuron, including inputs."""


@lru_cache(maxsize=256)
def rule_numbers(rule: Rule) -> RuleNumbers:
    """The rule's kernel arguments, cached because a rule is used many times."""
    names = [*ACTIVATIONS, SOFTMAX]
    activations = [names.index(name) for name in rule.layer_activations]
    # The derivative of a linear output is 1: multiplied by it, the gradient of a sum remains what it is.
    last = LINEAR.name if rule.head.loss.of_sum else rule.head.activation
    slopes = [*activations[:-1], names.index(last)]
    return RuleNumbers(
        (
            np.array(rule.layout.sizes, dtype=np.int64),
            rule.layout.starts,
            np.array(activations + slopes, dtype=np.int64),
        ),
        (HEAD_LOSSES.index(rule.head.loss), rule.loss_parameter, rule.head.threshold),
        list(REGULARIZATIONS).index(rule.regularization),
        _optimizer_index(rule),
        np.array(rule.optimizer_values),
        (np.array(rule.dropout, dtype=np.float64), np.uint64(rule.dropout_key)),
        _rows_of(rule.layout),
    )


def _optimizer_index(rule: Rule) -> int:
    """The optimizer's index among those whose entry has an update, −1 for the original's gradient descent."""
    entry = rule.optimizer_entry
    return -1 if entry.update is None else updating_optimizers().index(entry)


def _rows_of(layout: Layout) -> Int64[ndarray, " neurons"]:
    """The kernels give each layer's neurons consecutive rows, padded to whole registers."""
    first = np.cumsum([0, *map(gradient_width, layout.sizes[:-1])])
    return np.concatenate([start + np.arange(size) for start, size in zip(first, layout.sizes, strict=True)])


def zeroed_memory(count: int) -> Float64[ndarray, " {count}"]:
    """Zeros from the beginning of a cache line: a wide register that spans two lines takes twice as long to load."""
    memory = np.zeros(count + CACHE_LINE // FLOAT64)
    begin = -memory.ctypes.data % CACHE_LINE // FLOAT64
    return memory[begin : begin + count]


def points_of(examples: Examples) -> tuple[Any, ...]:
    """Inputs, labels, and the number of points."""
    return examples.padded_inputs, examples.padded_labels, examples.count


def runs_of(crowd: Crowd) -> tuple[Any, ...]:
    """The arrays and counts that training changes, one row per run."""
    return crowd.parameters, crowd.gradients, crowd.held, crowd.kept, crowd.counted, crowd.updates


def step_of(numbers: RuleNumbers, rule: Rule, epoch: int, epochs: int) -> tuple[Any, ...]:
    """The hyperparameters of updates in so many epochs, after `epoch` epochs, and dropout."""
    return (
        rule.batch_size,
        rule.rates(epoch, epochs),
        numbers.regularization,
        rule.regularization_rate,
        numbers.optimizer,
        numbers.optimizer_values,
        *numbers.dropout,
        epoch,
    )
