"""Session: one open playground, as an actor. It handles intentions, trains, and posts facts and frames.

It is independent of the transport: intentions are passed to `receive`, and messages are posted to the attached page.
All work is done in its turns (see `scheduler.py`), in one thread at a time.

The memory of a session is bounded: a run's past by 32 MB (see `run/past.py`), the pasts of the current run and six pins
by seven times that, undo by 100 MB (`undo.py`), many starts by about 200 MB (`starts/`), a map by 50 MB (`maps/`). With
the default network, the total is a few MB. A file of a person's own data is kept while its dialog is open, up to 100 MB
of content; with what is made of them, the files of all sessions take up to 1.5 GB (`own_data/room.py`).
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from tinkernet import engine
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.lessons.shelf import Shelf
from tinkernet.protocol import facts, intentions
from tinkernet.run import Run
from tinkernet.run.state import RunState
from tinkernet.session import sentences
from tinkernet.session.animation import Animations
from tinkernet.session.background import Host
from tinkernet.session.diagnosis import Diagnoser
from tinkernet.session.editing import Editing
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.formulas import Formulas
from tinkernet.session.inbox import Inbox
from tinkernet.session.known_data import KnownData
from tinkernet.session.lessons import Lessons
from tinkernet.session.maps.feature import Maps
from tinkernet.session.messages import Attached, Detached, EngineReady
from tinkernet.session.onlookers import Onlookers
from tinkernet.session.own_data.feature import OwnData
from tinkernet.session.page import IntentionError, Page
from tinkernet.session.painting import Painting
from tinkernet.session.pins.feature import Pins
from tinkernet.session.pins.pinned import PinnedRuns
from tinkernet.session.questions import Questions
from tinkernet.session.restoring import Restoring, Saved
from tinkernet.session.scheduler import SLICE_SECONDS, Slot
from tinkernet.session.settings import SettingsFeature
from tinkernet.session.source import Source
from tinkernet.session.starts.feature import ManyStarts
from tinkernet.session.state import StateReport
from tinkernet.session.time_travel import TimeTravel
from tinkernet.session.training import Training
from tinkernet.session.undo import UndoHistory
from tinkernet.session.view import FrameView
from tinkernet.session.watched import Watched, check_possible
from tinkernet.session.workspace import Workspace, check_size, page_run

log = logging.getLogger(__name__)


class Session:
    """A run and everything else that a page shows. `receive` may be called from any thread."""

    def __init__(
        self,
        name: str,
        workspace: Workspace,
        host: Host,
        clock: Callable[[], float] = time.perf_counter,
        shelf: Shelf | None = None,
    ) -> None:
        self.name = name
        self.slot = Slot()
        self._host, self._clock = host, clock
        self._shelf = shelf or Shelf()
        self._lock = threading.Lock()
        """Held during a turn, and by other readers of the state."""
        self._more_to_send = False
        """Whether there may be more to send when the page is ready."""

        self._workspace = workspace
        pinned = PinnedRuns(clock)
        self._undo = UndoHistory(workspace, pinned)
        self._training = Training(workspace, pinned, self._undo)
        self._travel = TimeTravel(workspace, self._undo, self._training, host, self.receive)
        self._view = FrameView(workspace, self._training)
        self._onlookers = Onlookers(workspace, self._training)
        self._pins = Pins(workspace, pinned, self._undo)
        self._editing = Editing(workspace, self._undo)
        self._restoring = Restoring(workspace, host, self.receive)
        self._formulas = Formulas(workspace)
        many = ManyStarts(workspace, self._undo, self._training, host, self.receive, self._wake)
        diagnoser = Diagnoser(workspace, host, partial(self.receive, urgent=False))
        self.lessons = Lessons(workspace, self._undo, self._training, self._shelf, many, diagnoser)
        self._watched = Watched(workspace, partial(self.receive, urgent=False))
        settings = SettingsFeature(workspace, pinned, self._undo, self._training)
        self._features: tuple[SessionFeature, ...] = (
            self._undo,
            self._training,
            self._travel,
            self._view,
            self._onlookers,
            self._pins,
            self._editing,
            Painting(workspace, self._undo),
            self._restoring,
            settings,
            Questions(workspace),
            Animations(workspace, host, self.receive),
            self._formulas,
            OwnData(workspace, host, self.receive, settings.use_data),
            many,
            Maps(workspace, self._undo, host, self.receive),
            diagnoser,
            self.lessons,
            self._watched,
        )
        self._inbox = Inbox(self._travel, self._restoring)
        self._state = StateReport(workspace, self._undo, self._training, self._pins, self._editing, self._formulas)
        self._handlers = self._all_handlers()

    @classmethod
    def start(
        cls,
        name: str,
        experiment: Experiment,
        view: View,
        host: Host,
        clock: Callable[[], float] = time.perf_counter,
        shelf: Shelf | None = None,
        known: KnownData | None = None,
    ) -> "Session":
        """A new session with this experiment.

        Raises:
            ExperimentError: its network is too large for a page.
        """
        return cls(name, Workspace(page_run(experiment), view, clock, known), host, clock, shelf)

    @classmethod
    def of_run(
        cls,
        name: str,
        run: Run,
        view: View,
        host: Host,
        shelf: Shelf | None = None,
        known: KnownData | None = None,
        source: Source | None = None,
    ) -> "Session":
        """A new session with this run, which nothing else may use from now on.

        With a `source`, that trains the run, which must be an ObservedRun.

        Raises:
            ExperimentError: its network is too large for a page.
        """
        check_size(run.experiment)
        return cls(name, Workspace(run, view, known=known, source=source), host, shelf=shelf)

    @classmethod
    def restore(
        cls, name: str, saved: Saved, host: Host, shelf: Shelf | None = None, known: KnownData | None = None
    ) -> "Session":
        """The session that an earlier server saved; its run is recomputed in the background.

        Raises:
            ExperimentError: its network is too large for a page.
        """
        session = cls.start(name, saved.origin, saved.view, host, shelf=shelf, known=known)
        session._restoring.begin(saved)
        return session

    def copy(self, name: str) -> "Session":
        """A copy of this session in its current state, for another page."""
        with self._lock:
            twin = Session(name, self._workspace.copy(), self._host, self._clock, self._shelf)
            for feature, original in zip(twin._features, self._features, strict=True):
                feature.copy_state(original)
        return twin

    # --- From any thread -------------------------------------------------------

    def receive(self, message: msgspec.Struct, *, urgent: bool = True) -> None:
        """Queue an intention, or a message from the background, for the next turn.

        Args:
            message: the message to handle.
            urgent: whether a user waits for it.
        """
        self._inbox.add(message)
        self._host.wake(self, urgent=urgent)

    def note_drawn(self, frame: int, page: Page | None = None) -> None:
        """The page, or this one of several, has drawn this frame: if there is something newer, schedule a turn."""
        if page is not None:
            due = self._onlookers.note_drawn(page, frame) or self._more_to_send
        else:
            due = self._view.note_drawn(frame) and (self._view.outdated or self._more_to_send)
        if due:
            self._host.wake(self, urgent=self._workspace.urgent)

    @property
    def saved(self) -> Saved:
        """The data to save, so that the run can be restored after a restart of the server."""
        return self._restoring.saved

    @property
    def run(self) -> Run:
        """A copy of the current run."""
        with self._lock:
            return self._workspace.present.copy()

    @property
    def view(self) -> View:
        """How the run is displayed."""
        return self._workspace.view

    @property
    def present(self) -> Run:
        """The current run itself, which is being trained: only its state may be read, and only once at a time."""
        return self._workspace.present

    def show_run(self, run: Run) -> None:
        """Show this run instead, which nothing else may use from now on, as one undo step.

        Raises:
            ExperimentError: its network is too large for a page.
        """
        check_size(run.experiment)
        with self._lock:
            self._undo.restart(sentences.SET_FROM_PYTHON, run)
        self._wake()

    def continue_from(self, state: RunState) -> None:
        """Continue the current run from a state that it has reached outside of this session."""
        with self._lock:
            self._workspace.continue_from(state)
        self._wake()

    @property
    def attended(self) -> bool:
        """Whether a page is connected."""
        return self._workspace.page is not None

    @property
    def waiting(self) -> int:
        """The number of messages not handled yet."""
        return len(self._inbox)

    @property
    def playing(self) -> bool:
        """Whether it is training."""
        return self._workspace.playing

    @property
    def watched(self) -> bool:
        """Whether a program outside of it trains its run."""
        return self._workspace.source is not None

    def shows(self, experiment: Experiment, view: View) -> bool:
        """Whether it shows this experiment and view."""
        with self._lock:
            if self._restoring.under_way:
                saved = self._restoring.saved
                return (experiment, view) == (saved.experiment, saved.view)
            return (experiment, view) == (self._workspace.run.experiment, self._workspace.view)

    def _wake(self) -> None:
        self._host.wake(self)

    # --- Turns -----------------------------------------------------------------

    def turn(self, slice_seconds: float) -> float | None:
        """Handle messages, train a slice, and report to the page. Returns when the next turn is due."""
        with self._lock:
            began = time.thread_time()
            self._handle_inbox(self._clock() + slice_seconds)
            self.lessons.settle()
            if self._training.wanted:
                self._train(slice_seconds)
            self._report(crowded=slice_seconds < SLICE_SECONDS)
            self._watched.spend(time.thread_time() - began)
            return self._due()

    @property
    def _free(self) -> bool:
        """Whether a page is ready for something new."""
        return self._onlookers.free if self._onlookers else self._view.free

    def _train(self, slice_seconds: float) -> None:
        free = self._free

        def interrupted() -> bool:
            """Whether a message has arrived, or the page has become ready for its next frame."""
            return bool(self._inbox) or self._free is not free

        self._training.train(slice_seconds, interrupted)

    def _due(self) -> float | None:
        if self._inbox:
            return self._clock()
        looked_at = self._workspace.page is not None and self._free
        dues = [feature.due() for feature in self._features if looked_at or feature is self._training]
        return min((due for due in dues if due is not None), default=None)

    def _handle_inbox(self, end: float) -> None:
        """Handle messages in order, at least one, until this slice ends."""
        while (message := self._inbox.next()) is not None:
            self._handle(message)
            if self._clock() >= end:
                break

    def _handle(self, message: msgspec.Struct) -> None:
        """Handle one message; if that fails, nothing changes and the reason is sent to the page."""
        try:
            if self._workspace.source is not None:
                check_possible(message)
            self._handlers[type(message)](message)
            self.lessons.note(message)
        except ExperimentError as error:
            self._workspace.post(facts.Trouble(message=str(error), field=error.field))
        except IntentionError as error:
            self._workspace.post(facts.Trouble(message=str(error)))
        except Exception:
            # A bug in tinkernet: log it, inform the user, and continue.
            log.exception("%s failed", type(message).__name__)
            self._workspace.post(facts.Trouble(message=sentences.INTERNAL_ERROR))

    def _all_handlers(self) -> Handlers:
        handlers: dict[type[msgspec.Struct], Callable[[Any], None]] = {
            Attached: self._attached,
            Detached: self._detached,
            EngineReady: self._engine_ready,
        }
        for feature in self._features:
            handlers |= feature.handlers()
        return handlers

    def _attached(self, message: Attached) -> None:
        self._workspace.page = message.page
        self._workspace.diagnosed = not message.passing and self._workspace.source is None
        for feature in self._features:
            feature.page_attached()
        self._workspace.mark_changed()
        for fact in message.first_facts:
            self._workspace.post(fact)
        if engine.status().message:
            # Explains why training is slow, temporarily or permanently.
            self._workspace.post(facts.Notice(message=engine.status().message, passing=True))
        if message.link:
            self._inbox.add(intentions.Open(link=message.link))

    def _detached(self, message: Detached) -> None:
        if self._workspace.page is message.page:
            self._workspace.page = None
            for feature in self._features:
                feature.page_detached()

    def _engine_ready(self, _message: EngineReady) -> None:
        self._workspace.state_due = True

    # --- What the page is sent -------------------------------------------------

    def _report(self, *, crowded: bool) -> None:
        page = self._workspace.page
        if page is None:
            self._workspace.state_due = False
            return
        self._state.report()
        self._more_to_send = True  # set before checking whether the page is ready, as that may change at any time
        shown = self._onlookers.show(crowded=crowded) if self._onlookers else self._view.show(page, crowded=crowded)
        if shown:
            self._more_to_send = False
            for feature in self._features:
                feature.report(page)
            # What is due later is not due while the page draws: then the page that is ready again is given a turn.
            features = (feature for feature in self._features if feature is not self._training)
            self._more_to_send = any(feature.due() is not None for feature in features)
