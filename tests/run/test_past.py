"""Every earlier moment of a run can be restored bit for bit."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import SPIRAL, eventful, same

from tinkernet import ExperimentError, Run
from tinkernet.run import past


@settings(max_examples=25)
@given(epoch=st.integers(0, 28), position=st.integers(0, 100))
def test_any_earlier_moment_is_restored_exactly(epoch: int, position: int) -> None:
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


def test_a_moment_that_was_never_reached_is_an_error() -> None:
    with pytest.raises(ExperimentError, match="epoch"):
        Run(SPIRAL).train(3).at(4)


def test_the_past_of_a_long_run_is_bounded() -> None:
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


def test_earlier_moments_are_available_after_loading(tmp_path: Path) -> None:
    run = eventful()
    run.save(tmp_path / "run")
    loaded = Run.load(tmp_path / "run")
    for epoch, position in [(0, 0), (7, 0), (12, 13), (12, 14), (20, 3), (29, 0)]:
        assert same(loaded.at(epoch, position), run.at(epoch, position))
    assert len(loaded.past) > 2  # the next call does not start at epoch 0


def test_changed_data_in_the_middle_of_an_epoch_is_restored() -> None:
    run = Run(SPIRAL).train(4).train_points(103)
    before = run.copy()
    run.change(noise=20)
    assert same(run.at(run.epoch, run.position), run)
    assert same(run.at(4, 103), before)
    run.train_points(120)
    assert same(run.at(4, 119), Run(SPIRAL).train(4).train_points(103).change(noise=20).train_points(119))


@pytest.mark.parametrize("position", [-1, True, 10**6])
def test_an_invalid_position_is_rejected(position: int) -> None:
    with pytest.raises(ExperimentError, match="position"):
        Run(SPIRAL).train(12).at(10, position)


def test_checkpoints_are_evenly_spaced() -> None:
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
def test_every_earlier_moment_is_restored_bit_for_bit_in_the_run_its_copy_and_its_file(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, Any]]
) -> None:
    run = Run(SPIRAL)
    been: dict[tuple[int, int], Run] = {}
    for action in actions:
        act(run, action)
        if action[0] == "reset":
            been = {}
        # If a moment occurred twice, the later one counts, including later events at the same moment.
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
