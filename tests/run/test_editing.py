"""Editing a run and continuing to train it."""

import math
from typing import Any

import numpy as np
import pytest
from runs import SPIRAL

from tinkernet import ExperimentError, Run


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
