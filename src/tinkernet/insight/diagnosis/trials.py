"""Trials: train a copy a little further, as it is or with something changed, and see what happens.

A learning rate is too small or too large only if another one does better from the same place, so that is what is tried.
A trial costs some ten epochs of the engine, about a millisecond for the default network.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.arrays import Float64
from tinkernet.engine import Learner
from tinkernet.run import Run
from tinkernet.run.beginning import examples_of, parameters_of, rule_of, stream_before

# Seconds that a point costs for each weight, and besides.
SECONDS_PER_STEP = 1.2e-9
SECONDS_PER_POINT = 1e-8
LEAST_EPOCHS = 10
# A look at the next epochs of a very large network may take this many times as long as a trial.
BRIEFLY = 3
# Drawing this many earlier weights, to come to the start that is meant, takes under a millisecond.
MOST_DRAWS = 50_000


def seconds_of_epoch(points: int, parameters: int) -> float:
    """About how long an epoch takes."""
    return points * (parameters * SECONDS_PER_STEP + SECONDS_PER_POINT)


class Trials:
    """What would happen to a run. Every trial is kept, so that two rules that ask the same share one answer."""

    def __init__(self, run: Run, seconds: float, most_epochs: int) -> None:
        self._run = run
        self._kept: dict[tuple[object, ...], tuple[ndarray, float]] = {}
        experiment = run.experiment
        self._examples = examples_of(experiment, run.train_data)
        self._nothing = examples_of(experiment, run.train_data.first(0))
        each = seconds_of_epoch(self._examples.count, experiment.layout.count)
        epochs = int(seconds / max(each, 1e-9))
        if epochs < LEAST_EPOCHS:
            epochs = min(int(BRIEFLY * seconds / each), LEAST_EPOCHS - 1)
        self.epochs = min(epochs, most_epochs)
        """How many epochs a trial may take."""

    @property
    def possible(self) -> bool:
        """Whether there is something to learn from, and an engine fast enough to find out."""
        return self.epochs >= LEAST_EPOCHS and self.briefly_possible

    @property
    def briefly_possible(self) -> bool:
        """Whether a look at the next epoch or two is possible at least."""
        return engine.compiled_ready() and self._examples.count > 0 and self.epochs >= 1

    def continued(self, **changes: Any) -> Float64[ndarray, " epochs"]:
        """The training loss after each epoch, continuing from here with these settings changed."""
        return self._trained(changes, fresh=False)[0]

    def size_after(self) -> float:
        """How large the weights are (root mean square) when nothing is changed and the trial is over."""
        return self._trained({}, fresh=False)[1]

    def restarted(self, **changes: Any) -> Float64[ndarray, " epochs"]:
        """The training loss after each epoch, from the run's initial weights with these settings changed."""
        return self._trained(changes, fresh=True)[0]

    @property
    def can_restart(self) -> bool:
        """Whether the initial weights are quickly drawn again."""
        experiment = self._run.experiment
        return experiment.start * experiment.layout.count <= MOST_DRAWS

    @np.errstate(all="ignore")
    def _trained(self, changes: Mapping[str, Any], *, fresh: bool) -> tuple[ndarray, float]:
        key = (fresh, *sorted(changes.items()))
        if key not in self._kept:
            experiment = self._run.experiment.replace(**changes)
            rule = rule_of(experiment)
            if fresh:
                parameters = parameters_of(experiment, stream_before(experiment))
                learner, epoch = Learner.fresh(rule, parameters), 0
            else:
                learner, epoch = self._run.checkpoint().learner, self._run.epoch
                # A step may be under way with points counted that are not in this trial's first batch.
                learner.gradients[:], learner.counted = 0.0, 0
            losses = engine.train(rule, learner, self._examples, self._nothing, epoch, self.epochs)
            weights = experiment.layout.weights(learner.parameters)
            squares = np.concatenate([layer.ravel() ** 2 for layer in weights])
            size = float(np.sqrt(squares.mean())) if len(squares) else 0.0
            self._kept[key] = losses[:, 0], size
        return self._kept[key]
