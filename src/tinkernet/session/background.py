"""Backstage: what the sessions have done for them out of sight, so that no page waits for it.

What comes in small slices is done by the trainers (`workers.py`), between the pages' turns. What takes long in one
piece has threads of its own here: the system lets them run beside the trainers, none of which they hold up.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Protocol, runtime_checkable

import msgspec

from tinkernet.session.scheduler import Actor, Workers

ASKED = 2
"""Threads for what a person waits for."""
REST, LONGEST_REST = 9, 1.0
"""After what nobody has asked for there is a rest of so many times as long, at most so many seconds: for all pages
together it takes no more than a tenth of a core."""

log = logging.getLogger(__name__)


@runtime_checkable
class Listener(Actor, Protocol):
    """Who is told of what was done."""

    inbox: deque[msgspec.Struct]


class Backstage:
    """Hands for all sessions. Safe to use from any thread."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._asked = ThreadPoolExecutor(ASKED, thread_name_prefix="backstage")
        self._unasked = ThreadPoolExecutor(1, thread_name_prefix="quiet")
        self._closed = threading.Event()

    @property
    def hands(self) -> int:
        """How many can train at once."""
        return self._workers.count

    def wake(self, actor: Actor) -> None:
        """Give it a turn soon."""
        self._workers.wake(actor)

    def tell(self, listener: Listener, message: msgspec.Struct) -> None:
        """Put this into the listener's inbox, and have it heard soon."""
        listener.inbox.append(message)
        self._workers.wake(listener, urgent=True)

    def compute(
        self,
        listener: Listener,
        work: Callable[[], msgspec.Struct],
        failed: msgspec.Struct,
        *,
        asked: bool = True,
    ) -> None:
        """Do this in a thread of its own, and tell the listener what came out of it, or that it failed.

        What nobody has asked for (`asked` false) waits in one line.
        """

        def do() -> None:
            began = perf_counter()
            try:
                message = work()
            except Exception:
                # A fault of ours: it is logged, and whoever waits for it hears that it was one.
                log.exception("Something failed backstage")
                message = failed
            self.tell(listener, message)
            if not asked:
                self._closed.wait(min(LONGEST_REST, REST * (perf_counter() - began)))

        (self._asked if asked else self._unasked).submit(do)

    def close(self) -> None:
        """Begin nothing more."""
        self._closed.set()
        for pool in (self._asked, self._unasked):
            pool.shutdown(wait=False, cancel_futures=True)
