"""Returning to an earlier epoch of a run, and continuing from there."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tinkernet import Experiment, Run

if TYPE_CHECKING:
    from playing import Sessions
    from tabs import Tab

LINK = "seed=0.5&dataset=xor"


def alone(epochs: int) -> Run:
    """The same run in Python."""
    run = Run(Experiment.from_link(LINK))
    return run.train(epochs) if epochs else run


def seek(tab: "Tab", epoch: int) -> None:
    """Seek this epoch, and wait until it is shown."""
    tab.say("seek", epoch=epoch)
    tab.until(lambda: tab.state["in_past"] and tab.frame.epoch == epoch)


def test_an_earlier_epoch_is_shown_exactly_and_the_latest_is_restored(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(200)
        curve = len(tab.frames)
        for epoch in (37, 0, 120):
            seek(tab, epoch)
            then = alone(epoch)
            assert np.array_equal(tab.frame.parameters, then.parameters)
            assert (tab.frame.train_loss, tab.frame.test_loss) == (then.train_loss, then.test_loss)
            assert tab.state["present"] == 200
        assert not any(len(frame.curve) for frame in tab.frames[curve:])
        tab.do("seek", epoch=None)
        assert not tab.state["in_past"]
        assert np.array_equal(tab.frame.parameters, alone(200).parameters)
        tab.train(10)
        assert np.array_equal(tab.frame.parameters, alone(210).parameters)


def test_while_dragging_the_latest_seek_wins(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(300)
        for epoch in range(300, 4, -5):
            tab.say("seek", epoch=epoch)
        tab.until(lambda: tab.frame.epoch == 5)
        assert np.array_equal(tab.frame.parameters, alone(5).parameters)


def test_training_pauses_while_an_earlier_epoch_is_shown(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.say("play")
        tab.until(lambda: tab.frame.epoch > 10)
        seek(tab, 4)
        assert not tab.state["playing"]
        tab.listen(0.3)
        assert tab.frame.epoch == 4


def test_an_earlier_epoch_includes_the_changes_made_until_then(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(20)
        tab.change(learning_rate=0.1)
        tab.train(20)
        seek(tab, 30)
        run = alone(20).change(learning_rate=0.1).train(10)
        assert np.array_equal(tab.frame.parameters, run.parameters)
        seek(tab, 10)
        assert tab.state["experiment"]["learning_rate"] == 0.03
        assert [event["epoch"] for event in tab.state["events"]] == [20]


def test_playing_from_an_earlier_epoch_branches_and_pins_the_latest_state(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(100)
        run = tab.state["run"]
        seek(tab, 40)
        tab.do("step")
        tab.until(lambda: tab.frame.epoch == 41)
        assert not tab.state["in_past"]
        assert tab.state["run"] > run
        [pin] = tab.state["pins"]
        assert (pin["label"], pin["epoch"], pin["train_loss"]) == (
            "branched at epoch 40",
            100,
            alone(100).train_loss,
        )
        assert np.array_equal(tab.frame.parameters, alone(41).parameters)
        tab.do("undo")
        assert tab.state["pins"] == []
        assert np.array_equal(tab.frame.parameters, alone(100).parameters)
        tab.do("redo")
        assert tab.frame.epoch == 41
        assert tab.state["pins"][0]["epoch"] == 100


def test_play_right_after_a_drag_plays_from_the_selected_epoch(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(200)
        tab.say("stop-at", epoch=75)
        tab.say("seek", epoch=70)
        tab.say("play")
        tab.until(lambda: tab.state["pins"] and not tab.state["playing"] and tab.frame.epoch == 75)
        assert np.array_equal(tab.frame.parameters, alone(75).parameters)
        assert tab.state["pins"][0]["epoch"] == 200


def test_a_change_at_an_earlier_epoch_is_one_undo_step(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(50)
        seek(tab, 20)
        tab.change(learning_rate=0.3)
        assert len(tab.state["pins"]) == 1
        (difference,) = tab.state["pins"][0]["differences"]
        assert (difference["name"], difference["before"], difference["after"]) == ("learning rate", "0.03", "0.3")
        assert not difference["names_itself"]
        tab.train(5)
        assert np.array_equal(tab.frame.parameters, alone(20).change(learning_rate=0.3).train(5).parameters)
        tab.do("undo")
        assert (tab.state["pins"], tab.frame.epoch, tab.state["undo"]) == ([], 50, None)


def test_earlier_epochs_are_available_after_undo(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(60)
        tab.change(activation="relu")
        tab.do("undo")
        seek(tab, 33)
        assert np.array_equal(tab.frame.parameters, alone(33).parameters)


def test_an_epoch_that_was_not_reached_is_an_error_and_changes_nothing(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(10)
        tab.say("seek", epoch=11)
        tab.until(lambda: tab.troubles)
        assert "has not reached epoch 11" in tab.troubles[0]["message"]
        assert not tab.state["in_past"]
        assert tab.frame.epoch == 10


def test_a_reconnected_page_shows_the_same_earlier_epoch(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(30)
        seek(tab, 12)
    with sessions.tab(LINK, session=tab.session) as again:
        assert again.state["in_past"]
        assert (again.state["present"], again.frame.epoch) == (30, 12)
        assert again.frame.curve[-1, 0] == 30


def test_an_earlier_epoch_can_be_pinned(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(30)
        seek(tab, 12)
        tab.do("pin")
        assert tab.state["in_past"]
        assert [pin["train_loss"] for pin in tab.state["pins"]] == [alone(12).train_loss]


@pytest.mark.parametrize("intention", ["undo", "reset", "rewind", "new-points"])
def test_a_restart_leaves_the_earlier_epoch_and_pins_nothing(sessions: "Sessions", intention: str) -> None:
    with sessions.tab(LINK) as tab:
        tab.train(10)
        tab.change(learning_rate=0.1)
        tab.train(20)
        seek(tab, 25)
        tab.do(intention)
        assert not tab.state["in_past"]
        assert tab.state["pins"] == []
        assert tab.state["present"] == tab.frame.epoch == (10 if intention == "undo" else 0)
        tab.do("redo" if intention == "undo" else "undo")
        assert tab.frame.epoch == 30


def test_a_tab_duplicated_at_an_earlier_epoch_shows_it_and_is_independent(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(30)
        tab.do("pin")
        seek(tab, 12)
        with sessions.tab(LINK, session=tab.session) as twin:
            assert (twin.state["in_past"], twin.frame.epoch, len(twin.state["pins"])) == (True, 12, 1)
            twin.do("step")
            twin.until(lambda: twin.frame.epoch == 13)
            assert len(twin.state["pins"]) == 2
        tab.do("seek", epoch=None)
        assert len(tab.state["pins"]) == 1
        assert np.array_equal(tab.frame.parameters, alone(30).parameters)


def test_an_opened_start_has_earlier_epochs_as_well(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.say("start-many", n=4, epochs=50)
        tab.until(lambda: tab.starts.get("epoch") == 50)
        tab.do("open-start", index=2)
        seek(tab, 20)
        run = Run(Experiment.from_link(LINK).replace(start=2)).train(20)
        assert np.array_equal(tab.frame.parameters, run.parameters)
