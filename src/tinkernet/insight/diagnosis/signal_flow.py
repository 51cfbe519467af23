"""One forward and one backward pass over a sample of the points: every neuron's outputs and gradients.

Matrix products instead of the reference's sums in order: no weight is changed by these numbers, so the last bit is
free, and a pass costs well under a millisecond.
"""

from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.engine import Examples, Rule
from tinkernet.insight.diagnosis.traits import has_flat_end
from tinkernet.network import ACTIVATIONS

MOST_SAMPLED, LEAST_SAMPLED = 320, 24
# Of very large networks fewer points are taken, so that a pass is no more than so many products there.
MOST_PRODUCTS = 5_000_000
# An activation whose slope is under this share of its steepest hardly lets a gradient through.
SATURATED_SLOPE = 0.02


@dataclass(frozen=True, eq=False)
class SignalFlow:
    """What the passes found: one entry per layer after the inputs, one column or number per neuron."""

    values: tuple[Float64[ndarray, "n _"], ...]
    """Every neuron's output for each point."""
    gradients: tuple[Float64[ndarray, "_ _"], ...]
    """The mean gradient of the loss by each weight [to, from], without the regularization's part."""
    bias_gradients: tuple[Float64[ndarray, " _"], ...]
    """The mean gradient of the loss by each bias."""
    silent: tuple[Float64[ndarray, " _"], ...]
    """For which share of the points a hidden neuron outputs exactly 0 and passes no gradient."""
    saturated: tuple[Float64[ndarray, " _"], ...]
    """For which share of the points a hidden neuron is at a flat end of its activation, though not silent there."""

    @property
    def norms(self) -> Float64[ndarray, " layers"]:
        """The length of each layer's gradient."""
        return np.array([float(np.linalg.norm(layer)) for layer in self.gradients])


@np.errstate(all="ignore")
def signal_flow(rule: Rule, parameters: Float64[ndarray, " count"], examples: Examples) -> SignalFlow:
    """Backpropagation (Rumelhart, Hinton and Williams, 1986) over at most some hundred of the points, evenly taken."""
    sampled = min(MOST_SAMPLED, max(LEAST_SAMPLED, MOST_PRODUCTS // rule.layout.count))
    stride = -(-examples.count // sampled) or 1
    inputs, labels = examples.inputs[:, ::stride].T, examples.labels[:, ::stride].T
    weights, biases = rule.layout.weights(parameters), rule.layout.biases(parameters)
    sums: list[ndarray] = []
    values: list[ndarray] = [inputs]
    slopes: list[ndarray] = []
    for name, weight, bias in zip(rule.activations, weights, biases, strict=False):
        sums.append(values[-1] @ weight.T + bias)
        values.append(ACTIVATIONS[name].function(sums[-1]))
        slopes.append(ACTIVATIONS[name].derivative(sums[-1], values[-1]) * np.ones_like(sums[-1]))
    last = (values[-1] @ weights[-1].T + biases[-1]).T
    total, output = rule.head.answers(last)
    sums.append(total.T)
    values.append(output.T)
    slopes.append(rule.head.slopes(last, output).T)
    gradients, bias_gradients = [], []
    loss = rule.head.loss
    change = loss.derivative(sums[-1], values[-1], labels, rule.loss_parameter) / max(len(labels), 1)
    for layer in reversed(range(rule.layout.layers)):
        if layer < rule.layout.layers - 1 or not loss.of_sum:
            change = change * slopes[layer]
        gradients.append(change.T @ values[layer])
        bias_gradients.append(change.sum(axis=0))
        change = change @ weights[layer]
    silent, saturated = [], []
    for name, slope, value in zip(rule.activations, slopes, values[1:], strict=False):
        off = (slope == 0) & (value == 0)
        silent.append(_share(off))
        entry = ACTIVATIONS[name]
        flat = np.abs(slope) < SATURATED_SLOPE * entry.steepest if has_flat_end(entry) else np.zeros_like(off)
        saturated.append(_share(flat & ~off))
    return SignalFlow(
        tuple(values[1:]), tuple(gradients[::-1]), tuple(bias_gradients[::-1]), tuple(silent), tuple(saturated)
    )


def _share(happens: ndarray) -> Float64[ndarray, " _"]:
    """For which share of the points (rows) it happens; 0 where there are no points."""
    return np.asarray(happens.sum(axis=0) / max(len(happens), 1))
