"""Intentions of a page and their effects."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tinkernet import Experiment, Run
from tinkernet.data import DATASETS
from tinkernet.network import ACTIVATIONS

if TYPE_CHECKING:
    from playing import Sessions


def test_a_page_is_sent_everything_when_it_opens(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&dataset=spiral&showTestData=true") as tab:
        assert tab.state["experiment"]["dataset"] == "spiral"
        assert tab.state["view"]["show_test_data"] is True
        assert tab.state["sizes"] == [2, 4, 2, 1]
        assert not tab.state["playing"]
        run = Run(Experiment.from_link("seed=0.5&dataset=spiral"))
        assert np.array_equal(tab.points.train[:, :2], run.train_data.points)
        assert np.array_equal(tab.points.test[:, 2], run.test_data.labels)
        assert np.array_equal(tab.frame.parameters, run.parameters)
        assert (tab.frame.train_loss, tab.frame.test_loss) == (run.train_loss, run.test_loss)
        assert tab.frame.curve.tolist() == [[0, run.train_loss, run.test_loss]]


def test_the_catalog_comes_from_the_tables(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        catalog = tab.welcome["catalog"]
        assert [entry["name"] for entry in catalog["datasets"]] == list(DATASETS)
        assert [entry["name"] for entry in catalog["activations"]] == list(ACTIVATIONS)
        assert all(
            entry["hint"] for kind in ("features", "speeds", "controls", "initializers") for entry in catalog[kind]
        )


def test_an_empty_link_opens_the_default_with_a_seed_in_its_link(sessions: "Sessions") -> None:
    with sessions.tab("") as tab:
        assert tab.state["link"].startswith("seed=")


def test_play_trains_and_pause_stops(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.say("play")
        tab.until(lambda: tab.frame.epoch >= 5)
        tab.do("pause")
        assert not tab.frame.playing
        assert not tab.state["playing"]
        epoch = tab.frame.epoch
        tab.listen(0.2)
        assert tab.frame.epoch == epoch


def test_training_is_bit_identical_to_python(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&dataset=xor") as tab:
        tab.train(137)
        run = Run(Experiment.from_link("seed=0.5&dataset=xor")).train(137)
        assert np.array_equal(tab.frame.parameters, run.parameters)
        assert tab.frame.test_loss == run.test_loss


def test_a_step_is_one_epoch_and_in_slow_motion_one_batch_or_one_point(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        for speed, moment in (("epoch", (1, 0)), ("batch", (1, 10)), ("point", (1, 11)), ("batch", (1, 20))):
            tab.say("set-speed", speed=speed)
            tab.say("step")
            while (tab.frame.epoch, tab.frame.position) != moment:
                tab.hear()


def test_slow_motion_shows_the_current_point(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&sinX=true") as tab:
        tab.do("set-speed", speed="point")
        tab.say("step")
        tab.say("step")
        tab.until(lambda: tab.frame.position == 2)
        run = Run(Experiment.from_link("seed=0.5&sinX=true"))
        run.train_points(2)
        point = run.train_data.points[1:2]
        assert tab.frame.point == 1
        assert tab.frame.activations[:3] == pytest.approx([point[0, 0], point[0, 1], np.sin(point[0, 0])])
        assert tab.frame.activations[-1] == run.predict(point)[0]
        assert tab.frame.activations.size == 3 + 4 + 2 + 1


def test_a_new_learning_rate_continues_the_same_run(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.train(10)
        tab.change(learning_rate=0.3)
        assert tab.frame.epoch == 10
        tab.train(5)
        run = Run(Experiment.from_link("seed=0.5")).train(10)
        run.learning_rate = 0.3
        assert np.array_equal(tab.frame.parameters, run.train(5).parameters)


@pytest.mark.parametrize(
    "settings",
    [
        {"activation": "relu"},
        {"dataset": "spiral"},
        {"problem": "regression"},
        {"features": ["x", "xSquared"]},
        {"hidden": [3]},
        {"hidden": []},
        {"noise": 20},
        {"train_percent": 70},
        {"batch_size": 3},
        {"regularization": "L1", "regularization_rate": 0.01},
        {"initializer": "zeros"},
        {"learning_rate": 0.1, "activation": "relu"},
    ],
)
def test_every_other_change_restarts_the_run(sessions: "Sessions", settings: dict[str, Any]) -> None:
    with sessions.tab() as tab:
        tab.train(3)
        run = tab.state["run"]
        tab.change(**settings)
        expected = Run(Experiment.from_link("seed=0.5").replace(**settings))
        assert tab.frame.epoch == 0
        assert tab.state["run"] > run
        assert np.array_equal(tab.frame.parameters, expected.parameters)
        assert Experiment.from_link(tab.state["link"]) == expected.experiment


def test_training_continues_after_a_change(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.say("play")
        tab.until(lambda: tab.frame.epoch >= 2)
        tab.change(activation="relu")
        assert tab.state["playing"]


def test_a_change_can_keep_the_weights(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.train(10)
        tab.change(keep_weights=True, activation="relu", dataset="xor")
        assert tab.frame.epoch == 10
        assert tab.state["experiment"]["activation"] == "relu"


def test_keeping_weights_with_other_neurons_restarts_the_run(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.train(10)
        tab.change(keep_weights=True, hidden=[5])
        assert tab.frame.epoch == 0


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"learning_rate": -1}, "learning_rate"),
        ({"activation": "cosine"}, "activation"),
        ({"hidden": [1000]}, "hidden[0]"),
        ({"hidden": [256, 256, 256]}, "hidden"),
        ({"hidden": {"a": 1}}, "hidden"),
        ({"batch_size": "ten"}, "batch_size"),
        ({"nonsense": 1}, "the field"),
        ({"noise": None}, "noise"),
    ],
)
def test_an_invalid_value_is_reported_and_changes_nothing(
    sessions: "Sessions", settings: dict[str, Any], field: str
) -> None:
    with sessions.tab() as tab:
        tab.train(5)
        parameters = tab.frame.parameters
        tab.say("change", settings=settings)
        tab.until(lambda: tab.troubles)
        assert tab.troubles[0]["field"] == field
        assert "Traceback" not in tab.troubles[0]["message"]
        tab.change(learning_rate=0.1)
        assert tab.frame.epoch == 5
        assert np.array_equal(tab.frame.parameters, parameters)


def test_undo_and_redo_revert_and_repeat_a_change(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.train(10)
        before = tab.frame.parameters
        tab.change(hidden=[3, 3])
        assert tab.state["undo"] == "hidden layers 4 + 2 neurons → 3 + 3 neurons"
        after = tab.frame.parameters
        tab.do("undo")
        assert np.array_equal(tab.frame.parameters, before)
        assert (tab.frame.epoch, tab.state["experiment"]["hidden"], tab.state["undo"]) == (10, [4, 2], None)
        assert len(tab.frame.curve) == 11
        tab.do("redo")
        assert np.array_equal(tab.frame.parameters, after)
        assert (tab.frame.epoch, tab.state["redo"]) == (0, None)


def test_training_continues_bit_for_bit_after_undo(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&batchSize=7") as tab:
        tab.train(10)
        tab.change(noise=30)
        tab.train(4)
        tab.do("undo")
        tab.train(10)
        run = Run(Experiment.from_link("seed=0.5&batchSize=7")).train(20)
        assert np.array_equal(tab.frame.parameters, run.parameters)


def test_every_button_that_restarts_can_be_undone(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.train(10)
        before = tab.frame.parameters
        for kind in ("reset", "rewind", "new-points"):
            tab.do(kind)
            assert tab.frame.epoch == 0
            tab.do("undo")
            assert tab.frame.epoch == 10
            assert np.array_equal(tab.frame.parameters, before)


def test_reset_rewind_and_resampling_data_differ(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        first, points = tab.frame.parameters, tab.points.train
        tab.train(3)
        tab.do("rewind")
        assert np.array_equal(tab.frame.parameters, first)
        tab.do("reset")
        assert not np.array_equal(tab.frame.parameters, first)
        assert np.array_equal(tab.points.train, points)
        assert np.array_equal(tab.frame.parameters, Run(Experiment.from_link(tab.state["link"])).parameters)
        tab.do("new-points")
        assert not np.array_equal(tab.points.train, points)
        assert tab.state["experiment"]["start"] == 0


def test_a_drag_of_a_weight_is_one_undo_step(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        before = tab.frame.parameters
        for value in (0.1, 0.2, 0.3):
            tab.do("set-weight", layer=0, to=1, **{"from": 0}, value=value, done=False)
        tab.do("set-weight", layer=0, to=1, **{"from": 0}, value=0.4)
        assert tab.frame.parameters[2] == 0.4
        tab.do("set-bias", layer=2, neuron=0, value=-1.5)
        assert tab.frame.parameters[-1] == -1.5
        tab.do("undo")
        assert tab.frame.parameters[2] == 0.4
        tab.do("undo")
        assert np.array_equal(tab.frame.parameters, before)
        assert tab.state["undo"] is None


def test_a_drag_of_a_slider_is_one_undo_step(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        for noise in (5, 10, 15):
            tab.do("change", settings={"noise": noise}, done=False)
        tab.say("change", settings={"noise": 15}, done=True)
        tab.change(noise=20)
        tab.do("undo")
        assert tab.state["experiment"]["noise"] == 15
        tab.do("undo")
        assert tab.state["experiment"]["noise"] == 0


def test_a_missing_weight_is_reported(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.say("set-weight", layer=0, to=7, **{"from": 0}, value=1)
        tab.say("set-weight", layer=9, to=0, **{"from": 0}, value=1)
        tab.say("set-bias", layer=1, neuron=2, value=1)
        tab.until(lambda: len(tab.troubles) == 3)


def test_undoing_a_change_of_the_view_does_not_change_the_run(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.do("change-view", view={"discretize": True})
        assert "discretize=true" in tab.state["link"]
        tab.train(5)
        tab.do("undo")
        assert tab.frame.epoch == 5
        assert tab.state["view"]["discretize"] is False


def test_hiding_a_features_control_removes_the_feature(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.do("change-view", view={"hidden_controls": ["y", "noise"]})
        assert tab.state["experiment"]["features"] == ["x"]
        assert Experiment.from_link(tab.state["link"]).features == ("x",)


def test_a_pasted_link_is_opened_and_undone(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.train(5)
        tab.do("open", link=r"https://playground.tensorflow.org/#dataset=xor\&amp;seed=0.1&amp;nonsense=3")
        assert tab.state["experiment"]["dataset"] == "xor"
        assert any("nonsense" in notice for notice in tab.notices)
        tab.do("undo")
        assert (tab.state["experiment"]["dataset"], tab.frame.epoch) == ("circle", 5)


def test_opening_the_current_link_changes_nothing(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.train(5)
        tab.say("open", link=tab.state["link"])
        tab.change(learning_rate=0.1)
        assert tab.frame.epoch == 5


def test_training_stops_at_a_loss(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&dataset=gauss") as tab:
        tab.say("stop-at", train_loss=0.01)
        tab.say("set-speed", speed="fast")
        tab.say("play")
        tab.until(lambda: tab.notices and not tab.frame.playing)
        run = Run(Experiment.from_link("seed=0.5&dataset=gauss")).train(1000, until_loss=0.01)
        assert tab.frame.epoch == run.epoch


def test_frames_contain_only_what_is_watched(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        assert tab.frame.fields.shape == (7, 8, 8)
        assert tab.frame.output.shape == (12, 12)
        assert tab.frame.focus == (2, 0)
        tab.say("watch", neuron_cells=0, output_cells=20, focus={"layer": 0, "neuron": 2})
        tab.until(lambda: tab.frame.focus == (0, 2))
        assert tab.frame.fields.size == 0
        expected = Run(Experiment.from_link("seed=0.5")).fields(20, [(0, 2)])[0]
        assert tab.frame.output / 127.5 - 1 == pytest.approx(expected, abs=1 / 127)
        tab.say("watch", neuron_cells=0, output_cells=20, focus={"layer": -1, "neuron": 1})
        tab.until(lambda: tab.frame.focus == (-1, 1))
        assert tab.frame.scales.tolist() == [6.0]
        assert (tab.frame.output[0] > 245).all()


def test_a_missing_focus_falls_back_to_the_output(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.say("watch", neuron_cells=4, output_cells=4, focus={"layer": 1, "neuron": 1})
        tab.until(lambda: tab.frame.focus == (1, 1))
        tab.change(hidden=[])
        assert tab.frame.focus == (0, 0)


def test_no_frame_is_sent_before_the_last_was_drawn(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.draws = False
        tab.say("play")
        tab.until(lambda: tab.frame.epoch >= 1)
        count = len(tab.frames)
        tab.listen(0.3)
        assert len(tab.frames) == count
        tab.say("drawn", frame=tab.frame.frame)
        tab.until(lambda: len(tab.frames) > count)
        assert tab.frame.epoch >= 10


@pytest.mark.usefixtures("unchecked")
def test_a_curve_stays_small_and_complete(sessions: "Sessions") -> None:
    with sessions.tab() as tab:
        tab.train(9000)
        points = {int(epoch) for frame in tab.frames for epoch in frame.curve[:, 0] if epoch % tab.frame.stride == 0}
        assert tab.frame.stride == 8
        assert points == set(range(0, 9001, 8))


def test_the_python_code_reproduces_the_run(sessions: "Sessions", capsys: pytest.CaptureFixture[str]) -> None:
    with sessions.tab("seed=0.5&dataset=xor&regularization=L2&regularizationRate=0.001&batchSize=7") as tab:
        tab.train(12)
        tab.change(learning_rate=0.1)
        tab.train(3)
        tab.do("set-speed", speed="point")
        for _ in range(3):
            tab.say("step")
        tab.until(lambda: tab.frame.position == 3)
        tab.do("set-weight", layer=0, to=1, **{"from": 0}, value=0.25, done=False)
        tab.do("set-weight", layer=0, to=1, **{"from": 0}, value=0.75)
        tab.do("set-bias", layer=1, neuron=0, value=-0.5)
        tab.train(5)
        tab.change(keep_weights=True, activation="relu", noise=10)
        tab.train(4)
        tab.change(learning_rate=0.3)
        tab.do("undo")
        tab.say("ask-code")
        tab.until(lambda: tab.code)
        names: dict[str, Any] = {}
        exec(compile(tab.code, "pasted", "exec"), names)  # noqa: S102 - users run this code
        assert "training loss" in capsys.readouterr().out
        assert np.array_equal(names["run"].parameters, tab.frame.parameters)
        assert names["run"].epoch == tab.frame.epoch
        assert names["run"].test_loss == tab.frame.test_loss


def test_the_python_code_reproduces_a_reset_run(sessions: "Sessions", capsys: pytest.CaptureFixture[str]) -> None:
    with sessions.tab() as tab:
        tab.train(2)
        tab.do("reset")
        tab.do("reset")
        tab.train(2)
        tab.say("ask-code")
        tab.until(lambda: tab.code)
        names: dict[str, Any] = {}
        exec(compile(tab.code, "pasted", "exec"), names)  # noqa: S102 - users run this code
        assert capsys.readouterr().out
        assert np.array_equal(names["run"].parameters, tab.frame.parameters)


def test_a_diverged_run_is_drawn(sessions: "Sessions") -> None:
    with sessions.tab("seed=0.5&problem=regression&activation=linear&learningRate=1000") as tab:
        tab.say("play")
        tab.until(lambda: tab.frame.diverged and tab.state["playing"] is False)
        tab.do("rewind")
        assert not tab.frame.diverged
