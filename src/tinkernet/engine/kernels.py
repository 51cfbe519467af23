"""The compiled engine: what `reference.py` says, over plain offsets and whole registers of points.

One kernel serves every network: sizes, activations and the rest are values at run time. Scratch is laid out
[neuron][point of the chunk], so that a register holds one neuron at neighbouring points. Each operation stands in the
reference's order, without fast-math and without contraction. Only fields, which are for the eye, are in float32.

Names: a `row` is where a neuron's points begin in scratch, neurons counted over all layers from the inputs on; `place`
is an offset anywhere. Inside, arrays are bare pointers (see `lanes.py`), which are free to hand on; the caller of an
entry point holds all arrays, scratch included, so that they outlive the call.

Importing this module compiles it, or finds it compiled: `compiled.py` sees to where and when.
"""

from typing import Any, NamedTuple

from numba import float32, float64, int64, njit, uint8, void

from tinkernet.engine.dispatch import OPTIONS, by_code, jit
from tinkernet.engine.lanes import at, first, load, moved, pointer, put, spread, store, total, turn
from tinkernet.engine.rule import CHUNK, DEAD, LANES, gradient_width
from tinkernet.network import ACTIVATIONS, LOSSES, REGULARIZATIONS

LANES32 = 8
_gradient_width = jit(gradient_width)


class Net(NamedTuple):
    """A network's shape: neurons per layer, where each layer's parameters start, each layer's activation by number.

    `layers` counts the layers after the inputs; `output` is the output layer's first row; `gradients` is how many
    numbers a vector of gradients has.
    """

    sizes: Any
    starts: Any
    activations: Any
    layers: int
    output: int
    gradients: int


class Scratch(NamedTuple):
    """Room for a chunk: each neuron's weighted sum, its value, how the loss changes with its sum; `width` points a row.

    `turned` is room for one layer's values by point.
    """

    sums: Any
    values: Any
    changes: Any
    turned: Any
    width: int


class Points(NamedTuple):
    """Inputs and labels, a row of `stride` points for each feature and each output, and the loss by number."""

    inputs: Any
    labels: Any
    stride: int
    loss: int


class Step(NamedTuple):
    """How parameters move, the regularization by number."""

    batch_size: int
    learning_rate: float
    regularization: int
    regularization_rate: float


# --- One compiled function for each entry of a table --------------------------


def _activate(function: Any) -> Any:
    function = jit(function)

    @jit
    def activate(scratch: Scratch, start: int, stop: int, lanes: int) -> None:
        for place in range(start, stop, lanes):
            store(scratch.values, place, function(load(scratch.sums, place)))

    return activate


def _differentiate(derivative: Any) -> Any:
    derivative = jit(derivative)

    @jit
    def differentiate(scratch: Scratch, start: int, stop: int) -> None:
        for place in range(start, stop, LANES):
            slope = derivative(load(scratch.sums, place), load(scratch.values, place))
            store(scratch.changes, place, load(scratch.changes, place) * slope)

    return differentiate


def _blame(derivative: Any) -> Any:
    derivative = jit(derivative)

    @jit
    def blame(scratch: Scratch, row: int, labels: Any, label: int) -> None:
        for place in range(0, scratch.width, LANES):
            change = derivative(load(scratch.values, row + place), load(labels, label + place))
            store(scratch.changes, row + place, change)

    return blame


def _judge(loss: Any) -> Any:
    loss = jit(loss)

    @jit
    def judge(scratch: Scratch, row: int, labels: Any, label: int) -> None:
        for place in range(0, scratch.width, LANES):
            one = loss(load(scratch.values, row + place), load(labels, label + place))
            store(scratch.changes, place, load(scratch.changes, place) + one)

    return judge


def _pull(derivative: Any, *, kills: bool) -> Any:
    derivative = jit(derivative)

    @jit
    def pull_weights(
        parameters: Any, gradients: Any, held: Any, start: int, inputs: int, gradient: int, step: float, pull: float
    ) -> None:
        for i in range(inputs):
            weight = at(parameters, start + i)
            moved = weight - step * at(gradients, gradient + i)
            pulled = moved - pull * derivative(weight)
            if at(held, start + i) != 0:
                continue
            if kills and moved * pulled < 0.0:
                put(held, start + i, DEAD)
                pulled = 0.0
            put(parameters, start + i, pulled)

    return pull_weights


_activate_layer = by_code([_activate(entry.function) for entry in ACTIVATIONS.values()])
_differentiate_layer = by_code([_differentiate(entry.derivative) for entry in ACTIVATIONS.values()])
_blame_output = by_code([_blame(entry.derivative) for entry in LOSSES.values()])
_judge_output = by_code([_judge(entry.function) for entry in LOSSES.values()])
_pull_weights = by_code([_pull(entry.derivative, kills=entry.kills) for entry in REGULARIZATIONS.values()])


# --- The algorithm -------------------------------------------------------------


@jit
def _forward(net: Net, parameters: Any, scratch: Scratch, lanes: int) -> None:
    """Every neuron's sum and value for the chunk whose inputs stand in the first rows of the values."""
    width = scratch.width
    source = 0
    for layer in range(net.layers):
        inputs, neurons = at(net.sizes, layer), at(net.sizes, layer + 1)
        weight = at(net.starts, layer)
        bias = weight + inputs * neurons
        target = source + _gradient_width(inputs) * width
        end = target + neurons * width
        for row in range(target, end, width):
            for place in range(0, width, lanes):
                added = spread(parameters, bias)
                for i in range(inputs):
                    added = added + spread(parameters, weight + i) * load(scratch.values, source + i * width + place)
                store(scratch.sums, row + place, added)
            weight += inputs
            bias += 1
        _activate_layer(at(net.activations, layer), scratch, target, end, lanes)
        source = target


@jit
def _backward(
    net: Net, parameters: Any, gradients: Any, points: Points, scratch: Scratch, start: int, count: int
) -> None:
    """Add up the gradients of `count` points, the points from `start` on, which have just gone forward."""
    width = scratch.width
    target = net.output * width
    for output in range(at(net.sizes, net.layers)):
        _blame_output(points.loss, scratch, target + output * width, points.labels, output * points.stride + start)
    gradient = net.gradients
    for layer in range(net.layers - 1, -1, -1):
        inputs, neurons = at(net.sizes, layer), at(net.sizes, layer + 1)
        stride = _gradient_width(inputs)
        source, end = target - stride * width, target + neurons * width
        gradient -= neurons * stride
        _differentiate_layer(at(net.activations, layer), scratch, target, end)
        _turn(scratch, source, stride, count)
        _add_gradients(gradients, gradient, scratch, target, end, stride, count)
        if layer > 0:
            _blame_before(parameters, at(net.starts, layer), inputs, scratch, source, target, end)
        target = source


@jit
def _turn(scratch: Scratch, source: int, stride: int, count: int) -> None:
    """Lay a layer's values out by point: a row for each point with its values and, for the biases, a 1."""
    width = scratch.width
    for place in range(0, count, LANES):
        for i in range(0, stride, LANES):
            turn(scratch.values, source + i * width + place, width, scratch.turned, place * stride + i, stride)


@jit
def _add_gradients(
    gradients: Any, gradient: int, scratch: Scratch, target: int, end: int, stride: int, count: int
) -> None:
    """To each weight's gradient add, point after point, the change of the neuron's sum times the weight's input."""
    for row in range(target, end, scratch.width):
        for place in range(0, stride, LANES):
            added = load(gradients, gradient + place)
            for point in range(count):
                added = added + spread(scratch.changes, row + point) * load(scratch.turned, point * stride + place)
            store(gradients, gradient + place, added)
        gradient += stride


@jit
def _blame_before(
    parameters: Any, weights: int, inputs: int, scratch: Scratch, source: int, target: int, end: int
) -> None:
    """How the loss changes with the values before a layer, from how it changes with the layer's sums."""
    width = scratch.width
    for i in range(inputs):
        for place in range(0, width, LANES):
            weight = weights + i
            added = spread(parameters, weight) * load(scratch.changes, target + place)
            for row in range(target + width, end, width):
                weight += inputs
                added = added + spread(parameters, weight) * load(scratch.changes, row + place)
            store(scratch.changes, source + i * width + place, added)


@jit
def _move(net: Net, parameters: Any, gradients: Any, held: Any, counted: int, step: Step) -> None:
    """One step down the slope for all that has been added up, and the regularization's pull."""
    rate = step.learning_rate
    gradient = 0
    for layer in range(net.layers):
        inputs, neurons = at(net.sizes, layer), at(net.sizes, layer + 1)
        weight = at(net.starts, layer)
        bias = weight + inputs * neurons
        pull = rate * step.regularization_rate
        for _ in range(neurons):
            _pull_weights(
                step.regularization, parameters, gradients, held, weight, inputs, gradient, rate / counted, pull
            )
            if at(held, bias) == 0:
                moved_by = rate * at(gradients, gradient + inputs) / counted
                put(parameters, bias, at(parameters, bias) - moved_by)
            weight += inputs
            bias += 1
            gradient += _gradient_width(inputs)
    for place in range(0, gradient, LANES):
        store(gradients, place, 0.0)


@jit
def _take(points: Points, features: int, start: int, scratch: Scratch, lanes: int) -> None:
    """Copy the inputs of the points from `start` on into the first rows of the scratch."""
    for feature in range(features):
        for place in range(0, scratch.width, lanes):
            store(
                scratch.values,
                feature * scratch.width + place,
                load(points.inputs, feature * points.stride + start + place),
            )


@jit
def _learn(
    net: Net,
    parameters: Any,
    gradients: Any,
    held: Any,
    counted: int,
    points: Points,
    first_point: int,
    last_point: int,
    step: Step,
    scratch: Scratch,
) -> int:
    """Learn from the points `first_point` … `last_point` − 1 of an epoch; returns how many are added up by then."""
    start = first_point
    batch_end = (start // step.batch_size + 1) * step.batch_size
    while start < last_point:
        stop = min(last_point, batch_end, start + CHUNK)
        _take(points, at(net.sizes, 0), start, scratch, LANES)
        _forward(net, parameters, scratch, LANES)
        _backward(net, parameters, gradients, points, scratch, start, stop - start)
        counted += stop - start
        if stop == batch_end:
            _move(net, parameters, gradients, held, counted, step)
            counted = 0
            batch_end += step.batch_size
        start = stop
    return counted


@jit
def _judge_all(net: Net, parameters: Any, points: Points, count: int, scratch: Scratch) -> tuple[float, int]:
    """The mean loss of `count` points, and how many of them have every output on its label's side of 0."""
    outputs = at(net.sizes, net.layers)
    target = net.output * scratch.width
    summed = first(load(scratch.changes, 0), 0)
    right = 0
    for start in range(0, count, scratch.width):
        left = min(scratch.width, count - start)
        _take(points, at(net.sizes, 0), start, scratch, LANES)
        _forward(net, parameters, scratch, LANES)
        for place in range(0, scratch.width, LANES):
            store(scratch.changes, place, 0.0)
        for output in range(outputs):
            _judge_output(
                points.loss, scratch, target + output * scratch.width, points.labels, output * points.stride + start
            )
        for place in range(0, left, LANES):
            summed = summed + first(load(scratch.changes, place), left - place)
        for point in range(left):
            agree = True
            for output in range(outputs):
                value = at(scratch.values, target + output * scratch.width + point)
                agree &= (value > 0.0) == (at(points.labels, output * points.stride + start + point) > 0.0)
            right += agree
    return total(summed) / count, right


@jit
def _net(sizes: Any, starts: Any, activations: Any) -> Net:
    output, gradients, layers = 0, 0, len(sizes) - 1
    for layer in range(layers):
        output += _gradient_width(sizes[layer])
        gradients += sizes[layer + 1] * _gradient_width(sizes[layer])
    return Net(pointer(sizes), pointer(starts), pointer(activations), layers, output, gradients)


@jit
def _points(inputs: Any, labels: Any, loss: int) -> Points:
    return Points(pointer(inputs), pointer(labels), inputs.shape[1], loss)


@jit
def _scratch(room: Any, net: Net, width: int) -> Scratch:
    """Rows in room that is 0 at first: what stands beyond the last point is computed with, but never used.

    Each layer's values are followed by a row of ones, whose "weights" are the biases, and by rows of zeros, so that
    they fill whole registers.
    """
    start, size = pointer(room), (net.output + at(net.sizes, net.layers)) * width
    scratch = Scratch(start, moved(start, size), moved(start, 2 * size), moved(start, 3 * size), width)
    row = 0
    for layer in range(net.layers):
        ones = (row + at(net.sizes, layer)) * width
        for place in range(ones, ones + width):
            put(scratch.values, place, 1.0)
        row += _gradient_width(at(net.sizes, layer))
    return scratch


# --- What the engine calls ------------------------------------------------------

_whole, _reals, _table = int64[::1], float64[::1], float64[:, ::1]
_NET = (_whole, _whole, _whole)
_POINTS = (_table, _table, int64, int64)
_RUNS = (_table, _table, uint8[:, ::1], _whole)
_STEP = (int64, _reals, int64, float64)
_entry: dict[str, Any] = {"cache": True, "nogil": True, **OPTIONS}


def scratch_size(sizes: tuple[int, ...]) -> int:
    """How many numbers of scratch a call needs: four rows of a chunk for each neuron, and for each row of fill."""
    return 4 * CHUNK * sum(gradient_width(size) for size in sizes)


def padded_width(batch_size: int) -> int:
    """How many points a row of scratch has room for: a batch, filled up to whole registers, or a chunk."""
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
    learning_rates: Any,
    regularization: int,
    regularization_rate: float,
    room: Any,
) -> None:
    """Take every run (a row of `parameters`, `gradients` and `held` each) through some points of an epoch."""
    net = _net(sizes, starts, activations)
    points = _points(inputs, labels, loss)
    scratch = _scratch(room, net, _padded_width(batch_size))
    for run in range(len(counted)):
        step = Step(batch_size, learning_rates[run], regularization, regularization_rate)
        counted[run] = _learn(
            net,
            pointer(parameters[run]),
            pointer(gradients[run]),
            pointer(held[run]),
            counted[run],
            points,
            first_point,
            last_point,
            step,
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
    learning_rates: Any,
    regularization: int,
    regularization_rate: float,
    epochs: int,
    until_loss: float,
    losses: Any,
    done: Any,
    room: Any,
) -> None:
    """Train every run for some whole epochs, or until its training loss is no larger than `until_loss`.

    `losses[run, epoch]` gets the training loss and the test loss after each epoch, where there is room for them;
    `done[run]` how many epochs there were.
    """
    net = _net(sizes, starts, activations)
    points, test_points = _points(inputs, labels, loss), _points(test_inputs, test_labels, test_loss)
    scratch = _scratch(room, net, _padded_width(batch_size))
    wide = _scratch(room[len(room) // 2 :], net, CHUNK)
    for run in range(len(counted)):
        weights, added, off = pointer(parameters[run]), pointer(gradients[run]), pointer(held[run])
        step = Step(batch_size, learning_rates[run], regularization, regularization_rate)
        added_up = counted[run]
        done[run] = epochs
        for epoch in range(epochs):
            added_up = _learn(net, weights, added, off, added_up, points, 0, count, step, scratch)
            if epoch < losses.shape[1]:
                train_loss, _ = _judge_all(net, weights, points, count, wide)
                losses[run, epoch, 0] = train_loss
                losses[run, epoch, 1], _ = _judge_all(net, weights, test_points, test_count, wide)
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
    room: Any,
) -> None:
    """Write for every run its mean loss, and how many points have every output on its label's side of 0."""
    net = _net(sizes, starts, activations)
    points = _points(inputs, labels, loss)
    scratch = _scratch(room, net, CHUNK)
    for run in range(len(result)):
        mean, right = _judge_all(net, pointer(parameters[run]), points, count, scratch)
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
    room: Any,
) -> None:
    """Write what the neurons in these rows make of each point."""
    net = _net(sizes, starts, activations)
    points = _points(inputs, inputs, 0)
    scratch = _scratch(room, net, CHUNK)
    for start in range(0, count, CHUNK):
        _take(points, sizes[0], start, scratch, LANES)
        _forward(net, pointer(parameters), scratch, LANES)
        for k in range(len(rows)):
            for point in range(min(CHUNK, count - start)):
                values[k, start + point] = at(scratch.values, rows[k] * CHUNK + point)


@njit(void(*_NET, float32[::1], float32[:, ::1], _whole, float32[:, ::1], float32[::1]), **_entry)
def fields(
    sizes: Any, starts: Any, activations: Any, parameters: Any, inputs: Any, rows: Any, values: Any, room: Any
) -> None:
    """Write what the neurons in these rows make of a grid, which is a whole number of chunks."""
    net = _net(sizes, starts, activations)
    points = _points(inputs, inputs, 0)
    scratch = _scratch(room, net, CHUNK)
    for start in range(0, inputs.shape[1], CHUNK):
        _take(points, sizes[0], start, scratch, LANES32)
        _forward(net, pointer(parameters), scratch, LANES32)
        for k in range(len(rows)):
            for place in range(0, CHUNK, LANES32):
                found = load(scratch.values, rows[k] * CHUNK + place)
                store(pointer(values), k * inputs.shape[1] + start + place, found)
