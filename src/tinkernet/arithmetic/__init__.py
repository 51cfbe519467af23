"""Elementary functions made of + − × ÷ and √ alone, so that they give the same bits on every machine."""

from tinkernet.arithmetic.exponential import sigmoid, tanh
from tinkernet.arithmetic.logarithm import log
from tinkernet.arithmetic.primitives import clamp, select
from tinkernet.arithmetic.trigonometric import cos, sin

__all__ = ["clamp", "cos", "log", "select", "sigmoid", "sin", "tanh"]
