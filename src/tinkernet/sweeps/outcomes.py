"""What became of runs, as one number for each: a loss, an accuracy, epochs, or whether a run ended in some way."""

import math
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Bool, Float64, Int64
from tinkernet.errors import ExperimentError
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.endings import Solved
from tinkernet.sweeps.training import ACCURACIES, LOSSES
from tinkernet.tables import Table

ENDINGS = ("solved", "diverged", "hopeless")
"""Outcomes of which there is a share."""
NAMES = ("loss", "accuracy", "epochs", *ENDINGS, *LOSSES, *ACCURACIES)


@dataclass(frozen=True, eq=False)
class Outcome:
    """One number for each run: shape (runs,).

    Of what is a share (`is_share`), 1 for the runs that count and 0 for the others. A number that a run does not have
    is infinite: the loss of one that has diverged, the epochs to the goal of one that has not reached it.
    """

    name: str
    values: Float64[ndarray, " runs"]
    diverged: Bool[ndarray, " runs"]

    @property
    def is_share(self) -> bool:
        """Whether runs are counted."""
        return self.name in ENDINGS


def sorted_groups(
    outcome: Outcome, groups: Int64[ndarray, " runs"], counts: Int64[ndarray, " groups"]
) -> list[Float64[ndarray, " n"]]:
    """The values of the runs of each group in ascending order; `counts` is how many runs each has."""
    order = np.lexsort((outcome.values, groups))
    return np.split(outcome.values[order], np.cumsum(counts)[:-1])


def quantile(ordered: Float64[ndarray, " n"], share: float) -> float:
    """The value below or at which this share of values in ascending order lies; NaN if there are none.

    It is the outcome of a run: the mean of two does not exist where one is infinite. (Definition 1 of Hyndman and Fan,
    1996.)
    """
    return float(ordered[max(0, math.ceil(share * len(ordered)) - 1)]) if len(ordered) else math.nan


def outcome_of(plan: Plan, table: Table, name: object) -> Outcome:
    """The outcome of this name of all runs in a table.

    Raises:
        ExperimentError: there is none of this name, no run, or the runs of this sweep do not have it.
    """
    chosen = checks.one_of("outcome", name, NAMES)
    if len(table) == 0:
        raise ExperimentError("outcome", chosen, "asked of a sweep with completed runs")
    ended = table["ended"]
    diverged = np.asarray((ended == "diverged") | ~np.isfinite(table["train_loss"]), dtype=np.bool_)
    if chosen in ENDINGS:
        if chosen == "solved":
            _check_solvable(plan, chosen)
        counted = diverged if chosen == "diverged" else ended == chosen
        return Outcome(chosen, np.asarray(counted, dtype=np.float64), diverged)
    if chosen == "epochs":
        _check_solvable(plan, chosen)
        return Outcome(chosen, np.where(ended == "solved", table["epochs"], np.inf).astype(np.float64), diverged)
    values = _measured(table, chosen)
    if chosen == "accuracy" or chosen in ACCURACIES:
        if np.isnan(values).any():
            raise ExperimentError("outcome", chosen, "a loss, as some of these runs have no accuracy")
        return Outcome(chosen, values, diverged)
    if np.isnan(values[~diverged]).any():
        raise ExperimentError("outcome", chosen, "“train_loss”, as these runs have no test points")
    return Outcome(chosen, np.where(diverged | ~np.isfinite(values), np.inf, values), diverged)


def _measured(table: Table, name: str) -> Float64[ndarray, " runs"]:
    """The column of this name; of a loss or an accuracy alone that of the test points, or of training without any."""
    if name not in ("loss", "accuracy"):
        return table[name].astype(np.float64)
    test, train = table[f"test_{name}"], table[f"train_{name}"]
    return np.where(np.isnan(test), train, test).astype(np.float64)


def _check_solvable(plan: Plan, name: str) -> None:
    if not any(isinstance(ending, Solved) for ending in plan.stop):
        raise ExperimentError("outcome", name, "asked of a sweep with stop=Solved(loss=…)")
