"""When a diagnosis is due."""

from collections import deque
from time import perf_counter

import msgspec
import pytest

from tinkernet import Experiment, Run
from tinkernet.session.background import Backstage
from tinkernet.session.diagnosis import Diagnosing
from tinkernet.session.inbox import Diagnosed
from tinkernet.session.scheduler import Place, Workers


class Patient:
    """Somebody who is told."""

    def __init__(self) -> None:
        self.place = Place()
        self.inbox: deque[msgspec.Struct] = deque()

    def turn(self, _slice_seconds: float) -> float | None:
        """Do nothing."""
        return None


@pytest.mark.parametrize(("seconds", "pause"), [(0.003, 0.5), (0.2, 2.0)])
def test_a_diagnosis_comes_twice_a_second_and_one_that_takes_long_after_ten_times_as_long(
    seconds: float, pause: float
) -> None:
    diagnosing, backstage = Diagnosing(), Backstage(Workers(1))
    began = perf_counter()
    diagnosing.begin(Run(Experiment(seed="1")), 1, backstage, Patient())
    backstage.close()
    diagnosing.wanted = True
    assert diagnosing.due() is None  # one is under way
    diagnosing.end(Diagnosed(1, [], seconds), 1)
    due = diagnosing.due()
    assert due is not None
    assert due - began == pytest.approx(pause, abs=0.3)


def test_nothing_is_due_where_nothing_has_happened() -> None:
    diagnosing = Diagnosing()
    diagnosing.wanted = False
    assert diagnosing.due() is None
