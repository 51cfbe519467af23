"""The operations of `tinkernet.arithmetic.primitives` for lanes.

With these, exponential, tanh and sigmoid compile for lanes unchanged. Importing this module registers them with Numba.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload, register_jitable

from tinkernet.arithmetic import exponential, primitives
from tinkernet.engine.lanes import Lanes, Mask, as_lanes, lanes_among, vector_of


@intrinsic
def _select_lanes(_typing: Any, mask: types.Type, then: types.Type, otherwise: types.Type) -> Any:
    kind = lanes_among((then, otherwise))
    if kind is None:  # two numbers: the type follows from the mask's width
        kind = Lanes(types.float64 if mask.count == 4 else types.float32)

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
    """2^k from k + ROUNDING, whose low bits are k: this avoids a slow vector conversion to integers."""
    mantissa, bias = _MANTISSA[rounded.scalar], _BIAS[rounded.scalar]

    def build(_context: Any, builder: Any, _sig: Any, args: Any) -> Any:
        integers = ir.VectorType(ir.IntType(64 if rounded.scalar == types.float64 else 32), rounded.count)
        bits = builder.bitcast(args[0], integers)
        shifted = builder.shl(bits, ir.Constant(integers, [mantissa] * rounded.count))
        biased = builder.add(shifted, ir.Constant(integers, [bias << mantissa] * rounded.count))
        return builder.bitcast(biased, vector_of(rounded))

    return rounded(rounded), build


@overload(primitives.power_of_two, strict=False)
def _power_of_two(k: types.Type) -> Any:
    rounding = _ROUNDING[k.scalar]
    return lambda k: _shifted_into_exponent(k + rounding)


for _function in (primitives.clamp, exponential.exponential, exponential.tanh, exponential.sigmoid):
    register_jitable(_function)
