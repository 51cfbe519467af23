"""The threads that train: as many as there are cores, shared fairly by all open pages.

A session is an actor: it has a turn now and then, in one thread at a time, and says when it wants the next. Of those
whose time has come, the one that has used the cores least of late is first. So whoever takes all it can get (a page at
full speed, a flood of messages, a huge network) gets its share and no more, and a page of normal use hardly waits.
What counts is a thread's own time on a core, not how long it waited for one or for the interpreter's lock: where many
are at work, that is luck.

A turn for what a person has just done is urgent and comes before all of these, as long as such turns are little: those
of one actor, and those of all, may take a share of the cores. What is beyond that waits for its rank.

Actors whose turns are long never hold all threads at once while others wait for short ones.
"""

import heapq
import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol, runtime_checkable

SLICE_SECONDS = 0.005
"""How long a turn may train while few are waiting."""
ROUND_SECONDS = 0.015
"""How long a round of turns may take where many are waiting; their turns get shorter for that."""
SHORTEST_SLICE_SECONDS = 0.0005
USAGE_SECONDS = 1.0
"""Over about how long the use of the cores is remembered."""
LONG_TURN_SECONDS = 0.01
"""Turns that take longer on average are long ones."""
URGENT_SHARE = 1 / 32
"""How much of a core the urgent turns of one actor may take."""
URGENT_SHARE_OF_ALL = 1 / 2
"""How much of the cores all urgent turns may take."""
RETRY_SECONDS, LONGEST_RETRY_SECONDS = 0.1, 5.0
"""After a failed turn, which doubles with each further failure."""

log = logging.getLogger(__name__)


@runtime_checkable
class Actor(Protocol):
    """What the scheduler gives turns to."""

    slot: "Slot"

    def turn(self, slice_seconds: float) -> float | None:
        """Do a slice of work; when the next is due on `time.perf_counter`, or None to sleep until woken."""


class Allowance:
    """How much time on a core may be spent, as a share of the time that passes."""

    __slots__ = ("_share", "_spent_until")

    def __init__(self, share: float) -> None:
        self._share = share
        self._spent_until = -math.inf

    def left(self, now: float) -> bool:
        """Whether there is some left."""
        return now >= self._spent_until

    def spend(self, seconds: float, now: float) -> None:
        """So many seconds on a core have just been used, and are paid for by the time that follows."""
        self._spent_until = max(self._spent_until, now) + seconds / self._share


class Slot:
    """What the scheduler knows of an actor. Only the scheduler touches it."""

    __slots__ = (
        "allowance",
        "cost",
        "due",
        "failures",
        "hurried",
        "long",
        "rank",
        "running",
        "ticket",
        "urgent",
        "woken",
    )

    def __init__(self) -> None:
        self.due: float | None = None
        self.running = False
        self.woken: float | None = None
        self.ticket = 0
        self.cost = 0.0
        """How long a turn takes, averaged."""
        self.rank = -math.inf
        """How much it has used the cores of late, to compare: the logarithm of its seconds, which fade as e^(−t / τ),
        times e^(t / τ). So two ranks compare in the same way at any later time."""
        self.failures = 0
        self.long = False
        """Whether the turn under way counts as a long one."""
        self.allowance = Allowance(URGENT_SHARE)
        """For urgent turns."""
        self.urgent = False
        """Whether the turn under way, or else the next, is an urgent one."""
        self.hurried = False
        """Whether it was woken for something urgent during the turn under way."""

    def used(self, seconds: float, now: float) -> None:
        """A turn that has just ended took this long on a core."""
        seconds = max(seconds, 1e-6)
        self.cost += 0.25 * (seconds - self.cost)
        scale = now / USAGE_SECONDS
        faded = math.exp(self.rank - scale) if self.rank > -math.inf else 0.0
        self.rank = math.log(faded + seconds) + scale


class Scheduler:
    """A pool of threads that gives turns to actors. Safe to use from any thread."""

    def __init__(self, count: int, clock: Callable[[], float] = time.perf_counter) -> None:
        self.count = count
        self._clock = clock
        self._condition = threading.Condition(threading.Lock())
        self._later: list[tuple[float, int, int, Actor]] = []
        """(due, order, ticket, actor) of those whose time has not come, a heap."""
        self._ready: list[tuple[float, int, int, Actor]] = []
        """(rank, order, ticket, actor) of those whose time has come, a heap."""
        self._urgent: deque[tuple[int, Actor]] = deque()
        """(ticket, actor) of those ready whose next turn is urgent."""
        self._allowance = Allowance(URGENT_SHARE_OF_ALL * count)
        """For all urgent turns."""
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
        """Give the actor a turn as soon as there is one, before all others where it is urgent; from any thread."""
        now, slot = self._clock(), actor.slot
        with self._condition:
            if slot.running:
                slot.woken = now
                slot.hurried = slot.hurried or urgent
                return
            if slot.due is None or slot.due > now:
                self._enqueue(actor, now, now)
            if urgent:
                self._hurry(actor, now)

    def _hurry(self, actor: Actor, now: float) -> None:
        """Make the next turn of this actor, which is ready, an urgent one, if it has that much left."""
        slot = actor.slot
        if not slot.urgent and slot.allowance.left(now):
            slot.urgent = True
            self._urgent.append((slot.ticket, actor))

    def _enqueue(self, actor: Actor, due: float, now: float) -> None:
        """Queue the actor; an earlier entry of it becomes void by its ticket."""
        slot = actor.slot
        slot.due = due
        slot.ticket += 1
        self._order += 1
        if due <= now:
            heapq.heappush(self._ready, (slot.rank, self._order, slot.ticket, actor))
            self._condition.notify()  # work for anyone
            return
        entry = (due, self._order, slot.ticket, actor)
        heapq.heappush(self._later, entry)
        if self._later[0] is entry:
            self._condition.notify_all()  # a new time to wait for, which the leader must know

    def _next(self) -> tuple[Actor, float] | None:
        """Wait for the actor that is next, and how long its turn may be; None when all is over.

        Of the threads without work one leads: it waits for the clock, the others until the leader notifies them.
        """
        with self._condition:
            while not self._closed:
                now = self._clock()
                actor = self._pick(now)
                if actor is not None:
                    self._begin(actor)
                    if self._ready or self._later:
                        self._condition.notify()
                    return actor, self._slice()
                if self._led:
                    self._condition.wait()
                else:
                    self._led = True
                    try:
                        self._condition.wait(self._later[0][0] - now if self._later else None)
                    finally:
                        self._led = False
            return None

    def _pick(self, now: float) -> Actor | None:
        """The actor whose turn it is, removed from its queue."""
        later, ready = self._later, self._ready
        while later and (later[0][0] <= now or later[0][2] != later[0][3].slot.ticket):
            _, order, ticket, actor = heapq.heappop(later)
            if ticket == actor.slot.ticket:
                heapq.heappush(ready, (actor.slot.rank, order, ticket, actor))
        picked = self._pick_urgent(now)
        if picked is not None:
            return picked
        passed = []
        while ready:
            entry = heapq.heappop(ready)
            slot = entry[3].slot
            if entry[2] != slot.ticket:
                continue
            if self._too_long(slot) and (later or ready):
                passed.append(entry)  # a thread is left for those with short turns
                continue
            picked = entry[3]
            break
        for entry in passed:
            heapq.heappush(ready, entry)
        return picked

    def _pick_urgent(self, now: float) -> Actor | None:
        """The actor that has waited longest for an urgent turn, if there is one and it may have it now."""
        urgent = self._urgent
        while urgent and urgent[0][0] != urgent[0][1].slot.ticket:
            urgent.popleft()
        if not urgent or not self._allowance.left(now):
            return None
        actor = urgent.popleft()[1]
        if self._too_long(actor.slot):
            actor.slot.urgent = False  # it waits for its rank, and holds up nobody here
            return None
        return actor

    def _too_long(self, slot: Slot) -> bool:
        """Whether a turn of this actor could hold the last thread for long."""
        return slot.cost > LONG_TURN_SECONDS and self._long_turns >= max(1, self.count - 1)

    def _slice(self) -> float:
        """How long a turn may be with so many waiting for theirs."""
        return max(SHORTEST_SLICE_SECONDS, min(SLICE_SECONDS, ROUND_SECONDS * self.count / (len(self._ready) + 1)))

    def _work(self) -> None:
        while (found := self._next()) is not None:
            actor, slice_seconds = found
            began = time.thread_time()
            try:
                due = actor.turn(slice_seconds)
                actor.slot.failures = 0
            except Exception:
                # A fault of ours. It must end neither the thread that the others train in nor the actor's turns.
                log.exception("A turn of %r failed", actor)
                due = self._retry(actor.slot)
            with self._condition:
                self._end(actor, time.thread_time() - began, self._clock(), due)

    def _retry(self, slot: Slot) -> float:
        """When to give another turn to an actor whose last one failed."""
        slot.failures = min(slot.failures + 1, 16)
        return self._clock() + min(LONGEST_RETRY_SECONDS, RETRY_SECONDS * 2.0 ** (slot.failures - 1))

    def _begin(self, actor: Actor) -> None:
        """The actor has its turn; what else is queued of it becomes void."""
        slot = actor.slot
        slot.due, slot.running = None, True
        slot.ticket += 1
        slot.long = slot.cost > LONG_TURN_SECONDS
        self._long_turns += slot.long

    def _end(self, actor: Actor, seconds: float, now: float, due: float | None) -> None:
        """The actor has had its turn, which took so long on a core, and wants the next one when that is due."""
        slot = actor.slot
        slot.used(seconds, now)
        self._long_turns -= slot.long
        slot.running = False
        if slot.urgent:
            slot.urgent = False
            slot.allowance.spend(seconds, now)
            self._allowance.spend(seconds, now)
        woken, slot.woken = slot.woken, None
        if woken is not None:
            due = woken if due is None else min(due, woken)
        if due is not None:
            self._enqueue(actor, due, now)
        if slot.hurried:
            slot.hurried = False
            self._hurry(actor, now)
