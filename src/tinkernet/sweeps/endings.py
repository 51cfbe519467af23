"""When a run of a sweep ends before its last epoch, as a person says it."""

import sys
from collections.abc import Iterable

import msgspec

from tinkernet import checks
from tinkernet.engine import Stops
from tinkernet.errors import ExperimentError


class Solved(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A run ends when it is solved: when its training loss after an epoch is at most `loss`.

    Args:
        loss: the largest training loss of a solved run; not negative, by default 0.05.

    Raises:
        ExperimentError: the loss is negative, or not a number.

    Example:
        >>> found = sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], epochs=500, stop=Solved(loss=0.01))
        >>> list(found.table["ended"])
        ['solved', 'solved']
    """

    loss: float = 0.05

    def __post_init__(self) -> None:
        checks.number("loss", self.loss, 0)


class Diverged(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A run ends when it has diverged: when its training loss after an epoch is not finite, or above `loss`.

    Args:
        loss: the largest training loss of a run that has not diverged; by default any finite one.

    Raises:
        ExperimentError: the loss is negative, or not a finite number.

    Example:
        >>> found = sweep(Experiment(problem="regression", seed="1"), learning_rate=[0.01, 30], stop=Diverged())
        >>> list(found.table["ended"])
        ['all epochs', 'diverged']
    """

    loss: float = sys.float_info.max

    def __post_init__(self) -> None:
        checks.number("loss", self.loss, 0)


class Hopeless(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A run ends when its lowest training loss has not fallen by the share `fall` for so many epochs.

    This is a rule to save time, not a forecast: some of these runs would fall again later.

    Args:
        epochs: how many epochs to wait, 1 to 1,000,000,000; by default 100.
        fall: by which share the lowest loss must fall to count as progress, 0 to 1; by default 0.01.

    Raises:
        ExperimentError: one of them is outside its limits.

    Example:
        >>> found = sweep(Experiment(seed="1"), learning_rate=[0, 0.03], epochs=200, stop=Hopeless(epochs=50))
        >>> found.table["epochs"].tolist()
        [51, 200]
    """

    epochs: int = 100
    fall: float = 0.01

    def __post_init__(self) -> None:
        checks.whole("epochs", self.epochs, 1, 1_000_000_000)
        checks.number("fall", self.fall, 0, 1)


Ending = Solved | Diverged | Hopeless
KINDS = (Solved, Diverged, Hopeless)


def endings_of(given: object) -> tuple[Ending, ...]:
    """The given ending, or several of different kinds.

    Raises:
        ExperimentError: it is something else, or two are of one kind.
    """
    allowed = "Solved(…), Diverged(…) or Hopeless(…), or a list with one of each"
    several = given if isinstance(given, Iterable) else () if given is None else (given,)
    found = tuple(several)
    if not all(isinstance(one, KINDS) for one in found) or len({type(one) for one in found}) < len(found):
        raise ExperimentError("stop", given, allowed)
    return found


def stops_of(endings: Iterable[Ending]) -> Stops:
    """The engine's limits for these endings."""
    stops = Stops()
    for one in endings:
        match one:
            case Solved():
                stops = stops._replace(solved=float(one.loss))
            case Diverged():
                stops = stops._replace(diverged=float(one.loss))
            case Hopeless():
                stops = stops._replace(fall=float(one.fall), patience=float(one.epochs))
    return stops


REASONS = ("all epochs", "solved", "diverged", "hopeless")
"""Why a run has ended, in the order of the engine's numbers."""
