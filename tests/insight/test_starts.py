"""Many starts: each equals a single run after as many resets."""

import numpy as np
import pytest

from tinkernet import Experiment, ExperimentError, Run, Starts, compare, engine, starts
from tinkernet.insight.groups import MOST_CURVE_POINTS
from tinkernet.insight.share import wilson

EXPERIMENT = Experiment(seed="0.12345", hidden=(3,))


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def by_hand(experiment: Experiment, resets: int, epochs: int) -> Run:
    run = Run(experiment)
    for _ in range(resets):
        run.reset()
    return run.train(epochs)


@pytest.mark.parametrize("i", [0, 1, 4])
def test_start_i_is_what_pressing_reset_i_times_gives(i: int) -> None:
    many, run = starts(EXPERIMENT, n=5, epochs=30), by_hand(EXPERIMENT, i, 30)
    opened = many.run(i)
    assert opened.parameters.tobytes() == run.parameters.tobytes()
    assert opened.experiment == run.experiment
    assert (many.train_loss[i], many.test_loss[i]) == (run.train_loss, run.test_loss)
    assert np.array_equal(opened.history.train_loss, run.history.train_loss)
    assert opened.reset().parameters.tobytes() == run.reset().parameters.tobytes()


def test_a_start_opened_as_a_run_trains_independently() -> None:
    many = starts(EXPERIMENT, n=3, epochs=10)
    assert np.array_equal(many.run(2).train(10).parameters, by_hand(EXPERIMENT, 2, 20).parameters)
    assert many.epoch == 10


def test_data_can_be_resampled_for_each_start() -> None:
    many = starts(EXPERIMENT, n=3, epochs=10, new_points=True)
    assert many.run(0).experiment == EXPERIMENT
    assert not np.array_equal(many.run(1).train_data.points, many.run(2).train_data.points)
    assert many.train_loss[2] == Run(many.experiments[2]).train(10).train_loss


def test_training_can_be_stopped_and_keeps_its_results() -> None:
    asked = iter([False, False, True])
    many = Starts(EXPERIMENT, n=4).train(100, stop=lambda: next(asked), at_once=7)
    assert many.epoch == 14
    assert many.train_loss[1] == by_hand(EXPERIMENT, 1, 14).train_loss


def test_the_share_that_succeeds_is_counted() -> None:
    many = starts(EXPERIMENT, n=20, epochs=60)
    share = many.solved(train_loss=0.2)
    assert share.count == np.count_nonzero(many.train_loss <= 0.2)
    assert share.low < share.share < share.high


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)]
)
def test_the_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    share = wilson(count, of)
    assert (share.low, share.high) == pytest.approx((low, high), abs=1e-4)


def test_curves_of_long_training_are_thinned() -> None:
    many = starts(EXPERIMENT.replace(train_percent=2), n=2, epochs=3 * MOST_CURVE_POINTS)
    assert len(many.epochs) <= MOST_CURVE_POINTS
    assert many.curves.shape == (2, len(many.epochs), 2)
    assert many.epochs[0] == 0
    assert many.run(1).history.epochs.tolist() == many.epochs.tolist()


def test_fields_has_the_output_of_every_start() -> None:
    many = starts(EXPERIMENT, n=3, epochs=5)
    assert np.array_equal(many.fields(8)[1], many.run(1).fields(8, [(1, 0)])[0])


def test_a_notebook_gets_a_picture() -> None:
    picture = starts(EXPERIMENT, n=3, epochs=5)._repr_html_()
    assert picture.startswith("<svg")
    assert picture.count("<polyline") == 3


@pytest.mark.parametrize("n", [0, 5000])
def test_the_number_of_starts_is_bounded(n: int) -> None:
    with pytest.raises(ExperimentError, match="n is"):
        Starts(EXPERIMENT, n=n)


def test_two_experiments_are_compared_by_how_many_succeed() -> None:
    comparison = compare(EXPERIMENT, EXPERIMENT.replace(hidden=(4,)), n=16, epochs=60)
    assert [str(difference) for difference in comparison.differences] == ["hidden: 3 → 4"]
    assert comparison.differences[0].before == (3,)
    assert comparison.shares is not None
    assert str(comparison.shares[0]) in comparison.first
    assert str(starts(EXPERIMENT, 16, 60).solved()) in comparison.first


def test_a_link_and_a_run_stand_for_their_experiments() -> None:
    link, run = "seed=0.5&networkShape=3", Run(seed=0.5, hidden=[3])
    assert starts(link, 2, 1).experiment == starts(run, 2, 1).experiment == run.experiment
    assert compare(link, run.experiment.replace(noise=5), n=2, epochs=1).differences[0].field == "noise"


def test_an_invalid_loss_or_size_is_named() -> None:
    many = Starts("seed=1", 2)
    with pytest.raises(ExperimentError, match=r"^train_loss is -1"):
        many.solved(-1)
    with pytest.raises(ExperimentError, match=r"^cells is 0"):
        many.fields(0)


def test_two_runs_are_compared_in_their_current_state() -> None:
    one, other = Run(EXPERIMENT).train(5), Run(EXPERIMENT.replace(activation="relu"))
    comparison = compare(one, other)
    assert [str(difference) for difference in comparison.differences] == ["activation: tanh → relu"]
    assert comparison.shares is None
    assert "epoch 5" in comparison.first


def test_starts_are_a_sequence_of_runs_with_accuracies() -> None:
    many = Starts(EXPERIMENT, 4).train(30)
    assert [run.experiment.start for run in many] == [0, 1, 2, 3]
    assert np.array_equal(many[-1].parameters, many.run(3).parameters)
    assert [run.experiment.start for run in many[1:3]] == [1, 2]
    assert many.test_accuracy.tolist() == [run.test_accuracy for run in many]
    assert np.isnan(Starts(EXPERIMENT.replace(problem="regression"), 2).train_accuracy).all()
    assert "4 of" in repr(many)
    with pytest.raises(IndexError):
        many[4]


def test_training_in_parts_and_in_any_order_gives_the_same_result() -> None:
    experiment = Experiment(dataset="xor", seed="1")
    whole, parted = Starts(experiment, 9).train(7), Starts(experiment, 9)
    for epochs in (3, 4):
        parts = parted.parts(epochs, 2)
        for part in reversed(parts):
            part.train()
        parted.collect(parts)
    assert np.array_equal(parted.curves, whole.curves)
    assert np.array_equal(parted.run(8).parameters, whole.run(8).parameters)
