"""Activation functions: one entry each in ACTIVATIONS. To add one, add an entry.

`function(x)` and `derivative(x, y)`, with y = function(x), are written once for NumPy arrays and for the compiled
engine's vectors: they use only + − × ÷ and `tinkernet.arithmetic`, compare only in `select`, and propagate NaN.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinkernet.arithmetic import select, sigmoid, tanh
from tinkernet.options import ActivationName


@dataclass(frozen=True)
class Activation:
    """An activation with its derivative.

    `formula` is how it is written, with “…” for the weighted sum; `effect` says in words what becomes of the sum. Its
    outputs are nowhere below `lowest` and their size is nowhere above `limit`, None where there is no such bound; its
    derivative is nowhere more than `steepest`. `in_original` says whether TensorFlow Playground has it, too.
    """

    name: ActivationName
    label: str
    hint: str
    formula: str
    effect: str
    lowest: float | None
    limit: float | None
    steepest: float
    function: Callable[[Any], Any]
    derivative: Callable[[Any, Any], Any]
    in_original: bool = False


def tanh_derivative(_x: Any, y: Any) -> Any:
    """1 − tanh²."""
    return 1.0 - y * y


def relu(x: Any) -> Any:
    """The weighted sum if it is positive, else 0."""
    return select(x <= 0.0, 0.0, x)


def relu_derivative(x: Any, _y: Any) -> Any:
    """1 if the weighted sum is positive, else 0; 0 at 0, as in the original."""
    return select(x <= 0.0, 0.0, 1.0)


def sigmoid_derivative(_x: Any, y: Any) -> Any:
    """y (1 − y)."""
    return y * (1.0 - y)


def linear(x: Any) -> Any:
    """The weighted sum, unchanged."""
    return x


def linear_derivative(_x: Any, _y: Any) -> Any:
    """1 everywhere."""
    return 1.0


TANH = Activation(
    "tanh",
    "Tanh",
    "A smooth step from −1 to 1.",
    "tanh(…)",
    "squeezed to −1…1",
    -1.0,
    1.0,
    1.0,
    tanh,
    tanh_derivative,
    in_original=True,
)
RELU = Activation(
    "relu",
    "ReLU",
    "0 for negative sums, the sum itself for positive ones: straight pieces.",
    "max(0, …)",
    "negative sums become 0",
    0.0,
    None,
    1.0,
    relu,
    relu_derivative,
    in_original=True,
)
SIGMOID = Activation(
    "sigmoid",
    "Sigmoid",
    "A smooth step from 0 to 1.",
    "sigmoid(…)",
    "squeezed to 0…1",
    0.0,
    1.0,
    0.25,
    sigmoid,
    sigmoid_derivative,
    in_original=True,
)
LINEAR = Activation(
    "linear",
    "Linear",
    "The sum itself; several layers of these do no more than one.",
    "…",
    "unchanged",
    None,
    None,
    1.0,
    linear,
    linear_derivative,
    in_original=True,
)

ACTIVATIONS: dict[str, Activation] = {entry.name: entry for entry in (TANH, RELU, SIGMOID, LINEAR)}
"""All activations; the first is the default."""
