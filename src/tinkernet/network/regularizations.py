"""What keeps weights small: one entry each in REGULARIZATIONS. To add one, add an entry.

`derivative(weight)` of the penalty is written for arrays and for the compiled engine alike. Where `kills` is set, a
weight that the penalty carries across 0 becomes 0 and never moves again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinkernet.arithmetic import select


@dataclass(frozen=True)
class Regularization:
    """A penalty on each weight, by its derivative."""

    name: str
    label: str
    hint: str
    derivative: Callable[[Any], Any]
    kills: bool = False


def none(_weight: Any) -> Any:
    """No pull at all."""
    return 0.0


def l1(weight: Any) -> Any:
    """The sign of the weight."""
    return select(weight < 0.0, -1.0, select(weight > 0.0, 1.0, 0.0))


def l2(weight: Any) -> Any:
    """The weight itself: the penalty is half its square."""
    return weight


REGULARIZATIONS = {
    entry.name: entry
    for entry in (
        Regularization("none", "None", "Weights may grow as they like.", none),
        Regularization(
            "L1", "L1", "Pulls all weights to 0 alike; small ones are switched off for good.", l1, kills=True
        ),
        Regularization("L2", "L2", "Pulls large weights most.", l2),
    )
}
