"""Many starts in the background: the same experiment from many first weights, in slices between the pages' turns."""

import math
from collections import deque
from collections.abc import Callable
from threading import Lock
from time import perf_counter

import numpy as np

from tinkernet.experiment import Experiment
from tinkernet.insight.compare import differences
from tinkernet.insight.starts import Part, Starts
from tinkernet.network import Layout
from tinkernet.protocol import frames, messages
from tinkernet.session.inbox import CannotError, Page, StartOpened
from tinkernet.session.wording import experiment_in_words
from tinkernet.session.scheduler import Place

MOST_PARAMETERS = 8_000_000
"""Of all starts together: with what training needs, about 200 MB."""
WALL_BYTES = 262_144
"""How large the wall of pictures may be; more starts have smaller ones."""
MOST_CELLS = 32
MOST_CURVE = 128
BLOCK_SECONDS = 0.08
"""About how long all starts train before their losses are taken together, and a wish to stop is heard."""
WORDS_EVERY, WALL_EVERY = 0.2, 0.34
"""Seconds between two messages."""
REST = 0.02
"""Seconds until a hand that is not wanted just now looks again."""


class Training:
    """Many starts under way, shared by all hands that train them."""

    def __init__(
        self,
        number: int,
        request: messages.StartMany,
        experiment: Experiment,
        hands_wanted: Callable[[], float],
        heard: Callable[[], None],
        opened: Callable[[StartOpened], None],
    ) -> None:
        self.number = number
        self.n, self.epochs, self.new_points = request.n, request.epochs, request.new_points
        self.experiment = experiment
        self.running = True
        self.stopping = False
        self.starts: Starts | None = None
        self.wall: tuple[bytes, ...] = ()
        """The latest pictures and curves, as the wire has them."""
        self.walls = 0
        """How many there have been."""
        self.hands: list[Hand] = []
        self._hands_wanted, self._heard, self._opened = hands_wanted, heard, opened
        self._lock = Lock()
        self._waiting: deque[Part] = deque()
        self._block: list[Part] = []
        self._undone = 0
        self._asked_for: list[int] = []
        self._seconds = 1e-4
        """How long one start takes for one epoch, as far as is known: the quickest of the last block, since whatever
        else the machine does only makes it longer."""
        self._quickest = math.inf
        self._said = self._drawn = 0.0

    @property
    def epoch(self) -> int:
        """How far they are."""
        return self.starts.epoch if self.starts is not None else 0

    def build(self) -> Starts:
        """Draw all first weights."""
        return Starts(self.experiment, self.n, new_points=self.new_points)

    def begin(self, starts: Starts, hands: int) -> None:
        """They are drawn: so many hands may train."""
        self.starts = starts
        self.hands = [Hand(self, place) for place in range(hands)]
        with self._lock:
            self._next_block(starts)

    def work(self, place: int, slice_seconds: float) -> float | None:
        """A slice of work for one hand; when it wants the next. Half a hand rests half of the time."""
        wanted = self._hands_wanted()
        if wanted == 0:
            return None  # nobody looks
        if place >= wanted:
            return perf_counter() + REST if self.running else None
        end = perf_counter() + slice_seconds
        while self.running:
            with self._lock:
                part = self._waiting.popleft() if self._waiting else None
            if part is None:
                return perf_counter() + 0.001  # others are at the last parts
            began = perf_counter()
            part.train()
            now = perf_counter()
            with self._lock:
                self._quickest = min(self._quickest, (now - began) / (len(part) * part.epochs))
                self._undone -= 1
                if self._undone == 0:
                    self._end_block()
            if now >= end:
                return now + max(0.0, 1 / wanted - 1) * slice_seconds
        return None

    def open(self, index: int) -> None:
        """Have this start given out, at once or as soon as all are at the same epoch."""
        if self.starts is None:
            raise CannotError("The starts are still being drawn. Try again in a moment.")
        if index >= self.n:
            raise CannotError(f"There is no start {index}: they are counted from 0 to {self.n - 1}.")
        with self._lock:
            if self._undone:
                self._asked_for.append(index)
                return
        self._give(self.starts, index)

    def close(self) -> None:
        """Train no more, at once."""
        self.running = False

    def _give(self, starts: Starts, index: int) -> None:
        self._opened(StartOpened(self.number, index, starts.run(index)))

    def _next_block(self, starts: Starts) -> None:
        all_once = self.n * self._seconds
        epochs = max(1, min(self.epochs - starts.epoch, int(BLOCK_SECONDS / all_once)))
        size = max(1, int(0.004 / (epochs * self._seconds)))
        self._block = starts.parts(epochs, size)
        self._waiting.extend(self._block)
        self._undone = len(self._block)

    def _end_block(self) -> None:
        """All are at the same epoch: take their losses, give out what was asked for, say how far they are."""
        starts = self.starts
        if starts is None or not self.running:
            return
        starts.take(self._block)
        self._seconds, self._quickest = max(1e-7, self._quickest), math.inf
        asked_for, self._asked_for = self._asked_for, []
        for index in asked_for:
            self._give(starts, index)
        self.running = not self.stopping and starts.epoch < self.epochs
        now = perf_counter()
        if not self.running or now - self._drawn > WALL_EVERY:
            self._drawn = now
            self.draw(starts)
        if not self.running or now - self._said > WORDS_EVERY:
            self._said = now
            self._heard()
        if self.running:
            self._next_block(starts)

    def draw(self, starts: Starts) -> None:
        """Make the pictures and the curves anew."""
        cells = min(MOST_CELLS, int((WALL_BYTES / self.n) ** 0.5))
        losses = np.column_stack([starts.train_loss, starts.test_loss])
        step = -(-len(starts.epochs) // MOST_CURVE)
        # Every so many epochs, counted back from the latest.
        kept = slice((len(starts.epochs) - 1) % step, None, step)
        self.wall = (
            frames.encode_wall(starts.epoch, losses, starts.fields(cells)),
            frames.encode_starts_curves(starts.epochs[kept], starts.curves[:, kept, 0]),
        )
        self.walls += 1


class Hand:
    """One who trains the starts: an actor of its own, so that each can be on another core."""

    def __init__(self, training: Training, number: int) -> None:
        self.place = Place()
        self._training, self._number = training, number

    def turn(self, slice_seconds: float) -> float | None:
        """Do a slice of work."""
        return self._training.work(self._number, slice_seconds)


class ManyStarts:
    """A session's many starts, if there are any, and how those before them ended."""

    def __init__(self) -> None:
        self.training: Training | None = None
        self._before: tuple[messages.StartsBefore, Experiment] | None = None
        self._numbers = 0
        self._told: object = None
        self._walls_sent = 0
        self._told_at = 0.0

    def next_number(self) -> int:
        """A number for the next ones."""
        self._numbers += 1
        return self._numbers

    def start(self, training: Training) -> None:
        """These are the starts from here on; the ones before them are kept as numbers."""
        self.close()
        self.training = training
        self._walls_sent = 0

    def close(self) -> None:
        """Forget them, but for how they ended."""
        training, self.training = self.training, None
        if training is None:
            return
        training.close()
        starts = training.starts
        if starts is not None and starts.epoch:
            before = messages.StartsBefore(
                label=experiment_in_words(training.experiment),
                n=training.n,
                epoch=starts.epoch,
                train_losses=starts.train_loss.tolist(),
            )
            self._before = before, training.experiment

    def find(self, number: int) -> Training | None:
        """The starts of this number, if they are the ones there are."""
        return self.training if self.training is not None and self.training.number == number else None

    def forget_page(self) -> None:
        """Another page looks: it has been told nothing."""
        self._told, self._walls_sent = None, 0

    def report(self, page: Page) -> None:
        """Tell how far they are, and show the wall."""
        training = self.training
        if training is None:
            if self._told is not None:
                self._told = None
                page.post(messages.text(_NONE))
            return
        told = (training.number, training.epoch, training.running)
        now = perf_counter()
        if told != self._told and (not training.running or self._told is None or now - self._told_at > WORDS_EVERY / 2):
            self._told, self._told_at = told, now
            page.post(messages.text(self._words(training)))
        if training.walls != self._walls_sent:
            self._walls_sent = training.walls
            for payload in training.wall:
                page.post(payload)

    def _words(self, training: Training) -> messages.Starts:
        before, experiment = self._before or (None, training.experiment)
        return messages.Starts(
            n=training.n,
            epochs=training.epochs,
            epoch=training.epoch,
            running=training.running,
            label=experiment_in_words(training.experiment),
            differences=list(differences(experiment, training.experiment)),
            before=before,
        )


_NONE = messages.Starts(n=0, epochs=0, epoch=0, running=False, label="", differences=[], before=None)


def check_many(request: messages.StartMany, experiment: Experiment) -> None:
    """That there is room for so many, and that the last of them can be."""
    count = Layout((len(experiment.features), *experiment.hidden, 1)).count
    most = MOST_PARAMETERS // max(1, count)
    if request.n > most:
        raise CannotError(f"Of a network with {count:,} weights there is room for {most:,} starts at once.")
    if not request.new_points:
        experiment.replace(start=experiment.start + request.n - 1)
