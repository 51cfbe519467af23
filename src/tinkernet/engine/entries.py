"""The entry points of the compiled code: train, evaluate, outputs, fields.

Importing this module compiles everything, or loads it from the cache; `compiled.py` decides where and when.
"""

from typing import Any

from numba import config, float32, float64, int64, njit, uint8, void

from tinkernet.engine.choices import OPTIONS, jit
from tinkernet.engine.kernels import (
    Hyperparameters,
    as_net,
    as_points,
    as_scratch,
    evaluate_points,
    forward,
    learn,
    load_inputs,
)
from tinkernet.engine.memory import load, load_one, pointer, store
from tinkernet.engine.rule import CHUNK, LANES, gradient_width

LANES32 = 8

_whole, _reals, _table = int64[::1], float64[::1], float64[:, ::1]
_NET = (_whole, _whole, _whole)
_POINTS = (_table, _table, int64, int64)
_RUNS = (_table, _table, uint8[:, ::1], _whole)
_STEP = (int64, float64, int64, float64)
# Without a cache folder, the code is compiled for this process only.
_entry: dict[str, Any] = {"cache": bool(config.CACHE_DIR), "nogil": True, **OPTIONS}


def scratch_size(sizes: tuple[int, ...]) -> int:
    """The number of scratch elements that a call needs: four rows of a chunk per neuron, including padding rows."""
    return 4 * CHUNK * sum(gradient_width(size) for size in sizes)


def padded_width(batch_size: int) -> int:
    """The number of points in a scratch row: a batch, padded to whole registers, or a chunk if that is smaller."""
    return min(CHUNK, (batch_size + LANES - 1) // LANES * LANES)


_padded_width = jit(padded_width)


@njit(void(*_NET, *_RUNS, *_POINTS, int64, int64, *_STEP, _reals), **_entry)
def advance(
    sizes: Any,
    starts: Any,
    activations: Any,
    parameters: Any,
    gradients: Any,
    held: Any,
    counted: Any,
    inputs: Any,
    labels: Any,
    loss: int,
    _count: int,
    first_point: int,
    last_point: int,
    batch_size: int,
    learning_rate: float,
    regularization: int,
    regularization_rate: float,
    memory: Any,
) -> None:
    """Train every run (one row of `parameters`, `gradients` and `held` each) on some points of an epoch."""
    net = as_net(sizes, starts, activations)
    points = as_points(inputs, labels, loss)
    scratch = as_scratch(memory, net, _padded_width(batch_size))
    rates = Hyperparameters(batch_size, learning_rate, regularization, regularization_rate)
    for run in range(len(counted)):
        counted[run] = learn(
            net,
            pointer(parameters[run]),
            pointer(gradients[run]),
            pointer(held[run]),
            counted[run],
            points,
            first_point,
            last_point,
            rates,
            scratch,
        )


@njit(void(*_NET, *_RUNS, *_POINTS, *_POINTS, *_STEP, int64, float64, float64[:, :, ::1], _whole, _reals), **_entry)
def train(
    sizes: Any,
    starts: Any,
    activations: Any,
    parameters: Any,
    gradients: Any,
    held: Any,
    counted: Any,
    inputs: Any,
    labels: Any,
    loss: int,
    count: int,
    test_inputs: Any,
    test_labels: Any,
    test_loss: int,
    test_count: int,
    batch_size: int,
    learning_rate: float,
    regularization: int,
    regularization_rate: float,
    epochs: int,
    until_loss: float,
    losses: Any,
    done: Any,
    memory: Any,
) -> None:
    """Train every run for a number of epochs, or until its training loss is at most `until_loss`.

    `losses[run, epoch]` receives the training and test loss after each epoch that fits into it; `done[run]` the number
    of epochs trained.
    """
    net = as_net(sizes, starts, activations)
    points, test_points = as_points(inputs, labels, loss), as_points(test_inputs, test_labels, test_loss)
    scratch = as_scratch(memory, net, _padded_width(batch_size))
    wide = as_scratch(memory[len(memory) // 2 :], net, CHUNK)
    rates = Hyperparameters(batch_size, learning_rate, regularization, regularization_rate)
    for run in range(len(counted)):
        weights, added, off = pointer(parameters[run]), pointer(gradients[run]), pointer(held[run])
        added_up = counted[run]
        done[run] = epochs
        for epoch in range(epochs):
            added_up = learn(net, weights, added, off, added_up, points, 0, count, rates, scratch)
            if epoch < losses.shape[1]:
                train_loss, _ = evaluate_points(net, weights, points, count, wide)
                losses[run, epoch, 0] = train_loss
                losses[run, epoch, 1], _ = evaluate_points(net, weights, test_points, test_count, wide)
                if train_loss <= until_loss:
                    done[run] = epoch + 1
                    break
        counted[run] = added_up


@njit(void(*_NET, _table, *_POINTS, _table, _reals), **_entry)
def evaluate(
    sizes: Any,
    starts: Any,
    activations: Any,
    parameters: Any,
    inputs: Any,
    labels: Any,
    loss: int,
    count: int,
    result: Any,
    memory: Any,
) -> None:
    """Write every run's mean loss, and the number of points for which every output has the sign of its label."""
    net = as_net(sizes, starts, activations)
    points = as_points(inputs, labels, loss)
    scratch = as_scratch(memory, net, CHUNK)
    for run in range(len(result)):
        mean, right = evaluate_points(net, pointer(parameters[run]), points, count, scratch)
        result[run, 0], result[run, 1] = mean, right


@njit(void(*_NET, _reals, _table, int64, _whole, _table, _reals), **_entry)
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
    points = as_points(inputs, inputs, 0)
    scratch = as_scratch(memory, net, CHUNK)
    for start in range(0, count, CHUNK):
        load_inputs(points, sizes[0], start, scratch, LANES)
        forward(net, pointer(parameters), scratch, LANES)
        for k in range(len(rows)):
            for point in range(min(CHUNK, count - start)):
                values[k, start + point] = load_one(scratch.values, rows[k] * CHUNK + point)


@njit(void(*_NET, float32[::1], float32[:, ::1], _whole, float32[:, ::1], float32[::1]), **_entry)
def fields(
    sizes: Any, starts: Any, activations: Any, parameters: Any, inputs: Any, rows: Any, values: Any, memory: Any
) -> None:
    """Write the outputs of the neurons in these rows over a grid, whose size is a multiple of the chunk size."""
    net = as_net(sizes, starts, activations)
    points = as_points(inputs, inputs, 0)
    scratch = as_scratch(memory, net, CHUNK)
    for start in range(0, inputs.shape[1], CHUNK):
        load_inputs(points, sizes[0], start, scratch, LANES32)
        forward(net, pointer(parameters), scratch, LANES32)
        for k in range(len(rows)):
            for place in range(0, CHUNK, LANES32):
                found = load(scratch.values, rows[k] * CHUNK + place)
                store(pointer(values), k * inputs.shape[1] + start + place, found)
