"""Insight into networks with three to ten classes: the diagnosis, neuron reports, many starts, comparison."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pies import pie, pies

from tinkernet import Experiment, Run, compare, engine
from tinkernet.data.points import Points
from tinkernet.insight.diagnosis.class_bounds import class_bounds_of
from tinkernet.insight.diagnosis.formatting import rounded_down
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.neuron import report
from tinkernet.insight.starts import Starts
from tinkernet.network import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, REGULARIZATIONS, SCHEDULES
from tinkernet.run.beginning import examples_of
from tinkernet.run.finding import Finding

SEVERAL = {"three-rings": (5,), "blobs": (3,), "iris": (3,), "wine": (4,), "three-spirals": (8, 6)}


@pytest.fixture(scope="module", autouse=True)
def _pies() -> Iterator[None]:
    engine.wait_until_compiled()
    with pies():
        yield


def found(run: Run, **how: bool) -> dict[str, Finding]:
    return {finding.kind: finding for finding in run.diagnosis(**how)}


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Any experiment with three to ten classes, with unusual settings as likely as usual ones."""
    return pie(
        draw(st.integers(3, 10)),
        seed=str(draw(st.integers(0, 99))),
        noise=draw(st.sampled_from([0.0, 20.0, 80.0])),
        train_percent=draw(st.sampled_from([0.0, 1.0, 4.0, 50.0, 100.0])),
        features=draw(st.sampled_from([(), ("x",), ("x", "y"), ("x", "xSquared", "sinX")])),
        hidden=draw(st.sampled_from([(), (1,), (1, 1), (6,), (5, 4, 3), (4, 4, 4, 4, 4)])),
        activation=draw(st.sampled_from(list(ACTIVATIONS))),
        initializer=draw(st.sampled_from(list(INITIALIZERS))),
        optimizer=draw(st.sampled_from(list(OPTIMIZERS))),
        schedule=draw(st.sampled_from(list(SCHEDULES))),
        dropout=draw(st.sampled_from([0.0, 0.3])),
        learning_rate=draw(st.sampled_from([0.0, 0.0001, 0.03, 1.0, 10.0, 1e300])),
        batch_size=draw(st.sampled_from([1, 10, 1000])),
        regularization=draw(st.sampled_from(list(REGULARIZATIONS))),
        regularization_rate=draw(st.sampled_from([0.0, 0.003, 3.0])),
    )


@given(experiments(), st.sampled_from([0, 1, 15, 150]), st.fixed_dictionaries({"notes": st.booleans()}))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_diagnosis_of_any_network_raises_nothing_and_what_it_says_is_true(
    experiment: Experiment, epochs: int, how: dict[str, bool]
) -> None:
    run = Run(experiment)
    if epochs:
        run.train(epochs)
    before = run.checkpoint()
    for finding in run.diagnosis(**how):
        assert finding.message
        check_bounds(run, finding)
        for layer, neuron in finding.neurons:
            assert neuron < run.layout.sizes[layer + 1]
        for cure in finding.cures:
            assert cure.experiment != experiment
    assert run.parameters.tobytes() == before.learner.parameters.tobytes()


def check_bounds(run: Run, finding: Finding) -> None:
    """A bound on the loss must be one: no run of this test comes below it."""
    if math.isfinite(finding.evidence.get("bound", math.nan)):
        assert min(run.history.train_loss) > finding.evidence["bound"]
    if math.isfinite(finding.evidence.get("constant", math.nan)):
        shares = np.bincount(run.train_data.labels.astype(int)) / len(run.train_data)
        entropy = -sum(share * math.log(share) for share in shares if share)
        assert finding.evidence["constant"] == pytest.approx(entropy)


@pytest.mark.parametrize("seed", ["0.1", "0.2", "0.3"])
@pytest.mark.parametrize("dataset", SEVERAL)
def test_a_healthy_network_gets_no_alarm_while_it_learns(dataset: str, seed: str) -> None:
    run = Run(Experiment(dataset=dataset, hidden=SEVERAL[dataset], learning_rate=0.03, seed=seed))  # type: ignore[arg-type]
    for epochs in (1, 9, 40, 150, 300):
        run.train(epochs)
        assert [finding.kind for finding in run.diagnosis() if finding.alarm] == []


def test_what_is_solved_is_said_to_be() -> None:
    run = Run(Experiment(dataset="blobs", seed="0.5", learning_rate=0.1)).train(200)
    assert found(run)["solved"].evidence["train_accuracy"] == 1


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"features": ()}, "no-inputs"),
        ({"learning_rate": 1e300}, "diverged"),
        ({"learning_rate": 0.0}, "learning-rate-too-small"),
        ({"initializer": "zeros"}, "symmetric"),
        ({"batch_size": 1000}, "batch-too-large"),
        ({"train_percent": 0}, "too-few-points"),
        ({"activation": "relu", "initializer": "uniform,scale:0.001", "hidden": (1,)}, None),
    ],
)
def test_causes_that_have_nothing_to_do_with_outputs_are_found(changed: dict[str, Any], kind: str | None) -> None:
    run = Run(Experiment(**{"dataset": "iris", "seed": "0.5", **changed})).train(60)
    assert kind is None or kind in found(run)


def dead() -> Run:
    run = Run(Experiment(dataset="iris", hidden=(3,), activation="relu", seed="0.5"))
    for neuron in range(3):
        run.set_bias(0, neuron, -1000.0)
    return run.train(5)


def test_a_layer_of_dead_neurons_is_found() -> None:
    assert found(dead())["dead-neurons"].cause == "layer"


def test_outputs_that_are_sure_are_neither_stuck_nor_saturated() -> None:
    run = Run(Experiment(dataset="blobs", seed="0.5", learning_rate=0.1)).train(50)
    run.set_bias(1, 0, 40.0)  # at once sure of one class, whatever the point
    assert not {"stuck-output", "saturated"} & set(found(run, notes=True))
    measured = Measurements(run)
    assert measured.output_ends == 0
    assert measured.outputs.shape[1] == 3


# --- Straight lines ---------------------------------------------------------------


def straight(dataset: Any, **settings: Any) -> Run:
    return Run(Experiment(**{"dataset": dataset, "hidden": (), "seed": "0.5", "loss": "cross-entropy", **settings}))


@pytest.mark.parametrize(
    ("dataset", "settings", "cause"),
    [
        ("three-rings", {}, "no-hidden-layer-lines"),
        ("three-spirals", {"hidden": (4, 4), "activation": "linear"}, "linear-neurons-lines"),
        ("three-spirals", {"features": ("xSquared", "sinX")}, "no-hidden-layer-cuts"),
        ("pie-10", {"features": ("x",)}, "no-hidden-layer-lines"),
        ("circle", {}, "no-hidden-layer-line"),
        ("three-rings", {"hidden": (5,)}, None),
        ("three-rings", {"features": ("xSquared", "ySquared")}, None),
        ("iris", {}, None),
        ("wine", {}, None),
        ("wine", {"noise": 80}, None),
        ("blobs", {"noise": 50}, None),
        ("pie-10", {}, None),
        ("gauss", {"noise": 50}, None),
    ],
)
def test_lines_that_cannot_separate_the_classes_are_found(
    dataset: str, settings: dict[str, Any], cause: str | None
) -> None:
    run = straight(dataset, **settings).train(5)
    finding = found(run).get("too-small")
    assert (finding.cause if finding else None) == cause


@pytest.mark.parametrize("dataset", ["three-rings", "three-spirals", "iris", "wine", "circle", "moons", "pie-5"])
@pytest.mark.parametrize("noise", [0, 40])
def test_no_straight_network_comes_below_the_bound(dataset: str, noise: float) -> None:
    bound = class_bounds_of(straight(dataset, noise=noise)).linear
    closest = math.inf
    for how in ({"optimizer": "adam", "learning_rate": 0.03}, {"learning_rate": 0.1, "batch_size": 75}):
        losses = straight(dataset, noise=noise, **how).train(1500).history.train_loss
        assert losses.min() >= bound
        closest = min(closest, float(losses.min()))
    assert closest < 1.05 * bound + 0.03  # some take very long


def test_the_constant_bound_is_the_entropy_and_noise_is_about_what_neighbours_leave() -> None:
    blobs = class_bounds_of(straight("blobs", train_percent=100))
    assert blobs.constant == pytest.approx(math.log(3))
    assert blobs.noise < 0.03
    assert blobs.share(blobs.constant) == 1
    assert class_bounds_of(straight("blobs", noise=80)).noise > 0.2


def test_too_many_inputs_have_no_bound_and_other_losses_neither() -> None:
    many = tuple(f"sin({k}*x)" for k in range(1, 17)) + tuple(f"sin({k}*y)" for k in range(1, 17))
    assert math.isnan(class_bounds_of(straight("pie-10"), many).linear)
    assert math.isnan(class_bounds_of(Run(Experiment(seed="0.5"))).constant)
    assert math.isnan(class_bounds_of(straight("iris", train_percent=0)).constant)


@pytest.mark.parametrize(
    ("bound", "shown"), [(1.0898, 1.0), (0.0999, 0.099), (0.6299, 0.62), (12.9, 12.0), (2.0, 2.0), (0.0, 0.0)]
)
def test_a_bound_is_rounded_down(bound: float, shown: float) -> None:
    assert rounded_down(bound) == pytest.approx(shown)


# --- Rare classes ---------------------------------------------------------------


def with_counts(*counts: int) -> Run:
    """A run whose training points are so many of each class."""
    run = Run(pie(len(counts), train_percent=100))
    labels, rows = run.train_data.labels, []
    for k, count in enumerate(counts):
        rows += np.flatnonzero(labels == k)[:count].tolist()
    points = Points(run.train_data.points[rows], labels[rows])
    state = run._state
    run._commit(replace(state, train_data=points, examples=examples_of(run.experiment, points), _evaluated={}))
    return run


@pytest.mark.parametrize(
    ("counts", "cause"),
    [
        ((40, 0, 0), "one-class"),
        ((40, 40, 0), "missing"),
        ((60, 60, 4), "rare-of-several"),
        ((60, 40, 20), None),
        ((20, 20, 20, 20, 20, 20, 5), None),
        ((30, 30, 30, 30, 30, 30, 2), "rare-of-several"),
    ],
)
def test_a_class_with_hardly_any_points_is_found(counts: tuple[int, ...], cause: str | None) -> None:
    finding = found(with_counts(*counts)).get("class-imbalance")
    assert (finding.cause if finding else None) == cause
    if finding:
        assert finding.evidence["rare_points"] == min(counts)


# --- Gradients ------------------------------------------------------------------


@pytest.mark.parametrize("classes", [3, 10])
def test_measured_gradients_are_those_of_the_loss(classes: int) -> None:
    run = Run(pie(classes, hidden=(4, 3), train_percent=100)).train(3)
    flow, step = Measurements(run).flow, 1e-6
    for layer, gradients in enumerate(flow.gradients):
        to, source = gradients.shape[0] - 1, 0
        losses = []
        for moved in (step, -step):
            copy = run.copy()
            copy.set_weight(layer, to, source, float(run.weights[layer][to, source]) + moved)
            losses.append(copy.train_loss)
        assert gradients[to, source] == pytest.approx((losses[0] - losses[1]) / (2 * step), abs=1e-6)


# --- Neuron reports -------------------------------------------------------------


@pytest.mark.parametrize("classes", [3, 6, 10])
def test_an_output_neuron_separates_its_class_from_the_others(classes: int) -> None:
    run = Run(pie(classes, hidden=(8,), learning_rate=0.1)).train(200)
    for neuron in range(classes):
        said = report(run, 1, neuron)
        assert said.separates_class == neuron
        assert said.separates is not None
        assert said.separates > 0.9
        assert said.loss_without is None
        assert said.formula.startswith("softmax(")


def test_a_hidden_neuron_is_about_the_class_that_it_separates_best() -> None:
    run = Run(Experiment(dataset="iris", seed="0.5", learning_rate=0.1)).train(100)
    said = report(run, 0, 0)
    values, labels = run.outputs(run.train_data.points)[0][:, 0], run.train_data.labels
    best = {}
    for k in range(3):
        sides = [
            (np.mean(values[labels == k] > at) + np.mean(values[labels != k] <= at)) / 2
            for at in [-np.inf, *np.unique(values)]
        ]
        best[k] = max(*sides, 1 - min(sides))
    assert said.separates == pytest.approx(max(best.values()))
    assert said.separates_class == max(best, key=lambda k: best[k])


def test_a_report_names_no_class_of_two() -> None:
    run = Run(Experiment(seed="0.5")).train(20)
    assert report(run, 0, 0).separates_class is None
    said = report(run, 2, 0)
    assert said.separates_class is None
    assert said.separates is not None
    assert run.train_accuracy is not None
    assert said.separates >= run.train_accuracy


def test_a_class_without_points_is_not_separated() -> None:
    run = with_counts(40, 40, 0)
    assert report(run, run.layout.layers - 1, 2).separates == 0.5


# --- Many starts and comparison -------------------------------------------------


def test_many_starts_have_the_losses_the_accuracies_and_the_fields_of_single_runs() -> None:
    experiment = Experiment(dataset="iris", hidden=(3,), seed="0.5")
    many = Starts(experiment, n=3).train(20)
    for k, run in enumerate(many):
        alone = Run(experiment.replace(start=k)).train(20)
        assert np.array_equal(run.parameters, alone.parameters)
        assert (many.train_loss[k], many.test_loss[k]) == (alone.train_loss, alone.test_loss)
        assert many.train_accuracy[k] == alone.train_accuracy
        assert np.array_equal(many.fields(8)[k], alone.output_fields(8))
    assert many.fields(8).shape == (3, 3, 8, 8)


def test_experiments_with_different_numbers_of_classes_are_compared() -> None:
    one, other = Experiment(dataset="iris", seed="0.5"), Experiment(dataset="circle", seed="0.5")
    comparison = compare(one, other, n=2, epochs=5)
    assert [difference.field for difference in comparison.differences] == ["dataset", "loss"]
    assert "training loss" in str(compare(Run(one), Run(other)))


def test_predicted_classes_are_those_of_the_largest_output() -> None:
    run = Run(Experiment(dataset="wine", seed="0.5")).train(50)
    points = run.test_data.points
    predicted = run.predicted_classes(points)
    assert predicted is not None
    assert predicted.tolist() == run.predict(points).argmax(axis=1).tolist()
    assert np.mean(predicted == run.test_data.labels) == run.test_accuracy
    assert Run(problem="regression", seed="0.5").predicted_classes(points) is None
