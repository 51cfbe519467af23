"""Loading and storing lanes: arrays are read and written at plain offsets.

There is no bounds check and no negative indexing: the caller must stay within the array.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from tinkernet.engine.lanes import Lanes, as_lanes, splat, vector_of


@intrinsic
def pointer(_typing: Any, array: types.Array) -> Any:
    """A pointer to an array's data. It is cheap to pass on and does not keep the array alive: the caller must."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return context.make_array(sig.args[0])(context, builder, args[0]).data

    return types.CPointer(array.dtype)(array), build


def _address(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """The address given by the first two arguments, a pointer and an offset."""
    return builder.gep(args[0], [context.cast(builder, args[1], sig.args[1], types.intp)])


@intrinsic
def moved(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """The pointer, advanced by the offset."""
    return numbers(numbers, offset), _address


@intrinsic
def load_one(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """Load one number."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load(_address(context, builder, sig, args))

    return numbers.dtype(numbers, offset), build


@intrinsic
def store_one(_typing: Any, numbers: types.CPointer, offset: types.Type, value: types.Type) -> Any:
    """Store one number."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        builder.store(context.cast(builder, args[2], value, numbers.dtype), _address(context, builder, sig, args))
        return context.get_dummy_value()

    return types.void(numbers, offset, value), build


def _lanes_address(context: Any, builder: Any, kind: Lanes, sig: Any, args: Any) -> Any:
    return builder.bitcast(_address(context, builder, sig, args), vector_of(kind).as_pointer())


@intrinsic
def load(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """Load lanes, starting at the offset."""
    kind = Lanes(numbers.dtype)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load(_lanes_address(context, builder, kind, sig, args), align=kind.scalar.bitwidth // 8)

    return kind(numbers, offset), build


@intrinsic
def store(_typing: Any, numbers: types.CPointer, offset: types.Type, value: types.Type) -> Any:
    """Store lanes, or a number in every lane, starting at the offset."""
    kind = Lanes(numbers.dtype)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        lanes = as_lanes(context, builder, args[2], value, kind)
        builder.store(lanes, _lanes_address(context, builder, kind, sig, args), align=kind.scalar.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(numbers, offset, value), build


@intrinsic
def broadcast(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """Load one number into every lane."""
    kind = Lanes(numbers.dtype)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return splat(builder, builder.load(_address(context, builder, sig, args)), vector_of(kind))

    return kind(numbers, offset), build


@intrinsic
def transpose(
    _typing: Any,
    source: types.CPointer,
    start: types.Type,
    stride: types.Type,
    target: types.CPointer,
    place: types.Type,
    other_stride: types.Type,
) -> Any:
    """Transpose a square block, from rows of lanes `stride` apart into rows `other_stride` apart."""
    kind = Lanes(source.dtype)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        offsets = [context.cast(builder, args[k], sig.args[k], types.intp) for k in (1, 2, 4, 5)]
        vector, count = vector_of(kind), kind.count

        def row(numbers: Any, begin: Any, step: Any, k: int) -> Any:
            offset = builder.add(begin, builder.mul(step, ir.Constant(step.type, k)))
            return builder.bitcast(builder.gep(numbers, [offset]), vector.as_pointer())

        def mixed(one: Any, other: Any, lanes: list[int]) -> Any:
            return builder.shuffle_vector(one, other, ir.Constant(ir.VectorType(ir.IntType(32), count), lanes))

        align = kind.scalar.bitwidth // 8
        rows = [builder.load(row(args[0], offsets[0], offsets[1], k), align=align) for k in range(count)]
        distance = count // 2
        while distance:
            # Swap blocks of this size across the diagonal.
            low = [k + (count - distance if k & distance else 0) for k in range(count)]
            high = [k + (count if k & distance else distance) for k in range(count)]
            for k in range(count):
                if not k & distance:
                    one, other = rows[k], rows[k + distance]
                    rows[k], rows[k + distance] = mixed(one, other, low), mixed(one, other, high)
            distance //= 2
        for k in range(count):
            builder.store(rows[k], row(args[3], offsets[2], offsets[3], k), align=align)
        return context.get_dummy_value()

    return types.void(source, start, stride, target, place, other_stride), build
