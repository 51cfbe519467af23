"""What a diagnosis asks of a network: how large gradients are, and how many neurons are saturated or dead.

Computed when asked, from the reference; nothing of it is kept up while training.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64
from numpy import ndarray

from tinkernet.engine import reference
from tinkernet.engine.rule import Examples, Learner, Rule, gradient_rows
from tinkernet.network import ACTIVATIONS

# An activation whose derivative is under this share of its largest hardly lets a gradient through.
SATURATED_SLOPE = 0.05


@dataclass(frozen=True, eq=False)
class Vitals:
    """One entry per layer after the inputs; the neurons' arrays hold the share of points for which it is so."""

    gradient_norms: Float64[ndarray, " layers"]
    """The length of the mean gradient of the layer's weights."""
    weight_norms: Float64[ndarray, " layers"]
    """The length of the layer's weights."""
    saturated: tuple[Float64[ndarray, " _"], ...]
    """For which share of the points the neuron's derivative is next to 0, though it is not dead there."""
    silent: tuple[Float64[ndarray, " _"], ...]
    """For which share of the points the neuron gives exactly 0 and lets no gradient through."""


@reference.quiet()
def vitals(rule: Rule, parameters: Float64[ndarray, " count"], examples: Examples) -> Vitals:
    """The vitals of a network on these points."""
    learner = Learner.fresh(rule.layout, parameters.copy())
    one_batch = Rule(rule.layout, rule.activations, rule.loss, 0.0, examples.count + 1, "none", 0.0)
    reference.advance(one_batch, learner, examples, 0, examples.count)
    gradients = gradient_rows(rule.layout, learner.gradients / np.float64(examples.count))
    sums, values = reference.forward(rule, parameters, examples.inputs)
    saturated, silent = [], []
    for name, before, after in zip(rule.activations, sums, values[1:], strict=True):
        slope = np.abs(ACTIVATIONS[name].derivative(before, after)) * np.ones_like(before)
        off = (slope == 0) & (after == 0)
        silent.append(off.mean(axis=1))
        saturated.append(((slope < SATURATED_SLOPE * ACTIVATIONS[name].steepest) & ~off).mean(axis=1))
    return Vitals(
        gradient_norms=np.array(
            [np.linalg.norm(rows[:, :inputs]) for rows, inputs in zip(gradients, rule.layout.sizes[:-1], strict=True)]
        ),
        weight_norms=np.array([np.linalg.norm(layer) for layer in rule.layout.weights(parameters)]),
        saturated=tuple(saturated),
        silent=tuple(silent),
    )
