"""The handlers for many starts, and the messages about them."""

import math
from collections.abc import Callable
from typing import Self

import msgspec

from tinkernet.experiment import Experiment
from tinkernet.formatting import count
from tinkernet.insight.compare import differences
from tinkernet.insight.starts import Starts, start_of
from tinkernet.lessons.evidence import StartsResult
from tinkernet.protocol import facts, intentions
from tinkernet.protocol.setting_words import experiment_in_words
from tinkernet.run import Run
from tinkernet.session import sentences
from tinkernet.session.background import Host, Notify
from tinkernet.session.feature import Handlers, SessionFeature
from tinkernet.session.page import IntentionError, Page
from tinkernet.session.starts.training import PROGRESS_SECONDS, StartsTraining
from tinkernet.session.training import Training
from tinkernet.session.undo import UndoHistory
from tinkernet.session.wording import difference_fact
from tinkernet.session.workspace import Workspace

MOST_PARAMETERS_OF_ALL = 8_000_000
"""The limit for all starts together: about 200 MB including the memory for training."""


class StartsReady(msgspec.Struct, frozen=True):
    """The starts with their initial weights; None if that failed."""

    number: int
    starts: Starts | None


class StartOpened(msgspec.Struct, frozen=True):
    """One of the starts, as an independent run."""

    number: int
    index: int
    run: Run


class StartsRedrawn(msgspec.Struct, frozen=True):
    """The pictures of the starts have been drawn again, for another slice."""


class ManyStarts(SessionFeature):
    """A session's many starts, if there are any, and the results of the previous ones."""

    def __init__(
        self,
        workspace: Workspace,
        undo: UndoHistory,
        training: Training,
        host: Host,
        notify: Notify,
        wake: Callable[[], None],
    ) -> None:
        self._workspace, self._undo, self._play = workspace, undo, training
        self._host, self._notify, self._wake = host, notify, wake
        self._training: StartsTraining | None = None
        self._before: tuple[facts.StartsBefore, Experiment] | None = None
        self._numbers = 0
        self._sent: object = None
        self._sent_at = -math.inf
        self._drawings_sent = 0
        self._redrawing = False

    def handlers(self) -> Handlers:
        return {
            intentions.StartMany: self._start,
            intentions.StopMany: self._stop,
            intentions.CloseMany: lambda _: self.close(),
            intentions.OpenStart: self._open,
            StartsReady: self._ready,
            StartOpened: self._opened,
            StartsRedrawn: self._redrawn,
        }

    def copy_state(self, original: Self) -> None:
        """Nothing to copy: many starts stay with the session that started them."""

    def close(self) -> None:
        """Discard the starts, but keep their results for comparison."""
        training, self._training = self._training, None
        if training is None:
            return
        training.close()
        starts = training.starts
        if starts is not None and starts.epoch:
            before = facts.StartsBefore(
                label=experiment_in_words(training.experiment),
                n=training.n,
                epoch=starts.epoch,
                train_losses=starts.train_loss.tolist(),
            )
            self._before = before, training.experiment

    def result(self) -> StartsResult | None:
        """The losses of the starts; None where there are none yet."""
        training = self._training
        if training is None or training.starts is None:
            return None
        finished = not training.running and training.epoch >= training.epochs
        return StartsResult(training.number, training.starts.train_loss, finished)

    @property
    def number(self) -> int:
        """How many times many starts have been trained."""
        return self._numbers

    def _start(self, message: intentions.StartMany) -> None:
        experiment = self._workspace.run.experiment
        check_size(message, experiment)
        self.close()
        self._numbers += 1
        number = self._numbers
        training = StartsTraining(
            number,
            message.n,
            message.epochs,
            experiment,
            new_points=message.new_points,
            plane=lambda: self._workspace.plane_of(experiment),
            workers_wanted=self._workers_wanted,
            progressed=self._wake,
            opened=lambda index, run: self._notify(StartOpened(number, index, run)),
            clock=self._workspace.clock,
        )
        self._training, self._drawings_sent = training, 0
        self._host.compute(lambda: StartsReady(number, training.build()), StartsReady(number, None), self._notify)

    def _ready(self, message: StartsReady) -> None:
        training = self._training
        if training is None or training.number != message.number:
            return
        if message.starts is None:
            self.close()
            raise IntentionError(sentences.WEIGHTS_FAILED)
        training.begin(message.starts, self._host.threads)
        self._wake_workers()

    def _stop(self, _message: intentions.StopMany) -> None:
        self._running().stopping = True

    def _open(self, message: intentions.OpenStart) -> None:
        self._running().open(message.index)

    def _opened(self, message: StartOpened) -> None:
        view = self._workspace.view_of(message.run.experiment)
        self._undo.restart(sentences.open_start(message.index), message.run, view)

    def _running(self) -> StartsTraining:
        if self._training is None:
            raise IntentionError(sentences.NO_STARTS)
        return self._training

    def _workers_wanted(self) -> float:
        """0 without a page; 1 while the run plays, which needs the other cores; 0.5 at full speed; else all threads."""
        if self._workspace.page is None:
            return 0
        if self._workspace.playing:
            return 1 if self._play.pace.speed.per_second is not None else 0.5
        return self._host.threads

    def _wake_workers(self) -> None:
        if self._training is not None:
            for worker in self._training.workers:
                self._host.wake(worker)

    # --- What the page is sent -------------------------------------------------

    def page_attached(self) -> None:
        self._sent, self._drawings_sent = None, 0
        self._wake_workers()

    def due(self) -> float | None:
        return None if self._training is None or self._redrawing else self._training.redraw_due

    def _redraw(self, training: StartsTraining) -> None:
        """Draw trained starts again if the page shows another slice of the data; thousands of them take a while."""
        due = self.due()
        if due is None or self._workspace.clock() < due:
            return
        self._redrawing = True

        def work() -> StartsRedrawn:
            training.redraw()
            return StartsRedrawn()

        self._host.compute(work, StartsRedrawn(), self._notify)

    def _redrawn(self, _message: StartsRedrawn) -> None:
        self._redrawing = False

    def report(self, page: Page) -> None:
        """Send their progress, pictures and curves."""
        training = self._training
        if training is None:
            if self._sent is not None:
                self._sent = None
                page.post(facts.text(NO_STARTS))
            return
        self._redraw(training)
        progress = (training.number, training.epoch, training.running)
        now = self._workspace.clock()
        waited = self._sent is None or now - self._sent_at > PROGRESS_SECONDS / 2
        if progress != self._sent and (not training.running or waited):
            self._sent, self._sent_at = progress, now
            page.post(facts.text(self._fact(training)))
        if training.drawings != self._drawings_sent:
            self._drawings_sent = training.drawings
            for payload in training.pictures:
                page.post(payload)

    def _fact(self, training: StartsTraining) -> facts.StartsFact:
        before, experiment = self._before or (None, training.experiment)
        return facts.StartsFact(
            n=training.n,
            epochs=training.epochs,
            epoch=training.epoch,
            running=training.running,
            label=experiment_in_words(training.experiment),
            differences=list(map(difference_fact, differences(experiment, training.experiment))),
            before=before,
        )


NO_STARTS = facts.StartsFact(n=0, epochs=0, epoch=0, running=False, label="", differences=[], before=None)


def check_size(request: intentions.StartMany, experiment: Experiment) -> None:
    """Make sure that there is room for so many, and that the last of them can exist."""
    parameters = experiment.layout.count
    most = MOST_PARAMETERS_OF_ALL // max(1, parameters)
    if request.n > most:
        network = f"A network with {count(parameters)} weights and biases"
        raise IntentionError(sentences.too_many_starts(network, most))
    start_of(experiment, request.n - 1, new_points=request.new_points)
