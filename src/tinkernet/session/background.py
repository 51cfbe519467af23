"""Background: long-running work outside the sessions' turns, so that no page waits for it.

Work that can be split into short slices runs on the scheduler's threads, between turns. Work that cannot be split runs
here, on separate threads, so that it never blocks the scheduler's.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Protocol, runtime_checkable

import msgspec

from tinkernet.session.own_data.room import FileRoom
from tinkernet.session.scheduler import Actor, Scheduler

ASKED_THREADS = 2
"""The number of threads for work that a user waits for."""
LONG_THREADS = 2
"""The least number of threads for work that may take several seconds, such as reading a large file."""
PAUSE_FACTOR, LONGEST_PAUSE_SECONDS = 9, 1.0
"""After unrequested work there is a pause, this many times as long, so that for all pages together it uses at most a
tenth of a core."""

log = logging.getLogger(__name__)

Notify = Callable[[msgspec.Struct], None]


@runtime_checkable
class Host(Protocol):
    """What a session runs on: threads for its turns and its background work."""

    @property
    def threads(self) -> int:
        """The number of threads that can train at once."""

    @property
    def files(self) -> FileRoom:
        """The room for the files of all sessions."""

    def wake(self, actor: Actor, *, urgent: bool = False) -> None:
        """Schedule a turn for the actor; an urgent one if a user waits for it."""

    def compute(
        self,
        work: Callable[[], msgspec.Struct],
        failed: msgspec.Struct,
        notify: Notify,
        *,
        asked: bool = True,
        long: bool = False,
    ) -> None:
        """Run this in the background, then call `notify` with the result, or with `failed` after an exception.

        Unrequested work (`asked` false) runs sequentially, with pauses. Work that may take `long` does not delay other
        work.
        """


class Background:
    """The host of a server's sessions. Safe to use from any thread."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._asked = ThreadPoolExecutor(ASKED_THREADS, thread_name_prefix="asked")
        self._long = ThreadPoolExecutor(max(LONG_THREADS, scheduler.count), thread_name_prefix="long")
        self._unasked = ThreadPoolExecutor(1, thread_name_prefix="unasked")
        self.files = FileRoom()
        """The room for the files of all sessions."""
        self._closed = threading.Event()

    @property
    def threads(self) -> int:
        """The number of threads that can train at once."""
        return self._scheduler.count

    def wake(self, actor: Actor, *, urgent: bool = False) -> None:
        """Schedule a turn for the actor; an urgent one if a user waits for it."""
        self._scheduler.wake(actor, urgent=urgent)

    def compute(
        self,
        work: Callable[[], msgspec.Struct],
        failed: msgspec.Struct,
        notify: Notify,
        *,
        asked: bool = True,
        long: bool = False,
    ) -> None:
        """Run this in a background thread, then call `notify` with the result, or with `failed` after an exception."""

        def do() -> None:
            began = perf_counter()
            try:
                result = work()
            except Exception:
                # A bug in tinkernet: log it, and notify the session of the failure.
                log.exception("Background work failed")
                result = failed
            notify(result)
            if not asked:
                self._closed.wait(min(LONGEST_PAUSE_SECONDS, PAUSE_FACTOR * (perf_counter() - began)))

        (self._long if long else self._asked if asked else self._unasked).submit(do)

    def close(self) -> None:
        """Start no more work."""
        self._closed.set()
        for pool in (self._asked, self._long, self._unasked):
            pool.shutdown(wait=False, cancel_futures=True)
