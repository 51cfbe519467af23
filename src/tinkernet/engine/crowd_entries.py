"""The entry points of the compiled code for many runs at once: train them, evaluate their networks.

`crowd_kernels.py` explains lanes and blocks.
"""

from typing import Any

import numpy as np
from numba import float64, int64, njit, uint8, uint64, void
from numba.extending import register_jitable

from tinkernet.engine.choices import entry_options, jit
from tinkernet.engine.crowd_kernels import (
    FREE,
    Block,
    Places,
    Runs,
    Sets,
    as_block,
    begin_run,
    block_size,
    end_run,
    evaluate_lanes,
    fill_lane,
    give_points,
    train_lanes,
)
from tinkernet.engine.drop import Dropout
from tinkernet.engine.lanes import RUNS
from tinkernet.engine.memory import as_numbers, load_one, pointer
from tinkernet.engine.stops import Stops, falls, is_never, reason_to_stop, watches
from tinkernet.engine.structures import Net, PointRows, as_net
from tinkernet.engine.updates import Hyperparameters

__all__ = ["block_size", "evaluate_runs", "train_runs"]

_whole, _reals, _table, _tables = int64[::1], float64[::1], float64[:, ::1], float64[:, :, ::1]
_NET = (_whole, _whole, _whole)
_RUNS = (_table, _table, uint8[:, ::1], _table, _whole, _whole)
_VARIED = (_whole, _reals, _reals, _whole)
_POINTS = (_tables, _tables, int64)
_LOSS = (int64, float64, float64)
_STEP = (int64, _reals, int64, int64, _reals)

for _function in (is_never, watches, falls, reason_to_stop):
    register_jitable(_function)


@jit
def _no_places() -> Places:
    """Lanes without runs."""
    whole = np.zeros(RUNS, np.int64)
    return Places(whole + FREE, whole, whole + FREE, np.zeros(RUNS), whole.copy())


@jit
def _measure(
    block: Block, net: Net, places: Places, losses: Any, points: PointRows, test_points: PointRows, none: Dropout
) -> None:
    """The losses after an epoch: the training loss always, the test loss if it has room."""
    evaluate_lanes(block, net, points, points.stride, 0, none, 0)
    if losses.shape[1] > 0:
        evaluate_lanes(block, net, test_points, test_points.stride, 1, none, 0)
    means = as_numbers(block.means)
    for lane in range(RUNS):
        run, epoch = places.run[lane], places.epoch[lane]
        if run != FREE and epoch < losses.shape[1]:
            losses[run, epoch, 0] = load_one(means, lane)
            losses[run, epoch, 1] = load_one(means, RUNS + lane)


@jit
def _has_room(places: Places, losses: Any) -> bool:
    """Whether the losses after this epoch are asked for."""
    room = False
    for lane in range(RUNS):
        room = room or (places.run[lane] != FREE and places.epoch[lane] < losses.shape[1])
    return room


@jit
def _judge(block: Block, places: Places, stops: Stops, lane: int) -> int:
    """Why a lane's run ends after this epoch, by its training loss; notes the lowest."""
    loss = load_one(as_numbers(block.means), lane)
    if falls(stops, loss, places.lowest[lane]):
        places.lowest[lane], places.lowest_at[lane] = loss, places.epoch[lane]
    return reason_to_stop(stops, loss, places.epoch[lane] - places.lowest_at[lane])


@njit(
    void(
        *_NET,
        *_RUNS,
        *_VARIED,
        *_POINTS,
        *_POINTS,
        *_LOSS,
        *_STEP,
        _reals,
        int64,
        _tables,
        _whole,
        _whole,
        _reals,
    ),
    **entry_options(),
)
def train_runs(
    sizes: Any,
    starts: Any,
    activations: Any,
    parameters: Any,
    gradients: Any,
    held: Any,
    kept: Any,
    counted: Any,
    updates: Any,
    set_of_run: Any,
    learning_rates: Any,
    regularization_rates: Any,
    epochs: Any,
    inputs: Any,
    labels: Any,
    count: int,
    test_inputs: Any,
    test_labels: Any,
    test_count: int,
    loss: int,
    loss_parameter: float,
    threshold: float,
    batch_size: int,
    factors: Any,
    regularization: int,
    optimizer: int,
    optimizer_values: Any,
    limits: Any,
    width: int,
    losses: Any,
    done: Any,
    reasons: Any,
    memory: Any,
) -> None:
    """Train every run, a row of the tables, for its number of epochs or until it stops.

    `set_of_run` says which of the tables of points a run has, `factors` what the learning rate is multiplied by in each
    epoch, `limits` are those of `Stops`, `width` is how many points are computed together. `losses[run, epoch]`
    receives the training and test loss after each epoch that fits into it, `done` the number of epochs trained,
    `reasons` why they are not more.
    """
    net = as_net(sizes, starts, activations)
    runs = Runs(
        parameters, gradients, held, kept, counted, updates, set_of_run, learning_rates, regularization_rates, epochs
    )
    sets = Sets(inputs, labels, count, test_inputs, test_labels, test_count)
    block = as_block(memory, net, parameters.shape[1], kept.shape[1], sets, width)
    points = PointRows(block.inputs, block.labels, labels.shape[1], count, loss, loss_parameter, threshold)
    test_points = PointRows(
        block.test_inputs, block.test_labels, labels.shape[1], test_count, loss, loss_parameter, threshold
    )
    rates = Hyperparameters(batch_size, 0.0, regularization, 0.0, optimizer, pointer(optimizer_values))
    none = Dropout(0, pointer(limits), uint64(0), 0, 0)
    stops = Stops(limits[0], limits[1], limits[2], limits[3])
    watched, places = watches(stops), _no_places()
    following = 0
    while True:
        working = 0
        for lane in range(RUNS):
            if places.run[lane] == FREE and following < len(set_of_run):
                begin_run(block, net, runs, sets, places, lane, following)
                following += 1
            working += places.run[lane] != FREE
        if working == 0:
            break
        train_lanes(block, net, runs, points, count, places, factors, rates, none)
        if watched or _has_room(places, losses):
            _measure(block, net, places, losses, points, test_points, none)
        for lane in range(RUNS):
            run = places.run[lane]
            if run != FREE:
                places.epoch[lane] += 1
                reason = _judge(block, places, stops, lane) if watched else 0
                if reason != 0 or places.epoch[lane] == epochs[run]:
                    done[run], reasons[run] = places.epoch[lane], reason
                    end_run(block, net, runs, places, lane)


@njit(void(*_NET, _table, _whole, *_POINTS, *_LOSS, int64, _table, _reals), **entry_options())
def evaluate_runs(
    sizes: Any,
    starts: Any,
    activations: Any,
    parameters: Any,
    set_of_run: Any,
    inputs: Any,
    labels: Any,
    count: int,
    loss: int,
    loss_parameter: float,
    threshold: float,
    width: int,
    result: Any,
    memory: Any,
) -> None:
    """Write every run's mean loss, and the number of points that are classified correctly."""
    net = as_net(sizes, starts, activations)
    sets = Sets(inputs, labels, count, inputs, labels, 0)
    block = as_block(memory, net, parameters.shape[1], 0, sets, width)
    points = PointRows(block.inputs, block.labels, labels.shape[1], count, loss, loss_parameter, threshold)
    none = Dropout(0, pointer(result), uint64(0), 0, 0)
    places = _no_places()
    for first in range(0, len(set_of_run), RUNS):
        used = min(RUNS, len(set_of_run) - first)
        for lane in range(used):
            fill_lane(block.parameters, lane, pointer(parameters[first + lane]), parameters.shape[1])
            give_points(block, sets, places, lane, set_of_run[first + lane])
        evaluate_lanes(block, net, points, count, 0, none, 1)
        for lane in range(used):
            result[first + lane, 0] = load_one(as_numbers(block.means), lane)
            result[first + lane, 1] = load_one(as_numbers(block.right), lane)
