"""Runs with an output for each class: files, links, code, the past, and what can change while weights are kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pies import pie, pies
from runs import resign, same

from tinkernet import Experiment, ExperimentError, Run
from tinkernet.export.python_code import python_code

COUNTS = [3, 7, 10]


@pytest.fixture(autouse=True)
def _pies() -> Iterator[None]:
    with pies():
        yield


def trained(classes: int, **settings: Any) -> Run:
    """A run with everything that happens to runs."""
    run = Run(pie(classes, **{"hidden": (5, 4), "optimizer": "adam", "dropout": 0.1, **settings})).train(6)
    run.learning_rate = 0.1
    run.train(2).train_points(11)
    run.set_weight(2, classes - 1, 3, 0.25)
    run.set_bias(2, classes - 1, -1.0)
    run.freeze(2, classes - 2)
    run.switch(1, 2, on=False)
    return run.train(4)


@pytest.mark.parametrize("classes", COUNTS)
def test_a_saved_run_continues_bit_for_bit(classes: int, tmp_path: Path) -> None:
    run = trained(classes)
    run.save(tmp_path / "run")
    loaded = Run.load(tmp_path / "run")
    assert same(run, loaded)
    assert loaded.frozen[2].tolist() == [k == classes - 2 for k in range(classes)]


@pytest.mark.parametrize("classes", COUNTS)
def test_a_link_brings_the_experiment_back(classes: int) -> None:
    experiment = pie(classes, hidden=(5, 4))
    assert Experiment.from_link(experiment.to_link()) == experiment
    assert "loss=" not in experiment.to_link()


@pytest.mark.parametrize("classes", COUNTS)
def test_the_code_and_the_past_repeat_the_run(classes: int) -> None:
    run = trained(classes)
    names: dict[str, Any] = {}
    exec(compile(python_code(run), "pasted", "exec"), names)  # noqa: S102 - users run this code
    assert np.array_equal(names["run"].parameters, run.parameters)
    loaded = Run.from_checkpoint(run.checkpoint())
    assert np.array_equal(loaded.at(7).parameters, run.at(7).parameters)


def test_no_output_neuron_can_be_switched_off() -> None:
    run = trained(3)
    assert all(run.is_on(2, k) for k in range(3))
    with pytest.raises(ExperimentError, match="layer"):
        run.switch(2, 1, on=False)


def test_weights_are_kept_where_as_many_outputs_are_needed() -> None:
    run = Run(Experiment(dataset="iris", seed="0.5")).train(5)
    before = run.parameters.copy()
    run.change(dataset="wine")
    assert np.array_equal(run.parameters, before)
    assert run.experiment.classes == Experiment(dataset="wine").classes
    assert len(run.train(2).train_data) == 89
    assert np.array_equal(Run.from_checkpoint(run.checkpoint()).at(6).parameters, run.at(6).parameters)


@pytest.mark.parametrize(
    ("here", "there", "needed"),
    [("circle", "iris", "1 output neuron"), ("iris", "circle", "3 output neurons"), ("iris", "pie-4", "3 output")],
)
def test_other_numbers_of_outputs_cannot_keep_the_weights(here: Any, there: Any, needed: str) -> None:
    run = Run(Experiment(dataset=here, seed="0.5")).train(2)
    with pytest.raises(ExperimentError, match=f"^dataset is '{there}'.*{needed}.*while the weights are kept"):
        run.change(dataset=there)
    assert run.experiment.dataset == here
    assert run.train(1).epoch == 3


def test_a_file_in_which_an_event_changes_the_number_of_outputs_is_rejected(tmp_path: Path) -> None:
    run = Run(Experiment(dataset="circle", seed="0.5")).train(3)
    run.save(tmp_path / "run")
    back_and_forth = [
        {"type": "changed", "epoch": 1, "position": 0, "before": {"dataset": one}, "after": {"dataset": other}}
        for one, other in (("circle", "iris"), ("iris", "circle"))
    ]
    resign(tmp_path / "run", {"events": back_and_forth})
    with pytest.raises(ExperimentError, match="cannot change"):
        Run.load(tmp_path / "run")


@pytest.mark.parametrize("loss", ["squared", "hinge", "huber"])
def test_several_classes_have_one_loss(loss: str) -> None:
    with pytest.raises(ExperimentError, match="cross-entropy for 3 classes"):
        Experiment(dataset="iris", loss=loss)


def test_changing_to_another_number_of_classes_chooses_the_loss_that_fits() -> None:
    two = Experiment(dataset="circle", loss="hinge", seed="0.5")
    assert two.replace(dataset="iris").loss == "cross-entropy"
    assert two.replace(dataset="iris").replace(dataset="xor").loss == "squared"
    assert two.replace(dataset="iris").layout.sizes[-1] == 3
