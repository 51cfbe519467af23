"""A session whose network a program trains: it asks when its page is ready, and leaves the program alone otherwise."""

import msgspec
import numpy as np
import pytest
from playing_alone import SLICE, Alone, FakeClock, FakeHost, FakePage

from tinkernet import Experiment, Run
from tinkernet.fragment import View
from tinkernet.protocol import intentions
from tinkernet.run.observed import ObservedRun
from tinkernet.session import sentences, watched
from tinkernet.session.messages import Attached, Detached
from tinkernet.session.session import Session
from tinkernet.session.source import Lost, Notify, Observed
from tinkernet.session.workspace import Workspace

LONG = 1_000.0
"""By the clock of the test; turns take processor time, which counts in real seconds."""
WATCH = intentions.Watch(neuron_cells=8, output_cells=16)


class Program:
    """A source that trains a run by hand."""

    def __init__(self, **settings: str) -> None:
        self.run = Run(Experiment(**{"seed": "0.5", **settings}))  # type: ignore[arg-type]
        self.base: ObservedRun | None = ObservedRun(self.run.experiment)
        self.wanting: list[Notify] = []
        self.looks = 0

    def want(self, notify: Notify) -> None:
        """Keep who wants the network."""
        self.wanting.append(notify)

    def look(self, notify: Notify) -> None:
        """Give the network now."""
        self.looks += 1
        self.wanting.clear()
        notify(self.observed())

    def step(self, seconds: float = 0.0) -> None:
        """Train an epoch, which stands for a step."""
        self.run.train(1)
        wanting, self.wanting = self.wanting, []
        for notify in wanting:
            notify(self.observed(seconds))

    def observed(self, seconds: float = 0.0) -> Observed:
        """The network now."""
        assert self.base is not None
        return Observed(base=self.base, parameters=self.run.parameters, step=self.run.epoch, seconds=seconds)


def watching(program: Program) -> Alone:
    """A session that shows this program's network, without a page."""
    clock, host, page = FakeClock(), FakeHost(), FakePage()
    assert program.base is not None
    workspace = Workspace(program.base.copy(), View(), clock, source=program)
    return Alone(Session("watched", workspace, host, clock), page, clock, host)


def opened(program: Program) -> Alone:
    """The same with a page, which has drawn its first frame and waits for the next."""
    driven = watching(program)
    driven.do(Attached(driven.page), WATCH)
    return driven


def test_without_a_page_nothing_is_asked_for() -> None:
    program = Program()
    driven = watching(program)
    for _ in range(20):
        program.step()
        assert driven.turn(1.0) is None
    assert program.wanting == []
    assert program.looks == 0


def test_a_page_that_is_ready_gets_the_network_after_the_next_step() -> None:
    program = Program()
    driven = opened(program)
    assert len(program.wanting) == 1
    frames = len(driven.page.binary)
    for _ in range(5):
        driven.turn(0.01)
    assert len(driven.page.binary) == frames
    program.step()
    driven.turn()
    assert len(driven.page.binary) == frames + 1
    shown = driven.session.run
    assert shown.epoch == 1
    assert np.array_equal(shown.parameters, program.run.parameters)
    assert shown.train_loss == program.run.train_loss


def test_a_program_that_makes_no_step_is_looked_at_now_and_then() -> None:
    program = Program()
    program.run.train(3)
    driven = opened(program)
    driven.turn(watched.PATIENCE_SECONDS)
    driven.turn()
    assert program.looks == 1
    assert driven.session.run.epoch == 3


def test_the_time_that_showing_takes_is_a_small_share() -> None:
    program = Program()
    driven = opened(program)
    began, asked = driven.clock.now, 0
    while driven.clock.now < began + 100:
        if program.wanting:
            asked += 1
            program.step(seconds=0.5)
        driven.turn(0.05)
    assert 1 <= asked <= 100 * watched.SHARE / 0.5 + 1


def test_the_page_is_sent_the_speed_and_the_cost() -> None:
    program = Program()
    driven = opened(program)
    assert driven.state["watched"]
    assert next(fact for fact in driven.page.facts if fact["type"] == "watched")["cost"] is None
    program.step(seconds=0.1)
    for _ in range(12):
        driven.turn(LONG / 12)
        program.step()
    assert any(fact.get("steps_per_second", 0) > 0 for fact in driven.page.facts)
    fact = driven.page.last("watched")
    assert 0 <= fact["cost"] < 1


def test_a_page_that_has_gone_is_no_longer_drawn_for() -> None:
    program = Program()
    driven = opened(program)
    driven.do(Detached(driven.page))
    program.step()
    for _ in range(5):
        driven.turn(1.0)
        program.step()
    assert program.wanting == []


@pytest.mark.parametrize(
    "message",
    [
        intentions.Play(),
        intentions.Step(),
        intentions.Reset(),
        intentions.SetBias(layer=0, neuron=0, value=1.0, done=True),
        intentions.Freeze(layer=0, neuron=0, frozen=True),
        intentions.Seek(epoch=0),
        intentions.PinRun(),
        intentions.AskCode(),
        intentions.Open(link="seed=0.7", step=False),
    ],
    ids=lambda message: type(message).__name__,
)
def test_what_would_change_the_network_is_refused_with_the_reason(message: intentions.FromPage) -> None:
    driven = opened(Program())
    driven.do(message)
    assert driven.page.last("trouble")["message"] == sentences.TRAINED_ELSEWHERE
    assert driven.session.run.events == ()
    assert not driven.session.playing


def test_the_view_can_be_changed_and_undone() -> None:
    driven = opened(Program())
    driven.do(intentions.ChangeView(view={"discretize": msgspec.Raw(b"true")}, done=True))
    assert driven.page.last("trouble") == {}
    assert driven.state["view"]["discretize"]
    driven.do(intentions.Undo())
    assert not driven.state["view"]["discretize"]


def test_a_neuron_can_be_asked_about() -> None:
    driven = opened(Program())
    driven.do(intentions.AskNeuron(layer=0, neuron=1))
    assert driven.page.last("neuron-report")["neuron"] == 1


def test_the_page_is_informed_once_that_training_has_diverged() -> None:
    program = Program()
    driven = opened(program)
    for step in (1, 2, 3):
        lost = np.full_like(program.run.parameters, np.nan)
        for notify in program.wanting:
            notify(msgspec.structs.replace(program.observed(), parameters=lost, step=step))
        program.wanting.clear()
        driven.turn(LONG)
    assert driven.session.run.epoch > 1
    notices = [fact["message"] for fact in driven.page.facts if fact["type"] == "notice"]
    assert notices.count(sentences.WATCHED_DIVERGED) == 1


def test_the_page_is_informed_once_that_the_network_can_no_longer_be_shown() -> None:
    program = Program()
    driven = opened(program)
    frames = len(driven.page.binary)
    for _ in range(3):
        for notify in program.wanting:
            notify(Lost(reason="layer 0 is gone"))
        program.wanting.clear()
        driven.turn(LONG)
    said = [fact["message"] for fact in driven.page.facts if fact["type"] == "trouble"]
    assert said == [sentences.no_longer_watched("layer 0 is gone")]
    assert len(driven.page.binary) == frames
    driven.turn(LONG)
    program.step()
    driven.turn()
    assert driven.session.run.epoch == 1


def test_weights_that_a_program_changes_without_an_optimizer_are_shown() -> None:
    program = Program()
    driven = opened(program)
    program.run.set_weight(0, to=0, source=0, value=2.0)
    driven.turn(watched.PATIENCE_SECONDS)
    driven.turn()
    assert driven.session.run.weights[0][0, 0] == 2.0
    changes = len(driven.page.binary)
    for _ in range(4):
        driven.turn(watched.PATIENCE_SECONDS)
    assert len(driven.page.binary) == changes


def test_another_network_replaces_the_one_before() -> None:
    program = Program()
    driven = opened(program)
    program.step()
    driven.turn()
    before = driven.state["run"]
    assert {"playButton", "xTimesY"} < set(driven.state["view"]["hidden_controls"])
    other = Program(hidden=(5,), features=("x", "xTimesY"))  # type: ignore[arg-type]
    program.run, program.base = other.run, other.base
    driven.turn(LONG)
    program.step()
    driven.turn()
    assert driven.state["sizes"] == [2, 5, 1]
    assert {"playButton", "y"} < set(driven.state["view"]["hidden_controls"])
    assert "xTimesY" not in driven.state["view"]["hidden_controls"]
    assert driven.state["run"] > before


def test_a_duplicated_tab_watches_too() -> None:
    program = Program()
    driven = opened(program)
    twin = Alone(driven.session.copy("twin"), FakePage(), driven.clock, driven.host)
    twin.do(Attached(twin.page), WATCH)
    assert len(program.wanting) == 2
    program.step()
    twin.turn(slice_seconds=SLICE)
    assert twin.session.run.epoch == 1
