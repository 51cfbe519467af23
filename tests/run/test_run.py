"""Runs: creating, reading and copying them."""

import copy
import pickle
import re
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from runs import SPIRAL, same

from tinkernet import Experiment, ExperimentError, Run, starts
from tinkernet.insight.neuron import report


def test_a_run_is_created_from_settings_a_link_or_an_experiment() -> None:
    experiment = Experiment(dataset="spiral", hidden=(3,), seed="42")
    assert Run(dataset="spiral", hidden=[3], seed=42).experiment == experiment
    assert Run(experiment.to_link()).experiment == experiment
    assert Run(experiment, noise=5).experiment == experiment.replace(noise=5)


def test_an_error_for_a_wrong_argument_shows_what_to_write() -> None:
    with pytest.raises(ExperimentError, match=r"Experiment\(dataset='spiral'\)"):
        Run("spiral")


def test_a_misspelt_setting_of_a_run_is_named() -> None:
    with pytest.raises(ExperimentError, match="did you mean dataset"):
        Run(datset="spiral")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("batch_size", r"run\.change\(batch_size=…\)"),
        ("hidden", "Run"),
        ("epochs", "did you mean epoch"),
    ],
)
def test_read_only_and_unknown_attributes_cannot_be_set(name: str, hint: str) -> None:
    run = Run(SPIRAL)
    with pytest.raises(AttributeError, match=hint):
        setattr(run, name, 1)
    assert run.experiment == SPIRAL


WRONG_TYPES = [
    "run.switch(0, 0, on='yes')",
    "run.at(1, 0.5)",
    "run.at('1')",
    "run.freeze(0, 'x')",
    "run.set_bias('a', 0, 1)",
    "run.is_on(None, 0)",
    "run.fields(4, [3])",
    "run.fields('4')",
    "tinkernet.Run(5)",
    "tinkernet.starts(5)",
    "tinkernet.Starts(None, 2)",
    "tinkernet.compare('seed=1', 5)",
]


def test_values_of_wrong_types_are_rejected_in_one_line() -> None:
    # In a separate process: here the checker of array shapes would reject them first.
    program = [
        "import tinkernet",
        "run = tinkernet.Run(seed=1).train(2)",
        f"for call in {WRONG_TYPES!r}:",
        "    try: eval(call); print('took', call)",
        "    except tinkernet.ExperimentError as error: print('rejected', error)",
    ]
    done = subprocess.run([sys.executable, "-c", "\n".join(program)], capture_output=True, text=True, check=True)
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["rejected"] * len(WRONG_TYPES), done.stdout


NONSENSE: list[tuple[str, Callable[[Run], object]]] = [
    ("layer is 9", lambda run: run.is_on(9, 0)),
    ("neuron is 9", lambda run: run.is_on(0, 9)),
    ("layer is -1", lambda run: run.is_on(-1, 0)),
    ("neuron is 9", lambda run: run.switch(0, 9, on=False)),
    ("neuron is 9", lambda run: run.freeze(0, 9)),
    ("to is 9", lambda run: run.set_weight(0, 9, 0, 1)),
    ("from is 9", lambda run: run.set_weight(0, 0, 9, 1)),
    ("neuron is 9", lambda run: report(run, 0, 9)),
    ("neuron is -1", lambda run: run.fields(4, [(0, -1)])),
    ("neurons is 'xy'", lambda run: run.fields(4, ["xy"])),
    ("cells is 0", lambda run: run.fields(0)),
    ("cells is 1000000", lambda run: run.fields(10**6)),
]


@pytest.mark.parametrize(("said", "call"), NONSENSE)
def test_an_invalid_place_or_size_is_named(said: str, call: Callable[[Run], object]) -> None:
    with pytest.raises(ExperimentError, match=rf"^{re.escape(said)}, but must be"):
        call(Run(seed=1))


def test_predict_accepts_lists() -> None:
    run = Run(SPIRAL)
    assert run.predict([[0, 0], [1, 2]]).tolist() == run.predict(np.array([[0.0, 0.0], [1.0, 2.0]])).tolist()
    with pytest.raises(ExperimentError, match="points"):
        run.predict(["a", "b"])


def test_arrays_do_not_change_while_training_continues() -> None:
    run = Run(SPIRAL)
    weights, history = run.weights, run.history
    before = [array.copy() for array in weights]
    run.train(5)
    assert all(np.array_equal(one, other) for one, other in zip(weights, before, strict=True))
    assert len(history) == 1


@pytest.mark.parametrize("how", [copy.copy, copy.deepcopy, lambda run: pickle.loads(pickle.dumps(run))])  # noqa: S301 (trusted data)
def test_every_way_to_copy_a_run_gives_an_independent_run(how: Callable[[Run], Run]) -> None:
    run = Run(SPIRAL).train(3)
    run.set_bias(0, 0, 0.5)
    twin = how(run)
    assert same(twin, run)
    twin.train(5)
    assert run.epoch == 3
    assert same(twin.at(3), run)


def test_fields_takes_neurons_by_layer_and_inputs_by_feature() -> None:
    run = Run(SPIRAL)
    everything = run.fields(6)
    assert np.array_equal(run.fields(6, [(0, 2), (2, 0)]), everything[[2, 7]])
    assert np.allclose(run.fields(6, ["x"])[0][0], np.arange(-5, 6, 2))
    for wrong in [(3, 0), (0, 4), "y"]:
        with pytest.raises(ExperimentError):
            run.fields(6, [wrong])  # type: ignore[list-item]


def test_a_checkpoint_restores_everything() -> None:
    run = Run(SPIRAL).train(3).train_points(17)
    checkpoint, twin = run.checkpoint(), run.copy()
    run.train(5)
    run.learning_rate = 1
    run.reset()
    assert same(run.restore(checkpoint), twin)


def test_the_arrays_of_a_run_are_read_only() -> None:
    run = Run(SPIRAL)
    for array in (run.parameters, run.weights[0], run.biases[0], run.train_data.points):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_the_text_of_a_run_is_short_whatever_the_link_holds() -> None:
    points = np.random.default_rng(1).normal(size=(500, 2))
    experiment = Experiment(data=(points, points[:, 0] > 0), seed=1)
    assert len(experiment.to_link()) > 2_000
    for text in (repr(Run(experiment)), Run(experiment)._repr_html_(), repr(starts(experiment, 2))):
        assert "points=" in text
        assert len(text) < 700
        assert "…&seed=1" in text.replace("&amp;", "&")
