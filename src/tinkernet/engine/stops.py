"""When a run ends before its last epoch: judged by its training loss after each epoch, in the same way everywhere."""

from typing import NamedTuple

ALL_EPOCHS, SOLVED, DIVERGED, HOPELESS = range(4)
"""Why a run has ended."""

NEVER = float("nan")
"""A limit that no loss reaches."""


class Stops(NamedTuple):
    """The limits at which a run ends; each may be NEVER.

    A run is solved when its training loss is at most `solved`, and diverged when that is not a number or above
    `diverged`. It is hopeless when its lowest loss has not fallen by the share `fall` for `patience` epochs.
    """

    solved: float = NEVER
    diverged: float = NEVER
    fall: float = 0.0
    patience: float = NEVER


def watches(stops: Stops) -> bool:
    """Whether the loss must be computed after every epoch."""
    return not (is_never(stops.solved) and is_never(stops.diverged) and is_never(stops.patience))


def is_never(limit: float) -> bool:
    """Whether a limit is NEVER."""
    return limit != limit  # noqa: PLR0124 (compiled as well)


def falls(stops: Stops, loss: float, lowest: float) -> bool:
    """Whether a loss is far enough below the lowest so far to count as progress."""
    return loss < lowest * (1.0 - stops.fall)


def reason_to_stop(stops: Stops, loss: float, waited: int) -> int:
    """Why a run ends with this training loss, `waited` epochs after its last progress; ALL_EPOCHS if it trains on."""
    if loss <= stops.solved:
        return SOLVED
    if not is_never(stops.diverged) and not loss <= stops.diverged:
        return DIVERGED
    return HOPELESS if waited >= stops.patience else ALL_EPOCHS
