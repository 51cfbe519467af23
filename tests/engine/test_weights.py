"""Weights of points: factors of their losses and gradients, the same in the reference and in the compiled engine."""

import numpy as np
import pytest
from numpy import ndarray

from tinkernet import Experiment, engine
from tinkernet.engine import Crowd, Examples, Learner, Rule, reference
from tinkernet.options import DatasetName
from tinkernet.run.beginning import rule_of


def rule(dataset: DatasetName = "blobs") -> Rule:
    return rule_of(Experiment(dataset=dataset, hidden=(5, 3), batch_size=7, dropout=0.2, seed="1", optimizer="adam"))


def examples(rule: Rule, weights: ndarray | None, points: int = 30) -> Examples:
    draws = np.random.default_rng(0)
    outputs = rule.layout.sizes[-1]
    labels = (
        np.eye(outputs)[draws.integers(0, outputs, points)].T
        if outputs > 1
        else np.sign(draws.normal(size=(1, points)))
    )
    return Examples(draws.normal(size=(rule.layout.sizes[0], points)), np.ascontiguousarray(labels), weights)


def learner(rule: Rule) -> Learner:
    return Learner.fresh(rule, np.random.default_rng(1).normal(size=rule.layout.count))


@pytest.mark.parametrize("dataset", ["blobs", "circle"])
def test_the_compiled_engine_weighs_as_the_reference_does(dataset: DatasetName) -> None:
    engine.wait_until_compiled()
    this = rule(dataset)
    data = examples(this, np.random.default_rng(2).uniform(0, 3, 30))
    fast, slow = learner(this), Crowd.around(learner(this))
    losses = engine.train(this, fast, data, data, 0, 5)
    expected, done = np.empty((1, 5, 2)), np.zeros(1, dtype=np.int64)
    reference.train(this, slow, data, data, 0, 5, -np.inf, expected, done)
    assert np.array_equal(losses, expected[0])
    assert np.array_equal(fast.parameters, slow.learner(0).parameters)
    assert engine.evaluate(this, fast.parameters, data) == reference.evaluate(this, fast.parameters, data)


def test_weights_of_one_change_nothing() -> None:
    this = rule()
    plain, weighted = learner(this), learner(this)
    losses = [
        engine.train(this, one, data, data, 0, 5)
        for one, data in (
            (plain, examples(this, None)),
            (weighted, examples(this, np.ones(30))),
        )
    ]
    assert np.array_equal(losses[0], losses[1])
    assert np.array_equal(plain.parameters, weighted.parameters)


def test_a_weight_multiplies_the_loss_and_the_gradient_of_its_point() -> None:
    this = rule()
    weights = np.zeros(30)
    weights[4] = 30.0
    weighted, alone = examples(this, weights), examples(this, None)
    parameters = learner(this).parameters
    losses = engine.losses_of_points(this, parameters, alone)
    assert engine.evaluate(this, parameters, weighted)[0] == pytest.approx(losses[4])
    one = learner(this)
    engine.advance(this, one, weighted, 0, 0, 6)
    other = learner(this)
    engine.advance(this, other, alone, 0, 4, 5)
    assert one.gradients == pytest.approx(30.0 * other.gradients)


def test_points_are_taken_in_another_order_with_their_labels_and_weights() -> None:
    this = rule()
    first, order = examples(this, np.arange(30.0)), np.random.default_rng(3).permutation(30)
    second = first.copy()
    second.take(first, order)
    assert np.array_equal(second.inputs, first.inputs[:, order])
    assert np.array_equal(second.labels, first.labels[:, order])
    assert second.weights is not None
    assert np.array_equal(second.weights, order)
