"""Short vectors for the compiled engine: several points of a batch in one machine register.

A `Lanes` value holds four float64 or eight float32. It knows + − × ÷ and comparisons, with numbers too, and the few
operations of `tinkernet.arithmetic.primitives`, so that the formulas of the tables compile for it as they stand. LLVM
splits it on machines with narrower registers. Nothing here is contracted or reordered: a lane gives the bits that NumPy
gives. Arrays are read and written by plain offsets, without bounds and without Python's negative indices.
"""

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, models, overload, register_jitable, register_model

from tinkernet.arithmetic import exponential, primitives


class Lanes(types.Type):
    """The type of a vector of floats."""

    def __init__(self, scalar: types.Float) -> None:
        self.scalar = scalar
        self.count = 4 if scalar == types.float64 else 8
        super().__init__(name=f"Lanes({scalar})")


class Mask(types.Type):
    """The type of what a comparison of lanes gives."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(name=f"Mask({count})")


@register_model(Lanes)
class LanesModel(models.PrimitiveModel):
    """Lanes are an LLVM vector."""

    def __init__(self, manager: Any, kind: Lanes) -> None:
        super().__init__(manager, kind, _vector(kind))


@register_model(Mask)
class MaskModel(models.PrimitiveModel):
    """A mask is an LLVM vector of bits."""

    def __init__(self, manager: Any, kind: Mask) -> None:
        super().__init__(manager, kind, ir.VectorType(ir.IntType(1), kind.count))


def _element(kind: Lanes) -> ir.Type:
    return ir.DoubleType() if kind.scalar == types.float64 else ir.FloatType()


def _vector(kind: Lanes) -> ir.VectorType:
    return ir.VectorType(_element(kind), kind.count)


def _splat(builder: Any, value: Any, vector: ir.VectorType) -> Any:
    one = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    lanes = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), [0] * vector.count)
    return builder.shuffle_vector(one, one, lanes)


def _as_lanes(context: Any, builder: Any, value: Any, source: types.Type, kind: Lanes) -> Any:
    """The value as lanes: itself, or a number in every lane."""
    if source == kind:
        return value
    return _splat(builder, context.cast(builder, value, source, kind.scalar), _vector(kind))


# --- + − × ÷ and comparisons -------------------------------------------------


def _kind(args: tuple[types.Type, ...]) -> Lanes | None:
    """The type of lanes among the arguments, if the others are numbers or the same lanes."""
    lanes = next((arg for arg in args if isinstance(arg, Lanes)), None)
    fits = lanes is not None and all(arg == lanes or isinstance(arg, types.Number) for arg in args)
    return lanes if fits else None


def _define(function: Callable[..., Any], result: Callable[[Lanes], types.Type], build: Callable[..., Any]) -> None:
    """Teach the compiler an operator on lanes, with a number on either side."""

    class Template(AbstractTemplate):
        def generic(self, args: Any, _kws: Any) -> Any:
            kind = _kind(args) if len(args) == 2 else None
            return signature(result(kind), *args) if kind is not None else None

    infer_global(function)(Template)

    def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        kind = _kind(sig.args)
        assert kind is not None  # noqa: S101 (the typing above let nothing else through)
        both = [_as_lanes(context, builder, value, source, kind) for value, source in zip(args, sig.args, strict=True)]
        return build(builder, *both)

    for sides in ((Lanes, Lanes), (Lanes, types.Number), (types.Number, Lanes)):
        lower_builtin(function, *sides)(lower)


def _define_unary(function: Callable[..., Any], build: Callable[..., Any]) -> None:
    """Teach the compiler an operator on lanes alone."""

    class Template(AbstractTemplate):
        def generic(self, args: Any, _kws: Any) -> Any:
            return signature(args[0], *args) if len(args) == 1 and isinstance(args[0], Lanes) else None

    infer_global(function)(Template)
    lower_builtin(function, Lanes)(lambda _context, builder, _sig, args: build(builder, args[0]))


for _operator, _instruction in (
    (operator.add, "fadd"),
    (operator.sub, "fsub"),
    (operator.mul, "fmul"),
    (operator.truediv, "fdiv"),
):
    _define(_operator, lambda kind: kind, lambda builder, x, y, name=_instruction: getattr(builder, name)(x, y))
_define_unary(operator.neg, lambda builder, x: builder.fneg(x))
_define_unary(operator.pos, lambda _, x: x)
for _operator, _sign in ((operator.lt, "<"), (operator.le, "<="), (operator.gt, ">"), (operator.ge, ">=")):
    _define(
        _operator, lambda kind: Mask(kind.count), lambda builder, x, y, sign=_sign: builder.fcmp_ordered(sign, x, y)
    )


# --- The primitives of the elementary functions ------------------------------


@intrinsic
def _select_lanes(_typing: Any, mask: types.Type, then: types.Type, otherwise: types.Type) -> Any:
    kind = _kind((then, otherwise))
    if kind is None:  # numbers on both sides: the mask says how wide, and only float64 is so wide
        kind = Lanes(types.float64 if mask.count == 4 else types.float32)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        chosen, other = (
            _as_lanes(context, builder, value, source, kind)
            for value, source in zip(args[1:], sig.args[1:], strict=True)
        )
        return builder.select(args[0], chosen, other)

    return kind(mask, then, otherwise), build


@overload(primitives.select, strict=False)
def _select(condition: types.Type, then: types.Type, otherwise: types.Type) -> Any:  # noqa: ARG001 (Numba matches names)
    if isinstance(condition, Mask):
        return lambda condition, then, otherwise: _select_lanes(condition, then, otherwise)  # noqa: PLW0108 (compiled)
    return lambda condition, then, otherwise: then if condition else otherwise


# What rounds to an integer when added, the width of the mantissa and the bias of the exponent, per type.
_ROUNDING = {types.float64: primitives.ROUNDING, types.float32: 12582912.0}
_MANTISSA = {types.float64: 52, types.float32: 23}
_BIAS = {types.float64: 1023, types.float32: 127}
_EXPONENT_LIMIT = {types.float64: primitives.exponent_limit(None), types.float32: 85.0}


@overload(primitives.nearest, strict=False)
def _nearest(x: types.Type) -> Any:
    rounding = _ROUNDING[x.scalar]
    return lambda x: (x + rounding) - rounding


@overload(primitives.exponent_limit, strict=False)
def _exponent_limit(_x: types.Type) -> Any:
    limit = _EXPONENT_LIMIT[_x.scalar]
    return lambda _x: limit


@intrinsic
def _shifted_into_exponent(_typing: Any, rounded: Lanes) -> Any:
    """2^k from k + ROUNDING: the low bits of that are k, and there is no wide conversion to integers to wait for."""
    mantissa, bias = _MANTISSA[rounded.scalar], _BIAS[rounded.scalar]

    def build(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        integers = ir.VectorType(ir.IntType(64 if rounded.scalar == types.float64 else 32), rounded.count)
        bits = builder.bitcast(args[0], integers)
        shifted = builder.shl(bits, ir.Constant(integers, [mantissa] * rounded.count))
        biased = builder.add(shifted, ir.Constant(integers, [bias << mantissa] * rounded.count))
        return builder.bitcast(biased, _vector(rounded))

    return rounded(rounded), build


@overload(primitives.power_of_two, strict=False)
def _power_of_two(k: types.Type) -> Any:
    rounding = _ROUNDING[k.scalar]
    return lambda k: _shifted_into_exponent(k + rounding)


for _function in (primitives.clamp, exponential.exponential, exponential.tanh, exponential.sigmoid):
    register_jitable(_function)


# --- Between memory and lanes -------------------------------------------------


@intrinsic
def pointer(_typing: Any, array: types.Array) -> Any:
    """Where an array's numbers are. Costs nothing to hand on, and keeps nothing alive: the caller holds the array."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return context.make_array(sig.args[0])(context, builder, args[0]).data

    return types.CPointer(array.dtype)(array), build


def _address(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Of the number that the first two arguments, a pointer and an offset, mean."""
    return builder.gep(args[0], [context.cast(builder, args[1], sig.args[1], types.intp)])


@intrinsic
def moved(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """The pointer, so much further on."""
    return numbers(numbers, offset), _address


@intrinsic
def load_one(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """The one number there."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load(_address(context, builder, sig, args))

    return numbers.dtype(numbers, offset), build


@intrinsic
def store_one(_typing: Any, numbers: types.CPointer, offset: types.Type, value: types.Type) -> Any:
    """Write one number there."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        builder.store(context.cast(builder, args[2], value, numbers.dtype), _address(context, builder, sig, args))
        return context.get_dummy_value()

    return types.void(numbers, offset, value), build


def _lanes_address(context: Any, builder: Any, kind: Lanes, sig: Any, args: Any) -> Any:
    return builder.bitcast(_address(context, builder, sig, args), _vector(kind).as_pointer())


@intrinsic
def load(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """The lanes that begin there."""
    kind = Lanes(numbers.dtype)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.load(_lanes_address(context, builder, kind, sig, args), align=kind.scalar.bitwidth // 8)

    return kind(numbers, offset), build


@intrinsic
def store(_typing: Any, numbers: types.CPointer, offset: types.Type, value: types.Type) -> Any:
    """Write lanes, or a number into every lane, from there on."""
    kind = Lanes(numbers.dtype)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        lanes = _as_lanes(context, builder, args[2], value, kind)
        builder.store(lanes, _lanes_address(context, builder, kind, sig, args), align=kind.scalar.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(numbers, offset, value), build


@intrinsic
def broadcast(_typing: Any, numbers: types.CPointer, offset: types.Type) -> Any:
    """The one number there, in every lane."""
    kind = Lanes(numbers.dtype)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return _splat(builder, builder.load(_address(context, builder, sig, args)), _vector(kind))

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
    """Transpose a square of numbers: from rows of lanes that are `stride` apart into rows `other_stride` apart."""
    kind = Lanes(source.dtype)

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        offsets = [context.cast(builder, args[k], sig.args[k], types.intp) for k in (1, 2, 4, 5)]
        vector, count = _vector(kind), kind.count

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


@intrinsic
def first(_typing: Any, lanes: Lanes, count: types.Type) -> Any:
    """The first `count` lanes, and 0 in the others."""

    def build(context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        integers = ir.VectorType(ir.IntType(64), lanes.count)
        limit = _splat(builder, context.cast(builder, args[1], count, types.int64), integers)
        inside = builder.icmp_signed("<", ir.Constant(integers, list(range(lanes.count))), limit)
        return builder.select(inside, args[0], ir.Constant(_vector(lanes), [0.0] * lanes.count))

    return lanes(lanes, count), build


@intrinsic
def total(_typing: Any, lanes: Lanes) -> Any:
    """The sum of the lanes, halves added to halves: (0 + 2) + (1 + 3) for four."""

    def build(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        sums, width = args[0], lanes.count
        while width > 1:
            width //= 2
            index = ir.VectorType(ir.IntType(32), width)
            low = builder.shuffle_vector(sums, sums, ir.Constant(index, list(range(width))))
            high = builder.shuffle_vector(sums, sums, ir.Constant(index, list(range(width, 2 * width))))
            sums = builder.fadd(low, high)
        return builder.extract_element(sums, ir.Constant(ir.IntType(32), 0))

    return lanes.scalar(lanes), build
