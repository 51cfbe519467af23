"""Turns: who gets them, and when."""

import math
import threading
import time
from collections.abc import Iterator

import pytest

from tinkernet.session.scheduler import Scheduler, Slot


class Greedy:
    """Takes every turn that it can get."""

    def __init__(self) -> None:
        self.slot = Slot()
        self.turns = 0

    def turn(self, slice_seconds: float) -> float | None:
        self.turns += 1
        time.sleep(slice_seconds)
        return time.perf_counter()


class Sleeper(Greedy):
    """Does something only when it is woken, in one thread at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.awake = threading.Event()
        self.busy = threading.Lock()

    def turn(self, slice_seconds: float) -> float | None:
        assert self.busy.acquire(blocking=False)
        time.sleep(0 * slice_seconds + 0.001)
        self.turns += 1
        self.awake.set()
        self.busy.release()
        return None


class Newcomer(Sleeper):
    """Counts the turns that others have had when it has its own."""

    def __init__(self, others: list[Greedy]) -> None:
        super().__init__()
        self.others, self.seen = others, 0

    def turns_of_others(self) -> int:
        return sum(other.turns for other in self.others)

    def turn(self, slice_seconds: float) -> float | None:
        self.seen = self.turns_of_others()
        return super().turn(slice_seconds)


class Faulty(Greedy):
    """Fails at every turn."""

    def turn(self, slice_seconds: float) -> float | None:
        super().turn(0 * slice_seconds)
        raise RuntimeError("a fault")


@pytest.fixture
def scheduler() -> Iterator[Scheduler]:
    pool = Scheduler(2)
    pool.start()
    yield pool
    pool.close()


def test_who_is_woken_and_has_used_little_has_the_next_turn(scheduler: Scheduler) -> None:
    greedy = [Greedy() for _ in range(50)]
    for actor in greedy:
        scheduler.wake(actor)
    time.sleep(0.1)
    newcomer = Newcomer(greedy)
    before = newcomer.turns_of_others()
    scheduler.wake(newcomer)
    assert newcomer.awake.wait(10.0)
    assert newcomer.seen - before < len(greedy) / 2


def test_no_wake_is_lost_and_no_turn_is_shared(scheduler: Scheduler) -> None:
    sleeper = Sleeper()
    for _ in range(300):
        sleeper.awake.clear()
        scheduler.wake(sleeper)
        assert sleeper.awake.wait(1.0)


def test_a_fault_in_one_turn_leaves_the_others_theirs(scheduler: Scheduler, caplog: pytest.LogCaptureFixture) -> None:
    faulty, sleeper = Faulty(), Sleeper()
    for _ in range(4):
        scheduler.wake(faulty)
        time.sleep(0.01)
    scheduler.wake(sleeper)
    assert sleeper.awake.wait(1.0)
    assert "a fault" in caplog.text


# --- Fairness, on a clock of its own -------------------------------------------------


class Simulated:
    """Takes turns that last so long, and wants the next one after a pause; a person does something every so often."""

    def __init__(self, cost: float, every: float = 0.0, hand_every: float = math.inf) -> None:
        self.slot = Slot()
        self.cost, self.every, self.hand_every = cost, every, hand_every
        self.turns = 0
        self.next_hand = hand_every
        self.waited: list[float] = []
        """How long it took from what the person did to the end of the turn that began after it."""
        self._since = math.inf

    def hand(self, scheduler: Scheduler, now: float) -> None:
        """What is due of what the person does."""
        if now >= self.next_hand:
            self._since = min(self._since, self.next_hand)
            self.next_hand += self.hand_every
            scheduler.wake(self, urgent=True)

    def ended(self, began: float, now: float) -> None:
        """It had a turn."""
        self.turns += 1
        if self._since <= began:
            self.waited.append(now - self._since)
            self._since = math.inf

    def turn(self, _slice_seconds: float) -> float | None:
        raise AssertionError("simulated")


def simulate(actors: list[Simulated], seconds: float, threads: int = 2, *, flood: bool = False) -> None:
    """What the scheduler does with these actors, without threads and without waiting."""
    now = 0.0
    scheduler = Scheduler(threads, lambda: now)
    running: list[tuple[float, float, Simulated]] = []
    for actor in actors:
        scheduler.wake(actor)
    while now < seconds:
        for actor in actors:
            actor.hand(scheduler, now)
        with scheduler._condition:
            while len(running) < threads and (picked := scheduler._pick(now)) is not None:
                assert isinstance(picked, Simulated)
                scheduler._begin(picked)
                running.append((now + picked.cost, now, picked))
            running.sort(key=lambda turn: turn[0])
            due = scheduler._later[0][0] if scheduler._later and len(running) < threads else math.inf
        due = min(due, *(actor.next_hand for actor in actors))
        if not running or due < running[0][0]:
            now = max(now, due)
            continue
        now, began, actor = running.pop(0)
        actor.ended(began, now)
        if flood and not actor.every:
            scheduler.wake(actor, urgent=True)
        with scheduler._condition:
            scheduler._end(actor, now - began, now, now + max(0.0, actor.every - actor.cost))


def test_nobody_starves_among_those_who_take_all_they_can_get() -> None:
    greedy = [Simulated(0.001) for _ in range(30)]
    simulate(greedy, 3.0)
    turns = [actor.turns for actor in greedy]
    assert min(turns) >= 0.9 * max(turns)


def test_who_is_paced_comes_before_the_greedy() -> None:
    paced = Simulated(0.0005, 0.01)
    simulate([paced, *(Simulated(0.005) for _ in range(10))], 2.0)
    assert paced.turns >= 0.7 * 2.0 / 0.01


@pytest.mark.parametrize("hogs", [1, 6, 20])
@pytest.mark.parametrize("flood", [False, True], ids=["full speed", "a flood of intentions"])
@pytest.mark.parametrize("cost", [0.005, 0.1])
def test_whoever_is_within_normal_use_keeps_half_of_the_turns(hogs: int, cost: float, *, flood: bool) -> None:
    page = Simulated(0.003, 1 / 60)
    others = [Simulated(cost) for _ in range(hogs)]
    simulate([page, *others], 10.0, flood=flood)
    assert page.turns >= 0.5 * 60 * 10
    assert min(other.turns for other in others) > 0


def test_pages_of_normal_use_do_not_wait_for_each_other_before_the_cores_are_full() -> None:
    pages = [Simulated(0.001, 1 / 60) for _ in range(30)]
    simulate(pages, 5.0)
    assert min(page.turns for page in pages) >= 0.9 * 60 * 5


@pytest.mark.parametrize("cost", [0.001, 0.005])
def test_in_a_crowd_at_full_speed_a_hand_is_followed_at_once(cost: float) -> None:
    person = Simulated(cost, hand_every=0.3)
    simulate([person, *(Simulated(cost) for _ in range(49))], 5.0)
    assert len(person.waited) >= 15
    assert max(person.waited) <= 2 * cost + 1e-9


def test_in_a_crowd_where_everyone_drags_all_are_followed_and_all_are_trained() -> None:
    dragging = [Simulated(0.001, hand_every=1 / 60) for _ in range(50)]
    playing = [Simulated(0.001) for _ in range(10)]
    simulate([*dragging, *playing], 5.0)
    for person in dragging:
        assert sorted(person.waited)[int(0.95 * len(person.waited))] <= 0.1
    assert min(page.turns for page in playing) >= 0.5 * max(page.turns for page in dragging)


def test_a_flood_beside_it_does_not_keep_a_hand_waiting() -> None:
    person = Simulated(0.002, 1 / 60, hand_every=0.3)
    simulate([person, *(Simulated(0.002) for _ in range(20))], 5.0, flood=True)
    assert sorted(person.waited)[int(0.95 * len(person.waited))] <= 0.03


class Waiting:
    """Waits in its turn, as for the interpreter's lock, and does nothing."""

    def __init__(self) -> None:
        self.slot = Slot()
        self.turns = 0

    def turn(self, _slice_seconds: float) -> float | None:
        self.turns += 1
        time.sleep(0.03)
        return time.perf_counter() if self.turns < 4 else None


def test_waiting_within_a_turn_is_not_held_against_anyone(scheduler: Scheduler) -> None:
    waiting = Waiting()
    scheduler.wake(waiting)
    while waiting.turns < 4 or waiting.slot.running:
        time.sleep(0.01)
    assert waiting.slot.cost < 0.01


def test_a_failed_turn_is_followed_by_another(scheduler: Scheduler, caplog: pytest.LogCaptureFixture) -> None:
    faulty = Faulty()
    scheduler.wake(faulty)
    while faulty.turns < 3:
        time.sleep(0.01)
    assert "a fault" in caplog.text


def test_after_failures_an_actor_waits_longer_and_longer_but_never_for_good() -> None:
    scheduler, slot = Scheduler(1, lambda: 0.0), Slot()
    waits = [scheduler._retry(slot) for _ in range(20)]
    assert waits == sorted(waits)
    assert waits[0] == 0.1
    assert waits[-1] == 5.0
