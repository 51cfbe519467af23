"""Loss functions: one entry each in LOSSES. To add one, add an entry.

`function(output, label)` and its `derivative` with respect to the output are written for both NumPy arrays and the
compiled engine's vectors, like activations.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinkernet.options import LossName


@dataclass(frozen=True)
class Loss:
    """The loss of one output, with its derivative."""

    name: LossName
    label: str
    hint: str
    function: Callable[[Any, Any], Any]
    derivative: Callable[[Any, Any], Any]


def squared(output: Any, label: Any) -> Any:
    """Half the squared difference."""
    difference = output - label
    return 0.5 * difference * difference


def squared_derivative(output: Any, label: Any) -> Any:
    """The difference."""
    return output - label


LOSSES: dict[str, Loss] = {
    entry.name: entry
    for entry in (
        Loss(
            "squared",
            "Squared error",
            "Half the squared error of the output.",
            squared,
            squared_derivative,
        ),
    )
}
