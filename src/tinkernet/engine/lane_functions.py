"""The operations of `tinkernet.arithmetic.primitives` for lanes and numbers.

With these, the functions of `tinkernet.arithmetic` compile unchanged, for lanes and for plain float64. Importing this
module registers them with Numba.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload, register_jitable

from tinkernet.arithmetic import angles, error_function, exponential, logarithm, power, primitives
from tinkernet.engine.lanes import Lanes, Mask, as_lanes, define_unary, lanes_among, vector_of


@intrinsic
def _select_lanes(_typing: Any, mask: types.Type, then: types.Type, otherwise: types.Type) -> Any:
    kind = lanes_among((then, otherwise))
    if kind is None:  # two numbers: the type follows from what was compared
        kind = mask.lanes

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        chosen, other = (
            as_lanes(context, builder, value, source, kind)
            for value, source in zip(args[1:], sig.args[1:], strict=True)
        )
        return builder.select(args[0], chosen, other)

    return kind(mask, then, otherwise), build


@overload(primitives.select, strict=False)
def _select(condition: types.Type, then: types.Type, otherwise: types.Type) -> Any:  # noqa: ARG001 (Numba matches names)
    if isinstance(condition, Mask):
        return lambda condition, then, otherwise: _select_lanes(condition, then, otherwise)  # noqa: PLW0108 (compiled)
    return lambda condition, then, otherwise: then if condition else otherwise


# Per type: the number that rounds to an integer when added, the width of the mantissa, the bias of the exponent.
_ROUNDING = {types.float64: primitives.ROUNDING, types.float32: 12582912.0}
_MANTISSA = {types.float64: 52, types.float32: 23}
_BIAS = {types.float64: 1023, types.float32: 127}
_EXPONENT_LIMIT = {types.float64: primitives.exponent_limit(None), types.float32: 85.0}
_EXPONENT_RANGE = {types.float64: primitives.exponent_range(None), types.float32: 110.0}
_SMALLEST_NORMAL = {types.float64: primitives.smallest_normal(None), types.float32: 2.0**-126}


def _scalar(kind: types.Type) -> types.Float:
    """The type of one number of these lanes, or of this number."""
    scalar: types.Float = kind.scalar if isinstance(kind, Lanes) else kind
    return scalar


def _float_type(kind: types.Type) -> ir.Type:
    """The LLVM type of lanes or of a number."""
    if isinstance(kind, Lanes):
        return vector_of(kind)
    return ir.DoubleType() if kind == types.float64 else ir.FloatType()


class _Bits:
    """Integer operations on the bits of lanes or of a number."""

    def __init__(self, builder: Any, kind: types.Type) -> None:
        self.builder, self.kind = builder, kind
        self.count = kind.count if isinstance(kind, Lanes) else None
        integer = ir.IntType(_scalar(kind).bitwidth)
        self.type = integer if self.count is None else ir.VectorType(integer, self.count)

    def constant(self, value: int) -> Any:
        return ir.Constant(self.type, value if self.count is None else [value] * self.count)

    def of(self, value: Any) -> Any:
        return self.builder.bitcast(value, self.type)

    def as_float(self, bits: Any) -> Any:
        return self.builder.bitcast(bits, _float_type(self.kind))


@overload(primitives.nearest, strict=False)
def _nearest(x: types.Type) -> Any:
    rounding = _ROUNDING[_scalar(x)]
    return lambda x: (x + rounding) - rounding


def _register_limit(function: Any, limits: dict[types.Float, float]) -> None:
    """Compile a function that returns a number for the type of its argument."""

    @overload(function, strict=False)
    def _limit(_x: types.Type) -> Any:
        limit = limits[_scalar(_x)]
        return lambda _x: limit


_register_limit(primitives.exponent_limit, _EXPONENT_LIMIT)
_register_limit(primitives.exponent_range, _EXPONENT_RANGE)
_register_limit(primitives.smallest_normal, _SMALLEST_NORMAL)


@intrinsic
def _shifted_into_exponent(_typing: Any, rounded: types.Type) -> Any:
    """2^k from k + ROUNDING, whose low bits are k: this avoids a slow vector conversion to integers."""
    mantissa, bias = _MANTISSA[_scalar(rounded)], _BIAS[_scalar(rounded)]

    def build(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        bits = _Bits(builder, rounded)
        shifted = builder.shl(bits.of(args[0]), bits.constant(mantissa))
        return bits.as_float(builder.add(shifted, bits.constant(bias << mantissa)))

    return rounded(rounded), build


@overload(primitives.power_of_two, strict=False)
def _power_of_two(k: types.Type) -> Any:
    rounding = _ROUNDING[_scalar(k)]
    return lambda k: _shifted_into_exponent(k + rounding)


@intrinsic
def _mantissa_of(_typing: Any, x: types.Type) -> Any:
    """The number with the mantissa of `x` and exponent 0."""
    mantissa, bias = _MANTISSA[_scalar(x)], _BIAS[_scalar(x)]

    def build(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        bits = _Bits(builder, x)
        kept = builder.and_(bits.of(args[0]), bits.constant((1 << mantissa) - 1))
        return bits.as_float(builder.or_(kept, bits.constant(bias << mantissa)))

    return x(x), build


@intrinsic
def _exponent_above(_typing: Any, x: types.Type) -> Any:
    """The biased exponent of `x`, plus 2^52 or 2^23: as low bits of that number, without a conversion of integers."""
    mantissa, bias = _MANTISSA[_scalar(x)], _BIAS[_scalar(x)]

    def build(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        bits = _Bits(builder, x)
        exponent = builder.and_(builder.lshr(bits.of(args[0]), bits.constant(mantissa)), bits.constant(2 * bias + 1))
        return bits.as_float(builder.or_(exponent, bits.constant((bias + mantissa) << mantissa)))

    return x(x), build


@overload(primitives.mantissa_and_exponent, strict=False)
def _mantissa_and_exponent(x: types.Type) -> Any:
    above = 2.0 ** _MANTISSA[_scalar(x)] + _BIAS[_scalar(x)]
    return lambda x: (_mantissa_of(x), _exponent_above(x) - above)


@overload(power.integer_power, strict=False)
def _integer_power(base: types.Type, exponent: types.Type) -> Any:  # noqa: ARG001 (Numba matches names)
    if isinstance(exponent, Lanes):
        return _powers

    def integer_power(base: Any, exponent: Any) -> Any:
        result, square = 1.0, base
        while exponent > 0:
            if exponent & 1:
                result *= square
            square *= square
            exponent >>= 1
        return result

    return integer_power


@register_jitable
def _powers(base: Any, exponent: Any) -> Any:
    """A power for each lane, whose exponents are whole numbers: each is the product of the same squares as alone."""
    result, square, left = exponent * 0.0 + 1.0, base, exponent
    while anywhere(left > 0.0):
        half = primitives.nearest(0.5 * left - 0.25)
        result = primitives.select(left - 2.0 * half > 0.5, result * square, result)
        square = square * square
        left = half
    return result


@intrinsic
def anywhere(_typing: Any, mask: Mask) -> Any:
    """Whether a comparison is true in any lane."""

    def build(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        bits = builder.bitcast(args[0], ir.IntType(mask.count))
        return builder.icmp_unsigned("!=", bits, ir.Constant(bits.type, 0))

    return types.boolean(mask), build


def _square_root(_context: Any, builder: Any, sig: Any, args: Any) -> Any:
    vector = vector_of(sig.args[0])
    name = f"llvm.sqrt.v{vector.count}f{sig.args[0].scalar.bitwidth}"
    function = cgutils.get_or_insert_function(builder.module, ir.FunctionType(vector, [vector]), name)
    return builder.call(function, args)


define_unary(np.sqrt, _square_root)

for _function in (
    primitives.clamp,
    *(exponential.exponential, exponential.tanh, exponential.sigmoid),
    *(exponential.reduced, exponential.exp, exponential.expm1),
    *(logarithm.series, logarithm.log, logarithm.softplus),
    *(error_function.erf, error_function.normal_cdf),
    *(angles.reduced, angles.turned, angles.sine, angles.cosine),
):
    register_jitable(_function)
