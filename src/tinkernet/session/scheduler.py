"""The threads that train: as many as there are cores, shared fairly by all open pages.

A session is an actor: it has a turn now and then, in one thread at a time, and says when it wants the next. Whoever
is due first has the next turn. Those that take all they can get (the greedy ones) wait in a line of their own, behind
those that are due, but none waits there for longer than a round.
"""

import heapq
import logging
import math
import threading
import time
from collections import deque
from typing import Protocol, runtime_checkable

SLICE = 0.005
"""How long a turn may train, in seconds, while few are waiting."""
ROUND = 0.015
"""How long a round of turns may take where many are waiting; their turns get shorter for that."""
SHORTEST_SLICE = 0.0005
URGENCY = 60.0
"""By how much a turn for a person's intention comes before others."""

log = logging.getLogger(__name__)


@runtime_checkable
class Actor(Protocol):
    """What the workers give turns to."""

    place: "Place"

    def turn(self, slice_seconds: float) -> float | None:
        """Do a slice of work; when the next is due on `time.perf_counter`, or None to sleep until woken."""


class Place:
    """An actor's place among those who wait for a turn. Only the workers touch it."""

    __slots__ = ("due", "running", "ticket", "woken")

    def __init__(self) -> None:
        self.due: float | None = None
        self.running = False
        self.woken: float | None = None
        self.ticket = 0


class Workers:
    """A pool of threads that gives turns to actors."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._condition = threading.Condition(threading.Lock())
        self._queue: list[tuple[float, int, int, Actor]] = []
        """(due, order, ticket, actor), a heap."""
        self._greedy: deque[tuple[float, int, Actor]] = deque()
        """(since, ticket, actor) of those who go on as soon as there is a thread for them."""
        self._order = 0
        self._led = False
        self._closed = False
        self._threads = [
            threading.Thread(target=self._work, name=f"trainer {number}", daemon=True) for number in range(1, count + 1)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Let the turns under way end, and the threads with them."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        for thread in self._threads:
            thread.join(timeout=2.0)

    def wake(self, actor: Actor, *, urgent: bool = False) -> None:
        """Give the actor a turn as soon as there is one; from any thread."""
        due = time.perf_counter() - (URGENCY if urgent else 0.0)
        place = actor.place
        with self._condition:
            if place.running:
                place.woken = due if place.woken is None else min(due, place.woken)
            elif place.due is None or due < place.due:
                self._enqueue(actor, due)

    def _enqueue(self, actor: Actor, due: float) -> None:
        """Queue the actor; an earlier entry of it becomes void by its ticket."""
        place = actor.place
        place.due = due
        place.ticket += 1
        self._order += 1
        entry = (due, self._order, place.ticket, actor)
        heapq.heappush(self._queue, entry)
        if self._queue[0] is entry:
            if due <= time.perf_counter():
                self._condition.notify()  # work for anyone
            else:
                self._condition.notify_all()  # a new time to wait for, and whoever leads must hear of it

    def _next(self) -> tuple[Actor, float] | None:
        """Wait for the actor that is due, and how long its turn may be; None when all is over.

        Of the threads without work one leads: it waits for the clock, the others for the leader's word.
        """
        with self._condition:
            while not self._closed:
                queue, greedy, now = self._queue, self._greedy, time.perf_counter()
                while queue and queue[0][2] != queue[0][3].place.ticket:
                    heapq.heappop(queue)
                while greedy and greedy[0][1] != greedy[0][2].place.ticket:
                    greedy.popleft()
                wait = queue[0][0] - now if queue else None
                is_due = wait is not None and wait <= 0.0
                if is_due or greedy:
                    first_in_line = greedy[0][0] + ROUND if greedy else math.inf
                    actor = heapq.heappop(queue)[3] if is_due and queue[0][0] <= first_in_line else greedy.popleft()[2]
                    actor.place.due = None
                    actor.place.running = True
                    if queue or greedy:
                        self._condition.notify()
                    return actor, self._slice(now)
                if self._led:
                    self._condition.wait()
                else:
                    self._led = True
                    try:
                        self._condition.wait(wait)
                    finally:
                        self._led = False
            return None

    def _slice(self, now: float) -> float:
        """How long a turn may be with so many waiting for theirs."""
        waiting = len(self._greedy)
        if len(self._queue) > self.count:
            waiting += sum(1 for entry in self._queue if entry[0] <= now)
        return max(SHORTEST_SLICE, min(SLICE, ROUND * self.count / (waiting + 1)))

    def _work(self) -> None:
        while (found := self._next()) is not None:
            actor, slice_seconds = found
            due: float | None = None
            try:
                due = actor.turn(slice_seconds)
            except Exception:
                # One page's trouble must not end the thread that the others train in.
                log.exception("A turn of %r failed", actor)
            with self._condition:
                place = actor.place
                place.running = False
                if place.woken is not None:
                    due = place.woken if due is None else min(due, place.woken)
                now = time.perf_counter()
                if due is not None and place.woken is None and due <= now:
                    place.ticket += 1
                    place.due = now + ROUND
                    self._greedy.append((now, place.ticket, actor))
                elif due is not None:
                    self._enqueue(actor, due)
                place.woken = None
