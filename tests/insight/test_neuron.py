"""Neuron reports: formulas and numbers."""

import math

import numpy as np
import pytest

from tinkernet import Experiment, Run, engine
from tinkernet.insight.neuron import report, written


@pytest.fixture(scope="module")
def run() -> Run:
    engine.wait_until_compiled()
    return Run(Experiment(seed="0.12345")).train(100)


def test_a_small_weight_does_not_read_as_0() -> None:
    assert written([(0.0042, "x₁"), (-0.00001, "x₂")], 0.0) == "0.0042·x₁ − 0.00001·x₂ + 0.00"


def test_a_neuron_that_has_diverged_has_no_formula_of_what_is_not_a_number() -> None:
    run = Run(Experiment(seed="0.5", problem="regression", activation="linear", learning_rate=1000.0)).train(300)
    said = report(run, 0, 0)
    assert said.formula == said.short == "Training has diverged"


def test_a_formula_reads_as_a_teacher_reads_it_out() -> None:
    assert written([(-0.43, "x₁"), (-0.36, "x₂")], 0.1) == "−0.43·x₁ − 0.36·x₂ + 0.10"


def test_a_long_formula_keeps_its_largest_terms() -> None:
    terms = [(0.1, "a"), (2, "b"), (-3, "c"), (1, "d")]
    assert written(terms, -1, most=2) == "2.00·b − 3.00·c + … − 1.00"


def test_a_neuron_without_inputs_is_its_bias() -> None:
    assert written([], -0.5) == "−0.50"


def test_formulas_name_features_in_the_first_layer_and_neurons_in_later_ones(run: Run) -> None:
    assert "x₁" in report(run, 0, 0).formula
    assert "n1" in report(run, 1, 0).formula
    assert report(run, 2, 0).formula.startswith("tanh(")


def test_the_effect_equals_the_loss_change_of_switching_off(run: Run) -> None:
    found = report(run, 0, 2)
    off = run.copy()
    off.switch(0, 2, on=False)
    assert found.loss_without == off.train_loss
    assert found.effect == off.train_loss - run.train_loss


def test_the_output_has_no_loss_without_it(run: Run) -> None:
    assert report(run, 2, 0).loss_without is None


def test_separates_is_the_accuracy_of_the_best_threshold(run: Run) -> None:
    values = run.outputs(run.train_data.points)[0][:, 1]
    labels = run.train_data.labels > 0
    cuts = [np.mean((values > cut) == labels) for cut in [-math.inf, *values]]
    assert report(run, 0, 1).separates == pytest.approx(max(*cuts, 1 - min(cuts)))


def test_a_constant_neuron_separates_nothing() -> None:
    run = Run(Experiment(seed="1", initializer="zeros"))
    positive = np.mean(run.train_data.labels > 0)
    assert report(run, 0, 0).separates == max(positive, 1 - positive)


def test_for_regression_there_is_nothing_to_separate() -> None:
    assert report(Run(Experiment(dataset="reg-plane")), 0, 0).separates is None
