"""What a run's loss is seen between: a constant output and the noise, for every loss and a person's own data."""

import math
from typing import Any

import numpy as np
import pytest
from numpy import ndarray

from tinkernet import Dataset, Experiment, Run
from tinkernet.insight.diagnosis.levels import Levels, constant_of, levels_of
from tinkernet.insight.diagnosis.loss_bounds import bounds_of
from tinkernet.insight.diagnosis.measurements import Measurements, lowest_to_hope_for
from tinkernet.run.finding import Finding

LOSSES = ("squared", "cross-entropy", "hinge", "huber", "huber,delta:0.3")


pytestmark = pytest.mark.usefixtures("compiled", "unchecked")


def found(run: Run) -> dict[str, Finding]:
    return {finding.kind: finding for finding in run.diagnosis(notes=True)}


def clouds(apart: float, count: int = 400, columns: int = 2, seed: int = 1) -> tuple[ndarray, ndarray]:
    """Two clouds of points, so far apart in the first column, and their classes 0 and 1."""
    random = np.random.default_rng(seed)
    classes = np.arange(count) % 2
    points = random.normal(size=(count, columns))
    points[:, 0] += apart * classes
    return points, classes


def own(points: ndarray, classes: ndarray, **settings: Any) -> Run:
    """A run on points of two classes in columns with unusual names."""
    names = tuple(f"column {k}" for k in range(points.shape[1]))
    dataset = Dataset.from_arrays(points, [f"kind {k}" for k in classes], names=names)
    return Run(Experiment(**{"data": dataset, "seed": "0.5", **settings}))


def levels(loss: str, noise: float = 0.0, **settings: Any) -> Levels:
    return levels_of(Run(Experiment(**{"dataset": "gauss", "noise": noise, "loss": loss, "seed": "0.5", **settings})))


# --- A constant output ------------------------------------------------------------


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("share", [0.5, 0.1])
def test_no_constant_output_is_better_than_the_constant_level(loss: str, share: float) -> None:
    points, classes = clouds(1)
    keep = np.flatnonzero((classes == 0) | (np.arange(len(classes)) < 2 * share * len(classes)))
    run = own(points[keep], classes[keep], loss=loss, hidden=(), train_percent=100)
    constant, losses = levels_of(run).constant, []
    for source in range(2):
        run.set_weight(0, 0, source, 0.0)
    for bias in np.linspace(-4, 4, 401):
        run.set_bias(0, 0, float(bias))
        losses.append(run.train_loss)
    assert constant - 1e-9 <= min(losses) <= constant + 0.001
    assert constant_of(run, run.train_data) == pytest.approx(constant)


@pytest.mark.parametrize("loss", ["squared", "huber,delta:0.1"])
def test_the_constant_level_of_numbers_is_that_of_their_middle(loss: str) -> None:
    run = Run(Experiment(problem="regression", loss=loss, hidden=(), features=("x",), seed="0.5"))
    run.set_weight(0, 0, 0, 0.0)
    losses = []
    for bias in np.linspace(-1, 1, 401):
        run.set_bias(0, 0, float(bias))
        losses.append(run.train_loss)
    assert levels_of(run).constant - 1e-9 <= min(losses) <= levels_of(run).constant + 1e-4


def test_without_points_there_are_no_levels() -> None:
    for loss in LOSSES:
        run = Run(Experiment(loss=loss, seed="0.5", train_percent=0))
        assert math.isnan(levels_of(run).constant)
        assert math.isnan(constant_of(run, run.train_data))


# --- Noise ------------------------------------------------------------------------


@pytest.mark.parametrize("loss", LOSSES)
def test_more_noise_leaves_a_higher_loss(loss: str) -> None:
    none, some, much = (levels(loss, noise) for noise in (0, 40, 80))
    assert none.noise < 0.05 * none.constant
    assert none.noise < some.noise < much.noise < much.constant


@pytest.mark.parametrize("loss", ["hinge", "cross-entropy", "squared"])
def test_the_noise_level_is_about_what_the_best_answer_leaves(loss: str) -> None:
    """Of two clouds of normal density, the probability of each class at a point is known."""
    points, classes = clouds(1, 4000)
    p = 1 / (1 + np.exp(0.5 - points[:, 0]))
    least = {"hinge": 2 * np.minimum(p, 1 - p), "squared": 2 * p * (1 - p)}
    least["cross-entropy"] = -(p * np.log(p) + (1 - p) * np.log(1 - p))
    assert levels_of(own(points, classes, loss=loss)).noise == pytest.approx(least[loss].mean(), rel=0.12)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_labels_that_overlap_are_distinguished_from_points_that_are_too_few(loss: str, seed: int) -> None:
    assert levels_of(own(*clouds(1.2, seed=seed), loss=loss)).overlap
    random = np.random.default_rng(seed)
    points = random.uniform(-1, 1, size=(400, 2))
    stripes = (np.floor(5 * points[:, 0]) % 2).astype(int)
    ring = ((points**2).sum(axis=1) > 0.6).astype(int)
    assert not levels_of(own(points, ring, loss=loss)).overlap
    assert not levels_of(own(points, stripes, loss=loss)).overlap
    assert not levels_of(own(points[:100], stripes[:100], loss=loss)).overlap
    assert not levels_of(own(*clouds(1.2, columns=10, seed=seed), loss=loss)).overlap


@pytest.mark.parametrize(("dataset", "loss"), [("gauss", loss) for loss in LOSSES] + [("blobs", "cross-entropy")])
def test_a_run_that_is_as_good_as_the_noise_allows_is_said_to_be(dataset: Any, loss: str) -> None:
    run = Run(Experiment(dataset=dataset, noise=50, loss=loss, hidden=(2,), seed="0.41", learning_rate=0.01)).train(300)
    finding = found(run)["noise-floor"]
    assert finding.message == "As good as the noise allows."
    assert finding.evidence["noise_loss"] == pytest.approx(levels_of(run).noise)


@pytest.mark.parametrize("loss", LOSSES)
def test_own_data_whose_labels_overlap_is_as_good_as_the_data_allow(loss: str) -> None:
    run = own(*clouds(1.2), loss=loss, hidden=(3,)).train(200)
    finding = found(run)["noise-floor"]
    assert finding.message == "As good as the data allow."
    assert "points close together with different labels" in finding.reason
    assert "noise" not in finding.message + finding.reason


def test_without_test_points_nothing_is_said_of_a_test_loss() -> None:
    finding = found(own(*clouds(1.2), hidden=(3,), train_percent=100).train(200))["noise-floor"]
    assert "test" not in finding.reason.lower()


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_that_stays_because_the_network_is_small_is_not_called_noise(loss: str) -> None:
    random = np.random.default_rng(1)
    points = random.uniform(-1, 1, size=(400, 2))
    ring = ((points**2).sum(axis=1) > 0.6).astype(int)
    assert "noise-floor" not in found(own(points, ring, loss=loss, hidden=(1,)).train(200))


@pytest.mark.parametrize("loss", ["cross-entropy", "hinge", "huber"])
def test_memorized_noise_is_found_under_any_loss(loss: str) -> None:
    run = own(*clouds(1.2, 120), loss=loss, hidden=(16, 16), activation="relu", learning_rate=0.1).train(1500)
    assert run.test_loss > 2 * run.train_loss
    finding = found(run)
    assert "overfitting" in finding or "too-few-points" in finding
    assert "noise-floor" not in finding


def test_overfitting_of_own_data_names_no_noise_setting() -> None:
    run = own(*clouds(1.2, 1000), loss="cross-entropy", hidden=(16,), activation="relu", learning_rate=0.1)
    finding = found(run.train(3000)).get("overfitting")
    if finding is not None:
        assert "noise" not in finding.evidence
        assert finding.cause in {"overlap-rising", "overlap", "flexible", "flexible-rising"}


# --- What the bounds are of ---------------------------------------------------------


def test_bounds_are_those_of_the_painted_points() -> None:
    plain = Run(Experiment(dataset="gauss", seed="0.5", hidden=()))
    painted = Run(Experiment(dataset="gauss", seed="0.5", hidden=(), drawing="s1,200,50,-200,-200,0,0,0,0,0,0"))
    assert bounds_of(plain).linear < 0.05
    assert bounds_of(painted).linear > 2 * bounds_of(plain).linear
    assert painted.train(500).history.train_loss.min() >= bounds_of(painted).linear


def test_a_network_of_straight_lines_is_judged_on_columns_of_any_name() -> None:
    random = np.random.default_rng(1)
    points = random.uniform(-1, 1, size=(300, 3))
    inside = ((points**2).sum(axis=1) < 1).astype(int)
    run = own(points, inside, loss="cross-entropy", hidden=()).train(20)
    assert found(run)["too-small"].cause == "no-hidden-layer-line"


@pytest.mark.parametrize("loss", ["huber", "hinge", "cross-entropy"])
def test_a_network_without_hidden_layer_is_in_no_local_minimum(loss: str) -> None:
    run = Run(Experiment(dataset="spiral", loss=loss, hidden=(), seed="0.5")).train(600)
    assert "local-minimum" not in found(run)


def test_a_share_remains_for_every_loss() -> None:
    for loss in LOSSES:
        before = Run(Experiment(loss=loss, seed="0.5"))
        assert Measurements(before).remaining > 0.7
        assert Measurements(before.copy().train(600)).remaining < 0.5


# --- Forecasts ----------------------------------------------------------------------


@pytest.mark.parametrize("loss", LOSSES)
def test_no_forecast_promises_a_loss_below_the_noise(loss: str) -> None:
    run = own(*clouds(1.2), loss=loss, hidden=(8, 8), activation="relu")
    for _ in range(6):
        run.train(60)
        least = levels_of(run).noise
        assert lowest_to_hope_for(run) == least
        falling = found(run).get("falling")
        assert falling is None or falling.evidence.get("goal", 1.0) >= least


def test_no_forecast_promises_a_cross_entropy_below_that_of_straight_lines() -> None:
    run = Run(Experiment(dataset="circle", loss="cross-entropy", hidden=(), seed="0.5"))
    assert lowest_to_hope_for(run) > 0.6
