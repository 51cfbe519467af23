"""Training a run: by epochs and by points, until a loss is reached, and after reset and rewind."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import SPIRAL, same

from tinkernet import Experiment, ExperimentError, Run
from tinkernet.run import training


def test_train_returns_the_run() -> None:
    run = Run(SPIRAL)
    assert run.train(3) is run
    assert run.epoch == 3


def test_history_starts_at_epoch_0_and_has_every_epoch() -> None:
    run = Run(SPIRAL).train(5)
    assert run.history.epochs.tolist() == [0, 1, 2, 3, 4, 5]
    assert run.history.train_loss[-1] == run.train_loss
    assert run.history.test_loss[-1] == run.test_loss


def test_training_stops_at_a_loss() -> None:
    run = Run(Experiment(seed="0.12345")).train(500, until_loss=0.05)
    assert run.train_loss <= 0.05 < run.history.train_loss[-2]


def test_training_stops_on_request_and_continues_bit_for_bit() -> None:
    asked = iter([False, False, True])
    run = Run(SPIRAL).train(1000, stop=lambda: next(asked))
    assert 0 < run.epoch < 1000
    assert same(run, Run(SPIRAL).train(run.epoch))


def test_training_can_stop_within_an_epoch_of_a_huge_network() -> None:
    run = Run(SPIRAL.replace(hidden=(256,) * 12))
    asked = iter([False, False, False, True])
    run.train(5, stop=lambda: next(asked))
    assert (run.epoch, run.position) < (5, 0)


def test_a_single_request_to_stop_within_an_epoch_ends_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "STOP_SECONDS", 0)  # as on a slow machine: no whole epoch fits between two requests
    asked = iter([False, False, True])
    run = Run(SPIRAL).train(1000, stop=lambda: next(asked))
    assert run.position > 0
    assert same(run.train(1), Run(SPIRAL).train(run.epoch))


@settings(max_examples=20)
@given(steps=st.lists(st.integers(1, 40), min_size=1, max_size=20))
def test_slow_motion_gives_the_same_weights(steps: list[int]) -> None:
    slow = Run(SPIRAL)
    for step in steps:
        slow.train_points(step)
    slow.train_points(len(slow.train_data) - slow.position)
    assert same(slow, Run(SPIRAL).train(slow.epoch))


def test_outputs_has_a_row_for_each_point_and_ends_with_the_prediction() -> None:
    run = Run(SPIRAL)
    points = run.test_data.points[:7]
    layers = run.outputs(points)
    assert [layer.shape for layer in layers] == [(7, 4), (7, 3), (7, 1)]
    assert run.predict(points).tolist() == layers[-1][:, 0].tolist()


def test_accuracy_is_the_share_of_points_classified_correctly() -> None:
    run = Run(Experiment(seed="0.12345")).train(50)
    right = np.mean((run.predict(run.test_data.points) > 0) == (run.test_data.labels > 0))
    assert run.test_accuracy == right
    assert Run(Experiment(dataset="reg-plane")).test_accuracy is None


def test_reset_draws_the_next_weights_and_its_link_reproduces_them() -> None:
    run = Run(SPIRAL).train(3).reset().reset()
    assert run.epoch == 0
    assert run.experiment.start == 2
    assert np.array_equal(run.parameters, Run(Experiment.from_link(run.experiment.to_link())).parameters)
    assert not np.array_equal(run.parameters, Run(SPIRAL).parameters)


def test_rewind_restarts_from_the_same_weights() -> None:
    run = Run(SPIRAL).reset()
    first = run.parameters.copy()
    assert np.array_equal(run.train(5).rewind().parameters, first)
    assert run.epoch == 0


def test_reset_after_a_change_of_data_draws_from_its_stream() -> None:
    run = Run(SPIRAL).change(noise=40).reset()
    assert np.array_equal(run.parameters, Run(SPIRAL.replace(noise=40, start=1)).parameters)


def test_a_diverged_run_is_reported() -> None:
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
def test_invalid_numbers_of_epochs_are_rejected(epochs: int) -> None:
    with pytest.raises(ExperimentError, match="epochs"):
        Run(SPIRAL).train(epochs)
