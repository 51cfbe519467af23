"""Many runs at once: each has a lane, which is filled with the next run when one has ended.

The networks have one shape and one rule; their parameters, rates and points may differ. Every lane computes what a
single run would, in the same order, so its bits depend neither on its neighbours nor on the number of lanes.

A block of memory holds the state of the runs that have a lane, as lanes of runs. The tables of all runs, one row each,
are read when a run gets its lane, and written when it has ended.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import int64

from tinkernet.arithmetic import select
from tinkernet.engine.choices import jit
from tinkernet.engine.drop import Dropout
from tinkernet.engine.kernels import forward, learn, load_inputs, losses_of
from tinkernet.engine.lanes import RUNS
from tinkernet.engine.memory import as_numbers, as_runs, load, load_one, moved, pointer, store, store_one
from tinkernet.engine.rule import LANES
from tinkernet.engine.structures import Net, PointRows, Scratch, with_width
from tinkernet.engine.updates import Hyperparameters

FREE = -1
"""Stands for the run of a lane that has none."""


class Runs(NamedTuple):
    """Tables of all runs, a row each; `sets` says which set of points a run has."""

    parameters: Any
    gradients: Any
    held: Any
    kept: Any
    counted: Any
    updates: Any
    sets: Any
    learning_rates: Any
    regularization_rates: Any
    epochs: Any


class Sets(NamedTuple):
    """All sets of points: inputs and labels of `train_count` training points and `test_count` test points each."""

    inputs: Any
    labels: Any
    train_count: int
    test_inputs: Any
    test_labels: Any
    test_count: int


class Places(NamedTuple):
    """For each lane its run, how many epochs that is trained, its points, its lowest loss, and when that was."""

    run: Any
    epoch: Any
    set: Any
    lowest: Any
    lowest_at: Any


class Block(NamedTuple):
    """The state of the runs that have a lane, as lanes of runs.

    `parts` are four sums of losses, `means` the training and the test loss, `right` the number of points that are
    classified correctly.
    """

    parameters: Any
    gradients: Any
    held: Any
    kept: Any
    rate: Any
    regularization_rate: Any
    counted: Any
    updates: Any
    parts: Any
    means: Any
    right: Any
    inputs: Any
    labels: Any
    test_inputs: Any
    test_labels: Any
    scratch: Scratch


SINGLE_NUMBERS = 11
"""How many numbers of a run are in a block beside parameters, points and scratch."""


def block_size(parameters: int, gradients: int, kept: int, points: int, rows: int, width: int) -> int:
    """The number of float64 in a block; `points` are the numbers of all inputs and labels, `rows` those of scratch."""
    return RUNS * (2 * parameters + gradients + kept + SINGLE_NUMBERS + points + 3 * rows * width)


@jit
def as_block(memory: Any, net: Net, parameters: int, kept: int, sets: Sets, width: int) -> Block:
    """The parts of a block in this memory."""
    features, rows = sets.inputs.shape[1], sets.labels.shape[1]
    neurons = (net.output + load_one(net.sizes, net.layers)) * width
    weights = as_runs(pointer(memory))
    gradients = moved(weights, parameters)
    held = moved(gradients, net.gradients)
    numbers = moved(held, parameters)
    single = moved(numbers, kept)
    inputs = moved(single, SINGLE_NUMBERS)
    labels = moved(inputs, features * sets.train_count)
    test_inputs = moved(labels, rows * sets.train_count)
    test_labels = moved(test_inputs, features * sets.test_count)
    sums = moved(test_labels, rows * sets.test_count)
    # Dropout and transposed values have no place here.
    scratch = Scratch(sums, moved(sums, neurons), moved(sums, 2 * neurons), sums, sums, width)
    return Block(
        weights,
        gradients,
        held,
        numbers,
        single,
        moved(single, 1),
        moved(single, 2),
        moved(single, 3),
        moved(single, 4),
        moved(single, 8),
        moved(single, 10),
        inputs,
        labels,
        test_inputs,
        test_labels,
        scratch,
    )


@jit
def begin_run(block: Block, net: Net, runs: Runs, sets: Sets, places: Places, lane: int, run: int) -> None:
    """Give a run a lane."""
    count = runs.parameters.shape[1]
    fill_lane(block.parameters, lane, pointer(runs.parameters[run]), count)
    fill_lane(block.gradients, lane, pointer(runs.gradients[run]), net.gradients)
    fill_lane(block.held, lane, pointer(runs.held[run]), count)
    fill_lane(block.kept, lane, pointer(runs.kept[run]), runs.kept.shape[1])
    store_one(as_numbers(block.counted), lane, runs.counted[run])
    store_one(as_numbers(block.updates), lane, runs.updates[run])
    store_one(as_numbers(block.regularization_rate), lane, runs.regularization_rates[run])
    give_points(block, sets, places, lane, runs.sets[run])
    places.run[lane], places.epoch[lane] = run, 0
    places.lowest[lane], places.lowest_at[lane] = np.inf, 0


@jit
def give_points(block: Block, sets: Sets, places: Places, lane: int, chosen: int) -> None:
    """Give a lane this set of points, unless it has it. The first set goes into all lanes: often it is the only one."""
    if places.set[lane] == FREE:
        _fill_points(block, sets, chosen, FREE)
        places.set[:] = chosen
    elif places.set[lane] != chosen:
        _fill_points(block, sets, chosen, lane)
        places.set[lane] = chosen


@jit
def end_run(block: Block, net: Net, runs: Runs, places: Places, lane: int) -> None:
    """Write the state of a lane's run into its row, and free the lane."""
    run, count = places.run[lane], runs.parameters.shape[1]
    _read_lane(block.parameters, lane, pointer(runs.parameters[run]), count)
    _read_lane(block.gradients, lane, pointer(runs.gradients[run]), net.gradients)
    _read_lane(block.held, lane, pointer(runs.held[run]), count)
    _read_lane(block.kept, lane, pointer(runs.kept[run]), runs.kept.shape[1])
    runs.counted[run] = int64(load_one(as_numbers(block.counted), lane))
    runs.updates[run] = int64(load_one(as_numbers(block.updates), lane))
    places.run[lane] = FREE


@jit
def _fill_points(block: Block, sets: Sets, chosen: int, lane: int) -> None:
    """Copy a set of points into a lane, or into all lanes if it is FREE."""
    _fill_table(block.inputs, lane, sets.inputs[chosen], sets.train_count)
    _fill_table(block.labels, lane, sets.labels[chosen], sets.train_count)
    _fill_table(block.test_inputs, lane, sets.test_inputs[chosen], sets.test_count)
    _fill_table(block.test_labels, lane, sets.test_labels[chosen], sets.test_count)


@jit
def _fill_table(lanes: Any, lane: int, table: Any, count: int) -> None:
    numbers = as_numbers(lanes)
    for row in range(len(table)):
        for point in range(count):
            place = row * count + point
            if lane == FREE:
                store(lanes, place, table[row, point])
            else:
                store_one(numbers, place * RUNS + lane, table[row, point])


@jit
def fill_lane(lanes: Any, lane: int, row: Any, count: int) -> None:
    """Copy a row of numbers into a lane."""
    numbers = as_numbers(lanes)
    for k in range(count):
        store_one(numbers, k * RUNS + lane, load_one(row, k))


@jit
def _read_lane(lanes: Any, lane: int, row: Any, count: int) -> None:
    """Copy a lane into a row of numbers."""
    numbers = as_numbers(lanes)
    for k in range(count):
        store_one(row, k, load_one(numbers, k * RUNS + lane))


@jit
def train_lanes(
    block: Block,
    net: Net,
    runs: Runs,
    points: PointRows,
    count: int,
    places: Places,
    factors: Any,
    rates: Hyperparameters,
    none: Dropout,
) -> None:
    """Train every lane for an epoch. `factors` are those of the learning rates; the rates of `rates` do not count."""
    for lane in range(RUNS):
        run = places.run[lane]
        rate = 0.0 if run == FREE else runs.learning_rates[run] * factors[places.epoch[lane]]
        store_one(as_numbers(block.rate), lane, rate)
    own = Hyperparameters(
        rates.batch_size,
        load_one(block.rate, 0),
        rates.regularization,
        load_one(block.regularization_rate, 0),
        rates.optimizer,
        rates.optimizer_values,
    )
    counted, updates = learn(
        net,
        block.parameters,
        block.gradients,
        block.held,
        block.kept,
        runs.parameters.shape[1],
        load_one(block.counted, 0),
        load_one(block.updates, 0),
        points,
        int64(0),  # a plain 0 has another type, for which all of this would be compiled again
        count,
        own,
        none,
        block.scratch,
    )
    store(block.counted, 0, counted)
    store(block.updates, 0, updates)


@jit
def evaluate_lanes(
    block: Block, net: Net, points: PointRows, count: int, mean: int, none: Dropout, judged: int
) -> None:
    """The mean loss of every lane, as this one of the means.

    If `judged` is not 0, also the number of points that are classified correctly.
    """
    outputs, width = load_one(net.sizes, net.layers), block.scratch.width
    for part in range(LANES):
        store(block.parts, part, 0.0)
    store(block.right, 0, 0.0)
    start = 0
    while start < count:
        left = min(width, count - start)
        scratch = with_width(block.scratch, left)
        load_inputs(points, load_one(net.sizes, 0), start, scratch)
        forward(net, block.parameters, scratch, none)
        losses_of(net, points, start, scratch)
        for place in range(left):
            part = (start + place) % LANES
            store(block.parts, part, load(block.parts, part) + load(scratch.deltas, place))
        if judged != 0:
            for place in range(left):
                answered = _answer(scratch.values, net.output * left + place, left, outputs, points.threshold)
                wanted = _answer(points.labels, start + place, points.stride, outputs, points.threshold)
                apart = answered - wanted
                hit = select(apart > 0.0, 0.0, select(apart < 0.0, 0.0, 1.0))
                store(block.right, 0, load(block.right, 0) + hit)
        start += left
    even = load(block.parts, 0) + load(block.parts, 2)
    odd = load(block.parts, 1) + load(block.parts, 3)
    store(block.means, mean, (even + odd) / count)


@jit
def _answer(numbers: Any, place: int, stride: int, rows: int, threshold: float) -> Any:
    """The class for which a column of outputs or labels stands: by the threshold, or the first of the largest."""
    most = load(numbers, place)
    if rows == 1:
        return select(most > threshold, 1.0, 0.0)
    found = select(most <= most, 0.0, 0.0)  # noqa: PLR0124 (0 in every lane)
    for k in range(1, rows):
        one = load(numbers, place + k * stride)
        larger = one > most
        found, most = select(larger, float(k), found), select(larger, one, most)
    return found
