"""Loading and storing numbers and lanes: arrays are read and written at plain offsets.

A pointer to numbers is read one by one, or as lanes of neighbouring points: four float64, or through `widest` as many
as a register holds. A pointer to lanes of runs (`as_runs`) is read like one to numbers: at an offset is one number of
each run. So a kernel that is written once trains a single run, some points at a time, or many runs, a point at a time.
`step` is the distance between two of its registers.

There is no bounds check and no negative indexing: the caller must stay within the array.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, overload, register_model

from tinkernet.engine.lanes import RUN_LANES, Lanes, as_lanes, point_lanes, vector_of, wide_lanes


class WidePointer(types.CPointer):
    """The type of a pointer to numbers that `load` reads in the widest registers."""

    def __init__(self, scalar: types.Float) -> None:
        super().__init__(scalar)
        self.name = f"Wide({scalar})"


register_model(WidePointer)(models.PointerModel)


@intrinsic
def pointer(_typing: Any, array: types.Array) -> Any:
    """A pointer to an array's data. It is cheap to pass on and does not keep the array alive: the caller must."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return context.make_array(sig.args[0])(context, builder, args[0]).data

    return types.CPointer(array.dtype)(array), build


@intrinsic
def as_runs(_typing: Any, numbers: types.CPointer) -> Any:
    """The same memory as lanes of runs: `RUNS` numbers at each offset."""

    def build(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        return builder.bitcast(args[0], vector_of(RUN_LANES).as_pointer())

    return types.CPointer(RUN_LANES)(numbers), build


@intrinsic
def as_numbers(_typing: Any, lanes: types.CPointer) -> Any:
    """The same memory as numbers: those of the runs side by side."""
    kind = lanes.dtype.scalar

    def build(context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        return builder.bitcast(args[0], context.get_value_type(kind).as_pointer())

    return types.CPointer(kind)(lanes), build


@intrinsic
def widest(_typing: Any, numbers: types.CPointer) -> Any:
    """The same memory, read in the widest registers: the same pointer if it has those already."""
    scalar = numbers.dtype
    kind = numbers if isinstance(scalar, Lanes) or wide_lanes(scalar) == point_lanes(scalar) else WidePointer(scalar)
    return kind(numbers), lambda _context, _builder, _sig, args: args[0]


def step(numbers: Any) -> int:
    """How many offsets a register spans, from which `load` reads: known when the kernel is compiled."""
    raise NotImplementedError


@overload(step, strict=False)
def _step(numbers: types.CPointer) -> Any:
    distance = 1 if isinstance(numbers.dtype, Lanes) else _lanes_at(numbers).count
    return lambda numbers: distance  # noqa: ARG005 (Numba matches names)


def _address(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """The address given by the first two arguments, a pointer and an offset."""
    return builder.gep(args[0], [context.cast(builder, args[1], sig.args[1], types.intp)])


@intrinsic
def moved(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """The pointer, advanced by the offset."""
    return numbers(numbers, offset), _address


def _read(builder: Any, address: Any, kind: types.Type) -> Any:
    """Load a number, or lanes, which need not be aligned."""
    if isinstance(kind, Lanes):
        return builder.load(address, align=kind.scalar.bitwidth // 8)
    return builder.load(address)


def _lanes_address(context: Any, builder: Any, sig: Any, args: Any, kind: Lanes) -> Any:
    return builder.bitcast(_address(context, builder, sig, args), vector_of(kind).as_pointer())


def _lanes_at(numbers: types.CPointer) -> Lanes:
    """The lanes that `load` reads."""
    if isinstance(numbers.dtype, Lanes):
        return numbers.dtype
    return wide_lanes(numbers.dtype) if isinstance(numbers, WidePointer) else point_lanes(numbers.dtype)


@intrinsic
def load_one(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """Load one number; of lanes of runs, one of each."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return _read(builder, _address(context, builder, sig, args), numbers.dtype)

    return numbers.dtype(numbers, offset), build


@intrinsic
def store_one(_typing: Any, numbers: types.CPointer, offset: types.Type, value: types.Type) -> Any:
    """Store one number; in lanes of runs, one for each, or the same for all."""
    kind = numbers.dtype

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        address = _address(context, builder, sig, args)
        if isinstance(kind, Lanes):
            lanes = as_lanes(context, builder, args[2], value, kind)
            builder.store(lanes, address, align=kind.scalar.bitwidth // 8)
        else:
            builder.store(context.cast(builder, args[2], value, kind), address)
        return context.get_dummy_value()

    return types.void(numbers, offset, value), build


@intrinsic
def load(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """Load lanes, starting at the offset."""
    kind = _lanes_at(numbers)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return _read(builder, _lanes_address(context, builder, sig, args, kind), kind)

    return kind(numbers, offset), build


@intrinsic
def store(_typing: Any, numbers: types.CPointer, offset: types.Type, value: types.Type) -> Any:
    """Store lanes, or a number in every lane, starting at the offset."""
    kind = _lanes_at(numbers)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        lanes = as_lanes(context, builder, args[2], value, kind)
        builder.store(lanes, _lanes_address(context, builder, sig, args, kind), align=kind.scalar.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(numbers, offset, value), build


@intrinsic
def broadcast(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """Load one number into every lane; of lanes of runs, each run's own."""
    kind = _lanes_at(numbers)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        found = _read(builder, _address(context, builder, sig, args), numbers.dtype)
        return as_lanes(context, builder, found, numbers.dtype, kind)

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
    kind = point_lanes(source.dtype)

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
