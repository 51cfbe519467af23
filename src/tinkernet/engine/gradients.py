"""The gradients of a chunk of points, added up point by point: once for points in lanes, once for runs in lanes."""

from typing import Any

from numba import types
from numba.extending import overload

from tinkernet.engine.choices import jit
from tinkernet.engine.lanes import Lanes
from tinkernet.engine.memory import broadcast, load, store, transpose
from tinkernet.engine.rule import LANES
from tinkernet.engine.structures import Scratch, gradient_width


def chunk_width(values: Any, most: int, count: int) -> int:
    """The width of a row of scratch for `count` points: with points in lanes it stays, and the last are padding."""
    raise NotImplementedError


@overload(chunk_width, strict=False)
def _chunk_width(values: types.CPointer, most: types.Type, count: types.Type) -> Any:  # noqa: ARG001 (Numba matches names)
    if isinstance(values.dtype, Lanes):
        return lambda values, most, count: count  # noqa: ARG005 (likewise)
    return lambda values, most, count: most  # noqa: ARG005 (likewise)


def _add_gradients(
    gradients: Any, gradient: int, scratch: Scratch, source: int, target: int, inputs: int, neurons: int, count: int
) -> None:
    raise NotImplementedError


@overload(_add_gradients, strict=False)
def _chosen(gradients: types.CPointer, *_others: types.Type) -> Any:
    return _of_runs if isinstance(gradients.dtype, Lanes) else _of_points


@jit
def add_gradients(
    gradients: Any, gradient: int, scratch: Scratch, source: int, target: int, inputs: int, neurons: int, count: int
) -> None:
    """Add to each parameter's gradient, point by point, the gradient of the neuron's sum times its input.

    The inputs are the values from `source` on, the gradients of the sums the deltas from `target` on.
    """
    _add_gradients(gradients, gradient, scratch, source, target, inputs, neurons, count)


def _of_points(
    gradients: Any, gradient: int, scratch: Scratch, source: int, target: int, inputs: int, neurons: int, count: int
) -> None:
    """Four parameters at a time: the values are transposed, and followed by a row of ones for the biases.

    Two neurons share each load of values, which also hides the latency of additions.
    """
    width, stride = scratch.width, gradient_width(inputs)
    for place in range(0, count, LANES):
        for i in range(0, stride, LANES):
            transpose(scratch.values, source + i * width + place, width, scratch.transposed, place * stride + i, stride)
    row, neuron = target, 0
    while neuron + 2 <= neurons:
        for place in range(0, stride, LANES):
            one, two = load(gradients, gradient + place), load(gradients, gradient + stride + place)
            for point in range(count):
                value = load(scratch.transposed, point * stride + place)
                one = one + broadcast(scratch.deltas, row + point) * value
                two = two + broadcast(scratch.deltas, row + width + point) * value
            store(gradients, gradient + place, one)
            store(gradients, gradient + stride + place, two)
        gradient += 2 * stride
        row += 2 * width
        neuron += 2
    if neuron < neurons:
        for place in range(0, stride, LANES):
            one = load(gradients, gradient + place)
            for point in range(count):
                one = one + broadcast(scratch.deltas, row + point) * load(scratch.transposed, point * stride + place)
            store(gradients, gradient + place, one)


def _of_runs(
    gradients: Any, gradient: int, scratch: Scratch, source: int, target: int, inputs: int, neurons: int, count: int
) -> None:
    """Four parameters at a time, each a register of runs."""
    width, stride = scratch.width, gradient_width(inputs)
    row = target
    for _ in range(neurons):
        i = 0
        while i + 4 <= inputs:
            place, one = gradient + i, source + i * width
            two, three, four = one + width, one + 2 * width, one + 3 * width
            first, second = load(gradients, place), load(gradients, place + 1)
            third, fourth = load(gradients, place + 2), load(gradients, place + 3)
            for point in range(count):
                delta = load(scratch.deltas, row + point)
                first = first + delta * load(scratch.values, one + point)
                second = second + delta * load(scratch.values, two + point)
                third = third + delta * load(scratch.values, three + point)
                fourth = fourth + delta * load(scratch.values, four + point)
            store(gradients, place, first)
            store(gradients, place + 1, second)
            store(gradients, place + 2, third)
            store(gradients, place + 3, fourth)
            i += 4
        while i < inputs:
            added, value = load(gradients, gradient + i), source + i * width
            for point in range(count):
                added = added + load(scratch.deltas, row + point) * load(scratch.values, value + point)
            store(gradients, gradient + i, added)
            i += 1
        bias = load(gradients, gradient + inputs)
        for point in range(count):
            bias = bias + load(scratch.deltas, row + point)
        store(gradients, gradient + inputs, bias)
        gradient += stride
        row += width
