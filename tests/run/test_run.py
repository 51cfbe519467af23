"""A run: train it, edit it, keep it."""

import contextlib
import copy
import hashlib
import math
import os
import pickle
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinkernet import Experiment, ExperimentError, Run, engine
from tinkernet.run import History, file, past

SPIRAL = Experiment(dataset="spiral", features=("x", "sinX"), hidden=(4, 3), seed="0.5", batch_size=30, noise=10)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def same(one: Run, other: Run) -> bool:
    """Whether two runs are at the same place to the last bit, and go on from it alike."""
    one, other = one.copy().train(2), other.copy().train(2)
    return (
        one.parameters.tobytes() == other.parameters.tobytes()
        and one.epoch == other.epoch
        and one.experiment == other.experiment
        and np.array_equal(one.history.train_loss, other.history.train_loss)
        and np.array_equal(one.history.test_loss, other.history.test_loss)
    )


def test_train_returns_the_run() -> None:
    run = Run(SPIRAL)
    assert run.train(3) is run
    assert run.epoch == 3


def test_history_begins_before_training_and_has_every_epoch() -> None:
    run = Run(SPIRAL).train(5)
    assert run.history.epochs.tolist() == [0, 1, 2, 3, 4, 5]
    assert run.history.train_loss[-1] == run.train_loss
    assert run.history.test_loss[-1] == run.test_loss


def test_training_stops_at_a_loss() -> None:
    run = Run(Experiment(seed="0.12345")).train(500, until_loss=0.05)
    assert run.train_loss <= 0.05 < run.history.train_loss[-2]


def test_training_stops_when_told_and_goes_on_as_if_nothing_had_been() -> None:
    asked = iter([False, False, True])
    run = Run(SPIRAL).train(1000, stop=lambda: next(asked))
    assert 0 < run.epoch < 1000
    assert same(run, Run(SPIRAL).train(run.epoch))


def test_an_epoch_of_a_huge_network_can_be_stopped_half_way() -> None:
    run = Run(SPIRAL.replace(hidden=(256,) * 12))
    asked = iter([False] * 3 + [True] * 5)
    run.train(5, stop=lambda: next(asked))
    assert (run.epoch, run.position) < (5, 0)


@settings(max_examples=20)
@given(steps=st.lists(st.integers(1, 40), min_size=1, max_size=20))
def test_slow_motion_comes_to_the_very_same_weights(steps: list[int]) -> None:
    slow = Run(SPIRAL)
    for step in steps:
        slow.train_points(step)
    slow.train_points(len(slow.train_data) - slow.position)
    assert same(slow, Run(SPIRAL).train(slow.epoch))


def test_outputs_have_a_row_for_each_point_and_end_with_the_prediction() -> None:
    run = Run(SPIRAL)
    points = run.test_data.points[:7]
    layers = run.outputs(points)
    assert [layer.shape for layer in layers] == [(7, 4), (7, 3), (7, 1)]
    assert run.predict(points).tolist() == layers[-1][:, 0].tolist()


def test_accuracy_is_the_share_of_points_on_the_right_side() -> None:
    run = Run(Experiment(seed="0.12345")).train(50)
    right = np.mean((run.predict(run.test_data.points) > 0) == (run.test_data.labels > 0))
    assert run.test_accuracy == right
    assert Run(Experiment(dataset="reg-plane")).test_accuracy is None


def test_a_new_learning_rate_goes_on_from_here() -> None:
    run = Run(SPIRAL).train(3)
    before = run.parameters.copy()
    run.learning_rate = 0.5
    assert np.array_equal(run.parameters, before)
    assert run.experiment.learning_rate == 0.5
    assert [(event.epoch, event.text) for event in run.events] == [(3, "learning rate 0.03 → 0.5")]


def test_edits_are_seen_and_a_drag_is_one_event() -> None:
    run = Run(SPIRAL)
    for value in (0.5, 0.6, 0.7):
        run.set_weight(1, 2, 3, value)
    run.set_bias(2, 0, -1)
    assert run.weights[1][2, 3] == 0.7
    assert run.biases[2][0] == -1
    assert [event.text for event in run.events] == [
        "weight 4 → 3 of layer 2 set to 0.7",
        "bias of neuron 1 of layer 3 set to −1",
    ]


def test_a_frozen_neuron_stays_while_the_rest_learns() -> None:
    run = Run(SPIRAL)
    run.freeze(0, 1)
    run.freeze(1)
    before = [*run.weights, *run.biases]
    before = [array.copy() for array in before]
    run.train(2)
    after = [*run.weights, *run.biases]
    assert np.array_equal(before[0][1], after[0][1])
    assert before[3][1] == after[3][1]
    assert not np.array_equal(before[0][0], after[0][0])
    assert np.array_equal(before[1], after[1])
    run.freeze(1, frozen=False)
    assert [layer.any() for layer in run.frozen] == [True, False, False]
    assert not np.array_equal(run.train().weights[1], before[1])


def test_a_neuron_switched_off_has_no_effect_and_comes_back_as_it_was() -> None:
    run = Run(SPIRAL).train(2)
    before = run.parameters.copy()
    run.switch(0, 1, on=False)
    outputs = run.predict(run.test_data.points)
    run.set_bias(0, 1, 100)
    assert np.array_equal(run.predict(run.test_data.points), outputs)
    run.set_bias(0, 1, before[run.layout.bias_slice(0)][1])
    run.switch(0, 1, on=True)
    assert np.array_equal(run.parameters, before)
    run.switch(0, 1, on=False)
    assert np.all(run.train(3).weights[1][:, 1] == 0)
    assert [event.text for event in run.events][-1] == "neuron 2 of layer 1 off"


# --- The past --------------------------------------------------------------------


def eventful() -> Run:
    run = Run(SPIRAL).train(7)
    run.learning_rate = 0.2
    run.train(5).train_points(13)
    run.set_weight(0, 1, 1, -2)
    run.train(9)
    run.freeze(1)
    run.switch(0, 2, on=False)
    return run.change(regularization="L1", regularization_rate=0.1).train(8)


@settings(max_examples=25)
@given(epoch=st.integers(0, 28), position=st.integers(0, 100))
def test_any_moment_of_the_past_is_as_it_was(epoch: int, position: int) -> None:
    later = eventful()
    then = later.at(epoch, position)
    again = then.copy()
    assert (then.epoch, then.position) == (epoch, position)
    assert np.array_equal(then.history.train_loss, later.history.train_loss[: epoch + 1])
    for event in later.events[len(then.events) :]:
        again.go_to(event.epoch, event.position)
        again.do(event)
    again.go_to(later.epoch, later.position)
    assert same(again, later)


def test_a_moment_that_has_not_been_can_not_be_gone_back_to() -> None:
    with pytest.raises(ExperimentError, match="epoch"):
        Run(SPIRAL).train(3).at(4)


def test_hours_of_play_stay_small() -> None:
    run = Run(SPIRAL.replace(train_percent=2))
    for _ in range(300):
        run.train(100)
    assert len(run.past) <= past.MOST_KEPT
    assert run.past.size <= past.LARGEST
    assert same(run.at(12_345), Run(run.experiment).train(12_345))


def test_a_large_network_keeps_few_checkpoints() -> None:
    run = Run(SPIRAL.replace(hidden=(256, 256, 256), train_percent=2))
    run.train(40)
    assert run.past.size <= past.LARGEST


def test_reset_draws_the_next_weights_and_its_link_brings_them_back() -> None:
    run = Run(SPIRAL).train(3).reset().reset()
    assert run.epoch == 0
    assert run.experiment.start == 2
    assert np.array_equal(run.parameters, Run(Experiment.from_link(run.experiment.to_link())).parameters)
    assert not np.array_equal(run.parameters, Run(SPIRAL).parameters)


def test_rewind_starts_again_from_the_very_same_weights() -> None:
    run = Run(SPIRAL).reset()
    first = run.parameters.copy()
    assert np.array_equal(run.train(5).rewind().parameters, first)
    assert run.epoch == 0


@pytest.mark.parametrize(
    "settings",
    [{"activation": "relu"}, {"regularization": "L1", "regularization_rate": 0.1}, {"batch_size": 7}, {"noise": 40}],
)
def test_weights_can_be_kept_while_something_else_changes(settings: dict[str, Any]) -> None:
    run = Run(SPIRAL).train(4).train_points(11)
    before = run.parameters.copy()
    run.change(**settings)
    assert np.array_equal(run.parameters, before)
    assert run.train(2).epoch >= 6


def test_reset_after_other_points_were_taken_draws_from_their_stream() -> None:
    run = Run(SPIRAL).change(noise=40).reset()
    assert np.array_equal(run.parameters, Run(SPIRAL.replace(noise=40, start=1)).parameters)


def test_what_needs_other_weights_can_not_change_with_the_weights_kept() -> None:
    with pytest.raises(ExperimentError, match="while the weights are kept"):
        Run(SPIRAL).change(hidden=(3,))


def test_a_checkpoint_brings_everything_back() -> None:
    run = Run(SPIRAL).train(3).train_points(17)
    checkpoint, twin = run.checkpoint(), run.copy()
    run.train(5)
    run.learning_rate = 1
    run.reset()
    assert same(run.restore(checkpoint), twin)


def test_a_run_that_diverges_says_so() -> None:
    run = Run(Experiment(dataset="reg-plane", activation="linear", learning_rate=10, seed="1")).train(30)
    assert run.diverged
    assert not math.isfinite(run.train_loss)
    assert not Run(SPIRAL).diverged


def test_without_training_points_nothing_breaks() -> None:
    run = Run(SPIRAL.replace(train_percent=0)).train(3)
    assert run.epoch == 3
    assert math.isnan(run.train_loss)
    assert not run.diverged


def test_without_test_points_nothing_breaks() -> None:
    run = Run(SPIRAL.replace(train_percent=100)).train(3)
    assert math.isnan(run.test_loss)
    assert run.test_accuracy is None


@pytest.mark.parametrize("epochs", [0, -1, True, 10**12])
def test_epochs_that_can_not_be_are_refused(epochs: int) -> None:
    with pytest.raises(ExperimentError, match="epochs"):
        Run(SPIRAL).train(epochs)


@pytest.mark.parametrize("place", [(3, 0, 0), (0, 4, 0), (0, 0, 2), (-1, 0, 0)])
def test_a_weight_that_there_is_not_can_not_be_set(place: tuple[int, int, int]) -> None:
    with pytest.raises(ExperimentError):
        Run(SPIRAL).set_weight(*place, 1.0)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_weight_can_not_be_set_to_no_number(value: float) -> None:
    with pytest.raises(ExperimentError, match="weight"):
        Run(SPIRAL).set_weight(0, 0, 0, value)


def test_what_a_run_shows_can_not_be_written_to() -> None:
    run = Run(SPIRAL)
    for array in (run.parameters, run.weights[0], run.biases[0], run.train_data.points):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


# --- The file ------------------------------------------------------------------


@settings(max_examples=15)
@given(epochs=st.integers(1, 4), points=st.integers(1, 40), resets=st.integers(0, 2))
def test_a_saved_run_goes_on_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, epochs: int, points: int, resets: int
) -> None:
    run = Run(SPIRAL.replace(regularization="L1", regularization_rate=0.3))
    for _ in range(resets):
        run.reset()
    run.train(epochs).train_points(points)
    run.learning_rate = 0.1
    run.set_weight(0, 0, 0, 2.0)
    path = tmp_path_factory.mktemp("saved") / "run"
    run.save(path)
    loaded = Run.load(path)
    assert same(loaded, run)
    assert loaded.events == run.events
    assert np.array_equal(loaded.reset().parameters, run.reset().parameters)


def test_a_crash_while_saving_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run"
    Run(SPIRAL).save(path)
    old = path.read_bytes()

    def crash(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        Run(SPIRAL).train(2).save(path)
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


def damaged(raw: bytes) -> dict[str, bytes]:
    newer = raw[: len(file.MAGIC)] + (99).to_bytes(4, "little") + raw[len(file.MAGIC) + 4 :]
    return {
        "empty": b"",
        "cut off": raw[: len(raw) // 2],
        "only its head": raw[:20],
        "one bit wrong": raw[:-5] + bytes([raw[-5] ^ 1]) + raw[-4:],
        "foreign": b"\x89PNG\r\n\x1a\n" + raw,
        "newer": newer,
    }


@pytest.mark.parametrize("harm", list(damaged(b"x" * 100)))
def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "run"
    Run(SPIRAL).save(path)
    path.write_bytes(damaged(path.read_bytes())[harm])
    with pytest.raises(ExperimentError) as caught:
        Run.load(path)
    assert caught.value.field == "file"
    assert "\n" not in str(caught.value)


def resign(path: Path, change: dict[str, Any]) -> None:
    """Change what a file holds, and mend its checksum."""
    raw = path.read_bytes()
    head = len(file.MAGIC) + 4
    contents = {**msgspec.msgpack.decode(raw[head + 32 :]), **change}
    body = msgspec.msgpack.encode(contents)
    path.write_bytes(raw[:head] + hashlib.sha256(body).digest() + body)


@given(change=st.fixed_dictionaries({}, optional={
    "parameters": st.binary(max_size=64),
    "gradients": st.binary(max_size=64),
    "held": st.binary(max_size=64),
    "stash": st.binary(max_size=64),
    "stream": st.binary(max_size=300),
    "position": st.integers(-5, 10**9),
    "stride": st.integers(-2, 2**60),
    "history": st.binary(max_size=96),
    "counted": st.integers(-3, 2**60),
}).filter(bool))  # fmt: skip
def test_a_hostile_file_with_a_right_checksum_is_loaded_or_refused_but_never_more(
    tmp_path_factory: pytest.TempPathFactory, change: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("hostile") / "run"
    Run(SPIRAL).save(path)
    resign(path, change)
    try:
        Run.load(path).train(1)
    except ExperimentError as error:
        assert error.field == "file"  # noqa: PT017 (some changes do no harm)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="file"):
        Run.load(tmp_path)
    with pytest.raises(ExperimentError, match="file"):
        Run(SPIRAL).save(tmp_path)


# --- The history ----------------------------------------------------------------


@given(blocks=st.lists(st.integers(1, 50), max_size=30))
def test_a_long_history_thins_out_evenly_and_keeps_its_beginning(blocks: list[int]) -> None:
    history, epoch = History(most=64), 0
    for block in blocks:
        history = history.extended(epoch, np.arange(epoch, epoch + block)[:, None] * np.ones((1, 2)))
        epoch += block
    epochs = history.epochs
    assert len(history) <= 64
    assert epochs.tolist() == list(range(0, epoch, history.stride))
    assert history.train_loss.tolist() == epochs.tolist()


@given(end=st.integers(0, 40))
def test_a_history_can_be_cut_at_an_epoch(end: int) -> None:
    history = History().extended(0, np.zeros((30, 2)))
    assert history.until(end).epochs.tolist() == list(range(min(end, 29) + 1))
    assert len(history) == 30


# --- As people write it ------------------------------------------------------------


def test_a_run_is_made_from_settings_a_link_or_an_experiment() -> None:
    experiment = Experiment(dataset="spiral", hidden=(3,), seed="42")
    assert Run(dataset="spiral", hidden=[3], seed=42).experiment == experiment
    assert Run(experiment.to_link()).experiment == experiment
    assert Run(experiment, noise=5).experiment == experiment.replace(noise=5)


def test_what_is_no_experiment_is_answered_with_what_to_write() -> None:
    with pytest.raises(ExperimentError, match=r"Run\(dataset='spiral'\)"):
        Run("spiral")


def test_a_misspelt_setting_of_a_run_is_named() -> None:
    with pytest.raises(ExperimentError, match="did you mean dataset"):
        Run(datset="spiral")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("batch_size", r"run\.change\(batch_size=…\)"),
        ("hidden", "Run"),
        ("epochs", "did you mean epoch"),
    ],
)
def test_what_would_be_ignored_can_not_be_set(name: str, hint: str) -> None:
    run = Run(SPIRAL)
    with pytest.raises(AttributeError, match=hint):
        setattr(run, name, 1)
    assert run.experiment == SPIRAL


WRONG_TYPES = ["run.switch(0, 0, on='yes')", "run.at(1, 0.5)", "run.at('1')", "run.freeze(0, 'x')", "tinkernet.Run(5)"]


def test_values_of_other_types_are_refused_in_one_line() -> None:
    # In a process of its own: here the checker of array shapes would be the first to refuse them.
    program = [
        "import tinkernet",
        "run = tinkernet.Run(seed=1).train(2)",
        f"for call in {WRONG_TYPES!r}:",
        "    try: eval(call); print('took', call)",
        "    except tinkernet.ExperimentError as error: print('refused', error)",
    ]
    told = subprocess.run([sys.executable, "-c", "\n".join(program)], capture_output=True, text=True, check=True)
    assert [line.split()[0] for line in told.stdout.splitlines()] == ["refused"] * len(WRONG_TYPES), told.stdout


def test_lists_can_be_predicted() -> None:
    run = Run(SPIRAL)
    assert run.predict([[0, 0], [1, 2]]).tolist() == run.predict(np.array([[0.0, 0.0], [1.0, 2.0]])).tolist()
    with pytest.raises(ExperimentError, match="points"):
        run.predict(["a", "b"])


def test_what_was_read_stays_as_it_was_while_the_run_goes_on() -> None:
    run = Run(SPIRAL)
    weights, history = run.weights, run.history
    before = [array.copy() for array in weights]
    run.train(5)
    assert all(np.array_equal(one, other) for one, other in zip(weights, before, strict=True))
    assert len(history) == 1


@pytest.mark.parametrize("how", [copy.copy, copy.deepcopy, lambda run: pickle.loads(pickle.dumps(run))])  # noqa: S301 (our own)
def test_every_way_to_copy_a_run_makes_one_of_its_own(how: Callable[[Run], Run]) -> None:
    run = Run(SPIRAL).train(3)
    run.set_bias(0, 0, 0.5)
    twin = how(run)
    assert same(twin, run)
    twin.train(5)
    assert run.epoch == 3
    assert same(twin.at(3), run)


def test_fields_are_named_as_weights_are_and_inputs_by_their_feature() -> None:
    run = Run(SPIRAL)
    everything = run.fields(6)
    assert np.array_equal(run.fields(6, [(0, 2), (2, 0)]), everything[[2, 7]])
    assert np.allclose(run.fields(6, ["x"])[0][0], np.arange(-5, 6, 2))
    for wrong in [(3, 0), (0, 4), "y"]:
        with pytest.raises(ExperimentError):
            run.fields(6, [wrong])  # type: ignore[list-item]


def test_a_history_is_a_sequence_of_named_rows() -> None:
    history = Run(SPIRAL).train(3).history
    assert [row.epoch for row in history] == [0, 1, 2, 3]
    assert history[-1]._fields == ("epoch", "train_loss", "test_loss")
    assert history[-1].train_loss == history.train_loss[-1]
    assert [row.epoch for row in history[1:3]] == [1, 2]


# --- The past, always ------------------------------------------------------------------


def test_the_past_is_there_after_loading(tmp_path: Path) -> None:
    run = eventful()
    run.save(tmp_path / "run")
    loaded = Run.load(tmp_path / "run")
    for epoch, position in [(0, 0), (7, 0), (12, 13), (12, 14), (20, 3), (29, 0)]:
        assert same(loaded.at(epoch, position), run.at(epoch, position))
    assert len(loaded.past) > 2  # the next look back need not begin at the beginning


def test_other_points_in_the_middle_of_an_epoch_are_there_again() -> None:
    run = Run(SPIRAL).train(4).train_points(103)
    before = run.copy()
    run.change(noise=20)
    assert same(run.at(run.epoch, run.position), run)
    assert same(run.at(4, 103), before)
    run.train_points(120)
    assert same(run.at(4, 119), Run(SPIRAL).train(4).train_points(103).change(noise=20).train_points(119))


@pytest.mark.parametrize("position", [-1, True, 10**6])
def test_a_position_that_can_not_be_is_refused(position: int) -> None:
    with pytest.raises(ExperimentError, match="position"):
        Run(SPIRAL).train(12).at(10, position)


def test_checkpoints_are_spread_evenly() -> None:
    run = Run(SPIRAL.replace(train_percent=2, hidden=(1,)))
    while run.epoch < 100_000:
        run.train(min(977, 100_000 - run.epoch))
    epochs = [checkpoint.epoch for checkpoint in run.past]
    assert max(np.diff([*epochs, run.epoch])) <= 100_000 / 8


ACTIONS = st.one_of(
    st.tuples(st.just("train"), st.integers(1, 3)),
    st.tuples(st.just("train_points"), st.integers(1, 300)),
    st.tuples(st.just("change"), st.sampled_from([{"noise": 5}, {"noise": 0}, {"learning_rate": 0.2}, {"seed": "7"}])),
    st.tuples(st.just("set_bias"), st.floats(-2, 2)),
    st.tuples(st.just("freeze"), st.sampled_from([True, False])),
    st.tuples(st.just("switch"), st.sampled_from([True, False])),
    st.tuples(st.just("reset"), st.none()),
)


def act(run: Run, action: tuple[str, Any]) -> None:
    name, value = action
    match name:
        case "change":
            run.change(**value)
        case "set_bias":
            run.set_bias(0, 0, value)
        case "freeze":
            run.freeze(0, 1, frozen=value)
        case "switch":
            run.switch(0, 2, on=value)
        case "reset":
            run.reset()
        case _:
            getattr(run, name)(value)


@settings(max_examples=40)
@given(actions=st.lists(ACTIONS, max_size=8))
def test_every_moment_that_has_been_is_there_bit_for_bit_in_the_run_its_copy_and_its_file(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, Any]]
) -> None:
    run = Run(SPIRAL)
    been: dict[tuple[int, int], Run] = {}
    for action in actions:
        act(run, action)
        if action[0] == "reset":
            been = {}
        # Of two moments of the same name the later one counts; a later event at the same moment belongs to it.
        been = {moment: then for moment, then in been.items() if moment < (run.epoch, run.position)}
        been[run.epoch, run.position] = run.copy()
    path = tmp_path_factory.mktemp("saved") / "run"
    run.save(path)
    for whole in (run, run.copy(), Run.load(path)):
        for (epoch, position), then in been.items():
            again = whole.at(epoch, position)
            assert again.parameters.tobytes() == then.parameters.tobytes()
            assert again.events == then.events
            assert same(again, then)


# --- Interruption -----------------------------------------------------------------------


def test_whatever_interrupts_runs_and_starts_are_at_a_whole_true_moment() -> None:
    script = Path(__file__).resolve().parent.parent / "support" / "interrupting.py"
    told = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True).stdout
    counts = {name: (int(times), int(wrong)) for name, times, wrong in (line.split("\t") for line in told.splitlines())}
    assert len(counts) == 11
    assert {name: wrong for name, (_, wrong) in counts.items() if wrong} == {}
    assert sum(times for times, _ in counts.values()) >= 200, counts


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that interrupts")
def test_two_hundred_interruptions_by_a_signal_leave_a_run_that_can_be_repeated() -> None:
    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    draws = random.Random(1)  # noqa: S311 (when to interrupt is no secret)
    before = signal.signal(signal.SIGALRM, interrupt)
    run = Run(SPIRAL.replace(hidden=(2,), train_percent=10))
    try:
        for _ in range(200):
            with contextlib.suppress(KeyboardInterrupt):
                signal.setitimer(signal.ITIMER_REAL, draws.uniform(0.0002, 0.01))
                run.train(10**9)
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert run.epoch > 0
    again = Run(run.experiment).train(run.epoch)
    assert again.train_loss == run.train_loss
    assert np.array_equal(again.history.epochs, run.history.epochs)
    assert np.array_equal(again.history.train_loss, run.history.train_loss)
    assert same(run.at(run.epoch // 2), Run(run.experiment).train(max(1, run.epoch // 2)))


# --- Hostile files ------------------------------------------------------------------------


def test_a_version_that_never_was_is_refused(tmp_path: Path) -> None:
    Run(SPIRAL).save(tmp_path / "run")
    raw = (tmp_path / "run").read_bytes()
    head = len(file.MAGIC)
    (tmp_path / "run").write_bytes(raw[:head] + bytes(4) + raw[head + 4 :])
    with pytest.raises(ExperimentError, match="version"):
        Run.load(tmp_path / "run")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="has no such device")
def test_a_device_is_refused_before_it_is_read() -> None:
    with pytest.raises(ExperimentError, match="a plain file"):
        Run.load("/dev/zero")


HOSTILE_EVENTS = [
    {"type": "changed", "epoch": 2, "position": 0, "before": {"nonsense": 1}, "after": {"nonsense": 2}},
    {"type": "changed", "epoch": 2, "position": 0, "before": {"hidden": [4]}, "after": {"hidden": [3]}},
    {"type": "changed", "epoch": 2, "position": 0, "before": {}, "after": {"noise": 5}},
    {"type": "changed", "epoch": 2, "position": 0, "before": {"noise": 10}, "after": {"noise": 10**6}},
    {"type": "weight", "epoch": 2, "position": 0, "layer": 9, "to": 0, "source": 0, "value": 1.0},
    {"type": "weight", "epoch": 2, "position": 0, "layer": 0, "to": 0, "source": 5, "value": 1.0},
    {"type": "weight", "epoch": 2, "position": 0, "layer": 0, "to": -1, "source": 0, "value": 1.0},
    {"type": "bias", "epoch": 2, "position": 0, "layer": 0, "neuron": 0, "value": math.inf},
    {"type": "bias", "epoch": 9, "position": 0, "layer": 0, "neuron": 0, "value": 1.0},
    {"type": "bias", "epoch": -1, "position": 0, "layer": 0, "neuron": 0, "value": 1.0},
    {"type": "switched", "epoch": 2, "position": 0, "layer": 2, "neuron": 0, "on": False},
]


@pytest.mark.parametrize("event", HOSTILE_EVENTS)
def test_events_in_a_file_are_checked(tmp_path: Path, event: dict[str, Any]) -> None:
    path = tmp_path / "run"
    Run(SPIRAL).train(3).save(path)
    resign(path, {"events": [event]})
    with pytest.raises(ExperimentError) as caught:
        Run.load(path)
    assert caught.value.field == "file"


def test_a_position_at_the_end_of_an_epoch_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run"
    Run(SPIRAL).save(path)
    resign(path, {"position": len(Run(SPIRAL).train_data)})
    with pytest.raises(ExperimentError, match="position"):
        Run.load(path)
