"""Many runs that share a rule: what differs between them, and what became of each."""

from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.engine.rule import Rule


@dataclass(frozen=True)
class Varied:
    """What differs between runs, one value for each: which set of points they have, their rates and epochs."""

    sets: Int64[ndarray, " runs"]
    learning_rates: Float64[ndarray, " runs"]
    regularization_rates: Float64[ndarray, " runs"]
    epochs: Int64[ndarray, " runs"]

    @classmethod
    def alike(cls, rule: Rule, runs: int, epochs: int) -> "Varied":
        """Runs that differ only in their parameters."""
        return cls(
            np.zeros(runs, dtype=np.int64),
            np.full(runs, rule.learning_rate, dtype=np.float64),
            np.full(runs, rule.regularization_rate, dtype=np.float64),
            np.full(runs, epochs, dtype=np.int64),
        )


@dataclass(frozen=True)
class Outcome:
    """What became of the runs: how many epochs each was trained, why it ended (`stops.py`), and its losses.

    `losses` has the training and the test loss after each epoch, where they were asked for; NaN after the end.
    """

    done: Int64[ndarray, " runs"]
    reasons: Int64[ndarray, " runs"]
    losses: Float64[ndarray, "runs room 2"]

    @classmethod
    def empty(cls, runs: int, room: int) -> "Outcome":
        """Nothing yet, with room for the losses of so many epochs."""
        whole = np.zeros(runs, dtype=np.int64)
        return cls(whole, whole.copy(), np.full((runs, room, 2), np.nan))
