"""Many starts in the background."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tinkernet import Experiment, Run
from tinkernet.insight.share import wilson
from tinkernet.insight.starts import Starts

if TYPE_CHECKING:
    from playing import Sessions
    from tabs import Tab

LINK = "seed=0.5&dataset=xor"


def finish(tab: "Tab", n: int, epochs: int, **values: object) -> None:
    """Train many starts until they have finished."""
    tab.say("start-many", n=n, epochs=epochs, **values)
    tab.until(lambda: tab.starts.get("epochs") == epochs and not tab.starts["running"], 20)
    tab.until(lambda: tab.wall is not None and tab.wall.epoch == epochs and tab.curves is not None)


def test_losses_and_pictures_equal_those_in_python(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        finish(tab, 30, 25)
        many = Starts(Experiment.from_link(LINK), 30).train(25)
        assert tab.wall is not None
        assert tab.curves is not None
        shares = [wilson(count, len(many)) for count in range(len(many) + 1)]
        assert np.array_equal(tab.wall.intervals, [(share.low, share.high) for share in shares])
        assert np.array_equal(tab.wall.losses, np.column_stack([many.train_loss, many.test_loss]))
        assert np.array_equal(tab.wall.pictures >= 128, many.fields(tab.wall.pictures.shape[1]) >= 0)
        assert tab.curves.epochs.tolist() == list(range(26))
        assert np.array_equal(tab.curves.train_losses, many.curves[:, :, 0].astype(np.float32))
        assert (tab.starts["n"], tab.starts["epoch"], tab.starts["before"]) == (30, 25, None)
        assert tab.frame.epoch == 0


def test_long_curves_are_thinned_and_keep_their_last_point(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        finish(tab, 4, 700)
        assert tab.curves is not None
        assert len(tab.curves.epochs) <= 128
        assert len(set(np.diff(tab.curves.epochs))) == 1


def test_an_opened_start_has_the_weights_after_as_many_resets(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.train(7)
        finish(tab, 8, 20)
        tab.do("open-start", index=3)
        run = Run(Experiment.from_link(LINK))
        for _ in range(3):
            run.reset()
        assert np.array_equal(tab.frame.parameters, run.train(20).parameters)
        assert tab.frame.curve[:, 1].tolist() == run.history.train_loss.tolist()
        assert tab.state["undo"] == "open start 3"
        tab.do("rewind")
        assert np.array_equal(tab.frame.parameters, run.rewind().parameters)
        tab.do("undo")
        tab.do("undo")
        assert np.array_equal(tab.frame.parameters, Run(Experiment.from_link(LINK)).train(7).parameters)


def test_a_start_can_be_opened_while_they_train(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.say("start-many", n=64, epochs=100_000)
        tab.until(lambda: tab.starts.get("epoch", 0) > 0)
        tab.do("open-start", index=5)
        run = Run(Experiment.from_link(LINK).replace(start=5)).train(tab.frame.epoch)
        assert np.array_equal(tab.frame.parameters, run.parameters)
        tab.say("close-many")
        tab.until(lambda: tab.starts["n"] == 0)


def test_with_new_points_data_is_resampled_for_each_start(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        finish(tab, 3, 5, new_points=True)
        tab.do("open-start", index=2)
        assert tab.state["experiment"]["seed"] == "0.5.2"
        tab.until(lambda: tab.points.run == tab.state["run"])
        run = Run(Experiment.from_link(LINK).replace(seed="0.5.2"))
        assert np.array_equal(tab.points.train[:, :2], run.train_data.points)


def test_starts_can_be_stopped_and_compared_with_the_next_ones(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.say("start-many", n=100, epochs=100_000)
        tab.until(lambda: tab.starts.get("epoch", 0) > 0)
        tab.say("stop-many")
        tab.until(lambda: not tab.starts["running"])
        tab.until(lambda: tab.wall is not None and tab.wall.epoch == tab.starts["epoch"])
        assert tab.wall is not None
        stopped, losses = tab.starts["epoch"], tab.wall.losses[:, 0].tolist()
        assert stopped < 100_000
        tab.change(hidden=[3])
        finish(tab, 10, 5)
        before = tab.starts["before"]
        assert (before["n"], before["epoch"], before["train_losses"]) == (100, stopped, losses)
        assert before["label"] == "XOR, 4 + 2 neurons, Tanh"
        assert tab.starts["label"] == "XOR, 3 neurons, Tanh"
        (difference,) = tab.starts["differences"]
        assert (difference["before"], difference["after"]) == ("4 + 2 neurons", "3 neurons")


def test_a_playing_page_stays_fast_while_starts_train(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        tab.say("play")
        tab.say("start-many", n=256, epochs=100_000)
        tab.until(lambda: tab.starts.get("epoch", 0) > 0)
        first, reached = tab.frame, tab.starts["epoch"]
        for place in range(10):
            speed = ("fast", "epoch")[place % 2]
            tab.say("set-speed", speed=speed)
            tab.until(lambda speed=speed: tab.state["speed"] == speed)  # type: ignore[misc]
            tab.listen(0.1)
        assert tab.frame.frame - first.frame > 20
        assert tab.starts["epoch"] > reached
        tab.say("close-many")


@pytest.mark.parametrize("intention", ["stop-many", "open-start"])
def test_using_starts_without_any_is_an_error(sessions: "Sessions", intention: str) -> None:
    with sessions.tab(LINK) as tab:
        tab.say(intention, **({"index": 0} if intention == "open-start" else {}))
        tab.until(lambda: tab.troubles)
        assert tab.troubles[0]["message"] == "There are no starts."


def test_a_missing_start_is_an_error_and_changes_nothing(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        finish(tab, 3, 5)
        tab.say("open-start", index=3)
        tab.until(lambda: tab.troubles)
        assert "numbered from 0 to 2" in tab.troubles[0]["message"]
        assert (tab.state["undo"], tab.frame.epoch) == (None, 0)


def test_too_many_starts_for_the_memory_are_an_error(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&networkShape=200,200") as tab:
        tab.say("start-many", n=1024, epochs=10)
        tab.until(lambda: tab.troubles)
        assert "allows at most 195 starts" in tab.troubles[0]["message"]


def test_a_reconnected_page_gets_the_starts_again(sessions: "Sessions") -> None:
    with sessions.tab(LINK) as tab:
        finish(tab, 6, 5)
    with sessions.tab(LINK, session=tab.session) as again:
        again.until(lambda: again.wall is not None and again.curves is not None and again.starts)
        assert again.starts["epoch"] == 5
