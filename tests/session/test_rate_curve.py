"""The learning rate of a schedule on the page: its curve in the state, the present rate in each frame."""

from playing_alone import alone

from tinkernet.protocol import intentions
from tinkernet.protocol.frames import Frame
from tinkernet.protocol.message import NeuronPlace

WATCH = intentions.Watch(neuron_cells=2, output_cells=2, focus=NeuronPlace(layer=0, neuron=0))


def test_a_constant_learning_rate_has_no_curve() -> None:
    assert alone().state["rate_curve"] is None


def test_a_longer_curve_comes_once_the_run_has_passed_its_end() -> None:
    page = alone(schedule="cosine,epochs:10")
    assert page.state["rate_curve"]["epochs"][-1] == 11
    for _ in range(12):
        page.do(intentions.Step())
    states = sum(fact["type"] == "state" for fact in page.page.facts)
    assert page.state["rate_curve"]["epochs"][-1] == 22
    page.turn()
    assert sum(fact["type"] == "state" for fact in page.page.facts) == states


def test_each_frame_has_the_present_rate() -> None:
    page = alone(schedule="step,every:1", learning_rate=0.03)
    page.do(WATCH)
    for factor in (1.0, 0.1):
        assert Frame.unpack(page.page.binary[-1]).learning_rate == 0.03 * factor
        page.do(intentions.Step())
