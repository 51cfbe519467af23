"""ObservedRun: a run whose network something else trains, such as a program in PyTorch."""

from dataclasses import replace
from typing import Self

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.run.history import History
from tinkernet.run.run import Run

SPARSE = 1_000
"""After this many steps, a step of the history is at least one part in this many later than the one before."""


class ObservedRun(Run):
    """A run that is shown, not trained: `observe` sets its parameters, and its epochs are the steps of what trains it.

    It has no past to return to, and cannot be replayed: what trains it is not known here.
    """

    __slots__ = ()

    def observe(self, parameters: Float64[ndarray, " count"], step: int) -> Self:
        """Take over the parameters after this step; the history gets their losses, unless it has a step near it."""
        state = self._state
        learner = state.learner.copy()
        learner.parameters = np.ascontiguousarray(parameters, np.float64)
        state = replace(state, learner=learner, epoch=step, _evaluated={})
        rows = self._rows_before(step)
        last = rows[-1, 0] if len(rows) else -1.0
        if step > last and (step - last) * SPARSE >= step:
            losses = [state.evaluate(train=True)[0], state.evaluate(train=False)[0]]
            rows = np.vstack([rows, [float(step), *losses]])
        self._commit(replace(state, history=History.of(rows, 1)))
        return self

    def _rows_before(self, step: int) -> ndarray:
        rows = self.history.since(-1)
        return rows[rows[:, 0] <= step]
