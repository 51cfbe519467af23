"""An exported network answers in its own library as it does in tinkernet."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import exported_networks
import msgspec
import numpy as np
import onnx
import pytest
import safetensors
from numpy import ndarray

import tinkernet
from tinkernet import Dataset, Experiment, ExperimentError, Run, export
from tinkernet.data import DATASETS
from tinkernet.export.networks import targets
from tinkernet.export.networks.activation_code import ACTIVATION_CODE
from tinkernet.export.networks.network import Network
from tinkernet.export.networks.onnx_nodes import ACTIVATION_NODES
from tinkernet.export.networks.targets import TARGETS
from tinkernet.formula import FUNCTIONS, QUANTITIES
from tinkernet.link import parse
from tinkernet.network import ACTIVATIONS
from tinkernet.network.heads import HEADS

POINTS = 1_000
# What the libraries compute in float32 and float64, relative to the size of the answers.
NEAR = {"float32": 1e-6, "float64": 1e-12}
FORMULAS = (
    "sin(2*x)-cos(y)",
    "tan(x/4)*tanh(y)",
    "exp(-x^2/9)",
    "log(abs(x)+1)",
    "sqrt(abs(y))*sign(x)",
    "min(x,y,2)",
    "max(1,x,y)",
    "r/(1+r)",
    "angle^3/pi^2",
    "2^(x/3)-(x+y)^-2/9",
    "-(x-y)^2/7",
    "abs(x)^1.5/9",
    "3*pi",
)


def trained(epochs: int = 5, **settings: Any) -> Run:
    return Run(Experiment(**{"seed": "0.3", **settings})).train(epochs)


def own(target: str) -> Dataset:
    """Data with names that no program has as variables, in its own units."""
    rng = np.random.default_rng(5)
    points = rng.uniform((1000, -0.01, 7), (1010, 0.01, 7000), (90, 3))
    names = ["mass [kg]", "class", "x²"]
    if target == "numbers":
        return Dataset.from_arrays(points, 30_000 + 900 * points[:, 1], names=names, kind="numbers", target='a "b"\\')
    labels = np.array(["no", 'ye"s\\', "n'é"])[: 2 if target == "two" else 3]
    return Dataset.from_arrays(points, labels[rng.integers(len(labels), size=90)], names=names, target="LOW")


@cache
def cases() -> dict[str, Run]:
    """Networks with every activation, head, function of a formula, and kind of data."""
    runs = {
        "activations": trained(dataset="spiral", hidden=[3] * len(ACTIVATIONS), activation=list(ACTIVATIONS)),
        "formulas": trained(2, dataset="gauss", features=FORMULAS, learning_rate=0.001),
        "no_layer": trained(dataset="xor", hidden=()),
        "diverging": trained(dataset="circle", loss="hinge", learning_rate=3, activation="relu"),
        "own_numbers": trained(data=own("numbers"), features=["class", "[x²]*[class]/3", "r"]),
        "own_two": trained(data=own("two")),
        "own_three": trained(data=own("three"), features=["x²", "mass (kg)"]),
        "columns": trained(data=own("three")),
    }
    for head in HEADS:
        dataset = next(
            name
            for name, one in DATASETS.items()
            if one.problem == head.problem and (len(one.classes) > 2) == head.several
        )
        runs[f"{head.problem}_{head.several}_{head.loss.name}"] = trained(dataset=dataset, loss=head.loss.name)
    off = trained(dataset="circle", hidden=(4, 3))
    off.switch(0, 2, on=False)
    off.switch(1, 0, on=False)
    runs["switched_off"] = off
    rng = np.random.default_rng(8)
    for number in range(12):
        shape = rng.integers(1, 9, size=rng.integers(0, 4)).tolist()
        runs[f"random_{number}"] = trained(
            int(rng.integers(0, 40)),
            dataset=str(rng.choice(list(DATASETS))),
            hidden=shape,
            activation=[str(name) for name in rng.choice(list(ACTIVATIONS), size=len(shape))] or ["tanh"][:0],
            features=["x", *rng.choice(["y", "sinX", "xTimesY", "r", "tanh(y)"], size=3, replace=False).tolist()],
            seed=str(number),
        )
    return runs


def points_for(run: Run) -> ndarray:
    """Points in and around the data, which float32 can hold."""
    rng, data = np.random.default_rng(1), run.experiment.data
    low, high = (-6.0, 6.0) if data is None else (np.array(data.scaling.low), np.array(data.scaling.high))
    points = rng.uniform(low, high, (POINTS, len(run.experiment.inputs.columns)))
    points[:3] = np.eye(3, points.shape[1]) * -2 + 0.0 if data is None else points[:3]
    return points.astype(np.float32).astype(np.float64)


def expected(run: Run, points: ndarray) -> tuple[list[str], ndarray]:
    """The labels and probabilities, or the numbers, that tinkernet answers for these points."""
    experiment, head, outputs = run.experiment, run.experiment.head, run.predict(points)
    if not experiment.classes:
        data = experiment.data
        return [], outputs if data is None else data.target.scaling.backward(outputs[:, None])[:, 0]
    chosen = run.predicted_classes(points)
    assert chosen is not None
    labels = [experiment.classes[k] for k in chosen]
    if head.several:
        return labels, outputs
    second = np.clip((outputs - head.lowest) / (head.highest - head.lowest), 0, 1)
    return labels, np.stack([1 - second, second], axis=1)


LIBRARIES = {
    "numpy": ("numpy", {}),
    "torch": ("torch", {}),
    "jax": ("jax", {}),
    "onnx": ("onnx", {}),
    "keras on torch": ("keras", {"KERAS_BACKEND": "torch"}),
    "keras on jax": ("keras", {"KERAS_BACKEND": "jax"}),
}
# JAX takes seconds to compile each network, so these get a few that have everything between them.
FEW = {"activations", "formulas", "diverging", "own_numbers", "own_two", "own_three"}


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_exported_network_answers_as_in_tinkernet(library: str, tmp_path: Path) -> None:
    to, variables = LIBRARIES[library]
    chosen = {name: run for name, run in cases().items() if name in FEW or "jax" not in library}
    target, points = TARGETS[to], {name: points_for(run) for name, run in chosen.items()}
    for name, run in chosen.items():
        np.save(tmp_path / f"{name}.npy", points[name])
        for numbers in target.numbers:
            place = tmp_path / f"{name}.{numbers}{Path(target.file).suffix}"
            targets.save(targets.export(run, to, numbers), place)
    subprocess.run(
        [sys.executable, "-W", "ignore", exported_networks.__file__, tmp_path],
        env={**os.environ, **variables},
        check=True,
    )
    for name, run in chosen.items():
        labels, values = expected(run, points[name])
        for numbers in target.numbers:
            answer = np.load(tmp_path / f"{name}.{numbers}.npz")
            size = max(1.0, float(np.abs(values).max()))
            assert answer["values"].shape == values.shape, (name, numbers)
            assert np.abs(answer["values"] - values).max() <= NEAR[numbers] * size, (name, numbers)
            if labels:
                two = np.sort(values, axis=1)[:, -2:]
                sure = two[:, 1] - two[:, 0] > 1e-5
                if run.experiment.head.limit is None:
                    sure = np.abs(run.predict(points[name])) > 1e-5
                assert (answer["labels"] == np.array(labels))[sure].all(), (name, numbers)


def test_every_activation_and_function_has_been_exported() -> None:
    assert set(ACTIVATION_CODE) == set(ACTIVATION_NODES) == set(ACTIVATIONS)
    assert set(cases()["activations"].experiment.in_layers("activation")) == set(ACTIVATIONS)
    words = " ".join(FORMULAS)
    assert all(name in words for name in (*FUNCTIONS, *QUANTITIES))


def test_json_has_the_network_and_all_digits() -> None:
    run = cases()["own_three"]
    text = export.json(run)
    network = msgspec.json.decode(text, type=Network)
    assert network.output.classes == list(run.experiment.classes)
    assert [column.name for column in network.columns] == ["mass [kg]", "class", "x²"]
    assert network.inputs == ["[mass (kg)]", "[x²]"]
    for layer, weights, biases in zip(network.layers, run.weights, run.biases, strict=True):
        assert np.array_equal(np.array(layer.weights), weights)
        assert np.array_equal(np.array(layer.biases), biases)
    assert json.loads(text)["format"] == "tinkernet network"
    assert max(map(len, text.splitlines())) < 200


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_safetensors_have_the_weights_and_the_rest_in_their_metadata(dtype: Any, tmp_path: Path) -> None:
    run = cases()["switched_off"]
    export.safetensors(run, tmp_path / "it.safetensors", dtype=dtype)
    with safetensors.safe_open(tmp_path / "it.safetensors", "numpy") as file:
        for layer, (weights, biases) in enumerate(zip(run.weights, run.biases, strict=True)):
            assert np.array_equal(file.get_tensor(f"layers.{layer}.weight"), weights.astype(dtype))
            assert np.array_equal(file.get_tensor(f"layers.{layer}.bias"), biases.astype(dtype))
        network = msgspec.json.decode(file.metadata()["network"], type=Network)
    assert [layer.switched_off for layer in network.layers] == [[2], [0], []]
    assert network.inputs == ["x", "y"]


@pytest.mark.parametrize("name", TARGETS)
def test_the_same_run_gives_the_same_file(name: str) -> None:
    run = trained(dataset="circle")
    assert len({getattr(export, name)(run) for _ in range(8)}) == 1


def test_onnx_has_named_batches_and_an_opset_that_older_runtimes_know() -> None:
    model = onnx.load_from_string(export.onnx(cases()["own_two"]))
    assert model.opset_import[0].version == 18
    shape = model.graph.input[0].type.tensor_type.shape.dim
    assert [shape[0].dim_param, shape[1].dim_value] == ["batch", 3]
    assert [node.op_type for node in model.graph.node].count("Gemm") == 3
    assert {one.name for one in model.graph.initializer} >= {"layer_1.weights", "layer_1.biases", "classes"}


def test_the_playground_opens_what_it_knows() -> None:
    run = trained(dataset="spiral", activation="relu", features=["x", "sinX"])
    address = export.playground(run)
    assert address.startswith("https://playground.tensorflow.org/#")
    assert parse(address)[0] == run.experiment
    with pytest.raises(ExperimentError, match="optimizer is 'adam', but must be one that TensorFlow Playground has"):
        export.playground(trained(optimizer="adam"))


def test_what_cannot_be_exported_is_named(tmp_path: Path) -> None:
    run = Run(seed=1)
    with pytest.raises(ExperimentError, match=r"to is 'tourch', but must be one of .* \(did you mean torch\?\)"):
        targets.export(run, "tourch")
    with pytest.raises(ExperimentError, match="dtype is 'float64', but must be float32 for Keras"):
        targets.export(run, "keras", "float64")
    with pytest.raises(ExperimentError, match="training is True, but must be False for NumPy; torch can have it"):
        targets.export(run, "numpy", training=True)
    with pytest.raises(ExperimentError, match=r"output is .*, but must be in a folder that exists"):
        export.torch(run, tmp_path / "no" / "it.py")
    with pytest.raises(ExperimentError, match="output is 3, but must be the path of a file"):
        export.torch(run, 3)  # type: ignore[arg-type]
    with pytest.raises(ExperimentError, match=r"run is None, but must be a tinkernet.Run"):
        export.torch(None)  # type: ignore[arg-type]
    with pytest.raises(ExperimentError, match=r"numbers in the program is .*, but must be at most 100"):
        export.numpy(Run(seed=1, hidden=[256, 256, 256]))
    assert len(export.onnx(Run(seed=1, hidden=[256, 256, 256]))) > 4 * 130_000
    run = Run(dataset="reg-plane", hidden=(), learning_rate=1e9).train(30)
    assert run.diverged
    for target in TARGETS:
        if target != "playground":
            with pytest.raises(ExperimentError, match="training has diverged"):
                targets.export(run, target)


@pytest.mark.parametrize("target", [one for one in TARGETS.values() if one.library], ids=lambda one: one.name)
def test_a_missing_library_is_named_with_its_extra(target: targets.Target, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == target.library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, target.library, None)
    assert target.missing == f"{target.library} is not installed: pip install 'tinkernet[{target.extra}]'"
    with pytest.raises(
        ImportError, match=rf"^{target.library} is not installed: pip install 'tinkernet\[{target.extra}\]'$"
    ):
        targets.export(Run(seed=1), target.name)


def test_a_program_says_what_the_plane_stands_for() -> None:
    text = export.torch(trained(dataset="iris", hidden=(4, 3)))
    assert "\n# x from -6 to 6 stands for petal length from 0 to 8 cm.\n" in text
    assert "2 inputs, 4 and 3 hidden neurons (tanh) and 3 outputs, after 5 epochs." in " ".join(text.split())


@pytest.mark.parametrize(
    ("hidden", "epochs", "said"),
    [
        ((4, 3, 2), 5, "2 inputs, 4, 3 and 2 hidden neurons (tanh) and 1 output, after 5 epochs."),
        ((1,), 1, "2 inputs, 1 hidden neuron (tanh) and 1 output, after 1 epoch."),
        ((), 0, "2 inputs, no hidden neurons and 1 output, before its training."),
    ],
)
def test_a_program_says_what_network_it_has(hidden: tuple[int, ...], epochs: int, said: str) -> None:
    run = trained(epochs, hidden=hidden) if epochs else Run(hidden=hidden, seed=1)
    text = export.numpy(run)
    assert said in " ".join(text.split())


def test_the_functions_are_public() -> None:
    assert set(export.__all__) == set(TARGETS)
    assert tinkernet.export is export
