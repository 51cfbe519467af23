"""Editing a run and continuing to train it."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from runs import SPIRAL

from tinkernet import ExperimentError, Run, View
from tinkernet.session.restoring import Saved


def test_a_new_learning_rate_keeps_the_weights() -> None:
    run = Run(SPIRAL).train(3)
    before = run.parameters.copy()
    run.learning_rate = 0.5
    assert np.array_equal(run.parameters, before)
    assert run.experiment.learning_rate == 0.5
    assert [(event.epoch, event.text) for event in run.events] == [(3, "learning rate 0.03 → 0.5")]


def test_edits_take_effect_and_a_drag_is_one_event() -> None:
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


def test_a_frozen_neuron_does_not_change_while_the_rest_learns() -> None:
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


def test_a_neuron_switched_off_has_no_effect_and_is_restored_unchanged() -> None:
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


def test_settings_that_need_new_weights_cannot_change_while_weights_are_kept() -> None:
    with pytest.raises(ExperimentError, match="while the weights are kept"):
        Run(SPIRAL).change(hidden=(3,))


@pytest.mark.parametrize("place", [(3, 0, 0), (0, 4, 0), (0, 0, 2), (-1, 0, 0)])
def test_setting_a_weight_that_does_not_exist_is_an_error(place: tuple[int, int, int]) -> None:
    with pytest.raises(ExperimentError):
        Run(SPIRAL).set_weight(*place, 1.0)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_weight_must_be_a_finite_number(value: float) -> None:
    with pytest.raises(ExperimentError, match="weight"):
        Run(SPIRAL).set_weight(0, 0, 0, value)


def test_all_parameters_can_be_set_at_once_and_training_continues_from_them(tmp_path: Path) -> None:
    trained, run = Run(SPIRAL).train(5), Run(SPIRAL, seed="0.7")
    run.switch(0, 1, on=False)
    run.freeze(1)
    run.set_parameters(trained.weights, trained.biases)
    assert np.array_equal(run.parameters, trained.parameters)
    assert run.is_on(0, 1)
    assert run.frozen[1].all()
    assert run.history[0].train_loss == run.train_loss
    run.train(2).set_parameters(list(run.weights), [bias + 1 for bias in run.biases])
    assert len(run.history) == 3
    run.train(1).save(tmp_path / "run.tinkernet")
    again = Run.load(tmp_path / "run.tinkernet")
    assert np.array_equal(again.train(2).parameters, run.copy().train(2).parameters)
    assert [event.text for event in again.events][-2:] == ["all weights and biases set"] * 2


def test_setting_all_parameters_is_replayed() -> None:
    run = Run(SPIRAL)
    run.set_parameters(run.weights, [bias - 0.5 for bias in run.biases]).train(3)
    run.set_parameters([weights * 0.5 for weights in run.weights], run.biases).train(2)
    assert np.array_equal(Saved.decode(Saved.of(run, View()).encode()).run().parameters, run.parameters)
    assert np.array_equal(run.at(2).parameters, run.at(4).at(2).parameters)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda weights: weights[1:], r"weights is .*, but must be a list of 3 arrays"),
        (lambda _: 3, r"weights is 3, but must be a list of 3 arrays"),
        (lambda weights: [weights[0].T, *weights[1:]], r"weights\[0\] is 'an array .* must be an array \(4, 2\)"),
        (lambda weights: [weights[0] * math.nan, *weights[1:]], r"weights\[0\] .* finite numbers"),
        (lambda weights: [[[1, 2], [3]], *weights[1:]], r"weights\[0\] is \[\[1, 2\], \[3\]\]"),
        (lambda weights: [weights[0].astype(str), *weights[1:]], r"weights\[0\]"),
    ],
)
def test_wrong_parameters_are_refused_and_change_nothing(change: Callable[[Any], Any], message: str) -> None:
    run = Run(SPIRAL)
    before = run.parameters
    with pytest.raises(ExperimentError, match=message):
        run.set_parameters(change(list(run.weights)), run.biases)
    assert np.array_equal(run.parameters, before)
    assert run.events == ()
