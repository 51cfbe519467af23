"""Scheduling of turns."""

import math
import threading
import time
from collections.abc import Iterator

import pytest

from tinkernet.session.scheduler import Scheduler, Slot


class Greedy:
    """Always wants another turn."""

    def __init__(self) -> None:
        self.slot = Slot()
        self.turns = 0

    def turn(self, slice_seconds: float) -> float | None:
        self.turns += 1
        time.sleep(slice_seconds)
        return time.perf_counter()


class Sleeper(Greedy):
    """Works only when it is woken, in one thread at a time."""

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
    """Counts the turns of others before its own turn."""

    def __init__(self, others: list[Greedy]) -> None:
        super().__init__()
        self.others, self.seen = others, 0

    def turns_of_others(self) -> int:
        return sum(other.turns for other in self.others)

    def turn(self, slice_seconds: float) -> float | None:
        self.seen = self.turns_of_others()
        return super().turn(slice_seconds)


class Faulty(Greedy):
    """Fails in every turn."""

    def turn(self, slice_seconds: float) -> float | None:
        super().turn(0 * slice_seconds)
        raise RuntimeError("a fault")


@pytest.fixture
def scheduler() -> Iterator[Scheduler]:
    pool = Scheduler(2)
    pool.start()
    yield pool
    pool.close()


def test_an_actor_with_little_cpu_time_is_scheduled_first(scheduler: Scheduler) -> None:
    greedy = [Greedy() for _ in range(50)]
    for actor in greedy:
        scheduler.wake(actor)
    time.sleep(0.1)
    newcomer = Newcomer(greedy)
    before = newcomer.turns_of_others()
    scheduler.wake(newcomer)
    assert newcomer.awake.wait(10.0)
    assert newcomer.seen - before < len(greedy) / 2


def test_no_wake_is_lost_and_turns_do_not_overlap(scheduler: Scheduler) -> None:
    sleeper = Sleeper()
    for _ in range(300):
        sleeper.awake.clear()
        scheduler.wake(sleeper)
        assert sleeper.awake.wait(1.0)


def test_an_exception_in_one_turn_does_not_affect_others(
    scheduler: Scheduler, caplog: pytest.LogCaptureFixture
) -> None:
    faulty, sleeper = Faulty(), Sleeper()
    for _ in range(4):
        scheduler.wake(faulty)
        time.sleep(0.01)
    scheduler.wake(sleeper)
    assert sleeper.awake.wait(1.0)
    assert "a fault" in caplog.text


# --- Fairness, with a simulated clock ------------------------------------------------


class Simulated:
    """Has turns of this duration and wants the next one after a pause; user input arrives at regular intervals."""

    def __init__(self, cost: float, every: float = 0.0, hand_every: float = math.inf) -> None:
        self.slot = Slot()
        self.cost, self.every, self.hand_every = cost, every, hand_every
        self.turns = 0
        self.next_hand = hand_every
        self.waited: list[float] = []
        """The delays from user input to the end of the turn that handles it."""
        self._since = math.inf

    def user_input(self, scheduler: Scheduler, now: float) -> None:
        """Simulate the user input that is due."""
        if now >= self.next_hand:
            self._since = min(self._since, self.next_hand)
            self.next_hand += self.hand_every
            scheduler.wake(self, urgent=True)

    def ended(self, began: float, now: float) -> None:
        """Record a turn."""
        self.turns += 1
        if self._since <= began:
            self.waited.append(now - self._since)
            self._since = math.inf

    def turn(self, _slice_seconds: float) -> float | None:
        raise AssertionError("simulated")


def simulate(actors: list[Simulated], seconds: float, threads: int = 2, *, flood: bool = False) -> None:
    """Simulate the scheduler with these actors, without threads and without waiting."""
    now = 0.0
    scheduler = Scheduler(threads, lambda: now)
    running: list[tuple[float, float, Simulated]] = []
    for actor in actors:
        scheduler.wake(actor)
    while now < seconds:
        for actor in actors:
            actor.user_input(scheduler, now)
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


def test_no_actor_starves_among_greedy_ones() -> None:
    greedy = [Simulated(0.001) for _ in range(30)]
    simulate(greedy, 3.0)
    turns = [actor.turns for actor in greedy]
    assert min(turns) >= 0.9 * max(turns)


def test_paced_actors_come_before_greedy_ones() -> None:
    paced = Simulated(0.0005, 0.01)
    simulate([paced, *(Simulated(0.005) for _ in range(10))], 2.0)
    assert paced.turns >= 0.7 * 2.0 / 0.01


@pytest.mark.parametrize("hogs", [1, 6, 20])
@pytest.mark.parametrize("flood", [False, True], ids=["full speed", "a flood of intentions"])
@pytest.mark.parametrize("cost", [0.005, 0.1])
def test_actors_in_normal_use_keep_half_of_the_turns(hogs: int, cost: float, *, flood: bool) -> None:
    page = Simulated(0.003, 1 / 60)
    others = [Simulated(cost) for _ in range(hogs)]
    simulate([page, *others], 10.0, flood=flood)
    assert page.turns >= 0.5 * 60 * 10
    assert min(other.turns for other in others) > 0


def test_pages_in_normal_use_do_not_wait_until_the_cores_are_busy() -> None:
    pages = [Simulated(0.001, 1 / 60) for _ in range(30)]
    simulate(pages, 5.0)
    assert min(page.turns for page in pages) >= 0.9 * 60 * 5


@pytest.mark.parametrize("cost", [0.001, 0.005])
def test_user_input_is_urgent_among_many_pages_at_full_speed(cost: float) -> None:
    person = Simulated(cost, hand_every=0.3)
    simulate([person, *(Simulated(cost) for _ in range(49))], 5.0)
    assert len(person.waited) >= 15
    assert max(person.waited) <= 2 * cost + 1e-9


def test_when_all_users_drag_all_are_served_and_all_runs_train() -> None:
    dragging = [Simulated(0.001, hand_every=1 / 60) for _ in range(50)]
    playing = [Simulated(0.001) for _ in range(10)]
    simulate([*dragging, *playing], 5.0)
    for person in dragging:
        assert sorted(person.waited)[int(0.95 * len(person.waited))] <= 0.1
    assert min(page.turns for page in playing) >= 0.5 * max(page.turns for page in dragging)


def test_a_flood_of_messages_does_not_delay_other_users() -> None:
    person = Simulated(0.002, 1 / 60, hand_every=0.3)
    simulate([person, *(Simulated(0.002) for _ in range(20))], 5.0, flood=True)
    assert sorted(person.waited)[int(0.95 * len(person.waited))] <= 0.03


class Waiting:
    """Waits in its turn, as for the interpreter's lock, without using CPU time."""

    def __init__(self) -> None:
        self.slot = Slot()
        self.turns = 0

    def turn(self, _slice_seconds: float) -> float | None:
        self.turns += 1
        time.sleep(0.03)
        return time.perf_counter() if self.turns < 4 else None


def test_waiting_within_a_turn_does_not_count_as_cpu_time(scheduler: Scheduler) -> None:
    waiting = Waiting()
    scheduler.wake(waiting)
    while waiting.turns < 4 or waiting.slot.running:
        time.sleep(0.01)
    assert waiting.slot.cost < 0.01


def test_a_failed_turn_is_retried(scheduler: Scheduler, caplog: pytest.LogCaptureFixture) -> None:
    faulty = Faulty()
    scheduler.wake(faulty)
    while faulty.turns < 3:
        time.sleep(0.01)
    assert "a fault" in caplog.text


def test_retries_are_delayed_longer_after_each_failure_up_to_a_limit() -> None:
    scheduler, slot = Scheduler(1, lambda: 0.0), Slot()
    waits = [scheduler._retry(slot) for _ in range(20)]
    assert waits == sorted(waits)
    assert waits[0] == 0.1
    assert waits[-1] == 5.0
