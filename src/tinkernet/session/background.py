"""Background: work that takes long is done beside the sessions' turns, so that no page waits for it.

What comes in small slices is done by the scheduler's threads, between the turns. What takes long in one piece has
threads of its own here: the system runs them beside the scheduler's, none of which they hold up.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Protocol, runtime_checkable

import msgspec

from tinkernet.session.scheduler import Actor, Scheduler

ASKED_THREADS = 2
"""Threads for what a person waits for."""
PAUSE_FACTOR, LONGEST_PAUSE_SECONDS = 9, 1.0
"""After work that nobody has asked for there is a pause, this many times as long: for all pages together it takes no
more than a tenth of a core."""

log = logging.getLogger(__name__)

Notify = Callable[[msgspec.Struct], None]


@runtime_checkable
class Host(Protocol):
    """What a session runs on: threads for its turns and for its background work."""

    @property
    def threads(self) -> int:
        """How many can train at once."""

    def wake(self, actor: Actor, *, urgent: bool = False) -> None:
        """Give it a turn soon; an urgent one where a person waits for it."""

    def compute(
        self, work: Callable[[], msgspec.Struct], failed: msgspec.Struct, notify: Notify, *, asked: bool = True
    ) -> None:
        """Do this beside the turns, and notify of the result, or of the failure.

        What no person has asked for (`asked` false) is done one after the other, with pauses.
        """


class Background:
    """The host of a server's sessions. Safe to use from any thread."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._asked = ThreadPoolExecutor(ASKED_THREADS, thread_name_prefix="asked")
        self._unasked = ThreadPoolExecutor(1, thread_name_prefix="unasked")
        self._closed = threading.Event()

    @property
    def threads(self) -> int:
        """How many can train at once."""
        return self._scheduler.count

    def wake(self, actor: Actor, *, urgent: bool = False) -> None:
        """Give it a turn soon; an urgent one where a person waits for it."""
        self._scheduler.wake(actor, urgent=urgent)

    def compute(
        self, work: Callable[[], msgspec.Struct], failed: msgspec.Struct, notify: Notify, *, asked: bool = True
    ) -> None:
        """Do this in a thread of its own, and notify of the result, or of the failure."""

        def do() -> None:
            began = perf_counter()
            try:
                result = work()
            except Exception:
                # A fault of ours: it is logged, and whoever waits is notified.
                log.exception("Background work failed")
                result = failed
            notify(result)
            if not asked:
                self._closed.wait(min(LONGEST_PAUSE_SECONDS, PAUSE_FACTOR * (perf_counter() - began)))

        (self._asked if asked else self._unasked).submit(do)

    def close(self) -> None:
        """Begin nothing more."""
        self._closed.set()
        for pool in (self._asked, self._unasked):
            pool.shutdown(wait=False, cancel_futures=True)
