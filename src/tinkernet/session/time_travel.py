"""Time travel: the run is shown as it was at some earlier epoch, exactly.

The past is computed again from the run's sparse checkpoints (see `run/past.py`), in the background. What the page asks
for meanwhile waits until it is shown; only another epoch to seek counts at once, and the latest wins.
"""

from typing import Self

import msgspec

from tinkernet.formatting import count
from tinkernet.protocol import intentions
from tinkernet.run import Run
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import IntentionError
from tinkernet.session.training import Training
from tinkernet.session.undo import UndoHistory
from tinkernet.session.workspace import Workspace


class PastReady(msgspec.Struct, frozen=True):
    """A moment of the past has been computed again; None where that failed."""

    search: int
    epoch: int
    run: Run | None


class TimeTravel(SessionFeature):
    """Which epoch of the past is wanted, and where its computation stands."""

    def __init__(self, workspace: Workspace, undo: UndoHistory, training: Training, host: Host, notify: Notify) -> None:
        self._workspace, self._undo, self._training = workspace, undo, training
        self._host, self._notify = host, notify
        self._wanted: int | None = None
        self._search = 0
        """One more with each search that no longer matters."""
        self._under_way = False
        self._twin: tuple[object, Run] | None = None
        """A copy of the present run that never trains, so that its past can be computed in another thread."""

    def handlers(self) -> Handlers:
        return {intentions.Seek: self._seek, PastReady: self._ready}

    def copy_state(self, original: Self) -> None:
        """Which moment is shown is the workspace's; the other session searches none."""

    @property
    def searching(self) -> bool:
        """Whether a moment of the past is on its way."""
        return self._wanted is not None

    def _seek(self, message: intentions.Seek) -> None:
        present = self._workspace.present
        if message.epoch is None or (message.epoch == present.epoch and present.position == 0):
            self._wanted = None
            self._search += 1
            self._workspace.come_back()
            return
        if message.epoch > present.epoch:
            raise IntentionError(f"This run has not reached epoch {count(message.epoch)} yet.")
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
        """Show it, if it is still wanted; compute another one, if that is wanted by now."""
        self._under_way = False
        wanted, matters = self._wanted, message.search == self._search and self._wanted is not None
        if wanted is not None and not (matters and message.epoch == wanted):
            self._compute(wanted)
        else:
            self._wanted = None
        if not matters:
            return
        if message.run is None:
            raise IntentionError(f"Epoch {count(message.epoch)} could not be computed. The run is unchanged.")
        self._undo.end_drag()
        self._workspace.show_past(message.run)
