"""The values of the edge of trainability in NumPy, as on a board; `engine/edge_entries.py` computes the same bits.

All pairs of rates are computed side by side: the first axis of every array is that of the pairs. Sums are added in the
order in which they are written: over inputs, over hidden neurons, over points.
"""

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import tanh
from tinkernet.arrays import Float64
from tinkernet.gallery.trainability import MOST_LOSS, Drawn, Trainability, drawn


def reference_values(
    problem: Trainability,
    rates_in: Float64[ndarray, " pairs"],
    rates_out: Float64[ndarray, " pairs"],
    kept: Float64[ndarray, "steps pairs"],
) -> Float64[ndarray, " pairs"]:
    """The value of each pair of learning rates, which have the constant factors of the gradients: `trainability.py`.

    The losses of each step, relative to the first, are written into `kept` unless it has no rows.
    """
    have = drawn(problem.width, problem.seed)
    weights_in = np.tile(have.weights_in, (len(rates_in), 1, 1))
    weights_out = np.tile(have.weights_out, (len(rates_in), 1))
    losses, inverses, recent = np.zeros((3, len(rates_in)))
    first = None
    with np.errstate(all="ignore"):  # training may diverge
        for step in range(problem.steps):
            total, added_in, added_out = squared_errors(have, weights_in, weights_out)
            first = total if first is None else first
            relative = total / first
            counted = np.where(relative < MOST_LOSS, relative, MOST_LOSS)
            losses, inverses = losses + counted, inverses + 1.0 / counted
            if step < len(kept):
                kept[step] = counted
            if step >= problem.steps - problem.last:
                recent = recent + counted
            weights_in = weights_in - rates_in[:, None, None] * added_in
            weights_out = weights_out - rates_out[:, None] * added_out
    return np.where(recent / problem.last < 1.0, -losses, inverses)


def squared_errors(
    have: Drawn, weights_in: Float64[ndarray, "pairs width width"], weights_out: Float64[ndarray, "pairs width"]
) -> tuple[Float64[ndarray, " pairs"], Float64[ndarray, "pairs width width"], Float64[ndarray, "pairs width"]]:
    """The sum of squared errors of all points, and its gradients, but for a factor."""
    width = len(have.weights_out)
    scale, share = np.sqrt(2.0 / width), 1.0 / width
    total, added_in, added_out = np.zeros(len(weights_in)), np.zeros(weights_in.shape), np.zeros(weights_out.shape)
    for x, target in zip(have.inputs, have.targets, strict=True):
        sums = weights_in[:, 0] * x[0]
        for i in range(1, width):
            sums = sums + weights_in[:, i] * x[i]
        hidden = tanh(sums * scale)
        output = hidden[:, 0] * weights_out[:, 0]
        for j in range(1, width):
            output = output + hidden[:, j] * weights_out[:, j]
        error = output * share - target
        total = total + error * error
        deltas = (error[:, None] * weights_out) * (1.0 - hidden * hidden)
        added_in = added_in + deltas[:, None, :] * x[:, None]
        added_out = added_out + error[:, None] * hidden
    return total, added_in, added_out
