"""Study: how a network and a larger one do from several starts each, so that a verdict on its size rests on runs.

One run alone cannot show that its network is too small: it may have been unlucky, or on a plateau. A rule asks for a
study; the caller of the diagnosis trains it, a few starts at a time, and the next diagnosis has its outcome.
"""

from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.arrays import Float64
from tinkernet.data import Points
from tinkernet.engine import Crowd, Learner
from tinkernet.experiment import Experiment
from tinkernet.insight.diagnosis.trials import seconds_of_epoch
from tinkernet.run.beginning import examples_of, parameters_of, rule_of, stream_before

STARTS = 12
"""Starts of each of the two networks."""
MOST_SECONDS = 1.5
"""What a study may take in all; a network for which that is too little is not judged."""
LEAST_EPOCHS, MOST_EPOCHS = 1000, 2000
LEVELLED = 0.75
"""A start has levelled off if the last third of its epochs has not taken its lowest loss below this share."""


@dataclass(frozen=True)
class Outcome:
    """The lowest training loss that each start came to within so many epochs, of the network and of a larger one."""

    epochs: int
    larger: Experiment
    losses: Float64[ndarray, " starts"]
    larger_losses: Float64[ndarray, " starts"]
    levelled: bool
    """Whether all starts of the network have levelled off: else they might have come further in more epochs."""


class Study:
    """The starts of one experiment at a time: those that are trained already, and those that are still to be."""

    def __init__(self) -> None:
        self._key: tuple[Experiment, Experiment] | None = None
        self._waiting: list[tuple[Experiment, Learner]] = []
        self._lowest: dict[Experiment, list[tuple[float, float]]] = {}
        """Of each start, the lowest loss in the first two thirds of its epochs, and in all."""
        self._points = Points(np.zeros((0, 2)), np.zeros(0))
        self._epochs = 0

    @property
    def pending(self) -> bool:
        """Whether starts that were asked for are still to be trained."""
        return bool(self._waiting)

    def outcome(self, experiment: Experiment, larger: Experiment, points: Points) -> Outcome | None:
        """What the starts came to; None while that is not known: then it is asked for, if it is not too much."""
        key = experiment.replace(start=0), larger.replace(start=0)
        if key != self._key:
            self._ask(key, points)
        if self.pending or not self._lowest:
            return None
        here, there = (np.array(self._lowest[one]) for one in key)
        levelled = bool((here[:, 1] > LEVELLED * here[:, 0]).all())
        return Outcome(self._epochs, larger, here[:, 1], there[:, 1], levelled)

    def _ask(self, key: tuple[Experiment, Experiment], points: Points) -> None:
        self._key, self._points, self._waiting, self._lowest = key, points, [], {}
        each = STARTS * sum(seconds_of_epoch(len(points), one.layout.count) for one in key)
        self._epochs = min(MOST_EPOCHS, int(MOST_SECONDS / max(each, 1e-9)))
        if self._epochs < LEAST_EPOCHS or not len(points):
            return
        for one in key:
            self._lowest[one] = []
            stream = stream_before(one)
            self._waiting += [(one, Learner.fresh(rule_of(one), parameters_of(one, stream))) for _ in range(STARTS)]

    def train(self, seconds: float) -> None:
        """Train starts that were asked for, one after the other, for about so many seconds."""
        end = perf_counter() + seconds
        while self._waiting:
            one, learner = self._waiting[0]
            examples, nothing = examples_of(one, self._points), examples_of(one, self._points.first(0))
            losses = engine.train_crowd(rule_of(one), Crowd([learner]), examples, nothing, 0, self._epochs)[0, :, 0]
            lowest = np.fmin.accumulate(np.where(np.isfinite(losses), losses, np.inf))
            self._lowest[one].append((float(lowest[2 * len(lowest) // 3]), float(lowest[-1])))
            del self._waiting[0]
            if perf_counter() >= end:
                break
