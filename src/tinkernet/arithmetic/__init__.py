"""Elementary functions that use only + − × ÷ and √, so that results are bit-identical on every machine."""

from tinkernet.arithmetic.arctangent import atan2
from tinkernet.arithmetic.exponential import sigmoid, tanh
from tinkernet.arithmetic.logarithm import log
from tinkernet.arithmetic.primitives import clamp, select
from tinkernet.arithmetic.trigonometric import cos, sin, tan

__all__ = ["atan2", "clamp", "cos", "log", "select", "sigmoid", "sin", "tan", "tanh"]
