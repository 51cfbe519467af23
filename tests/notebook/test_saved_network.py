"""What a notebook keeps of a network, to be drawn without a kernel."""

from typing import Any

import numpy as np
import pytest

from tinkernet import Experiment, Run
from tinkernet.fragment import View
from tinkernet.notebook.saved import saved, size
from tinkernet.notebook.saved_network import saved_network

LARGEST = 50_000


def test_the_network_is_kept_with_a_field_for_each_input_and_neuron() -> None:
    run = Run(Experiment(seed="0.5", features=("x", "y", "sinX"), hidden=(4, 2)))
    kept = saved_network(run, run.experiment.plane)
    cells = kept["neuron_cells"]
    assert kept["sizes"] == [3, 4, 2, 1]
    assert kept["inputs"] == ["x₁", "x₂", "sin x₁"]
    assert np.array_equal(np.frombuffer(kept["parameters"], "<f4"), run.parameters.astype("<f4"))
    assert len(kept["input_fields"]) == 3 * cells**2
    assert len(kept["neuron_fields"]) == 7 * cells**2
    x = np.frombuffer(kept["input_fields"], np.uint8).reshape(3, cells, cells)[0]
    assert x[0, 0] < 20
    assert x[0, -1] > 235


@pytest.mark.parametrize(
    "settings",
    [
        {"hidden": (30, 28)},
        {"hidden": (8,) * 8, "features": ("x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY")},
        {"hidden": (10,) * 8, "dataset": "three-rings"},
        {"hidden": (250, 250)},
    ],
)
def test_a_saved_state_is_small_whatever_the_network(settings: dict[str, Any]) -> None:
    run = Run(Experiment(seed="0.5", **settings))
    run.train(1)
    assert size(saved(run, View())) < LARGEST


def test_a_network_with_many_neurons_is_kept_without_its_picture() -> None:
    run = Run(Experiment(seed="0.5", hidden=(250, 250)))
    assert saved_network(run, run.experiment.plane) == {}


def test_a_network_that_has_diverged_is_kept() -> None:
    run = Run(Experiment(seed="0.5", hidden=(4, 2), problem="regression", learning_rate=1e300))
    run.train(3)
    assert run.diverged
    assert len(saved_network(run, run.experiment.plane)["neuron_fields"]) > 0
