"""Loss functions: one entry each in LOSSES. To add one, add an entry, and an output head for it in `heads.py`.

`function(total, output, label, parameter)` gets the output neuron's weighted sum, its output and the label; like its
`derivative` it is written once, for NumPy arrays and for the compiled engine's vectors, as activations are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinkernet.arithmetic import select, softplus
from tinkernet.network.parameters import Option, Parameter


@dataclass(frozen=True)
class Loss(Option):
    """The loss of one output.

    `derivative` is with respect to the output; if `of_sum` is set, with respect to the weighted sum, where the
    activation's derivative would cancel out but for rounding. `formula` is the loss of the output o with the label y;
    `measure` says in a few words of what the training loss is the average.
    """

    formula: str = ""
    function: Callable[[Any, Any, Any, Any], Any] = lambda *_: 0.0
    derivative: Callable[[Any, Any, Any, Any], Any] = lambda *_: 0.0
    of_sum: bool = False
    measure: str = "its loss function"


def squared(_total: Any, output: Any, label: Any, _parameter: Any) -> Any:
    """Half the squared difference."""
    difference = output - label
    return 0.5 * difference * difference


def squared_derivative(_total: Any, output: Any, label: Any, _parameter: Any) -> Any:
    """The difference."""
    return output - label


def cross_entropy(total: Any, _output: Any, label: Any, _parameter: Any) -> Any:
    """−log of the probability of the label's class, from the weighted sum: log(1 + e^∓sum)."""
    return softplus(select(label > 0.5, -total, total))


def class_cross_entropy(total: Any, _output: Any, label: Any, _parameter: Any) -> Any:
    """−log of the probability of the label's class; `total` is the logarithm of the output's probability."""
    return select(label > 0.5, -total, 0.0)


def probability_derivative(_total: Any, output: Any, label: Any, _parameter: Any) -> Any:
    """The probability less the label's, with respect to the weighted sum."""
    return output - label


def hinge(_total: Any, output: Any, label: Any, _parameter: Any) -> Any:
    """How far the output is short of a margin of 1 on its label's side."""
    short = 1.0 - output * label
    return select(short <= 0.0, 0.0, short)


def hinge_derivative(_total: Any, output: Any, label: Any, _parameter: Any) -> Any:
    """−label up to the margin, 0 beyond it; at the margin itself −label, as PyTorch's `clamp` has it."""
    return select(1.0 - output * label < 0.0, 0.0, -label)


def huber(_total: Any, output: Any, label: Any, parameter: Any) -> Any:
    """Half the squared difference; from `delta` on it grows only in proportion (Huber, 1964)."""
    difference = output - label
    size = select(difference < 0.0, -difference, difference)
    return select(size < parameter, 0.5 * difference * difference, parameter * (size - 0.5 * parameter))


def huber_derivative(_total: Any, output: Any, label: Any, parameter: Any) -> Any:
    """The difference, but at most `delta`."""
    difference = output - label
    return select(difference > parameter, parameter, select(difference < -parameter, -parameter, difference))


SQUARED = Loss(
    "squared",
    "Squared error",
    "Half the squared error of the output.",
    (),
    "(o − y)² / 2",
    squared,
    squared_derivative,
    measure="half the squared error",
)
CROSS_ENTROPY = Loss(
    "cross-entropy",
    "Cross-entropy",
    "How surprised the network is by the right class. The output becomes a probability.",
    (),
    "−log p, with p the probability of the right class",
    cross_entropy,
    probability_derivative,
    of_sum=True,
    measure="minus the logarithm of the probability of the right class",
)
HINGE = Loss(
    "hinge",
    "Hinge",
    "0 beyond a margin of 1 on the right side, else how far the output is short of it.",
    (),
    "max(0, 1 − o y)",
    hinge,
    hinge_derivative,
    measure="how far the output is short of a margin of 1 on the right side",
)
Huber = Loss(
    "huber",
    "Huber",
    "Like the squared error, but points that are far off count less.",
    (
        Parameter(
            "delta", "δ", "From this error on, the loss grows in proportion.", 1.0, 0.001, 1000.0, (0.1, 0.3, 0.5, 1.0)
        ),
    ),
    "(o − y)² / 2 up to δ, then δ (|o − y| − δ / 2)",
    huber,
    huber_derivative,
    measure="half the squared error, in which points that are far off count less",
)
"""Like the squared error, but points that are far off count less; for regression.

(o − y)² / 2 up to δ, then δ (|o − y| − δ / 2), of the output o and the label y (Huber, 1964).

Args:
    delta: δ, from this error on the loss grows in proportion; 0.001 to 1000, by default 1.

Example:
    >>> Experiment(problem="regression", loss=Huber(delta=0.5)).loss
    'huber,delta:0.5'
"""

LOSSES: dict[str, Loss] = {entry.name: entry for entry in (SQUARED, CROSS_ENTROPY, HINGE, Huber)}
"""All losses; the first is the default."""
