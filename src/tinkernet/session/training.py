"""Training: play, pause, step, speed, and automatic pause."""

from collections.abc import Callable
from typing import Self

import numpy as np

from tinkernet.protocol import facts, intentions
from tinkernet.protocol.speeds import NORMAL, SPEEDS, Speed
from tinkernet.session import sentences
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.pace import Pace
from tinkernet.session.pins.pinned import PinnedRuns
from tinkernet.session.time_slices import TimeSlices, progress, small_step
from tinkernet.session.undo import UndoHistory
from tinkernet.session.workspace import Workspace

UNLIMITED_EPOCHS = 10**9


class Training(SessionFeature):
    """Trains the displayed run, and the pinned runs along with it."""

    def __init__(self, workspace: Workspace, pinned: PinnedRuns, undo: UndoHistory) -> None:
        self._workspace, self._pinned, self._undo = workspace, pinned, undo
        self.pace = Pace(workspace.clock)
        self.stop_epoch: int | None = None
        self.stop_loss: float | None = None
        self._slices = TimeSlices(workspace.clock)

    def handlers(self) -> Handlers:
        return {
            intentions.Play: lambda _: self.play(),
            intentions.Pause: lambda _: self.pause(),
            intentions.Step: self._step,
            intentions.SetSpeed: self._set_speed,
            intentions.StopAt: self._stop_at,
        }

    def copy_state(self, original: Self) -> None:
        self.pace.speed = original.pace.speed
        self.pace.start()
        self.stop_epoch, self.stop_loss = original.stop_epoch, original.stop_loss

    @property
    def epochs_per_second(self) -> float:
        """The actual speed; 0 while paused."""
        return self.pace.epochs_per_second if self._workspace.playing else 0.0

    @property
    def wanted(self) -> bool:
        """Whether there is something to train."""
        return self._workspace.playing or self._pinned.behind

    def due(self) -> float | None:
        """When to train next; None if there is nothing to train."""
        if self._pinned.behind:
            return self._workspace.clock()
        return self.pace.due() if self._workspace.playing else None

    def play(self) -> None:
        """Start training."""
        workspace = self._workspace
        reached = self._limit_reached()
        if reached:
            workspace.post(facts.Notice(message=sentences.still_paused(reached)))
            return
        if self._diverged("play"):
            return
        self._undo.branch_from_past(sentences.play_from(workspace.run.epoch))
        if not workspace.playing:
            workspace.playing = True
            self.pace.start()
            workspace.mark_changed()

    def _diverged(self, what: str) -> bool:
        """Whether training has diverged, so that there is nothing to train: then the page is sent the reason."""
        if not self._workspace.run.diverged:
            return False
        self._workspace.post(facts.Notice(message=sentences.diverged(what)))
        return True

    def pause(self) -> None:
        """Stop training; an epoch in progress, as in a large network, is completed first."""
        workspace = self._workspace
        if workspace.playing and workspace.run.position and self.pace.speed.unit == "epoch":
            # While paused, pictures and numbers are those of a complete epoch.
            workspace.run.train(1)
            self._pinned.owe(1)
        workspace.pause()

    def _step(self, _message: intentions.Step) -> None:
        workspace = self._workspace
        if self._diverged("step"):
            return
        self._undo.branch_from_past(sentences.step_from(workspace.run.epoch))
        workspace.pause()
        unit = self.pace.speed.unit
        if unit == "epoch":
            workspace.run.train(1)
            self._pinned.owe(1)
        else:
            small_step(workspace.run, unit)
            self._pinned.step(unit)
        workspace.mark_trained()
        workspace.state_due = True

    def use_normal_speed(self) -> None:
        """Train at the speed that a page begins with: a link must not run away at the last one's full speed."""
        self._use_speed(NORMAL)

    def clear_limits(self) -> None:
        """Pause at no epoch and at no loss."""
        self.stop_epoch = self.stop_loss = None
        self._workspace.state_due = True

    def _set_speed(self, message: intentions.SetSpeed) -> None:
        self._use_speed(SPEEDS[message.speed])

    def _use_speed(self, speed: Speed) -> None:
        if speed is not self.pace.speed:
            self.pace.speed = speed
            self.pace.start()
            self._workspace.mark_changed()

    def _stop_at(self, message: intentions.StopAt) -> None:
        self.stop_epoch, self.stop_loss = message.epoch, message.train_loss
        self._workspace.state_due = True

    # --- A slice of training ---------------------------------------------------

    def train(self, slice_seconds: float, stop: Callable[[], bool]) -> None:
        """Train as much as is due at this speed, for at most this slice, or until `stop` returns True."""
        workspace, end = self._workspace, self._workspace.clock() + slice_seconds
        if self._pinned.behind:
            # The current run waits until the pinned runs have caught up.
            self._pinned.train(slice_seconds, stop)
            if self._pinned.behind:
                return
            workspace.state_due = workspace.state_due or not workspace.playing
        if workspace.playing:
            self._train_present(slice_seconds, stop)
            self._pinned.train(max(end - workspace.clock(), slice_seconds / 2), stop)

    def _train_present(self, slice_seconds: float, stop: Callable[[], bool]) -> None:
        owed = self.pace.owed()
        if owed == 0:
            return
        workspace, unit = self._workspace, self.pace.speed.unit
        if unit == "epoch":
            seconds = slice_seconds / (1 + self._pinned.in_step_count)
            run = workspace.run
            # Losses are left for later: in the middle of an epoch they would have to be computed.
            ended, trained = self._slices.train(
                run,
                self._epochs_to_go(owed),
                seconds,
                self.stop_loss,
                lambda: stop() or not np.isfinite(run.parameters).all(),
            )
            self._pinned.owe(ended)
        else:
            before = progress(workspace.run)
            small_step(workspace.run, unit)
            self._pinned.step(unit)
            ended, trained = 1, progress(workspace.run) - before
        self.pace.pay(ended, trained)
        workspace.mark_trained()
        reached = self._limit_reached()
        if workspace.run.diverged:
            # Nothing is learned from here on; the diagnosis says what has happened.
            workspace.pause()
        elif reached:
            workspace.pause()
            workspace.post(facts.Notice(message=sentences.paused(reached), passing=True))

    def _epochs_to_go(self, owed: int | None) -> int:
        """The number of epochs due, up to the limit."""
        left = self.stop_epoch - self._workspace.run.epoch if self.stop_epoch is not None else 0
        most = UNLIMITED_EPOCHS if owed is None else owed
        return min(most, left) if left > 0 else most

    def _limit_reached(self) -> str:
        """A description of the limit that has been reached, or an empty string."""
        run = self._workspace.run
        if run.position:
            return ""
        if self.stop_epoch is not None and run.epoch == self.stop_epoch:
            return sentences.epoch_reached(self.stop_epoch)
        if self.stop_loss is not None and run.train_loss <= self.stop_loss:
            return sentences.loss_reached(run.train_loss)
        return ""
