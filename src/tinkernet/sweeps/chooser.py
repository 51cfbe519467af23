"""Optuna as the chooser of an adaptive design: it is asked for the settings of runs, and gets their losses."""

import logging
import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from tinkernet.extras import extra
from tinkernet.sweeps.choices import Choices
from tinkernet.sweeps.design import Axis, Between, Design

EXTRA = "optuna"


def load_optuna() -> Any:
    """The library.

    Raises:
        MissingExtraError: it is not installed.
    """
    return extra("optuna", EXTRA)


class Chooser:
    """Chooses settings with low losses by Optuna's default method, the multivariate tree-structured Parzen estimator.

    What it chooses depends on the design, the number of the first run, and the choices and losses that it knows: each
    round has a sampler with another seed, so a sweep continues from its results, and no state has to be kept.
    """

    def __init__(self, design: Design) -> None:
        self._optuna = load_optuna()
        self._design = design
        self._distributions = {axis.name: _distribution(self._optuna, axis) for axis in design.axes}
        with _quiet():
            self._study = self._optuna.create_study(direction="minimize")
        self._asked: list[Any] = []

    def ask(self, first: int, count: int) -> list[Choices]:
        """Choose for `count` runs, of which the first one has the number `first`."""
        seed = np.random.SeedSequence((self._design.seed, first)).generate_state(1)
        self._study.sampler = self._optuna.samplers.TPESampler(seed=int(seed[0]))
        self._asked = [self._study.ask(self._distributions) for _ in range(count)]
        return [self._choices(trial) for trial in self._asked]

    def tell(self, chosen: Sequence[Choices], losses: Sequence[float]) -> None:
        """Add the losses of the runs that were asked for, or of runs that an earlier process has computed.

        Settings that differ from those that were asked for, as another version of Optuna may have chosen them, replace
        these.
        """
        # Samplers ignore a failed trial, and would try again what diverges; an infinite loss is the worst.
        values = [loss if math.isfinite(loss) else math.inf for loss in losses]
        asked = self._asked or [None] * len(values)
        for trial, choices, value in zip(asked, chosen, values, strict=True):
            if trial is not None and self._choices(trial) == choices:
                self._study.tell(trial, value)
                continue
            if trial is not None:
                self._study.tell(trial, state=self._optuna.trial.TrialState.FAIL)
            params = dict(zip(self._design.names, choices, strict=True))
            known = self._optuna.trial.create_trial(params=params, distributions=self._distributions, value=value)
            self._study.add_trial(known)
        self._asked = []

    def _choices(self, trial: Any) -> Choices:
        return tuple(trial.params[name] for name in self._design.names)


def _distribution(optuna: Any, axis: Axis) -> Any:
    """What Optuna chooses from: numbers of an interval, or places in a list, which have no order."""
    if not isinstance(axis.values, Between):
        return optuna.distributions.CategoricalDistribution(range(len(axis.values)))
    low, high, log = axis.values.low, axis.values.high, axis.values.log
    if axis.whole:
        return optuna.distributions.IntDistribution(int(low), int(high), log=log)
    return optuna.distributions.FloatDistribution(low, high, log=log)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Optuna reports in this thread from its handlers, other than warnings.

    Its verbosity is one setting of the whole process, in which a person may have other studies.
    """
    thread = threading.get_ident()

    def passes(record: logging.LogRecord) -> bool:
        return record.thread != thread or record.levelno >= logging.WARNING

    handlers = list(logging.getLogger("optuna").handlers)
    for handler in handlers:
        handler.addFilter(passes)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(passes)
