"""About how long a run of a sweep takes: while it holds the interpreter's lock, and in compiled code without it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.design import CHANGES_POINTS, RATES, Between

USUAL_POINTS, USUAL_BLOCK = 250, 8192
PER_RUN = 20e-6
"""Seconds for the row of a run, measured by `benchmarks/scaling.py` as the next three."""
PER_START = 400e-6
"""Seconds for each different network to begin with."""
PER_POINTS = 1.5e-3
"""Seconds for each different set of points."""
PER_WEIGHT = 1.1e-9
"""Seconds per epoch for each weight and point."""


@dataclass(frozen=True)
class Costs:
    """Seconds of a run: `locked` while it holds the interpreter's lock, `free` without it."""

    locked: float
    free: float


def costs_of(plan: Plan) -> Costs:
    """About how long a run takes, on average: none ends early, and the network is the largest of the sweep."""
    experiment, axes = plan.experiment, plan.design.axes
    hidden = [axis.values for axis in axes if axis.name == "hidden" and not isinstance(axis.values, Between)]
    shapes = [experiment, *(experiment.replace(hidden=value) for values in hidden for value in values)]
    weights = max(1, *(one.layout.count for one in shapes))
    starts = _different(plan, lambda name: name not in RATES)
    points = _different(plan, lambda name: name in CHANGES_POINTS)
    locked = PER_RUN + PER_START * starts + PER_POINTS * points
    return Costs(locked, PER_WEIGHT * weights * USUAL_POINTS * plan.epochs)


def _different(plan: Plan, counts: Callable[[str], bool]) -> float:
    """How many different values these settings have together, as a share of the runs."""
    axes = [axis for axis in plan.design.axes if counts(axis.name)]
    if plan.design.kind == "grid":
        return math.prod(axis.count or 1 for axis in axes) / plan.design.runs
    # The runs of another design are not sorted: a block may have all combinations, and what it has once costs once.
    most = math.prod(math.inf if axis.count is None else axis.count for axis in axes)
    return min(1.0, most / min(plan.design.runs, USUAL_BLOCK))
