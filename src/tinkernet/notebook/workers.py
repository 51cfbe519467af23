"""The threads behind the widgets of this process: they train, send messages in order, and look after the widgets.

A kernel runs its cells in the main thread. Nothing here needs that thread, so training continues while a cell runs.
"""

import logging
import os
import queue
import threading
from collections.abc import Callable
from typing import Protocol
from weakref import WeakSet

from tinkernet import engine
from tinkernet.lessons.shelf import Shelf
from tinkernet.session.background import Background
from tinkernet.session.known_data import KnownData
from tinkernet.session.scheduler import Scheduler

TICK_SECONDS = 0.25
"""Between two looks at each widget."""

log = logging.getLogger(__name__)


class Ticked(Protocol):
    """What is behind a widget, as its workers know it."""

    def tick(self) -> None:
        """Called a few times a second, in a separate thread."""

    def engine_ready(self) -> None:
        """The compiled engine has taken over."""


class Workers:
    """Threads that all widgets share. They end with the process."""

    def __init__(self) -> None:
        scheduler = Scheduler(os.cpu_count() or 1)
        self.background = Background(scheduler)
        self.shelf = Shelf()
        self.known = KnownData()
        self._ticked: WeakSet[Ticked] = WeakSet()
        self._lock = threading.Lock()
        self._outgoing: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        engine.prepare()
        scheduler.start()
        for work in (self._send, self._tick):
            threading.Thread(target=work, name=f"widgets {work.__name__}", daemon=True).start()

    def add(self, ticked: Ticked) -> None:
        """Let this know of the time as long as it exists, or until it is removed."""
        with self._lock:
            self._ticked.add(ticked)

    def remove(self, ticked: Ticked) -> None:
        """The opposite of `add`."""
        with self._lock:
            self._ticked.discard(ticked)

    def send(self, message: Callable[[], None]) -> None:
        """Send a message after all others before it; from any thread.

        A session takes turns in several threads, and what is sent by different threads may arrive in another order.
        """
        self._outgoing.put(message)

    def _send(self) -> None:
        while True:
            send = self._outgoing.get()
            try:
                send()
            except Exception:
                # The notebook is gone, or a bug in tinkernet, which must not end the thread.
                log.exception("A message to a notebook was not sent")

    def _tick(self) -> None:
        announced = engine.compiled_ready()
        pause = threading.Event()
        while not pause.wait(TICK_SECONDS):
            ready = engine.compiled_ready()
            self._tick_once(announce=ready and not announced)
            announced = ready

    def _tick_once(self, *, announce: bool) -> None:
        with self._lock:
            ticked = list(self._ticked)
        for one in ticked:
            try:
                if announce:
                    one.engine_ready()
                one.tick()
            except Exception:
                # A bug in tinkernet, or in a function that observes the widget: the others must not suffer.
                log.exception("Looking after a widget failed")


class _Process:
    """What this process has started."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Nothing is started."""
        self.lock = threading.Lock()
        self.workers: Workers | None = None


_process = _Process()


def workers() -> Workers:
    """The threads of this process, started when they are first needed."""
    with _process.lock:
        if _process.workers is None:
            _process.workers = Workers()
        return _process.workers


if hasattr(os, "register_at_fork"):
    # A forked process has none of its parent's threads.
    os.register_at_fork(after_in_child=_process.forget)
