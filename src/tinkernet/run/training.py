"""Training a run: whole epochs in few calls of the engine, or point by point."""

import time
from collections.abc import Callable
from typing import Self

from tinkernet import checks, engine
from tinkernet.run.reader import RunReader
from tinkernet.run.state import RunState

SLICE_SECONDS = 0.02
"""The duration of one engine call, between which Python can handle Ctrl-C."""
STOP_SECONDS = 0.0015
"""The duration of one engine call if there is a `stop` function."""
MOST_EPOCHS = 1_000_000_000


class TrainableRun(RunReader):
    """The methods of a run that train it."""

    __slots__ = ()

    def _commit(self, state: RunState) -> None:
        """Replace the state: the only assignment that changes a run."""
        object.__setattr__(self, "_state", state)

    def train(
        self, epochs: int = 1, *, until_loss: float | None = None, stop: Callable[[], bool] | None = None
    ) -> Self:
        """Train for a number of epochs and return the run. An epoch in progress counts as the first.

        Args:
            epochs: how many, 1 to 1,000,000,000.
            until_loss: end early when the training loss after an epoch is at most this.
            stop: end early when this function returns True. It is called every millisecond or two, or after the first
                epoch if that takes longer. Training may then end within an epoch; the next call continues from there.
                It is not called again after it has returned True.

        Raises:
            ExperimentError: `epochs` is not from 1 to 1,000,000,000, or `until_loss` is negative.

        Example:
            >>> run = Run(seed="0.12345").train(500, until_loss=0.01)
            >>> run.epoch, run.train_loss <= 0.01
            (96, True)
        """
        target = self.epoch + checks.whole("epochs", epochs, 1, MOST_EPOCHS)
        if until_loss is not None:
            until_loss = checks.number("until_loss", until_loss, 0)
        seconds = SLICE_SECONDS if stop is None else STOP_SECONDS
        at_once = max(1, self._state.at_once)  # the first call always trains at least one epoch
        while self.epoch < target and not (stop is not None and stop()):
            if self.position or (at_once == 0 and self._state.examples.count):
                if not self._train_part(stop, seconds) or _reached(self.train_loss, until_loss):
                    break
                continue
            count = max(1, min(at_once, target - self.epoch))
            if _reached(self._train_epochs(count, until_loss, seconds), until_loss):
                break
            at_once = self._state.at_once
        return self

    def _train_epochs(self, count: int, until_loss: float | None, seconds: float) -> float:
        """Train whole epochs in one call of the engine, and estimate how many take this many seconds.

        Returns:
            The training loss after the last epoch.
        """
        state, learner, started = self._state, self._state.learner.copy(), time.perf_counter()
        losses = engine.train(state.rule, learner, state.examples, state.test_examples, state.epoch, count, until_loss)
        spent = time.perf_counter() - started
        at_once = min(max(4 * count, state.at_once), int(seconds * len(losses) / max(spent, 1e-9)))
        self._commit(state.trained(learner, losses, at_once))
        return float(losses[-1, 0])

    def _train_part(self, stop: Callable[[], bool] | None, seconds: float) -> bool:
        """Train to the end of this epoch, for this many seconds at a time, unless `stop` returns True.

        Returns:
            Whether the end of the epoch was reached. `stop` is not called again after it has returned True.
        """
        count = self.experiment.batch_size
        while True:
            started = time.perf_counter()
            self.train_points(min(count, self._state.examples.count - self.position))
            if self.position == 0:
                return True
            if stop is not None and stop():
                return False
            spent = time.perf_counter() - started
            count = max(1, min(4 * count, int(seconds * count / max(spent, 1e-9))))

    def train_points(self, count: int = 1) -> Self:
        """Train on the next points, as in slow motion; parameters are updated after each full batch.

        Args:
            count: the number of points, 1 to 1,000,000,000.

        Raises:
            ExperimentError: `count` is anything else.

        Example:
            >>> Run(seed="1").train_points(7).position
            7
        """
        left = checks.whole("count", count, 1, MOST_EPOCHS)
        total = self._state.examples.count
        while left:
            taken = min(left, total - self.position)
            self._advance(self.position + taken)
            left -= taken
            if total == 0:
                break
        return self

    def _advance(self, stop: int) -> None:
        """Train on the points up to `stop` of this epoch."""
        state, learner = self._state, self._state.learner.copy()
        engine.advance(state.rule, learner, state.examples, state.epoch, state.position, stop)
        if stop < state.examples.count:
            self._commit(state.moved(learner, state.epoch, stop))
            return
        self._commit(state.moved(learner, state.epoch + 1, 0).with_losses())


def _reached(train_loss: float, until_loss: float | None) -> bool:
    return until_loss is not None and train_loss <= until_loss
