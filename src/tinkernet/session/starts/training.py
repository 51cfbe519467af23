"""Training many starts: in slices between the pages' turns, by several workers."""

import math
from collections import deque
from collections.abc import Callable
from threading import Lock

from tinkernet.data.slices import Slice
from tinkernet.experiment import Experiment
from tinkernet.insight.groups import Part
from tinkernet.insight.share import intervals
from tinkernet.insight.starts import Starts
from tinkernet.protocol import frames
from tinkernet.run import Run
from tinkernet.session import sentences
from tinkernet.session.page import IntentionError
from tinkernet.session.scheduler import Slot

WALL_BYTES = 262_144
"""The maximum size of all pictures together; more starts have smaller pictures."""
MOST_CELLS = 32
MOST_CURVE_POINTS = 128
BLOCK_SECONDS = 0.08
"""The approximate training time of all starts between collecting losses; a stop takes effect then."""
PART_SECONDS = 0.004
PROGRESS_SECONDS, PICTURES_SECONDS = 0.2, 0.34
"""The minimum time between two messages."""
RETRY_SECONDS = 0.02
"""The delay after which a worker that is not needed checks again."""


class StartsTraining:
    """The training of many starts, shared by all workers."""

    def __init__(
        self,
        number: int,
        n: int,
        epochs: int,
        experiment: Experiment,
        *,
        new_points: bool,
        plane: Callable[[], Slice],
        workers_wanted: Callable[[], float],
        progressed: Callable[[], None],
        opened: Callable[[int, Run], None],
        clock: Callable[[], float],
    ) -> None:
        self.number, self.n, self.epochs, self.new_points = number, n, epochs, new_points
        self.experiment = experiment
        self.running = True
        self.stopping = False
        self.starts: Starts | None = None
        self.pictures: tuple[bytes, ...] = ()
        """The latest pictures and curves, as binary messages."""
        self.drawings = 0
        """The number of times they have been drawn."""
        self.workers: list[StartsWorker] = []
        self._workers_wanted, self._progressed, self._opened = workers_wanted, progressed, opened
        self._plane, self._clock = plane, clock
        self._drawn_plane: Slice | None = None
        """What the latest pictures show of the data."""
        self._lock = Lock()
        self._waiting: deque[Part] = deque()
        self._block: list[Part] = []
        self._undone = 0
        self._to_open: list[int] = []
        self._seconds = 1e-4
        """The estimated time of one start for one epoch: the fastest of the last block, since other load on the machine
        can only slow it down."""
        self._quickest = math.inf
        self._reported = self._drawn = -math.inf

    @property
    def epoch(self) -> int:
        """The number of epochs trained."""
        return self.starts.epoch if self.starts is not None else 0

    def build(self) -> Starts:
        """Draw all initial weights."""
        return Starts(self.experiment, self.n, new_points=self.new_points)

    def begin(self, starts: Starts, workers: int) -> None:
        """Start training with this many workers, after the initial weights are drawn."""
        self.starts = starts
        self.workers = [StartsWorker(self, rank) for rank in range(workers)]
        with self._lock:
            self._next_block(starts)

    def work(self, rank: int, slice_seconds: float) -> float | None:
        """A slice of work for one worker. Returns when its next turn is due. Half a worker pauses half of the time."""
        wanted = self._workers_wanted()
        if wanted == 0:
            return None  # no page is connected
        if rank >= wanted:
            return self._clock() + RETRY_SECONDS if self.running else None
        end = self._clock() + slice_seconds
        while self.running:
            with self._lock:
                part = self._waiting.popleft() if self._waiting else None
            if part is None:
                return self._clock() + 0.001  # other workers are training the last parts
            began = self._clock()
            part.train()
            now = self._clock()
            with self._lock:
                self._quickest = min(self._quickest, (now - began) / (len(part) * part.epochs))
                self._undone -= 1
                if self._undone == 0:
                    self._end_block()
            if now >= end:
                return now + max(0.0, 1 / wanted - 1) * slice_seconds
        return None

    def open(self, index: int) -> None:
        """Open this start as an independent run, as soon as all starts are at the same epoch."""
        if self.starts is None:
            raise IntentionError(sentences.WEIGHTS_PENDING)
        if index >= self.n:
            raise IntentionError(sentences.no_such_start(index, self.n - 1))
        with self._lock:
            if self._undone:
                self._to_open.append(index)
                return
        self._give(self.starts, index)

    def close(self) -> None:
        """Stop training immediately."""
        self.running = False

    @property
    def redraw_due(self) -> float | None:
        """When the pictures of trained starts must be drawn again, since the page shows another slice; else None.

        While the starts train, their next pictures show it.
        """
        if self.running or self._drawn_plane in (None, self._plane()):
            return None
        return self._drawn + PICTURES_SECONDS

    def redraw(self) -> None:
        """Draw the pictures again, in any thread."""
        with self._lock:
            if self.starts is not None and not self._undone:
                self._drawn = self._clock()
                self.draw(self.starts)

    def _give(self, starts: Starts, index: int) -> None:
        self._opened(index, starts.run(index))

    def _next_block(self, starts: Starts) -> None:
        all_once = self.n * self._seconds
        epochs = max(1, min(self.epochs - starts.epoch, int(BLOCK_SECONDS / all_once)))
        size = max(1, int(PART_SECONDS / (epochs * self._seconds)))
        self._block = starts.parts(epochs, size)
        self._waiting.extend(self._block)
        self._undone = len(self._block)

    def _end_block(self) -> None:
        """After all starts have reached the same epoch: collect losses, open requested starts, report progress."""
        starts = self.starts
        if starts is None or not self.running:
            return
        starts.collect(self._block)
        self._seconds, self._quickest = max(1e-7, self._quickest), math.inf
        to_open, self._to_open = self._to_open, []
        for index in to_open:
            self._give(starts, index)
        self.running = not self.stopping and starts.epoch < self.epochs
        now = self._clock()
        if not self.running or now - self._drawn > PICTURES_SECONDS:
            self._drawn = now
            self.draw(starts)
        if not self.running or now - self._reported > PROGRESS_SECONDS:
            self._reported = now
            self._progressed()
        if self.running:
            self._next_block(starts)

    def draw(self, starts: Starts) -> None:
        """Redraw the pictures and curves."""
        cells = min(MOST_CELLS, int((WALL_BYTES / self.n) ** 0.5))
        self._drawn_plane = plane = self._plane()
        outputs = starts.fields(cells, plane=plane).reshape(self.n, -1, cells, cells).swapaxes(0, 1)
        drawn, winners = starts.experiment.head.drawn(outputs)
        fields, _ = frames.quantize(drawn, (1.0,) * self.n)
        step = -(-len(starts.epochs) // MOST_CURVE_POINTS)
        # Epochs at a fixed distance, counted back from the latest.
        kept = slice((len(starts.epochs) - 1) % step, None, step)
        self.pictures = (
            frames.WallFrame(
                epoch=starts.epoch,
                classes=0 if winners is None else len(outputs),
                train_losses=starts.train_loss,
                test_losses=starts.test_loss,
                fields=fields,
                winners=frames.winners_of(winners, 3),
                intervals=intervals(self.n),
            ).pack(),
            frames.CurvesFrame(
                epochs=starts.epochs[kept], train_losses=frames.float32(starts.curves[:, kept, 0])
            ).pack(),
        )
        self.drawings += 1


class StartsWorker:
    """A separate actor that trains the starts, so that each worker can run on another core."""

    def __init__(self, training: StartsTraining, rank: int) -> None:
        self.slot = Slot()
        self._training, self._rank = training, rank

    def turn(self, slice_seconds: float) -> float | None:
        """Do a slice of work."""
        return self._training.work(self._rank, slice_seconds)
