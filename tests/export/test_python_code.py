"""The exported Python code reproduces the run."""

from typing import Any

import numpy as np
import pytest

from tinkernet import Experiment, Run
from tinkernet.export.python_code import python_code


def pasted(run: Run) -> Run:
    """The run that the code creates."""
    names: dict[str, Any] = {}
    exec(compile(python_code(run), "pasted", "exec"), names)  # noqa: S102 - users run this code
    made = names["run"]
    assert isinstance(made, Run)
    return made


@pytest.mark.parametrize("points", [0, 137])
def test_the_code_repeats_all_edits(points: int) -> None:
    run = Run(Experiment(dataset="xor", seed="a 'quoted' word", batch_size=7, start=2)).train(11)
    run.learning_rate = 0.1
    run.train(2).train_points(31)
    run.set_weight(0, 1, 0, 0.1 + 0.2)
    run.train_points(5)
    run.set_bias(2, 0, -0.5)
    run.train(3)
    run.change(regularization="L1", regularization_rate=0.01, noise=10, activation="relu")
    run.train(4)
    if points:
        run.train_points(points)
    made = pasted(run)
    assert np.array_equal(made.parameters, run.parameters)
    assert (made.epoch, made.position, made.test_loss) == (run.epoch, run.position, run.test_loss)
    assert np.array_equal(made.train(3).parameters, run.train(3).parameters)


def test_changed_data_in_the_middle_of_an_epoch_restarts_it() -> None:
    run = Run(Experiment(seed="1")).train(2).train_points(100)
    run.change(noise=20)
    run.train_points(40)
    run.train(1)
    made = pasted(run)
    assert np.array_equal(made.parameters, run.parameters)


def test_the_code_sets_all_parameters() -> None:
    run, trained = Run(Experiment(dataset="xor", seed="1")), Run(Experiment(dataset="xor", seed="2")).train(3)
    run.set_parameters(trained.weights, trained.biases).train(2).train_points(3)
    run.set_parameters(trained.weights, trained.biases).train(1)
    assert np.array_equal(pasted(run).parameters, run.parameters)


def test_the_code_freezes_and_switches_off_the_same_neurons() -> None:
    run = Run(Experiment(dataset="xor", seed="1")).train(5)
    run.freeze(0)
    run.train(3).train_points(17)
    run.freeze(0, 2, frozen=False)
    run.switch(1, 1, on=False)
    run.train(4)
    run.switch(0, 3, on=False)
    run.train(2)
    run.switch(1, 1, on=True)
    run.train(1)
    made = pasted(run)
    assert np.array_equal(made.parameters, run.parameters)
    assert made.events == run.events
    assert [layer.tolist() for layer in made.frozen] == [layer.tolist() for layer in run.frozen]
    assert (made.is_on(0, 3), made.is_on(1, 1)) == (False, True)
    assert np.array_equal(made.train(3).parameters, run.train(3).parameters)
