"""The threads that train: as many as there are cores, shared fairly by all open pages.

A session is an actor: it has a turn now and then, in one thread at a time, and says when it wants the next. Whoever
is due first has the next turn. Two rules keep one page from starving the others, whatever it does:

- An actor that wants its next turn at once, or has lately used more than its share of the cores, waits in a queue of
  its own behind those that are due. It waits there no longer than a round, and longer the more its turns cost.
- Actors whose turns are long never hold all threads at once while others take short turns.
"""

import heapq
import logging
import math
import threading
import time
from collections import deque
from typing import Protocol, runtime_checkable

SLICE_SECONDS = 0.005
"""How long a turn may train while few are waiting."""
ROUND_SECONDS = 0.015
"""How long a round of turns may take where many are waiting; their turns get shorter for that."""
SHORTEST_SLICE_SECONDS = 0.0005
URGENCY_SECONDS = 60.0
"""By how much a turn for a person's intention comes before others."""
USAGE_SECONDS = 1.0
"""Over about how long the use of the cores is remembered."""
FAIR_USAGE = 0.5
"""The part of a core above which an actor's turns are no longer urgent."""
LONG_TURN_SECONDS = 0.01
"""Turns that take longer on average are long ones."""
COST_WEIGHT = 3.0
"""An actor in the queue behind may pass those that are due after a round and so many times its average turn."""
RETRY_SECONDS, LONGEST_RETRY_SECONDS = 0.1, 5.0
"""After a failed turn, which doubles with each further failure."""

log = logging.getLogger(__name__)


@runtime_checkable
class Actor(Protocol):
    """What the scheduler gives turns to."""

    slot: "Slot"

    def turn(self, slice_seconds: float) -> float | None:
        """Do a slice of work; when the next is due on `time.perf_counter`, or None to sleep until woken."""


class Slot:
    """What the scheduler knows of an actor. Only the scheduler touches it."""

    __slots__ = ("cost", "due", "failures", "measured", "running", "ticket", "usage", "woken")

    def __init__(self) -> None:
        self.due: float | None = None
        self.running = False
        self.woken: float | None = None
        self.ticket = 0
        self.cost = 0.0
        """How long a turn takes, averaged."""
        self.usage = 0.0
        """Seconds of turns, fading over USAGE_SECONDS."""
        self.measured = 0.0
        self.failures = 0

    def used(self, began: float, ended: float) -> None:
        """A turn has taken this long."""
        seconds = ended - began
        self.cost += 0.25 * (seconds - self.cost)
        self.usage = self.usage_at(ended) + seconds
        self.measured = ended

    def usage_at(self, now: float) -> float:
        """How much of a core it has used lately."""
        return self.usage * math.exp((self.measured - now) / USAGE_SECONDS)


class Scheduler:
    """A pool of threads that gives turns to actors. Safe to use from any thread."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._condition = threading.Condition(threading.Lock())
        self._queue: list[tuple[float, int, int, Actor]] = []
        """(due, order, ticket, actor), a heap."""
        self._behind: deque[tuple[float, int, Actor]] = deque()
        """(since, ticket, actor) of those who wait behind the ones that are due."""
        self._order = 0
        self._led = False
        self._closed = False
        self._long_turns = 0
        self._threads = [
            threading.Thread(target=self._work, name=f"scheduler {number}", daemon=True)
            for number in range(1, count + 1)
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
        now, slot = time.perf_counter(), actor.slot
        with self._condition:
            fair = slot.usage_at(now) <= FAIR_USAGE
            due = now - (URGENCY_SECONDS if urgent and fair else 0.0)
            if slot.running:
                slot.woken = due if slot.woken is None else min(due, slot.woken)
            elif slot.due is None or due < slot.due:
                if fair:
                    self._enqueue(actor, due)
                elif slot.due is None or slot.due > now + ROUND_SECONDS:
                    self._enqueue_behind(actor, now)

    def _enqueue(self, actor: Actor, due: float) -> None:
        """Queue the actor; an earlier entry of it becomes void by its ticket."""
        slot = actor.slot
        slot.due = due
        slot.ticket += 1
        self._order += 1
        entry = (due, self._order, slot.ticket, actor)
        heapq.heappush(self._queue, entry)
        if self._queue[0] is entry:
            if due <= time.perf_counter():
                self._condition.notify()  # work for anyone
            else:
                self._condition.notify_all()  # a new time to wait for, which the leader must know

    def _enqueue_behind(self, actor: Actor, now: float) -> None:
        """Queue the actor behind those that are due."""
        slot = actor.slot
        slot.due = now + ROUND_SECONDS
        slot.ticket += 1
        self._behind.append((now, slot.ticket, actor))
        self._condition.notify()

    def _next(self) -> tuple[Actor, float] | None:
        """Wait for the actor that is due, and how long its turn may be; None when all is over.

        Of the threads without work one leads: it waits for the clock, the others until the leader notifies them.
        """
        with self._condition:
            while not self._closed:
                now = time.perf_counter()
                self._drop_void()
                wait = self._queue[0][0] - now if self._queue else None
                actor = self._pick(now)
                if actor is not None:
                    actor.slot.due = None
                    actor.slot.running = True
                    self._long_turns += actor.slot.cost > LONG_TURN_SECONDS
                    if self._queue or self._behind:
                        self._condition.notify()
                    return actor, self._slice(now)
                if self._led:
                    self._condition.wait()
                else:
                    self._led = True
                    try:
                        self._condition.wait(wait if wait is None or wait > 0 else ROUND_SECONDS)
                    finally:
                        self._led = False
            return None

    def _drop_void(self) -> None:
        queue, behind = self._queue, self._behind
        while queue and queue[0][2] != queue[0][3].slot.ticket:
            heapq.heappop(queue)
        while behind and behind[0][1] != behind[0][2].slot.ticket:
            behind.popleft()

    def _pick(self, now: float) -> Actor | None:
        """The actor whose turn it is, taken out of its queue."""
        is_due = bool(self._queue) and self._queue[0][0] <= now
        behind = self._first_behind()
        if behind is None:
            return heapq.heappop(self._queue)[3] if is_due else None
        since, _, actor = behind
        if is_due and self._queue[0][0] <= since + ROUND_SECONDS + COST_WEIGHT * actor.slot.cost:
            return heapq.heappop(self._queue)[3]
        self._behind.remove(behind)
        return actor

    def _first_behind(self) -> tuple[float, int, Actor] | None:
        """The first of the queue behind that may have a turn now: a thread is left for those with short turns."""
        room = self._long_turns < max(1, self.count - 1) or not self._queue
        for entry in self._behind:
            slot = entry[2].slot
            if entry[1] == slot.ticket and (room or slot.cost <= LONG_TURN_SECONDS):
                return entry
        return None

    def _slice(self, now: float) -> float:
        """How long a turn may be with so many waiting for theirs."""
        waiting = len(self._behind)
        if len(self._queue) > self.count:
            waiting += sum(1 for entry in self._queue if entry[0] <= now)
        return max(SHORTEST_SLICE_SECONDS, min(SLICE_SECONDS, ROUND_SECONDS * self.count / (waiting + 1)))

    def _work(self) -> None:
        while (found := self._next()) is not None:
            actor, slice_seconds = found
            slot, began = actor.slot, time.perf_counter()
            long = slot.cost > LONG_TURN_SECONDS
            due: float | None = None
            try:
                due = actor.turn(slice_seconds)
                slot.failures = 0
            except Exception:
                # A fault of ours. It must end neither the thread that the others train in nor the actor's turns.
                log.exception("A turn of %r failed", actor)
                due = began + min(LONGEST_RETRY_SECONDS, RETRY_SECONDS * 2**slot.failures)
                slot.failures = min(slot.failures + 1, 16)
            with self._condition:
                now = time.perf_counter()
                slot.used(began, now)
                self._long_turns -= long
                slot.running = False
                woken, slot.woken = slot.woken, None
                if woken is not None and slot.usage_at(now) <= FAIR_USAGE:
                    self._enqueue(actor, woken if due is None else min(due, woken))
                elif woken is not None or (due is not None and due <= now):
                    self._enqueue_behind(actor, now)
                elif due is not None:
                    self._enqueue(actor, due)
