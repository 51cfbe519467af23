"""What the kernels work on: a network, points and scratch memory as raw pointers, and how they are made from arrays.

Scratch memory is laid out as [neuron][point of the chunk], so that a register holds one neuron's values for
neighbouring points. Pointers (see `memory.py`) are cheap to pass on; the caller of an entry point keeps references to
all arrays, including scratch, so that they outlive the call.
"""

from typing import Any, NamedTuple

from tinkernet.engine.choices import jit
from tinkernet.engine.memory import load_one, moved, pointer, store_one, widest
from tinkernet.engine.rule import gradient_width as _gradient_width

gradient_width = jit(_gradient_width)


class Net(NamedTuple):
    """A network's shape: neurons per layer, the index of each layer's first parameter, and activations by index.

    `slopes` are the activations whose derivative counts: for an output whose loss has its derivative with respect to
    the sum, one that is 1 everywhere. `layers` is the number of layers after the inputs, `output` the output layer's
    first row, `gradients` the length of a gradient vector.
    """

    sizes: Any
    starts: Any
    activations: Any
    slopes: Any
    layers: int
    output: int
    gradients: int


class Scratch(NamedTuple):
    """Memory for a chunk: each neuron's weighted sum, its output, and the gradient of its sum; `width` points per row.

    `transposed` holds one layer's outputs by point, `factors` what dropout has multiplied the outputs by.
    """

    sums: Any
    values: Any
    deltas: Any
    transposed: Any
    factors: Any
    width: int


class PointRows(NamedTuple):
    """Inputs and labels, one row of `stride` points per feature and per output.

    There are `rows` rows of labels: if they are more than the outputs, the one after the outputs has the weights.

    The loss is given by its index, with its parameter; `threshold` separates the classes of a single output.
    """

    inputs: Any
    labels: Any
    rows: int
    stride: int
    loss: int
    loss_parameter: float
    threshold: float


@jit
def with_width(scratch: Scratch, width: int) -> Scratch:
    """The same memory with rows of this width."""
    return Scratch(scratch.sums, scratch.values, scratch.deltas, scratch.transposed, scratch.factors, width)


@jit
def widest_rows(scratch: Scratch) -> Scratch:
    """The same memory, of which `load` reads the widest registers."""
    sums, values, deltas = widest(scratch.sums), widest(scratch.values), widest(scratch.deltas)
    return Scratch(sums, values, deltas, scratch.transposed, scratch.factors, scratch.width)


@jit
def as_net(sizes: Any, starts: Any, activations: Any) -> Net:
    """The network described by these three arrays; `activations` are followed by the slopes."""
    output, gradients, layers = 0, 0, len(sizes) - 1
    for layer in range(layers):
        output += gradient_width(sizes[layer])
        gradients += sizes[layer + 1] * gradient_width(sizes[layer])
    codes = pointer(activations)
    return Net(pointer(sizes), pointer(starts), codes, moved(codes, layers), layers, output, gradients)


@jit
def as_points(inputs: Any, labels: Any, loss: int, loss_parameter: float, threshold: float) -> PointRows:
    """The points in these two tables."""
    return PointRows(pointer(inputs), pointer(labels), len(labels), inputs.shape[1], loss, loss_parameter, threshold)


@jit
def as_scratch(memory: Any, net: Net, width: int) -> Scratch:
    """Rows in zero-initialized memory: padding after the last point is computed, but its results are never used.

    Each layer's values are followed by a row of ones, whose "weights" are the biases, and by rows of zeros, which pad
    them to whole registers.
    """
    start, size = pointer(memory), (net.output + load_one(net.sizes, net.layers)) * width
    scratch = Scratch(
        start, moved(start, size), moved(start, 2 * size), moved(start, 3 * size), moved(start, 4 * size), width
    )
    row = 0
    for layer in range(net.layers):
        ones = (row + load_one(net.sizes, layer)) * width
        for place in range(ones, ones + width):
            store_one(scratch.values, place, 1.0)
        row += gradient_width(load_one(net.sizes, layer))
    return scratch
