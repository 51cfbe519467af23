"""The picture of a schedule: the learning rate over the epochs."""

import numpy as np

from tinkernet.experiment import Experiment
from tinkernet.network import SCHEDULES, Schedule
from tinkernet.network.parameters import option_in, values_in
from tinkernet.protocol.state import RateCurve

CONSTANT = next(iter(SCHEDULES.values()))
MOST_VALUES = 201
SMALL = 0.01
"""A learning rate that never stops falling is shown until it is this share of the first one."""
MOST_FALLING = 8192
"""It is shown for at most so many epochs, unless the run is longer."""
AFTER_END = 1.1
"""A schedule that ends is shown a bit longer than it lasts."""


def rate_curve(experiment: Experiment, epoch: int) -> RateCurve | None:
    """The learning rate from epoch 0 on, so far that `epoch` is on it; None where the schedule does not change it.

    All epochs are on it up to 201, then some of them at equal distances.
    """
    schedule, values = option_in(SCHEDULES, experiment.schedule), values_in(SCHEDULES, experiment.schedule)
    if schedule is CONSTANT:
        return None
    last = _shown(schedule, values)
    while last < epoch:
        last *= 2
    epochs = np.rint(np.linspace(0, last, min(last + 1, MOST_VALUES))).astype(np.int64)
    rates = experiment.learning_rate * schedule.factor(epochs, values)
    return RateCurve(epochs=epochs.tolist(), rates=rates.tolist())


def _shown(schedule: Schedule, values: tuple[float, ...]) -> int:
    """The last epoch that is shown, at least 1: all of a schedule that ends; of another until the rate is small."""
    end = schedule.ends(values)
    if end is not None:
        return max(1, int(AFTER_END * end))
    last = 1
    while last < MOST_FALLING and schedule.factor(np.array([last]), values)[0] > SMALL:
        last *= 2
    return last
