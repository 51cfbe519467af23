"""Scheduling of diagnoses."""

import msgspec
import pytest
from playing_alone import FakeClock, FakeHost, FakePage

from tinkernet import Experiment, Run, engine
from tinkernet.fragment import View
from tinkernet.session.diagnosis import Diagnosed, Diagnoser
from tinkernet.session.workspace import Workspace


def make(run: Run | None = None, *, at_once: bool = False) -> tuple[Workspace, Diagnoser, FakeClock]:
    """A diagnosis that ends at once, or stays under way until the test ends it."""
    clock = FakeClock()
    workspace = Workspace(run or Run(Experiment(seed="1")), View(), clock)

    def notify(message: msgspec.Struct) -> None:
        if at_once:
            diagnosis.handlers()[Diagnosed](message)

    diagnosis = Diagnoser(workspace, FakeHost(at_once=at_once), notify)
    return workspace, diagnosis, clock


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


def test_other_starts_are_trained_bit_by_bit_until_the_size_of_the_network_can_be_judged() -> None:
    engine.wait_until_compiled()
    workspace, diagnosis, clock = make(Run(Experiment(seed="0.5", hidden=(2,))).train(600), at_once=True)
    page, looks, found = FakePage(), 0, []
    while "too-small" not in found and looks < 60:
        diagnosis.report(page)
        clock.now += 1
        looks += 1
        found = [finding["kind"] for finding in page.last("diagnosis").get("findings", [])]
    assert "too-small" in found
    assert looks > 2
    diagnosis.report(page)
    assert diagnosis.due() is None
    assert not workspace.diagnosis_due


def test_what_was_found_of_the_present_is_not_shown_beside_the_past() -> None:
    workspace, diagnosis, clock = make(Run(Experiment(seed="1")).train(50), at_once=True)
    page = FakePage()
    diagnosis.report(page)
    diagnosis.report(page)
    assert page.last("diagnosis")["findings"]
    workspace.show_past(workspace.run.at(0))
    workspace.diagnosis_due = False
    diagnosis.report(page)
    assert page.last("diagnosis")["findings"] == []
    workspace.diagnosis_due, clock.now = True, clock.now + 1
    diagnosis.report(page)
    diagnosis.report(page)
    assert [finding["kind"] for finding in page.last("diagnosis")["findings"]] == ["not-started"]


def test_a_diagnosis_of_the_present_that_ends_while_the_past_is_shown_is_not_taken_for_it() -> None:
    workspace, diagnosis, _ = make()
    page = FakePage()
    diagnosis.report(page)
    workspace.show_past(workspace.run.copy())
    diagnosis.handlers()[Diagnosed](Diagnosed(1, [], 0.01))
    diagnosis.report(page)
    assert not page.last("diagnosis")
