"""The entry points of the compiled code: train, evaluate, outputs, fields.

Importing this module compiles everything, or loads it from the cache; `compiled.py` decides where and when.
"""

from typing import Any

from numba import float32, float64, int64, njit, uint8, uint64, void

from tinkernet.engine.choices import entry_options, jit
from tinkernet.engine.crowd_entries import block_size, evaluate_runs, train_runs
from tinkernet.engine.drop import Dropout
from tinkernet.engine.edge_entries import edge_memory, edge_values
from tinkernet.engine.kernels import evaluate_points, forward, learn, load_inputs
from tinkernet.engine.lanes import RUNS
from tinkernet.engine.memory import load, load_one, pointer, store
from tinkernet.engine.rule import CHUNK, LANES, gradient_width
from tinkernet.engine.structures import as_net, as_points, as_scratch
from tinkernet.engine.updates import Hyperparameters

__all__ = [
    "RUNS",
    "advance",
    "block_size",
    "edge_memory",
    "edge_values",
    "evaluate",
    "evaluate_runs",
    "fields",
    "outputs",
    "train",
    "train_runs",
]

LANES32 = 8

_whole, _reals, _table = int64[::1], float64[::1], float64[:, ::1]
_NET = (_whole, _whole, _whole)
_POINTS = (_table, _table, int64)
_LOSS = (int64, float64, float64)
_RUNS = (_table, _table, uint8[:, ::1], _table, _whole, _whole)
_STEP = (int64, _reals, int64, float64, int64, _reals)
_DROPOUT = (_reals, uint64, int64)


def scratch_size(sizes: tuple[int, ...]) -> int:
    """The number of scratch elements that a call needs: five rows of a chunk per neuron, including padding rows."""
    return 5 * CHUNK * sum(gradient_width(size) for size in sizes)


def padded_width(batch_size: int) -> int:
    """The number of points in a scratch row: a batch, padded to whole registers, or a chunk if that is smaller."""
    return min(CHUNK, (batch_size + LANES - 1) // LANES * LANES)


_padded_width = jit(padded_width)


@jit
def _as_dropout(shares: Any, key: Any, epoch: int) -> Dropout:
    """Dropout at the beginning of an epoch; none without shares."""
    return Dropout(min(1, len(shares)), pointer(shares), key, epoch, 0)


@njit(void(*_NET, *_RUNS, *_POINTS, *_LOSS, int64, int64, *_STEP, *_DROPOUT, _reals), **entry_options())
def advance(
    sizes: Any,
    starts: Any,
    activations: Any,
    parameters: Any,
    gradients: Any,
    held: Any,
    kept: Any,
    counted: Any,
    updates: Any,
    inputs: Any,
    labels: Any,
    _count: int,
    loss: int,
    loss_parameter: float,
    threshold: float,
    first_point: int,
    last_point: int,
    batch_size: int,
    learning_rates: Any,
    regularization: int,
    regularization_rate: float,
    optimizer: int,
    optimizer_values: Any,
    dropped: Any,
    key: Any,
    epoch: int,
    memory: Any,
) -> None:
    """Train every run (one row of `parameters`, `gradients`, `held` and `kept` each) on some points of an epoch."""
    net = as_net(sizes, starts, activations)
    points = as_points(inputs, labels, loss, loss_parameter, threshold)
    scratch = as_scratch(memory, net, _padded_width(batch_size))
    rates = Hyperparameters(
        batch_size, learning_rates[0], regularization, regularization_rate, optimizer, pointer(optimizer_values)
    )
    for run in range(len(counted)):
        counted[run], updates[run] = learn(
            net,
            pointer(parameters[run]),
            pointer(gradients[run]),
            pointer(held[run]),
            pointer(kept[run]),
            parameters.shape[1],
            counted[run],
            updates[run],
            points,
            first_point,
            last_point,
            rates,
            _as_dropout(dropped, key, epoch),
            scratch,
        )


@njit(
    void(
        *_NET, *_RUNS, *_POINTS, *_POINTS, *_LOSS, *_STEP, *_DROPOUT, int64, float64, float64[:, :, ::1], _whole, _reals
    ),
    **entry_options(),
)
def train(
    sizes: Any,
    starts: Any,
    activations: Any,
    parameters: Any,
    gradients: Any,
    held: Any,
    kept: Any,
    counted: Any,
    updates: Any,
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
    learning_rates: Any,
    regularization: int,
    regularization_rate: float,
    optimizer: int,
    optimizer_values: Any,
    dropped: Any,
    key: Any,
    first_epoch: int,
    epochs: int,
    until_loss: float,
    losses: Any,
    done: Any,
    memory: Any,
) -> None:
    """Train every run for a number of epochs, or until its training loss is at most `until_loss`.

    `learning_rates` has one for each epoch. `losses[run, epoch]` receives the training and test loss after each epoch
    that fits into it; `done[run]` the number of epochs trained.
    """
    net = as_net(sizes, starts, activations)
    points = as_points(inputs, labels, loss, loss_parameter, threshold)
    test_points = as_points(test_inputs, test_labels, loss, loss_parameter, threshold)
    scratch = as_scratch(memory, net, _padded_width(batch_size))
    wide = as_scratch(memory[len(memory) // 2 :], net, CHUNK)
    none = _as_dropout(dropped[:0], key, 0)
    for run in range(len(counted)):
        weights, added, off = pointer(parameters[run]), pointer(gradients[run]), pointer(held[run])
        numbers = pointer(kept[run])
        added_up, updated = counted[run], updates[run]
        done[run] = epochs
        for epoch in range(epochs):
            rates = Hyperparameters(
                batch_size,
                learning_rates[epoch],
                regularization,
                regularization_rate,
                optimizer,
                pointer(optimizer_values),
            )
            added_up, updated = learn(
                net,
                weights,
                added,
                off,
                numbers,
                parameters.shape[1],
                added_up,
                updated,
                points,
                int64(0),  # a plain 0 has another type, for which all of this would be compiled again
                count,
                rates,
                _as_dropout(dropped, key, first_epoch + epoch),
                scratch,
            )
            if epoch < losses.shape[1]:
                train_loss, _ = evaluate_points(net, weights, points, count, wide, none)
                losses[run, epoch, 0] = train_loss
                losses[run, epoch, 1], _ = evaluate_points(net, weights, test_points, test_count, wide, none)
                if train_loss <= until_loss:
                    done[run] = epoch + 1
                    break
        counted[run], updates[run] = added_up, updated


@njit(void(*_NET, _table, *_POINTS, *_LOSS, _table, _reals), **entry_options())
def evaluate(
    sizes: Any,
    starts: Any,
    activations: Any,
    parameters: Any,
    inputs: Any,
    labels: Any,
    count: int,
    loss: int,
    loss_parameter: float,
    threshold: float,
    result: Any,
    memory: Any,
) -> None:
    """Write every run's mean loss, and the number of points that are classified correctly."""
    net = as_net(sizes, starts, activations)
    points = as_points(inputs, labels, loss, loss_parameter, threshold)
    scratch = as_scratch(memory, net, CHUNK)
    none = _as_dropout(memory[:0], uint64(0), 0)
    for run in range(len(result)):
        mean, right = evaluate_points(net, pointer(parameters[run]), points, count, scratch, none)
        result[run, 0], result[run, 1] = mean, right


@njit(void(*_NET, _reals, _table, int64, _whole, _table, _reals), **entry_options())
def outputs(
    sizes: Any,
    starts: Any,
    activations: Any,
    parameters: Any,
    inputs: Any,
    count: int,
    rows: Any,
    values: Any,
    memory: Any,
) -> None:
    """Write the outputs of the neurons in these rows for each point."""
    net = as_net(sizes, starts, activations)
    points = as_points(inputs, inputs, 0, 0.0, 0.0)
    scratch = as_scratch(memory, net, CHUNK)
    none = _as_dropout(memory[:0], uint64(0), 0)
    for start in range(0, count, CHUNK):
        load_inputs(points, sizes[0], start, scratch)
        forward(net, pointer(parameters), scratch, none)
        for k in range(len(rows)):
            for point in range(min(CHUNK, count - start)):
                values[k, start + point] = load_one(scratch.values, rows[k] * CHUNK + point)


@njit(void(*_NET, float32[::1], float32[:, ::1], _whole, float32[:, ::1], float32[::1]), **entry_options())
def fields(
    sizes: Any, starts: Any, activations: Any, parameters: Any, inputs: Any, rows: Any, values: Any, memory: Any
) -> None:
    """Write the outputs of the neurons in these rows over a grid, whose size is a multiple of the chunk size."""
    net = as_net(sizes, starts, activations)
    points = as_points(inputs, inputs, 0, 0.0, 0.0)
    scratch = as_scratch(memory, net, CHUNK)
    none = _as_dropout(memory[:0], uint64(0), 0)
    for start in range(0, inputs.shape[1], CHUNK):
        load_inputs(points, sizes[0], start, scratch)
        forward(net, pointer(parameters), scratch, none)
        for k in range(len(rows)):
            for place in range(0, CHUNK, LANES32):
                found = load(scratch.values, rows[k] * CHUNK + place)
                store(pointer(values), k * inputs.shape[1] + start + place, found)
