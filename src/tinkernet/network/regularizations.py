"""Penalties that keep weights small: one entry each in REGULARIZATIONS. To add one, add an entry.

The penalty's `derivative(weight)` is written for both NumPy arrays and the compiled engine. If `kills` is set, a weight
whose sign the penalty would change becomes 0 and stays 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinkernet.arithmetic import select
from tinkernet.options import RegularizationName


@dataclass(frozen=True)
class Regularization:
    """A penalty on each weight, by its derivative. `in_original` says whether TensorFlow Playground has it, too."""

    name: RegularizationName
    label: str
    hint: str
    derivative: Callable[[Any], Any]
    kills: bool = False
    in_original: bool = False


def none(_weight: Any) -> Any:
    """No penalty."""
    return 0.0


def l1(weight: Any) -> Any:
    """The sign of the weight."""
    return select(weight < 0.0, -1.0, select(weight > 0.0, 1.0, 0.0))


def l2(weight: Any) -> Any:
    """The weight itself: the penalty is half its square."""
    return weight


NONE = Regularization("none", "None", "Weights may grow without limit.", none, in_original=True)
L1 = Regularization(
    "L1",
    "L1",
    "Pulls all weights to 0 equally; small ones become exactly 0 and stay there.",
    l1,
    kills=True,
    in_original=True,
)
L2 = Regularization("L2", "L2", "Pulls weights to 0, large ones most.", l2, in_original=True)

REGULARIZATIONS: dict[str, Regularization] = {entry.name: entry for entry in (NONE, L1, L2)}
"""All regularizations; the first is the default."""
