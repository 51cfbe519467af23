"""Pinned runs, and training them along with the current one."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tinkernet import Experiment, Run

if TYPE_CHECKING:
    from playing import Sessions

LINK = "seed=0.5&dataset=xor"


def alone(epochs: int, **settings: Any) -> Run:
    """The same run in Python."""
    run = Run(Experiment.from_link(LINK).replace(**settings))
    return run.train(epochs) if epochs else run


def test_a_pinned_run_keeps_its_curve_its_picture_and_its_differences(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(25)
        tab.do("pin")
        tab.change(activation="relu")
        [pin] = tab.state["pins"]
        assert pin["label"] == "pinned at epoch 25"
        assert pin["differences"] == [
            {"field": "activation", "name": "activation", "before": "Tanh", "after": "ReLU", "names_itself": True}
        ]
        assert pin["test_loss"] == alone(25).test_loss
        tab.until(lambda: pin["pin"] in tab.pictures)
        picture = tab.pictures[pin["pin"]]
        history = alone(25).history
        assert (
            picture.curve.tolist() == np.column_stack([history.epochs, history.train_loss, history.test_loss]).tolist()
        )
        cells = len(picture.picture)
        field = alone(25).fields(cells, [(2, 0)])[0]
        assert np.array_equal(picture.picture >= 128, field >= 0)


@pytest.mark.parametrize("speed", ["epoch", "max"])
def test_pins_train_along_and_are_bit_identical_to_single_runs(sessions: "Sessions", speed: str) -> None:
    with sessions.tab(LINK) as tab:
        tab.do("pin")
        tab.change(activation="relu")
        tab.train(20)
        tab.do("pin")
        tab.do("train-pins", on=True)
        tab.say("set-speed", speed=speed)
        tab.say("stop-at", epoch=60)
        tab.do("play")
        tab.until(lambda: not tab.state["playing"] and [pin["epoch"] for pin in tab.state["pins"]] == [40, 60])
        tab.until(lambda: tab.frame.epoch == 60)
        first, second = tab.state["pins"]
        assert first["train_loss"] == alone(40).train_loss
        assert second["train_loss"] == tab.frame.train_loss == alone(60, activation="relu").train_loss
        tab.until(lambda: tab.pictures[first["pin"]].curve[-1, 0] == 40)
        tab.do("open-pin", pin=first["pin"])
        assert np.array_equal(tab.frame.parameters, alone(40).parameters)


def test_pins_that_do_not_train_do_not_change(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.do("pin")
        tab.do("train-pins", on=True)
        tab.train(10)
        tab.until(lambda: tab.state["pins"][0]["epoch"] == 10)
        tab.do("train-pins", on=False)
        tab.train(10)
        assert tab.state["pins"][0]["epoch"] == 10


def test_a_pinned_run_and_the_current_one_can_be_swapped(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(10)
        tab.do("pin")
        tab.train(20)
        tab.do("open-pin", pin=tab.state["pins"][0]["pin"])
        assert tab.frame.epoch == 10
        assert [pin["epoch"] for pin in tab.state["pins"]] == [30]
        tab.train(1)
        assert np.array_equal(tab.frame.parameters, alone(11).parameters)
        tab.do("undo")
        assert tab.frame.epoch == 30
        assert [pin["epoch"] for pin in tab.state["pins"]] == [10]
        tab.do("redo")
        assert tab.frame.epoch == 11
        assert [pin["epoch"] for pin in tab.state["pins"]] == [30]


def test_pinning_and_unpinning_can_be_undone(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(10)
        tab.do("pin")
        number = tab.state["pins"][0]["pin"]
        assert tab.state["undo"] == "pin at epoch 10"
        tab.do("unpin", pin=number)
        assert tab.state["pins"] == []
        tab.do("undo")
        assert [(pin["pin"], pin["epoch"]) for pin in tab.state["pins"]] == [(number, 10)]
        tab.do("undo")
        assert tab.state["pins"] == []
        assert tab.frame.epoch == 10
        tab.do("redo")
        assert [pin["pin"] for pin in tab.state["pins"]] == [number]


def test_trying_a_cure_pins_the_run_and_is_one_undo_step(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(30)
        tab.do("branch", settings={"learning_rate": 0.1, "activation": "relu"})
        assert tab.state["playing"]
        assert tab.state["experiment"]["activation"] == "relu"
        assert tab.state["pins"][0]["epoch"] == 30
        assert tab.state["pins"][0]["label"] == "before: activation Tanh → ReLU, learning rate 0.03 → 0.1"
        tab.until(lambda: tab.frame.epoch > 3)
        tab.do("undo")
        assert (tab.state["pins"], tab.state["playing"]) == ([], False)
        assert np.array_equal(tab.frame.parameters, alone(30).parameters)


def test_there_are_at_most_six_pins(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(5)
        for _ in range(6):
            tab.do("pin")
        for intention in ({"kind": "pin"}, {"kind": "branch", "settings": {"activation": "relu"}}):
            tab.troubles.clear()
            tab.say(**intention)
            tab.until(lambda: tab.troubles)
            assert "6 pinned runs" in tab.troubles[0]["message"]
        tab.say("seek", epoch=2)
        tab.until(lambda: tab.state["in_past"])
        tab.troubles.clear()
        tab.say("play")
        tab.until(lambda: tab.troubles)
        tab.do("seek", epoch=None)
        assert len(tab.state["pins"]) == 6
        assert tab.frame.epoch == 5
        assert tab.state["experiment"]["activation"] == "tanh"


@pytest.mark.parametrize("intention", ["unpin", "open-pin"])
def test_a_missing_pin_is_an_error_and_changes_nothing(sessions: "Sessions", intention: str) -> None:
    with sessions.tab(LINK) as tab:
        tab.train(5)
        tab.do("pin")
        tab.say(intention, pin=77)
        tab.until(lambda: tab.troubles)
        assert "no longer exists" in tab.troubles[0]["message"]
        assert len(tab.state["pins"]) == 1
        assert tab.state["undo"] == "pin at epoch 5"


def test_a_reconnected_page_gets_its_pins_again(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(5)
        tab.do("pin")
    with sessions.tab(LINK, session=tab.session) as again:
        [pin] = again.state["pins"]
        again.until(lambda: pin["pin"] in again.pictures)
