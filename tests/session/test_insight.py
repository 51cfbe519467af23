"""Neuron reports, frozen and switched-off neurons, and diagnoses."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tinkernet import Experiment, Run
from tinkernet.insight.neuron import report

if TYPE_CHECKING:
    from playing import Sessions

LINK = "seed=0.5&dataset=xor"


def alone(epochs: int) -> Run:
    """The same run in Python."""
    return Run(Experiment.from_link(LINK)).train(epochs)


def test_a_neuron_report_equals_the_one_in_python(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(20)
        tab.say("ask-neuron", layer=1, neuron=0)
        tab.until(lambda: tab.report)
        expected = report(alone(20), 1, 0)
        assert tab.report["separates"] == expected.separates
        assert (tab.report["loss"], tab.report["loss_without"]) == (expected.loss, expected.loss_without)


def test_a_frozen_layer_does_not_change_and_is_unfrozen_by_undo(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.do("freeze", layer=0, neuron=None, frozen=True)
        assert tab.state["frozen"] == [{"layer": 0, "neuron": neuron} for neuron in range(4)]
        assert tab.state["undo"] == "freeze layer 1"
        assert [event["text"] for event in tab.state["events"]] == ["layer 1 frozen"]
        before = tab.frame.parameters[:12]
        tab.train(10)
        assert np.array_equal(tab.frame.parameters[:12], before)
        tab.do("freeze", layer=0, neuron=2, frozen=False)
        assert [place["neuron"] for place in tab.state["frozen"]] == [0, 1, 3]
        tab.do("undo")
        tab.do("undo")
        assert (tab.state["frozen"], tab.frame.epoch) == ([], 0)


def test_a_neuron_is_switched_off_and_on_again(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(10)
        loss = tab.frame.train_loss
        tab.do("switch", layer=0, neuron=1, on=False)
        assert tab.state["off"] == [{"layer": 0, "neuron": 1}]
        assert tab.state["undo"] == "switch neuron 2 of layer 1 off"
        assert tab.frame.train_loss == report(alone(10), 0, 1).loss_without
        tab.do("undo")
        assert (tab.state["off"], tab.frame.train_loss) == ([], loss)
        tab.do("redo")
        tab.do("switch", layer=0, neuron=1, on=True)
        assert (tab.state["off"], tab.frame.train_loss) == ([], loss)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("ask-neuron", {"layer": 0, "neuron": 4}),
        ("ask-neuron", {"layer": 3, "neuron": 0}),
        ("freeze", {"layer": 3, "neuron": None, "frozen": True}),
        ("freeze", {"layer": 0, "neuron": 4, "frozen": True}),
        ("switch", {"layer": 0, "neuron": 4, "on": False}),
        ("switch", {"layer": 2, "neuron": 0, "on": False}),
    ],
)
def test_a_missing_neuron_is_an_error_and_changes_nothing(
    sessions: "Sessions", kind: str, values: dict[str, object]
) -> None:
    with sessions.tab(LINK) as tab:
        tab.say(kind, **values)
        tab.until(lambda: tab.troubles)
        assert "neuron" in tab.troubles[0]["message"] or "output" in tab.troubles[0]["message"]
        assert (tab.state["frozen"], tab.state["off"], tab.state["undo"]) == ([], [], None)


def test_zero_initial_weights_are_diagnosed_with_a_cure_that_can_be_tried(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&initZero=true") as tab:
        tab.until(lambda: tab.findings)
        assert tab.findings is not None
        [finding] = [finding for finding in tab.findings if finding["kind"] == "symmetric"]
        assert finding["alarm"]
        assert all(place["layer"] >= 0 for place in finding["neurons"])
        tab.do("branch", settings=finding["cures"][0]["settings"])
        assert tab.state["experiment"]["initializer"] == "uniform"
        tab.until(lambda: not any(one["kind"] == "symmetric" for one in tab.findings or ()))


def test_a_reconnected_page_gets_the_diagnosis_again(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&initZero=true") as tab:
        tab.until(lambda: tab.findings)
    with sessions.tab("seed=0.5&initZero=true", session=tab.session) as again:
        again.until(lambda: again.findings)
        assert again.findings == tab.findings


def test_a_page_that_does_not_draw_is_not_flooded(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&initZero=true") as tab:
        tab.until(lambda: tab.findings)
        tab.do("pin")
        tab.do("train-pins", on=True)
        tab.draws = False
        tab.say("play")
        tab.until(lambda: tab.frame.playing)
        tab.listen(0.2)
        tab.pictures.clear()
        tab.findings = None
        tab.listen(1.2)
        assert (tab.pictures, tab.findings) == ({}, None)
        tab.draws = True
        tab.say("drawn", frame=tab.frame.frame)
        tab.until(lambda: tab.pictures and tab.findings)
