"""What the diagnosis once said that was not true, or not for these settings: each must not come back."""

import re
from typing import Any

import numpy as np
import pytest
from numpy import ndarray
from runs import trained

from tinkernet import Dataset, Experiment, Run
from tinkernet.insight.diagnosis.instructions import instruction
from tinkernet.run.finding import Finding

pytestmark = pytest.mark.usefixtures("compiled")


def found(run: Run) -> dict[str, Finding]:
    return {finding.kind: finding for finding in run.diagnosis(notes=True)}


def rare(share: float, apart: float, count: int = 200) -> tuple[ndarray, list[str]]:
    """Two clouds of points so far apart, one of which has only this share of them."""
    random = np.random.default_rng(4)
    classes = (np.arange(count) < share * count).astype(int)
    points = random.normal(size=(count, 2))
    points[:, 0] += apart * classes
    return points, [f"kind {k}" for k in classes]


# --- Frequent classes ---------------------------------------------------------------


@pytest.mark.parametrize("loss", ["squared", "cross-entropy", "hinge", "huber"])
def test_always_guessing_the_most_frequent_class_is_named(loss: str) -> None:
    run = trained(100, data=Dataset.from_arrays(*rare(0.05, 0.3)), loss=loss, hidden=(3,))
    finding = found(run)["class-imbalance"]
    assert finding.cause == "always"
    assert finding.message == "No better than always guessing the most frequent class."
    assert finding.evidence["train_accuracy"] <= finding.evidence["frequent_share"]
    assert "solved" not in found(run)


def test_three_quarters_of_the_points_are_guessed_only_after_some_time() -> None:
    data = Dataset.from_arrays(*rare(0.2, 0.0))
    assert "class-imbalance" not in found(trained(2, data=data, hidden=(2,)))
    assert found(trained(300, data=data, hidden=()))["class-imbalance"].cause == "always"


@pytest.mark.parametrize("share", [0.05, 0.2])
def test_a_network_that_finds_the_rare_class_does_not_only_guess(share: float) -> None:
    run = trained(300, data=Dataset.from_arrays(*rare(share, 6.0)), hidden=(3,))
    finding = found(run).get("class-imbalance")
    assert finding is None or finding.cause == "rare"


def test_a_network_that_is_worse_than_guessing_is_not_said_to_be_as_good() -> None:
    run = trained(1, data=Dataset.from_arrays(*rare(0.05, 0.3)), learning_rate=0.0, hidden=())
    run.set_bias(0, 0, 5.0)
    assert run.train_accuracy is not None
    assert run.train_accuracy < 0.9
    assert found(run)["class-imbalance"].cause == "rare"


def test_one_rare_point_that_is_never_found_is_not_solved() -> None:
    points, kinds = rare(0.01, 0.0, 400)
    run = trained(300, data=Dataset.from_arrays(points, kinds), loss="squared", hidden=(), train_percent=100)
    assert run.train_accuracy is not None
    assert run.train_accuracy >= 0.985
    assert run.train_loss <= 0.03
    assert "solved" not in found(run)


# --- Schedules ------------------------------------------------------------------------


@pytest.mark.parametrize("schedule", ["one-cycle,epochs:1000", "warm-up,epochs:2000"])
@pytest.mark.parametrize("epochs", [1, 20, 100])
def test_a_rate_that_is_still_to_rise_was_not_lowered(schedule: str, epochs: int) -> None:
    findings = found(trained(epochs, schedule=schedule, dataset="xor"))
    assert "schedule-over" not in findings
    assert all(finding.cause != "schedule" for finding in findings.values())


# --- Changes that would do nothing -----------------------------------------------------


def test_where_initial_weights_are_not_random_reset_is_not_proposed() -> None:
    run = trained(20, initializer="zeros", activation="relu", hidden=(8, 8))
    labels = [cure.label for finding in run.diagnosis(notes=True) for cure in finding.cures]
    assert labels
    assert not any("Reset" in label for label in labels)


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ({"initializer": "uniform,scale:10", "activation": "relu", "hidden": (8, 8, 8)}, "stuck-output"),
        ({"initializer": "uniform,scale:0.01"}, "vanishing-gradients"),
    ],
)
def test_the_scale_of_the_initial_weights_is_the_first_thing_to_change(settings: dict[str, Any], kind: str) -> None:
    cure = found(trained(0, **settings))[kind].cures[0]
    assert cure.label == "Set the scale of the initial weights to 1"
    assert cure.experiment.initializer == "uniform"


def test_very_many_features_are_counted() -> None:
    columns = np.random.default_rng(1).normal(size=(40, 30))
    data = Dataset.from_arrays(columns, ["a", "b"] * 20)
    (cure,) = found(trained(0, data=data, features=()))["no-inputs"].cures
    assert cure.label == "Add 30 features"
    few = instruction({"features": ("x", "y", "sinX")}, Experiment(seed="1", features=()))
    assert few.startswith("Add the features X1, X2 and ")


# --- Numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [str(number) for number in range(12)])
@pytest.mark.parametrize("loss", ["squared", "cross-entropy"])
def test_a_loss_that_is_said_to_stay_above_a_number_does(seed: str, loss: str) -> None:
    run = trained(0, dataset="circle", hidden=(), features=("x", "y", "sin(3*x)*y"), loss=loss, seed=seed)
    said = re.search(r"stays above ([\d.]+)\.$", found(run)["too-small"].reason)
    assert said is not None
    assert run.train(300).history.train_loss.min() >= float(said[1])


@pytest.mark.parametrize("loss", ["hinge", "cross-entropy"])
def test_a_loss_that_rises_to_a_level_is_not_said_to_grow_without_limit(loss: str) -> None:
    run = trained(0, loss=loss, learning_rate=10.0)
    finding = found(run)["learning-rate-too-large"]
    later = run.copy().train(2000).train_loss
    assert ("grows without limit" in finding.reason) == (not later < 1000), finding.reason


def test_the_last_digits_of_a_loss_of_almost_0_are_neither_unsteady_nor_rising() -> None:
    for settings in ({"loss": "hinge", "learning_rate": 0.1}, {"dropout": 0.8, "hidden": (8, 8)}):
        findings = found(trained(700, dataset="gauss", **settings))
        assert not {"unsteady", "rising"} & set(findings)


# --- Overfitting, local minima ------------------------------------------------------------


def test_what_is_worse_than_a_constant_output_has_memorized_nothing() -> None:
    run = trained(20, dataset="spiral", optimizer="momentum", learning_rate=0.3)
    assert run.train_loss > 0.5
    assert "overfitting" not in found(run)


@pytest.mark.parametrize("loss", ["cross-entropy", "hinge", "huber"])
def test_a_network_of_single_neurons_is_in_no_local_minimum(loss: str) -> None:
    for epochs in (150, 700):
        run = trained(epochs, loss=loss, dataset="spiral", hidden=(1,), learning_rate=0.1)
        assert "local-minimum" not in found(run)


def test_a_rate_is_too_large_only_if_a_lower_one_does_better() -> None:
    random = np.random.default_rng(1)
    data = Dataset.from_arrays(random.normal(size=(300, 2)), random.choice(["a", "b"], 300))
    run = trained(150, data=data, loss="hinge", hidden=(), learning_rate=0.1)
    finding = found(run).get("learning-rate-too-large")
    if finding is not None:
        lower = run.copy().change(learning_rate=0.01).train(50)
        assert lower.train_loss < run.train_loss
