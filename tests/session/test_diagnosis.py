"""When a diagnosis is due."""

import pytest
from playing_alone import FakeClock, FakeHost, FakePage

from tinkernet import Experiment, Run
from tinkernet.fragment import View
from tinkernet.session.diagnosis import Diagnosed, Diagnoser
from tinkernet.session.workspace import Workspace


def make() -> tuple[Workspace, Diagnoser, FakeClock]:
    """A diagnosis that stays under way until the test ends it."""
    clock = FakeClock()
    workspace = Workspace(Run(Experiment(seed="1")), View(), clock)
    return workspace, Diagnoser(workspace, FakeHost(at_once=False), lambda _: None), clock


@pytest.mark.parametrize(("seconds", "pause"), [(0.003, 0.5), (0.2, 2.0)])
def test_a_diagnosis_comes_twice_a_second_and_one_that_takes_long_after_ten_times_as_long(
    seconds: float, pause: float
) -> None:
    workspace, diagnosis, clock = make()
    diagnosis.report(FakePage())
    workspace.diagnosis_due = True
    assert diagnosis.due() is None  # one is under way
    diagnosis.handlers()[Diagnosed](Diagnosed(1, [], seconds))
    assert diagnosis.due() == pytest.approx(clock.now + pause)


def test_nothing_is_due_where_nothing_has_happened() -> None:
    workspace, diagnosis, _ = make()
    workspace.diagnosis_due = False
    assert diagnosis.due() is None


def test_findings_of_a_run_that_has_gone_are_not_sent() -> None:
    workspace, diagnosis, _ = make()
    page = FakePage()
    workspace.run_number = 2
    diagnosis.handlers()[Diagnosed](Diagnosed(1, [], 0.01))
    diagnosis.report(page)
    assert not page.last("diagnosis")
