"""What a notebook keeps of a run, to be drawn without a kernel."""

import json
from typing import Any

import numpy as np
import pytest

from tinkernet import Dataset, Experiment, Run
from tinkernet.fragment import View
from tinkernet.notebook.built import script
from tinkernet.notebook.saved import LARGEST, saved, size
from tinkernet.notebook.saved_network import saved_network
from tinkernet.run.observed import ObservedRun

WITHOUT_WRAPPING = 49_000
"""50 KB less what a notebook writes around it."""


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


def test_of_a_run_that_a_program_trains_steps_are_kept() -> None:
    run = ObservedRun(Experiment(seed="0.5"))
    assert saved(run.observe(run.parameters, 300), View())["unit"] == "step"
    assert saved(Run(seed="0.5"), View())["unit"] == "epoch"


def ten_classes() -> Dataset:
    """20,000 points of ten classes, in ten sectors."""
    points = np.random.default_rng(0).normal(size=(20_000, 2))
    sectors = (np.arctan2(*points.T) / np.pi * 5 + 5).astype(int) % 10
    return Dataset.from_arrays(points, [f"the class number {sector}" for sector in sectors])


SEVEN = ("x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY")


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"hidden": (30, 28)},
        {"hidden": (8,) * 8, "features": SEVEN},
        {"hidden": (10,) * 8, "dataset": "three-rings"},
        {"hidden": (250, 250)},
        {"hidden": (12, 12, 12, 12), "data": ten_classes()},
    ],
    ids=["usual", "wide", "deep", "classes", "large", "ten-classes"],
)
def test_with_the_script_a_saved_state_is_under_50_kb_whatever_the_run(settings: dict[str, Any]) -> None:
    run = Run(Experiment(seed="0.5", **settings))
    run.train(3)
    for edit in range(200):
        run.set_weight(0, to=edit % run.layout.sizes[1], source=edit % 2, value=edit / 7)
    state = saved(run, View())
    assert size(state) + len(json.dumps(script("widget.js"))) < WITHOUT_WRAPPING
    assert ("sizes" in state) == (run.layout.count < 1000)


def test_edits_that_take_too_much_are_not_kept_and_the_picture_is() -> None:
    run = Run(Experiment(seed="0.5", hidden=(30, 28)))
    random = np.random.default_rng(0)
    for value in random.normal(size=1500):
        run.set_weight(0, to=int(random.integers(30)), source=0, value=float(value))
    state = saved(run, View())
    assert dict(state["lengths"])["run"] == 0
    assert size(state) <= LARGEST
    assert state["sizes"] == [2, 30, 28, 1]


def test_a_network_with_many_neurons_is_kept_without_its_picture() -> None:
    run = Run(Experiment(seed="0.5", hidden=(250, 250)))
    assert saved_network(run, run.experiment.plane) == {}


def test_a_network_that_has_diverged_is_kept() -> None:
    run = Run(Experiment(seed="0.5", hidden=(4, 2), problem="regression", learning_rate=1e300))
    run.train(3)
    assert run.diverged
    assert len(saved_network(run, run.experiment.plane)["neuron_fields"]) > 0
