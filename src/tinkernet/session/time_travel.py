"""Time travel: shows the run exactly as it was at an earlier epoch.

The state is recomputed from the run's sparse checkpoints (see `run/past.py`), in the background. Other intentions wait
until it is shown; only a new seek takes effect immediately, and the latest one wins.
"""

from typing import Self

import msgspec

from tinkernet.protocol import intentions
from tinkernet.run import Run
from tinkernet.session import sentences
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import IntentionError
from tinkernet.session.training import Training
from tinkernet.session.undo import UndoHistory
from tinkernet.session.workspace import Workspace


class PastReady(msgspec.Struct, frozen=True):
    """The run at an earlier epoch; None if computing it failed."""

    search: int
    epoch: int
    run: Run | None


class TimeTravel(SessionFeature):
    """Tracks which earlier epoch is wanted, and its computation."""

    def __init__(self, workspace: Workspace, undo: UndoHistory, training: Training, host: Host, notify: Notify) -> None:
        self._workspace, self._undo, self._training = workspace, undo, training
        self._host, self._notify = host, notify
        self._wanted: int | None = None
        self._search = 0
        """Incremented whenever the current search becomes obsolete."""
        self._under_way = False
        self._twin: tuple[object, Run] | None = None
        """A copy of the current run that is never trained, so that its past can be computed in another thread."""

    def handlers(self) -> Handlers:
        return {intentions.Seek: self._seek, PastReady: self._ready}

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: the displayed moment is part of the workspace, and the other session searches none."""

    @property
    def searching(self) -> bool:
        """Whether an earlier epoch is being computed."""
        return self._wanted is not None

    def _seek(self, message: intentions.Seek) -> None:
        present = self._workspace.present
        if message.epoch is None or (message.epoch == present.epoch and present.position == 0):
            self._wanted = None
            self._search += 1
            self._workspace.leave_past()
            return
        if message.epoch > present.epoch:
            raise IntentionError(sentences.not_reached_yet(message.epoch))
        self._training.pause()
        self._wanted = message.epoch
        if not self._under_way:
            self._compute(message.epoch)

    def _compute(self, epoch: int) -> None:
        twin, search = self._twin_of(self._workspace.present), self._search
        self._under_way = True
        self._host.compute(
            lambda: PastReady(search, epoch, twin.at(epoch)), PastReady(search, epoch, None), self._notify
        )

    def _twin_of(self, run: Run) -> Run:
        moment = (run, run.epoch, run.position, run.events)
        if self._twin is None or self._twin[0] != moment:
            self._twin = moment, run.copy()
        return self._twin[1]

    def _ready(self, message: PastReady) -> None:
        """Show the run if it is still wanted, or compute another epoch if that is wanted by now."""
        self._under_way = False
        wanted, matters = self._wanted, message.search == self._search and self._wanted is not None
        if wanted is not None and not (matters and message.epoch == wanted):
            self._compute(wanted)
        else:
            self._wanted = None
        if not matters:
            return
        if message.run is None:
            raise IntentionError(sentences.epoch_failed(message.epoch))
        self._undo.end_drag()
        self._workspace.show_past(message.run)
