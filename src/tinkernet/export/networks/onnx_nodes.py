"""Formulas and activations as nodes of ONNX.

Float64 needs more than float32: ONNX Runtime computes neither the error function nor the arc tangent of float64. The
first is written with its rational approximation, the second corrected from float32 by one exact step.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tinkernet.arithmetic import error_function as erf
from tinkernet.export.networks.dialect import ANGLE, DISTANCE
from tinkernet.export.networks.onnx_graph import Graph
from tinkernet.formula.evaluation import constant
from tinkernet.formula.operations import FUNCTIONS, NEGATE, POWER
from tinkernet.formula.tree import Name, Node, Operation
from tinkernet.network.activations import (
    ELU,
    GELU,
    HARD_TANH,
    LEAK,
    LEAKY_RELU,
    LINEAR,
    RELU,
    SIGMOID,
    SINE,
    SOFTPLUS,
    SWISH,
    TANH,
)

# The polynomials of `arithmetic/error_function.py`, the highest power first.
INNER = (erf.E11, erf.E10, erf.E9, erf.E8, erf.E7, erf.E6, erf.E5, erf.E4, erf.E3, erf.E2, erf.E1, erf.E0)
ABOVE = (erf.P8, erf.P7, erf.P6, erf.P5, erf.P4, erf.P3, erf.P2, erf.P1, erf.P0)
BELOW = (1.0, erf.Q7, erf.Q6, erf.Q5, erf.Q4, erf.Q3, erf.Q2, erf.Q1, erf.Q0)


def formula_node(graph: Graph, formula: Node, columns: Mapping[str, str]) -> str:
    """A formula over these columns, each of the shape (batch, 1)."""
    value = constant(formula)
    if value is None:
        return _written(graph, formula, columns)
    nothing = graph.add("Mul", next(iter(columns.values())), graph.number(0.0))
    return graph.add("Add", nothing, graph.number(value))


def _written(graph: Graph, node: Node, columns: Mapping[str, str]) -> str:
    value = constant(node)
    if value is not None:
        return graph.number(value)
    match node:
        case Name(name) if name in columns:
            return columns[name]
        case Name(name):
            return QUANTITY_NODES[name](graph, list(columns.values()))
        case Operation(name, operands):
            return FORMULA_NODES[name](graph, *(_written(graph, operand, columns) for operand in operands))
    raise AssertionError(node)


def error_function(graph: Graph, x: str) -> str:
    """The error function."""
    if graph.numbers == "float32":
        return graph.add("Erf", x)
    limit, one = graph.number(erf.ERF_LIMIT), graph.number(1.0)
    x = graph.add("Clip", x, graph.add("Neg", limit), limit)
    square, size = graph.add("Mul", x, x), graph.add("Abs", x)
    inner = graph.add("Add", x, graph.add("Mul", x, _polynomial(graph, square, INNER)))
    share = graph.add("Div", _polynomial(graph, size, ABOVE), _polynomial(graph, size, BELOW))
    tail = graph.add("Mul", graph.add("Exp", graph.add("Neg", square)), share)
    outer = graph.add("Mul", graph.add("Sign", x), graph.add("Sub", one, tail))
    return graph.add("Where", graph.add("Greater", size, one), outer, inner)


def _polynomial(graph: Graph, x: str, factors: Sequence[float]) -> str:
    value = graph.number(factors[0])
    for factor in factors[1:]:
        value = graph.add("Add", graph.add("Mul", value, x), graph.number(factor))
    return value


def angle(graph: Graph, columns: Sequence[str]) -> str:
    """The angle of a point, from −π to π; 0 for the origin."""
    (x, y), exact = columns[:2], graph.numbers == "float64"
    zero, half_turn = graph.number(0.0), graph.number(np.pi)
    quotient = graph.add("Div", y, x)
    turned = graph.add("Atan", graph.cast(quotient, "float32") if exact else quotient)
    turned = graph.cast(turned, "float64") if exact else turned
    behind = graph.add("Where", graph.add("Less", y, zero), graph.add("Neg", half_turn), half_turn)
    found = graph.add("Where", graph.add("Less", x, zero), graph.add("Add", turned, behind), turned)
    if exact:
        # The sine of what the angle lacks, which is so small that it is what the angle lacks.
        across, up = graph.add("Mul", x, graph.add("Sin", found)), graph.add("Mul", y, graph.add("Cos", found))
        found = graph.add("Add", found, graph.add("Div", graph.add("Sub", up, across), distance(graph, [x, y])))
    return graph.add("Where", graph.add("Equal", distance(graph, [x, y]), zero), zero, found)


def distance(graph: Graph, columns: Sequence[str]) -> str:
    """The distance from the origin."""
    total = ""
    for column in columns:
        square = graph.add("Mul", column, column)
        total = graph.add("Add", total, square) if total else square
    return graph.add("Sqrt", total)


def _tangent(graph: Graph, x: str) -> str:
    return graph.add("Div", graph.add("Sin", x), graph.add("Cos", x))


def _gelu(graph: Graph, x: str) -> str:
    grown = graph.add("Add", error_function(graph, graph.add("Mul", x, graph.number(erf.ROOT_HALF))), graph.number(1.0))
    return graph.add("Mul", graph.add("Mul", x, grown), graph.number(0.5))


def _node(operator: str, **attributes: Any) -> Callable[..., str]:
    """A node of one operator."""
    return lambda graph, *values: graph.add(operator, *values, **attributes)


QUANTITY_NODES: dict[str, Callable[[Graph, Sequence[str]], str]] = {DISTANCE: distance, ANGLE: angle}
FORMULA_NODES: dict[str, Callable[..., str]] = {
    # The functions of formulas have the names of ONNX's operators. Its tangent is for float32 alone.
    **{name: _node(name.capitalize()) for name in FUNCTIONS},
    "tan": _tangent,
    "+": _node("Add"),
    "-": _node("Sub"),
    "*": _node("Mul"),
    "/": _node("Div"),
    NEGATE: _node("Neg"),
    POWER: _node("Pow"),
}
ACTIVATION_NODES: dict[str, Callable[[Graph, str], str]] = {
    TANH.name: _node("Tanh"),
    RELU.name: _node("Relu"),
    SIGMOID.name: _node("Sigmoid"),
    LINEAR.name: lambda _graph, x: x,
    LEAKY_RELU.name: _node("LeakyRelu", alpha=LEAK),
    ELU.name: _node("Elu"),
    GELU.name: _gelu,
    SWISH.name: lambda graph, x: graph.add("Mul", x, graph.add("Sigmoid", x)),
    SOFTPLUS.name: _node("Softplus"),
    SINE.name: _node("Sin"),
    HARD_TANH.name: lambda graph, x: graph.add("Clip", x, graph.number(-1.0), graph.number(1.0)),
}
"""All activations of `network/activations.py`, by their names."""
