"""Activation functions: one entry each in ACTIVATIONS. To add one, add an entry.

`function(x)` and `derivative(x, y)`, with y = function(x), are written once for NumPy arrays and for the compiled
engine's vectors: they use only + − × ÷ and `tinkernet.arithmetic`, compare only in `select`, and propagate NaN.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinkernet.arithmetic import clamp, cosine, exp, expm1, normal_cdf, select, sigmoid, sine, softplus, tanh
from tinkernet.options import ActivationName

LEAK = 0.01
# Beyond these limits the normal and the logistic distribution differ from 0 and 1 by less than any rounding error.
# Sums are clamped to them before they are multiplied by a tail, so that none gives ∞ × 0.
NORMAL_TAIL, LOGISTIC_TAIL = 12.0, 80.0
NORMAL_HEIGHT = 0.3989422804014327  # 1 / √(2π)


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


def leaky_relu(x: Any) -> Any:
    """The weighted sum if it is positive, else 1 % of it (Maas, Hannun and Ng, 2013)."""
    return select(x > 0.0, x, LEAK * x)


def leaky_relu_derivative(x: Any, _y: Any) -> Any:
    """1 if the weighted sum is positive, else 0.01; 0.01 at 0, as in PyTorch."""
    return select(x > 0.0, 1.0, LEAK)


def elu(x: Any) -> Any:
    """The weighted sum if it is positive, else e^x − 1 (Clevert, Unterthiner and Hochreiter, 2016)."""
    return select(x > 0.0, x, expm1(select(x > 0.0, 0.0, x)))


def elu_derivative(x: Any, y: Any) -> Any:
    """1 if the weighted sum is positive, else e^x, which is y + 1."""
    return select(x > 0.0, 1.0, y + 1.0)


def gelu(x: Any) -> Any:
    """x · Φ(x), with the distribution function Φ of the normal distribution (Hendrycks and Gimpel, 2016)."""
    return select(x > -NORMAL_TAIL, x, -NORMAL_TAIL) * normal_cdf(x)


def gelu_derivative(x: Any, _y: Any) -> Any:
    """Φ(x) + x · φ(x), with the density φ of the normal distribution."""
    near = clamp(x, NORMAL_TAIL)
    return normal_cdf(x) + near * (NORMAL_HEIGHT * exp(-0.5 * near * near))


def swish(x: Any) -> Any:
    """x · sigmoid(x) (Elfwing, Uchibe and Doya, 2017; Ramachandran, Zoph and Le, 2017)."""
    return select(x > -LOGISTIC_TAIL, x, -LOGISTIC_TAIL) * sigmoid(x)


def swish_derivative(x: Any, _y: Any) -> Any:
    """sigmoid(x) · (1 + x · (1 − sigmoid(x)))."""
    logistic = sigmoid(x)
    return logistic * (1.0 + clamp(x, LOGISTIC_TAIL) * (1.0 - logistic))


def softplus_derivative(x: Any, _y: Any) -> Any:
    """sigmoid(x)."""
    return sigmoid(x)


def sine_derivative(x: Any, _y: Any) -> Any:
    """cos x."""
    return cosine(x)


def hard_tanh(x: Any) -> Any:
    """The weighted sum, clamped to the interval [−1, 1] (Collobert, 2004)."""
    return clamp(x, 1.0)


def hard_tanh_derivative(x: Any, _y: Any) -> Any:
    """1 between −1 and 1, else 0; 0 at −1 and 1, as in PyTorch."""
    return select(x >= 1.0, 0.0, select(x <= -1.0, 0.0, 1.0))


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

LEAKY_RELU = Activation(
    "leaky-relu",
    "Leaky ReLU",
    "ReLU that keeps 1 % of negative sums, so that no neuron dies.",
    "leakyReLU(…)",
    "negative sums shrink to 1 %",
    None,
    None,
    1.0,
    leaky_relu,
    leaky_relu_derivative,
)
ELU = Activation(
    "elu",
    "ELU",
    "The sum itself if it is positive; negative sums approach −1 smoothly.",
    "ELU(…)",
    "negative sums are squeezed to −1…0",
    -1.0,
    None,
    1.0,
    elu,
    elu_derivative,
)
GELU = Activation(
    "gelu",
    "GELU",
    "A smooth ReLU that dips a little below 0; common in language models.",
    "GELU(…)",
    "negative sums approach 0 after a small dip",
    -0.1699712074799037,
    None,
    1.128904145185155,
    gelu,
    gelu_derivative,
)
SWISH = Activation(
    "swish",
    "Swish",
    "The sum times its sigmoid: a smooth ReLU that dips below 0. Also called SiLU.",
    "swish(…)",
    "negative sums approach 0 after a dip",
    -0.2784645427610738,
    None,
    1.099839320128867,
    swish,
    swish_derivative,
)
SOFTPLUS = Activation(
    "softplus",
    "Softplus",
    "A smooth ReLU that is positive everywhere.",
    "softplus(…)",
    "negative sums approach 0 smoothly",
    0.0,
    None,
    1.0,
    softplus,
    softplus_derivative,
)
SINE = Activation(
    "sine",
    "Sine",
    "A wave from −1 to 1, so that one neuron can draw many stripes.",
    "sin(…)",
    "turned into a wave from −1 to 1",
    -1.0,
    1.0,
    1.0,
    sine,
    sine_derivative,
)
HARD_TANH = Activation(
    "hard-tanh",
    "Hard tanh",
    "The sum itself from −1 to 1 and flat beyond: tanh in straight pieces.",
    "hardtanh(…)",
    "clipped to −1…1",
    -1.0,
    1.0,
    1.0,
    hard_tanh,
    hard_tanh_derivative,
)

ACTIVATIONS: dict[str, Activation] = {
    entry.name: entry
    for entry in (TANH, RELU, SIGMOID, LINEAR, LEAKY_RELU, ELU, GELU, SWISH, SOFTPLUS, SINE, HARD_TANH)
}
"""All activations; the first is the default."""
