"""Short vectors for the compiled engine: several points of a batch, or the same number of several runs.

A `Lanes` value holds float64 or float32 of neighbouring points, or a float64 of each of `RUNS` runs. It supports
+ − × ÷ and comparisons, also with plain numbers; `lane_functions.py` has the other operations that the formulas of the
tables need, `memory.py` loads and stores lanes. LLVM splits them on machines with narrower registers. Nothing is
contracted or reordered: each lane's result is bit-identical to NumPy's, so results do not depend on how many lanes
there are.
"""

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from llvmlite.binding import get_host_cpu_features
from numba import types
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, models, register_model


class Lanes(types.Type):
    """The type of a vector of floats."""

    def __init__(self, scalar: types.Float, count: int) -> None:
        self.scalar = scalar
        self.count = count
        super().__init__(name=f"Lanes({scalar}, {count})")


class Mask(types.Type):
    """The result type of a comparison of lanes."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self.count = lanes.count
        super().__init__(name=f"Mask({lanes})")


WIDEST = 8 if get_host_cpu_features().get("avx512f") else 4
"""How many float64 a register of this processor holds, but at least four."""


def point_lanes(scalar: types.Float) -> Lanes:
    """Lanes of neighbouring points: the same number on every processor, because rows are padded to it."""
    return Lanes(scalar, 4 if scalar == types.float64 else 8)


def wide_lanes(scalar: types.Float) -> Lanes:
    """Lanes of neighbouring points, as many as a register of this processor holds: for rows that are long enough."""
    return Lanes(scalar, WIDEST if scalar == types.float64 else 8)


RUNS = WIDEST
"""How many runs have a lane."""
RUN_LANES = Lanes(types.float64, RUNS)


@register_model(Lanes)
class LanesModel(models.PrimitiveModel):
    """Lanes are an LLVM vector."""

    def __init__(self, manager: Any, kind: Lanes) -> None:
        super().__init__(manager, kind, vector_of(kind))


@register_model(Mask)
class MaskModel(models.PrimitiveModel):
    """A mask is an LLVM vector of bits."""

    def __init__(self, manager: Any, kind: Mask) -> None:
        super().__init__(manager, kind, ir.VectorType(ir.IntType(1), kind.count))


def _element(kind: Lanes) -> ir.Type:
    return ir.DoubleType() if kind.scalar == types.float64 else ir.FloatType()


def vector_of(kind: Lanes) -> ir.VectorType:
    """The LLVM type of these lanes."""
    return ir.VectorType(_element(kind), kind.count)


def splat(builder: Any, value: Any, vector: ir.VectorType) -> Any:
    """A vector with the value in every lane."""
    one = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    lanes = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), [0] * vector.count)
    return builder.shuffle_vector(one, one, lanes)


def as_lanes(context: Any, builder: Any, value: Any, source: types.Type, kind: Lanes) -> Any:
    """The value as lanes: unchanged, or a number in every lane."""
    if source == kind:
        return value
    return splat(builder, context.cast(builder, value, source, kind.scalar), vector_of(kind))


# --- + − × ÷ and comparisons -------------------------------------------------


def lanes_among(args: tuple[types.Type, ...]) -> Lanes | None:
    """The type of lanes among the arguments, if the other arguments are numbers or the same lanes."""
    lanes = next((arg for arg in args if isinstance(arg, Lanes)), None)
    fits = lanes is not None and all(arg == lanes or isinstance(arg, types.Number) for arg in args)
    return lanes if fits else None


def _define(function: Callable[..., Any], result: Callable[[Lanes], types.Type], build: Callable[..., Any]) -> None:
    """Register an operator on lanes with the compiler; either operand may be a number."""

    class Template(AbstractTemplate):
        def generic(self, args: Any, _kws: Any) -> Any:
            kind = lanes_among(args) if len(args) == 2 else None
            return signature(result(kind), *args) if kind is not None else None

    infer_global(function)(Template)

    def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        kind = lanes_among(sig.args)
        assert kind is not None  # noqa: S101 (guaranteed by the typing above)
        both = [as_lanes(context, builder, value, source, kind) for value, source in zip(args, sig.args, strict=True)]
        return build(builder, *both)

    for sides in ((Lanes, Lanes), (Lanes, types.Number), (types.Number, Lanes)):
        lower_builtin(function, *sides)(lower)


def define_unary(function: Callable[..., Any], build: Callable[..., Any]) -> None:
    """Register a unary operator on lanes with the compiler."""

    class Template(AbstractTemplate):
        def generic(self, args: Any, _kws: Any) -> Any:
            return signature(args[0], *args) if len(args) == 1 and isinstance(args[0], Lanes) else None

    infer_global(function)(Template)
    lower_builtin(function, Lanes)(build)


for _operator, _instruction in (
    (operator.add, "fadd"),
    (operator.sub, "fsub"),
    (operator.mul, "fmul"),
    (operator.truediv, "fdiv"),
):
    _define(_operator, lambda kind: kind, lambda builder, x, y, name=_instruction: getattr(builder, name)(x, y))
define_unary(operator.neg, lambda _context, builder, _sig, args: builder.fneg(args[0]))
define_unary(operator.pos, lambda _context, _builder, _sig, args: args[0])
for _operator, _sign in ((operator.lt, "<"), (operator.le, "<="), (operator.gt, ">"), (operator.ge, ">=")):
    _define(_operator, Mask, lambda builder, x, y, sign=_sign: builder.fcmp_ordered(sign, x, y))


# --- Within one value ------------------------------------------------------------


@intrinsic
def first(_typing: Any, lanes: Lanes, count: types.Type) -> Any:
    """The first `count` lanes, with 0 in the others."""

    def build(context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        integers = ir.VectorType(ir.IntType(64), lanes.count)
        limit = splat(builder, context.cast(builder, args[1], count, types.int64), integers)
        inside = builder.icmp_signed("<", ir.Constant(integers, list(range(lanes.count))), limit)
        return builder.select(inside, args[0], ir.Constant(vector_of(lanes), [0.0] * lanes.count))

    return lanes(lanes, count), build


@intrinsic
def total(_typing: Any, lanes: Lanes) -> Any:
    """The sum of the lanes by pairwise halving: (0 + 2) + (1 + 3) for four."""

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
