"""Elementary functions that use only + − × ÷ and √, so that results are bit-identical on every machine."""

from tinkernet.arithmetic.angles import cosine, sine
from tinkernet.arithmetic.arctangent import atan2
from tinkernet.arithmetic.error_function import erf, normal_cdf
from tinkernet.arithmetic.exponential import exp, expm1, sigmoid, tanh
from tinkernet.arithmetic.logarithm import log, softplus
from tinkernet.arithmetic.power import integer_power
from tinkernet.arithmetic.primitives import clamp, select
from tinkernet.arithmetic.quantile import normal_quantile
from tinkernet.arithmetic.trigonometric import cos, sin, tan

__all__ = [
    "atan2",
    "clamp",
    "cos",
    "cosine",
    "erf",
    "exp",
    "expm1",
    "integer_power",
    "log",
    "normal_cdf",
    "normal_quantile",
    "select",
    "sigmoid",
    "sin",
    "sine",
    "softplus",
    "tan",
    "tanh",
]
