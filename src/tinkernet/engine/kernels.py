"""The compiled engine: the algorithm of `reference.py` with pointer offsets and SIMD registers.

One kernel serves every network: sizes, activations and the rest are run-time values. All operations are in the
reference's order, without fast-math and without contraction. Only fields, for display, use float32.

Each kernel is compiled twice: a register holds neighbouring points of a single run, or one point of many runs. What its
pointers point at decides (see `memory.py`).

Names: a `row` is the offset of a neuron's first point in scratch, with neurons numbered over all layers starting with
the inputs; a `place` is any offset. `structures.py` has what the kernels work on, `entries.py` the entry points.
"""

from typing import Any

from tinkernet.engine.choices import AT_ONCE, activate_layer, add_losses, differentiate_layer, jit, output_gradient
from tinkernet.engine.drop import Dropout, drop_gradients, drop_outputs
from tinkernet.engine.gradients import add_gradients, chunk_width
from tinkernet.engine.lanes import first, total
from tinkernet.engine.memory import broadcast, load, load_one, step, store, widest
from tinkernet.engine.rule import LANES
from tinkernet.engine.structures import Net, PointRows, Scratch, gradient_width, widest_rows, with_width
from tinkernet.engine.updates import Hyperparameters, update_parameters


@jit
def forward(net: Net, parameters: Any, scratch: Scratch, dropout: Dropout) -> None:
    """The forward pass: every neuron's sum and output for the chunk of inputs in the first rows of the values."""
    width, wide = scratch.width, widest_rows(scratch)
    source = 0
    for layer in range(net.layers):
        inputs, neurons = load_one(net.sizes, layer), load_one(net.sizes, layer + 1)
        weight = load_one(net.starts, layer)
        bias = weight + inputs * neurons
        target = source + gradient_width(inputs) * width
        end = target + neurons * width
        row = target
        for _ in range(neurons):
            if width == 3 * step(scratch.values):
                _sum_three(parameters, bias, weight, inputs, scratch, source, row)
            else:
                place = 0
                while place + AT_ONCE * step(wide.values) <= width:
                    _sum_four(widest(parameters), bias, weight, inputs, wide, source + place, row + place)
                    place += AT_ONCE * step(wide.values)
                while place < width:
                    _sum_one(parameters, bias, weight, inputs, scratch, source + place, row + place)
                    place += step(scratch.values)
            row += width
            weight += inputs
            bias += 1
        activate_layer(load_one(net.activations, layer), scratch, target, end)
        if dropout.on != 0 and layer < net.layers - 1:
            drop_outputs(dropout, layer, scratch, target, end)
        source = target


@jit
def _sum_one(parameters: Any, bias: int, weight: int, inputs: int, scratch: Scratch, source: int, target: int) -> None:
    """A neuron's weighted sums for one register of points."""
    added = broadcast(parameters, bias)
    for i in range(inputs):
        added = added + broadcast(parameters, weight + i) * load(scratch.values, source + i * scratch.width)
    store(scratch.sums, target, added)


@jit
def _sum_three(
    parameters: Any, bias: int, weight: int, inputs: int, scratch: Scratch, source: int, target: int
) -> None:
    """The same for three registers, which hides the latency of additions. A batch of ten points takes exactly three."""
    lanes = step(scratch.values)
    one = two = three = broadcast(parameters, bias)
    for i in range(inputs):
        factor, place = broadcast(parameters, weight + i), source + i * scratch.width
        one = one + factor * load(scratch.values, place)
        two = two + factor * load(scratch.values, place + lanes)
        three = three + factor * load(scratch.values, place + 2 * lanes)
    store(scratch.sums, target, one)
    store(scratch.sums, target + lanes, two)
    store(scratch.sums, target + 2 * lanes, three)


@jit
def _sum_four(parameters: Any, bias: int, weight: int, inputs: int, scratch: Scratch, source: int, target: int) -> None:
    """The same for four registers. The chunk size is a multiple of this."""
    lanes = step(scratch.values)
    one = two = three = four = broadcast(parameters, bias)
    for i in range(inputs):
        factor, place = broadcast(parameters, weight + i), source + i * scratch.width
        one = one + factor * load(scratch.values, place)
        two = two + factor * load(scratch.values, place + lanes)
        three = three + factor * load(scratch.values, place + 2 * lanes)
        four = four + factor * load(scratch.values, place + 3 * lanes)
    store(scratch.sums, target, one)
    store(scratch.sums, target + lanes, two)
    store(scratch.sums, target + 2 * lanes, three)
    store(scratch.sums, target + 3 * lanes, four)


@jit
def _backward(
    net: Net,
    parameters: Any,
    gradients: Any,
    points: PointRows,
    scratch: Scratch,
    start: int,
    count: int,
    dropout: Dropout,
) -> None:
    """The backward pass: accumulate the gradients of `count` points from `start` on, after their forward pass."""
    width = scratch.width
    target = net.output * width
    outputs = load_one(net.sizes, net.layers)
    for output in range(outputs):
        output_gradient(
            points.loss,
            scratch,
            target + output * width,
            points.labels,
            output * points.stride + start,
            points.loss_parameter,
        )
    if points.rows > outputs:
        for output in range(outputs):
            _weigh(scratch, target + output * width, points, outputs * points.stride + start)
    gradient = net.gradients
    for layer in range(net.layers - 1, -1, -1):
        inputs, neurons = load_one(net.sizes, layer), load_one(net.sizes, layer + 1)
        stride = gradient_width(inputs)
        source, end = target - stride * width, target + neurons * width
        gradient -= neurons * stride
        if dropout.on != 0 and layer < net.layers - 1:
            drop_gradients(scratch, target, end)
            # The derivative needs the outputs as they were; the next layer has used those that dropout left.
            activate_layer(load_one(net.activations, layer), scratch, target, end)
        differentiate_layer(load_one(net.slopes, layer), scratch, target, end)
        add_gradients(gradients, gradient, scratch, source, target, inputs, neurons, count)
        if layer > 0:
            _input_gradients(parameters, load_one(net.starts, layer), inputs, neurons, scratch, source, target)
        target = source


@jit
def _weigh(scratch: Scratch, row: int, points: PointRows, weights: int) -> None:
    """Multiply a row of gradients, or of losses, by the weights of the points."""
    place = 0
    while place < scratch.width:
        store(scratch.deltas, row + place, load(scratch.deltas, row + place) * load(points.labels, weights + place))
        place += step(scratch.deltas)


@jit
def _input_gradients(
    parameters: Any, weights: int, inputs: int, neurons: int, scratch: Scratch, source: int, target: int
) -> None:
    """The gradient of the previous layer's outputs, from the gradient of this layer's sums."""
    width = scratch.width
    for i in range(inputs):
        place = 0
        while place < width:
            weight, row = weights + i, target + place
            added = broadcast(parameters, weight) * load(scratch.deltas, row)
            for _ in range(1, neurons):
                weight += inputs
                row += width
                added = added + broadcast(parameters, weight) * load(scratch.deltas, row)
            store(scratch.deltas, source + i * width + place, added)
            place += step(scratch.deltas)


@jit
def load_inputs(points: PointRows, features: int, start: int, scratch: Scratch) -> None:
    """Copy the inputs of the points from `start` on into the first rows of the scratch."""
    for feature in range(features):
        row, begin = feature * scratch.width, feature * points.stride + start
        place = 0
        while place < scratch.width:
            store(scratch.values, row + place, load(points.inputs, begin + place))
            place += step(scratch.values)


@jit
def learn(
    net: Net,
    parameters: Any,
    gradients: Any,
    held: Any,
    kept: Any,
    count: int,
    counted: Any,
    updates: Any,
    points: PointRows,
    first_point: int,
    last_point: int,
    rates: Hyperparameters,
    dropout: Dropout,
    scratch: Scratch,
) -> tuple[Any, Any]:
    """Train on the points `first_point` … `last_point` − 1 of an epoch.

    `count` is the number of parameters. Returns the number of points accumulated, and of updates.
    """
    start = first_point
    batch_end = (start // rates.batch_size + 1) * rates.batch_size
    while start < last_point:
        stop = min(last_point, batch_end, start + scratch.width)
        here = Dropout(dropout.on, dropout.shares, dropout.key, dropout.epoch, start)
        chunk = with_width(scratch, chunk_width(scratch.values, scratch.width, stop - start))
        load_inputs(points, load_one(net.sizes, 0), start, chunk)
        forward(net, parameters, chunk, here)
        _backward(net, parameters, gradients, points, chunk, start, stop - start, here)
        counted = counted + (stop - start)
        if stop == batch_end:
            updates = updates + 1
            update_parameters(net, parameters, gradients, held, kept, count, counted, updates, rates)
            counted = counted * 0
            batch_end += rates.batch_size
        start = stop
    return counted, updates


@jit
def evaluate_points(
    net: Net, parameters: Any, points: PointRows, count: int, scratch: Scratch, none: Dropout
) -> tuple[float, int]:
    """The mean loss of `count` points, and the number of them that are classified correctly, of a single run."""
    outputs = load_one(net.sizes, net.layers)
    target = net.output * scratch.width
    summed = first(load(scratch.deltas, 0), 0)
    right = 0
    start = 0
    while start < count:
        left = min(scratch.width, count - start)
        load_inputs(points, load_one(net.sizes, 0), start, scratch)
        forward(net, parameters, scratch, none)
        losses_of(net, points, start, scratch)
        for place in range(0, left, LANES):
            summed = summed + first(load(scratch.deltas, place), left - place)
        for point in range(left):
            row, label = target + point, start + point
            if outputs == 1:
                above = load_one(scratch.values, row) > points.threshold
                right += above == (load_one(points.labels, label) > points.threshold)
            else:
                found = _largest(scratch.values, row, scratch.width, outputs)
                right += found == _largest(points.labels, label, points.stride, outputs)
        start += scratch.width
    return total(summed) / count, right


@jit
def losses_of(net: Net, points: PointRows, start: int, scratch: Scratch) -> None:
    """The loss of each point from `start` on, after their forward pass, in the first row of the deltas."""
    outputs = load_one(net.sizes, net.layers)
    target = net.output * scratch.width
    place = 0
    while place < scratch.width:
        store(scratch.deltas, place, 0.0)
        place += step(scratch.deltas)
    for output in range(outputs):
        add_losses(
            points.loss,
            scratch,
            target + output * scratch.width,
            points.labels,
            output * points.stride + start,
            points.loss_parameter,
        )
    if points.rows > outputs:
        _weigh(scratch, 0, points, outputs * points.stride + start)


@jit
def _largest(numbers: Any, place: int, stride: int, rows: int) -> int:
    """The row with the largest number of a column, the first of equal ones."""
    row, most = 0, load_one(numbers, place)
    for k in range(1, rows):
        one = load_one(numbers, place + k * stride)
        if one > most:
            row, most = k, one
    return row
