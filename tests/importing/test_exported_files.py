"""ONNX files that tinkernet exported become the same network again."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnx
import pytest

from tinkernet import Dataset, ExperimentError, Run, export, from_onnx

POINTS = np.random.default_rng(0).normal(size=(60, 3)) * [1, 100, 0.01] + [5, 0, 0]
THREE = (POINTS, np.array(["low", "high", "other"])[np.arange(60) % 3])
NUMBERS = (POINTS, POINTS[:, 1] * 3)


@pytest.mark.parametrize(
    ("settings", "data"),
    [
        ({"dataset": "circle", "hidden": ()}, None),
        ({"dataset": "spiral", "features": ["x", "y", "sin(3*x)*y", "r", "angle"], "activation": "gelu"}, "spiral"),
        ({"dataset": "iris"}, None),
        ({"dataset": "reg-plane"}, None),
        ({"data": THREE}, THREE),
        ({"data": NUMBERS, "features": ["x1", "x2*x3"]}, NUMBERS),
        ({"data": (POINTS, POINTS[:, 0] > 5), "loss": "hinge"}, Dataset.from_arrays(POINTS, POINTS[:, 0] > 5)),
    ],
)
def test_a_network_comes_back_with_its_features_its_scaling_and_its_bits(
    settings: dict[str, Any], data: Any, tmp_path: Path
) -> None:
    run = Run(**settings, seed=1).train(5)
    path = tmp_path / "network.onnx"
    export.onnx(run, path, dtype="float64")
    again = from_onnx(path, data, learning_rate=0.1, seed=1)
    assert again.experiment.features == run.experiment.features
    assert np.array_equal(again.parameters, run.parameters)
    assert np.array_equal(again.predict(run.test_data.points), run.predict(run.test_data.points))
    assert again.train(2).epoch == 2


def test_a_file_in_float32_has_the_weights_that_it_can_hold(tmp_path: Path) -> None:
    run = Run(dataset="circle", seed=1).train(5)
    export.onnx(run, tmp_path / "network.onnx")
    again = from_onnx(tmp_path / "network.onnx", "moons")
    assert np.array_equal(again.parameters, run.parameters.astype(np.float32))


@pytest.mark.parametrize("part", ["an operator", "a number", "a formula", "the columns", "no description", "a layer"])
def test_a_description_is_trusted_only_if_the_operators_confirm_it(part: str, tmp_path: Path) -> None:
    path = tmp_path / "network.onnx"
    export.onnx(Run(dataset="circle", features=["x", "y", "sin(x)"], seed=1), path)
    model = onnx.load(path)
    described = next(one for one in model.metadata_props if one.key == "network")
    network = msgspec.json.decode(described.value)
    match part:
        case "an operator":
            next(node for node in model.graph.node if node.op_type == "Sin").op_type = "Cos"
        case "a number":
            next(one for one in model.graph.initializer if one.name == "layer_1.biases").dims[:] = [7]
        case "a formula":
            network["inputs"][2] = "cos(x)"
        case "the columns":
            network["columns"][0]["high"] = 7.0
        case "a layer":
            network["layers"] *= 2
    described.value = "{}" if part == "no description" else msgspec.json.encode(network).decode()
    onnx.save(model, path)
    with pytest.raises(ExperimentError, match=r"as tinkernet exported it|the columns") as error:
        from_onnx(path, "circle")
    assert "\n" not in str(error.value)


def test_data_that_does_not_fit_the_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "network.onnx"
    export.onnx(Run(data=THREE, seed=1), path)
    with pytest.raises(ExperimentError, match=r"data is None, .* a Dataset with the columns"):
        from_onnx(path)
    with pytest.raises(ExperimentError, match="columns of data is"):
        from_onnx(path, Dataset.from_arrays(*THREE, names=("a", "b", "c")))
    with pytest.raises(ExperimentError, match="data is 'classification with 2 classes'"):
        from_onnx(path, Dataset.from_arrays(POINTS, POINTS[:, 0] > 5))
    with pytest.raises(ExperimentError, match="the setting hidden is"):
        from_onnx(path, THREE, hidden=(3,))
