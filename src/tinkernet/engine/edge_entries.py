"""The compiled code for the edge of trainability: gradient descent for many pairs of learning rates at once.

`gallery/edge_reference.py` says what is computed. Each pair has a lane, and all lanes take the same step; the order of
operations of a pair does not depend on its neighbours, so neither do its bits.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import float64, int64, njit, void

from tinkernet.arithmetic import select, tanh
from tinkernet.engine.choices import entry_options, jit
from tinkernet.engine.lane_functions import anywhere
from tinkernet.engine.lanes import RUNS
from tinkernet.engine.memory import as_numbers, as_runs, load, load_one, moved, pointer, store, store_one

__all__ = ["edge_memory", "edge_values"]

AT_ONCE = 2
"""Points are computed in pairs, so that a weight is loaded once for both: n (n + 1) points are always even."""
SINGLE_NUMBERS = 8
_reals, _table = float64[::1], float64[:, ::1]


class Lanes(NamedTuple):
    """The state of the pairs that are computed together, as lanes; the weights of a hidden neuron are neighbours."""

    weights_in: Any
    weights_out: Any
    added_in: Any
    """The gradients, but for a factor."""
    added_out: Any
    hidden: Any
    rate_in: Any
    rate_out: Any
    total: Any
    counted: Any
    first: Any
    recent: Any
    losses: Any
    inverses: Any


def edge_memory(width: int) -> int:
    """The number of float64 that a call needs as memory."""
    return RUNS * (2 * width * (width + 1) + AT_ONCE * width + SINGLE_NUMBERS)


@jit
def _as_lanes(memory: Any, width: int) -> Lanes:
    start = as_runs(pointer(memory))
    weights = width * (width + 1)
    hidden = moved(start, 2 * weights)
    single = moved(hidden, AT_ONCE * width)
    return Lanes(
        start,
        moved(start, width * width),
        moved(start, weights),
        moved(start, weights + width * width),
        hidden,
        single,
        moved(single, 1),
        moved(single, 2),
        moved(single, 3),
        moved(single, 4),
        moved(single, 5),
        moved(single, 6),
        moved(single, 7),
    )


@jit
def _squared_errors(lanes: Lanes, inputs: Any, targets: Any, points: int, width: int, scale: float) -> None:
    """The sum of squared errors over all points, and the gradients, but for a factor."""
    for k in range(width * (width + 1)):
        store(lanes.added_in, k, 0.0)
    store(lanes.total, 0, 0.0)
    share = 1.0 / width
    for pair in range(points // AT_ONCE):
        one = AT_ONCE * pair * width
        other = one + width
        for j in range(width):
            weight = load(lanes.weights_in, j * width)
            sum_one, sum_other = weight * load_one(inputs, one), weight * load_one(inputs, other)
            for i in range(1, width):
                weight = load(lanes.weights_in, j * width + i)
                sum_one = sum_one + weight * load_one(inputs, one + i)
                sum_other = sum_other + weight * load_one(inputs, other + i)
            store(lanes.hidden, AT_ONCE * j, sum_one * scale)
            store(lanes.hidden, AT_ONCE * j + 1, sum_other * scale)
        # Apart from the sums, so that the processor works on several of them at a time.
        for k in range(AT_ONCE * width):
            store(lanes.hidden, k, tanh(load(lanes.hidden, k)))
        weight = load(lanes.weights_out, 0)
        sum_one, sum_other = load(lanes.hidden, 0) * weight, load(lanes.hidden, 1) * weight
        for j in range(1, width):
            weight = load(lanes.weights_out, j)
            sum_one = sum_one + load(lanes.hidden, AT_ONCE * j) * weight
            sum_other = sum_other + load(lanes.hidden, AT_ONCE * j + 1) * weight
        error_one = sum_one * share - load_one(targets, AT_ONCE * pair)
        error_other = sum_other * share - load_one(targets, AT_ONCE * pair + 1)
        store(lanes.total, 0, (load(lanes.total, 0) + error_one * error_one) + error_other * error_other)
        for j in range(width):
            value_one, value_other = load(lanes.hidden, AT_ONCE * j), load(lanes.hidden, AT_ONCE * j + 1)
            weight = load(lanes.weights_out, j)
            delta_one = (error_one * weight) * (1.0 - value_one * value_one)
            delta_other = (error_other * weight) * (1.0 - value_other * value_other)
            for i in range(width):
                k = j * width + i
                added = load(lanes.added_in, k) + delta_one * load_one(inputs, one + i)
                store(lanes.added_in, k, added + delta_other * load_one(inputs, other + i))
            store(lanes.added_out, j, (load(lanes.added_out, j) + error_one * value_one) + error_other * value_other)


@jit
def _update(lanes: Lanes, width: int) -> None:
    rate = load(lanes.rate_in, 0)
    for k in range(width * width):
        store(lanes.weights_in, k, load(lanes.weights_in, k) - rate * load(lanes.added_in, k))
    rate = load(lanes.rate_out, 0)
    for k in range(width):
        store(lanes.weights_out, k, load(lanes.weights_out, k) - rate * load(lanes.added_out, k))


@jit
def _begin(lanes: Lanes, weights_in: Any, weights_out: Any, rates_in: Any, rates_out: Any, first: int) -> None:
    """The initial weights in all lanes, and the rates of each; the last pair also stands in lanes that have none."""
    width = len(weights_out)
    for i in range(width):
        for j in range(width):
            store(lanes.weights_in, j * width + i, weights_in[i, j])
        store(lanes.weights_out, i, weights_out[i])
    for lane in range(RUNS):
        pair = min(first + lane, len(rates_in) - 1)
        store_one(as_numbers(lanes.rate_in), lane, rates_in[pair])
        store_one(as_numbers(lanes.rate_out), lane, rates_out[pair])
    store(lanes.recent, 0, 0.0)
    store(lanes.losses, 0, 0.0)
    store(lanes.inverses, 0, 0.0)


@jit
def _count(lanes: Lanes) -> None:
    """Add the relative losses to the sums."""
    counted = load(lanes.counted, 0)
    store(lanes.losses, 0, load(lanes.losses, 0) + counted)
    store(lanes.inverses, 0, load(lanes.inverses, 0) + 1.0 / counted)


@jit
def _keep(lanes: Lanes, losses: Any, step: int, first: int) -> None:
    """Write the relative losses of this step into the table of all."""
    for lane in range(min(RUNS, losses.shape[1] - first)):
        losses[step, first + lane] = load_one(as_numbers(lanes.counted), lane)


@njit(
    void(_table, _reals, _table, _reals, _reals, _reals, int64, int64, float64, _reals, _table, _reals),
    **entry_options(),
)
def edge_values(
    inputs: Any,
    targets: Any,
    weights_in: Any,
    weights_out: Any,
    rates_in: Any,
    rates_out: Any,
    steps: int,
    last: int,
    most: float,
    values: Any,
    losses: Any,
    memory: Any,
) -> None:
    """Write the value of each pair of rates, which already have the constant factors of the gradients.

    A relative loss counts as `most` if it is larger; the mean of the `last` ones decides whether training converged.
    `losses` takes all of them, a row for each step and a column for each pair, unless it has no rows.
    """
    points, width = inputs.shape
    scale = np.sqrt(2.0 / width)
    lanes = _as_lanes(memory, width)
    rows, wanted = pointer(inputs), pointer(targets)
    for group in range((len(values) + RUNS - 1) // RUNS):
        first = group * RUNS
        _begin(lanes, weights_in, weights_out, rates_in, rates_out, first)
        alive = True
        for step in range(steps):
            if alive:
                _squared_errors(lanes, rows, wanted, points, width, scale)
                if step == 0:
                    store(lanes.first, 0, load(lanes.total, 0))
                relative = load(lanes.total, 0) / load(lanes.first, 0)
                store(lanes.counted, 0, select(relative < most, relative, most))
                _update(lanes, width)
                # Once a loss is not a number, all weights are none, and all later losses.
                alive = anywhere(load(lanes.total, 0) <= np.inf)
            _count(lanes)
            if step < len(losses):
                _keep(lanes, losses, step, first)
            if step >= steps - last:
                store(lanes.recent, 0, load(lanes.recent, 0) + load(lanes.counted, 0))
        for lane in range(min(RUNS, len(values) - first)):
            recent = load_one(as_numbers(lanes.recent), lane)
            total, inverses = load_one(as_numbers(lanes.losses), lane), load_one(as_numbers(lanes.inverses), lane)
            values[first + lane] = -total if recent / last < 1.0 else inverses
