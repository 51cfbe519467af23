"""Training in the terminal: its progress, and the signals that stop it."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING

from tinkernet.cli.train.task import Task

if TYPE_CHECKING:
    from rich.console import Console


LOOK_EVERY = 0.1
"""Seconds of training between two looks at how far it is."""
ENGINE_SECONDS = 2.0
"""Seconds to wait for an engine that has been compiled before to load."""
QUICK = 50
"""Up to this many epochs are trained without waiting for it."""
SAME_REQUEST = 1.0
"""Seconds in which a second signal means no more than the first."""
LINES = 10
"""Without a terminal, progress is about this many lines."""


class Stop:
    """Whether to stop: set by the first SIGINT (Ctrl-C), SIGTERM or SIGHUP; a later second one ends the command."""

    def __init__(self) -> None:
        self._asked_at: float | None = None
        self._number = 0
        self._held = False

    @property
    def asked(self) -> bool:
        """Whether a signal asked to stop."""
        return self._asked_at is not None

    @property
    def exit_code(self) -> int:
        """128 + the number of the signal; 0 without one."""
        return 128 + self._number if self.asked else 0

    def __call__(self) -> bool:
        return self.asked

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._asked_at is None:
            self._asked_at, self._number = now, number
        # Some tools send a signal to the command and to its group: that is one request, not two.
        elif now - self._asked_at > SAME_REQUEST and not self._held:
            raise KeyboardInterrupt

    @contextmanager
    def listening(self) -> Iterator["Stop"]:
        """Handle the signals as requests to stop while this lasts."""
        numbers = [signal.SIGINT, signal.SIGTERM]
        # Under nohup, SIGHUP is ignored, and that is respected.
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            numbers.append(signal.SIGHUP)
        before = {number: signal.signal(number, self._ask) for number in numbers}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nothing interrupt what is done meanwhile: saving."""
        self._held = True
        try:
            yield
        finally:
            self._held = False


@dataclass
class Stopwatch:
    """How far training is, and how fast it goes."""

    start: int
    began: float = field(default_factory=time.perf_counter)
    trained: int = 0
    seconds: float = 0.0

    def note(self, epoch: int) -> None:
        """It is at this epoch now."""
        self.trained, self.seconds = epoch - self.start, time.perf_counter() - self.began

    @property
    def per_second(self) -> float:
        """Epochs a second, from the beginning on."""
        return self.trained / self.seconds if self.trained else 0.0


def await_engine(task: Task, stop: Callable[[], bool]) -> None:
    """Give the compiled engine a moment to load, where that is quicker than to begin with the slow one."""
    from tinkernet import engine

    engine.prepare()
    limit = time.perf_counter() + ENGINE_SECONDS
    while task.epochs > QUICK and not engine.compiled_ready() and not stop() and time.perf_counter() < limit:
        time.sleep(0.01)


def train(task: Task, watch: Stopwatch, stop: Callable[[], bool], look: Callable[[Stopwatch], None]) -> None:
    """Train as the task says, note how far it is, and call `look` some ten times a second."""
    run, goal = task.run, task.run.epoch + task.epochs
    portion = 1

    def ends() -> bool:
        return stop() or hopeless(task)

    while run.epoch < goal and not ends() and not reached(task):
        before, began = run.epoch, time.perf_counter()
        run.train(min(portion, goal - run.epoch), until_loss=task.until_loss, stop=ends)
        watch.note(run.epoch)
        look(watch)
        if run.epoch == before:  # it stopped: the loss is reached, or a signal came
            break
        took = time.perf_counter() - began
        portion = max(1, min(4 * portion, int((run.epoch - before) * LOOK_EVERY / max(took, 1e-9))))


def reached(task: Task) -> bool:
    """Whether the training loss is where it was to go."""
    return task.until_loss is not None and task.run.train_loss <= task.until_loss


def hopeless(task: Task) -> bool:
    """Whether there is a training loss to reach, and training has diverged: it never comes back to a number."""
    return task.until_loss is not None and task.run.diverged


@contextmanager
def shown_progress(task: Task, console: "Console") -> Iterator[Callable[[Stopwatch], None]]:
    """What to call to show how far training is: nothing for JSON, a bar on a terminal, else a line now and then."""
    if task.json:
        yield lambda _: None
    elif console.is_terminal:
        with _bar(task, console) as look:
            yield look
    else:
        yield _lines(task, console)


@contextmanager
def _bar(task: Task, console: "Console") -> Iterator[Callable[[Stopwatch], None]]:
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = [
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("epoch {task.fields[epoch]:,}"),
        TextColumn("{task.fields[speed]:,.0f} epochs/s"),
        TextColumn("loss {task.fields[train]} train, {task.fields[test]} test"),
        TimeRemainingColumn(compact=True),
    ]
    from tinkernet.export.pictures.picture import number

    run = task.run
    start = run.epoch
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=task.epochs, epoch=start, speed=0.0, train="…", test="…")

        def look(watch: Stopwatch) -> None:
            train, test = number(run.train_loss), number(run.test_loss)
            progress.update(
                bar, completed=watch.trained, epoch=run.epoch, speed=watch.per_second, train=train, test=test
            )

        yield look


def _lines(task: Task, console: "Console") -> Callable[[Stopwatch], None]:
    from tinkernet.export.pictures.picture import number

    run = task.run
    every = max(1, task.epochs // LINES)
    due = every

    def look(watch: Stopwatch) -> None:
        nonlocal due
        if watch.trained < due:
            return
        due = (watch.trained // every + 1) * every
        losses = f"training loss {number(run.train_loss)}, test loss {number(run.test_loss)}"
        console.print(f"epoch {run.epoch:,}: {losses}, {watch.per_second:,.0f} epochs/s", soft_wrap=True)

    return look
