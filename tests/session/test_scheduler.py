"""Turns: who gets them, and when."""

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


class Paced(Greedy):
    """Wants a turn every 10 ms."""

    def turn(self, slice_seconds: float) -> float | None:
        super().turn(0 * slice_seconds)
        return time.perf_counter() + 0.01


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


def test_nobody_starves_among_those_who_take_all_they_can_get(scheduler: Scheduler) -> None:
    greedy = [Greedy() for _ in range(30)]
    for actor in greedy:
        scheduler.wake(actor)
    time.sleep(1.0)
    turns = [actor.turns for actor in greedy]
    assert min(turns) >= 10
    assert min(turns) >= 0.7 * max(turns)


def test_who_is_paced_comes_before_the_greedy(scheduler: Scheduler) -> None:
    for _ in range(10):
        scheduler.wake(Greedy())
    paced = Paced()
    scheduler.wake(paced)
    time.sleep(0.5)
    assert paced.turns >= 20


def test_who_is_woken_urgently_has_the_next_turn(scheduler: Scheduler) -> None:
    for _ in range(50):
        scheduler.wake(Greedy())
    time.sleep(0.1)
    sleeper = Sleeper()
    scheduler.wake(sleeper, urgent=True)
    assert sleeper.awake.wait(0.05)


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
