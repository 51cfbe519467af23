"""Converts a rule and its points to the kernels' arguments: plain numbers and arrays."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Int64
from tinkernet.engine.rule import Examples, Rule, gradient_width
from tinkernet.network import ACTIVATIONS, LOSSES, REGULARIZATIONS, Layout


class RuleNumbers(NamedTuple):
    """A rule as kernel arguments: table entries are given by their index."""

    net: tuple[ndarray, ndarray, ndarray]
    loss: int
    regularization: int
    rows: ndarray
    """The scratch row of each neuron, including inputs."""


@lru_cache(maxsize=256)
def rule_numbers(rule: Rule) -> RuleNumbers:
    """The rule's kernel arguments, cached because a rule is used many times."""
    sizes = np.array(rule.layout.sizes, dtype=np.int64)
    activations = np.array([list(ACTIVATIONS).index(name) for name in rule.activations], dtype=np.int64)
    return RuleNumbers(
        (sizes, rule.layout.starts, activations),
        list(LOSSES).index(rule.loss),
        list(REGULARIZATIONS).index(rule.regularization),
        _rows_of(rule.layout),
    )


def _rows_of(layout: Layout) -> Int64[ndarray, " neurons"]:
    """The kernels give each layer's neurons consecutive rows, padded to whole registers."""
    first = np.cumsum([0, *map(gradient_width, layout.sizes[:-1])])
    return np.concatenate([start + np.arange(size) for start, size in zip(first, layout.sizes, strict=True)])


def points_of(numbers: RuleNumbers, examples: Examples) -> tuple[Any, ...]:
    """Inputs, labels, the loss and the number of points."""
    return examples.padded_inputs, examples.padded_labels, numbers.loss, examples.count


def step_of(numbers: RuleNumbers, rule: Rule) -> tuple[Any, ...]:
    """The hyperparameters of an update."""
    return rule.batch_size, rule.learning_rate, numbers.regularization, rule.regularization_rate
