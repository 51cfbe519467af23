"""Scheduling of diagnoses."""

import pytest
from playing_alone import FakeClock, FakeHost, FakePage

from tinkernet import Experiment, Run
from tinkernet.fragment import View
from tinkernet.session.diagnosis import Diagnosed, Diagnoser
from tinkernet.session.workspace import Workspace


def make() -> tuple[Workspace, Diagnoser, FakeClock]:
    """A diagnosis that stays in progress until the test ends it."""
    clock = FakeClock()
    workspace = Workspace(Run(Experiment(seed="1")), View(), clock)
    return workspace, Diagnoser(workspace, FakeHost(at_once=False), lambda _: None), clock


@pytest.mark.parametrize(("seconds", "pause"), [(0.003, 0.5), (0.2, 2.0)])
def test_diagnoses_run_twice_a_second_and_slow_ones_after_ten_times_their_duration(
    seconds: float, pause: float
) -> None:
    workspace, diagnosis, clock = make()
    diagnosis.report(FakePage())
    workspace.diagnosis_due = True
    assert diagnosis.due() is None  # one is in progress
    diagnosis.handlers()[Diagnosed](Diagnosed(1, [], seconds))
    assert diagnosis.due() == pytest.approx(clock.now + pause)


def test_nothing_is_due_without_a_change() -> None:
    workspace, diagnosis, _ = make()
    workspace.diagnosis_due = False
    assert diagnosis.due() is None


def test_findings_of_a_replaced_run_are_not_sent() -> None:
    workspace, diagnosis, _ = make()
    page = FakePage()
    workspace.run_number = 2
    diagnosis.handlers()[Diagnosed](Diagnosed(1, [], 0.01))
    diagnosis.report(page)
    assert not page.last("diagnosis")
