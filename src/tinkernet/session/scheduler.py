"""The scheduler: as many threads as cores, shared fairly by all open pages.

A session is an actor: it gets turns, in one thread at a time, and after each turn it says when the next one is due. Of
the actors that are due, the one that has used the least CPU time recently comes first. So a page at full speed, a flood
of messages or a huge network gets its fair share and no more, and pages in normal use hardly wait. Only CPU time of the
thread counts, not the time waiting for a core or for the interpreter's lock, which depends on chance under load.

Turns in response to user input are urgent and come before all others, as long as they use little CPU time: the urgent
turns of one actor, and those of all actors, are limited to a share of the cores. Beyond that they are scheduled by
rank.

Actors with long turns never occupy all threads while others wait for short turns.
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
"""The maximum training time in a turn while few actors are waiting."""
ROUND_SECONDS = 0.015
"""The maximum duration of a round of turns while many actors are waiting; turns are shortened accordingly."""
SHORTEST_SLICE_SECONDS = 0.0005
USAGE_SECONDS = 1.0
"""The time constant with which past CPU time decays."""
LONG_TURN_SECONDS = 0.01
"""An actor whose average turn takes longer than this has long turns."""
URGENT_SHARE = 1 / 32
"""The share of a core for the urgent turns of one actor."""
URGENT_SHARE_OF_ALL = 1 / 2
"""The share of all cores for all urgent turns."""
RETRY_SECONDS, LONGEST_RETRY_SECONDS = 0.1, 5.0
"""The delay after a failed turn, doubled after each further failure."""

log = logging.getLogger(__name__)


@runtime_checkable
class Actor(Protocol):
    """An object that the scheduler gives turns to."""

    slot: "Slot"

    def turn(self, slice_seconds: float) -> float | None:
        """Do a slice of work. Returns when the next turn is due (`time.perf_counter`), or None to sleep until woken."""


class Allowance:
    """A CPU time budget, as a share of wall-clock time."""

    __slots__ = ("_share", "_spent_until")

    def __init__(self, share: float) -> None:
        self._share = share
        self._spent_until = -math.inf

    def left(self, now: float) -> bool:
        """Whether there is budget left."""
        return now >= self._spent_until

    @property
    def free_at(self) -> float:
        """From when on there is budget left."""
        return self._spent_until

    def spend(self, seconds: float, now: float) -> None:
        """Record CPU time, which is compensated by the wall-clock time that follows."""
        self._spent_until = max(self._spent_until, now) + seconds / self._share


class Slot:
    """The scheduler's data on an actor. Only the scheduler uses it."""

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
        """The average duration of a turn."""
        self.rank = -math.inf
        """Recent CPU time, for comparison: the logarithm of its seconds, which decay as e^(−t / τ), times e^(t / τ). So
        the order of two ranks does not change over time."""
        self.failures = 0
        self.long = False
        """Whether the current turn counts as a long one."""
        self.allowance = Allowance(URGENT_SHARE)
        """The budget for urgent turns."""
        self.urgent = False
        """Whether the current turn, or else the next, is urgent."""
        self.hurried = False
        """Whether it was woken urgently during the current turn."""

    def used(self, seconds: float, now: float) -> None:
        """Record the CPU time of a turn that has just ended."""
        seconds = max(seconds, 1e-6)
        self.cost += 0.25 * (seconds - self.cost)
        scale = now / USAGE_SECONDS
        faded = math.exp(self.rank - scale) if self.rank > -math.inf else 0.0
        self.rank = math.log(faded + seconds) + scale


class Scheduler:
    """A thread pool that gives turns to actors. Thread-safe."""

    def __init__(self, count: int, clock: Callable[[], float] = time.perf_counter) -> None:
        self.count = count
        self._clock = clock
        self._condition = threading.Condition(threading.Lock())
        self._later: list[tuple[float, int, int, Actor]] = []
        """A heap of (due, order, ticket, actor) for actors that are not due yet."""
        self._ready: list[tuple[float, int, int, Actor]] = []
        """A heap of (rank, order, ticket, actor) for actors that are due."""
        self._urgent: deque[tuple[int, Actor]] = deque()
        """(ticket, actor) for actors that are due and whose next turn is urgent."""
        self._allowance = Allowance(URGENT_SHARE_OF_ALL * count)
        """The budget for all urgent turns."""
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
        """Stop the threads after their current turns."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        for thread in self._threads:
            thread.join(timeout=2.0)

    def wake(self, actor: Actor, *, urgent: bool = False) -> None:
        """Schedule a turn for the actor now, before all others if it is urgent. May be called from any thread."""
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
        """Make the next turn of this actor, which is due, urgent, if its budget allows."""
        slot = actor.slot
        if not slot.urgent and slot.allowance.left(now):
            slot.urgent = True
            self._urgent.append((slot.ticket, actor))

    def _enqueue(self, actor: Actor, due: float, now: float) -> None:
        """Queue the actor; its new ticket invalidates an earlier entry."""
        slot = actor.slot
        slot.due = due
        slot.ticket += 1
        self._order += 1
        if due <= now:
            heapq.heappush(self._ready, (slot.rank, self._order, slot.ticket, actor))
            self._condition.notify()  # any thread can take it
            return
        entry = (due, self._order, slot.ticket, actor)
        heapq.heappush(self._later, entry)
        if self._later[0] is entry:
            self._condition.notify_all()  # the leader must wait for a new time

    def _next(self) -> tuple[Actor, float] | None:
        """Wait for the next actor; returns it with the maximum duration of its turn, or None after `close`.

        One of the idle threads is the leader and waits with a timeout; the others wait until the leader notifies them.
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
        """The next actor, removed from its queue."""
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
                passed.append(entry)  # keep a thread free for short turns
                continue
            picked = entry[3]
            break
        for entry in passed:
            heapq.heappush(ready, entry)
        return picked

    def _pick_urgent(self, now: float) -> Actor | None:
        """The actor that has waited longest for an urgent turn, if there is one and the budget allows it."""
        urgent = self._urgent
        while urgent and urgent[0][0] != urgent[0][1].slot.ticket:
            urgent.popleft()
        if not urgent or not self._allowance.left(now):
            return None
        actor = urgent.popleft()[1]
        if self._too_long(actor.slot):
            actor.slot.urgent = False  # schedule it by rank, so that it does not block the others
            return None
        return actor

    def _too_long(self, slot: Slot) -> bool:
        """Whether a turn of this actor could occupy the last free thread for long."""
        return slot.cost > LONG_TURN_SECONDS and self._long_turns >= max(1, self.count - 1)

    def _slice(self) -> float:
        """The maximum duration of a turn with this many actors waiting."""
        return max(SHORTEST_SLICE_SECONDS, min(SLICE_SECONDS, ROUND_SECONDS * self.count / (len(self._ready) + 1)))

    def _work(self) -> None:
        while (found := self._next()) is not None:
            actor, slice_seconds = found
            began = time.thread_time()
            try:
                due = actor.turn(slice_seconds)
                actor.slot.failures = 0
            except Exception:
                # A bug in tinkernet, which must end neither the thread nor the actor's turns.
                log.exception("A turn of %r failed", actor)
                due = self._retry(actor.slot)
            with self._condition:
                self._end(actor, time.thread_time() - began, self._clock(), due)

    def _retry(self, slot: Slot) -> float:
        """When to give the next turn to an actor whose last turn failed."""
        slot.failures = min(slot.failures + 1, 16)
        return self._clock() + min(LONGEST_RETRY_SECONDS, RETRY_SECONDS * 2.0 ** (slot.failures - 1))

    def _begin(self, actor: Actor) -> None:
        """Start the actor's turn; other queue entries of it become invalid."""
        slot = actor.slot
        slot.due, slot.running = None, True
        slot.ticket += 1
        slot.long = slot.cost > LONG_TURN_SECONDS
        self._long_turns += slot.long

    def _end(self, actor: Actor, seconds: float, now: float, due: float | None) -> None:
        """End the actor's turn, which used this much CPU time, and schedule the next one."""
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
