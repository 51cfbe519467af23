"""Networks from Keras, scikit-learn and ONNX files."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy import ndarray
from torch import nn

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import onnx
import onnxruntime
from keras import layers
from onnx import TensorProto, helper, numpy_helper
from sklearn.neural_network import MLPClassifier, MLPRegressor

from tinkernet import ExperimentError, from_keras, from_onnx, from_sklearn
from tinkernet.importing import onnx_files

# With the PyTorch backend, Keras asks its variables for arrays in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy:DeprecationWarning")

POINTS = np.random.default_rng(1).normal(size=(90, 3)) * 2
TWO, THREE = (POINTS[:, 0] > POINTS[:, 1]).astype(int), (POINTS > 0).sum(axis=1) % 3


def sigmoid(values: ndarray) -> ndarray:
    return np.asarray(1 / (1 + np.exp(-values)))


# --- scikit-learn ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "outputs"), [(TWO, 1), (np.array(["no", "yes"])[TWO], 1), (np.array(["a", "b", "c"])[THREE], 3)]
)
def test_classes_of_scikit_learn(labels: ndarray, outputs: int) -> None:
    mlp = MLPClassifier((6, 4), activation="logistic", random_state=0)
    mlp.partial_fit(POINTS, labels, classes=np.unique(labels))
    run = from_sklearn(mlp, (POINTS, labels), seed="0.5")
    theirs = mlp.predict_proba(run.test_data.points)
    assert run.layout.sizes == (3, 6, 4, outputs)
    assert run.experiment.classes == tuple(map(str, mlp.classes_))
    assert np.abs(run.predict(run.test_data.points) - (theirs if outputs > 1 else theirs[:, 1])).max() < 1e-12


def test_numbers_of_scikit_learn() -> None:
    mlp = MLPRegressor(hidden_layer_sizes=(5,), activation="tanh", random_state=0)
    mlp.partial_fit(POINTS, 30 * POINTS[:, 0])
    run = from_sklearn(mlp, (POINTS, 30 * POINTS[:, 0]), seed="0.5")
    data = run.experiment.data
    assert data is not None
    ours = data.target.scaling.backward(run.predict(run.test_data.points)[:, None])[:, 0]
    assert np.abs(ours - mlp.predict(run.test_data.points)).max() < 1e-10


def test_other_estimators_and_ones_that_are_not_fitted_are_refused() -> None:
    with pytest.raises(ExperimentError, match="call fit first"):
        from_sklearn(MLPClassifier())
    with pytest.raises(ExperimentError, match="mlp is 'int', but must be a fitted MLPClassifier"):
        from_sklearn(3)


# --- Keras -------------------------------------------------------------------------


def test_a_sequential_model_of_keras() -> None:
    model = keras.Sequential(
        [
            layers.Input((3,)),
            layers.Dense(4, "silu"),
            layers.Dropout(0.25),
            layers.Dense(4, use_bias=False),
            layers.LeakyReLU(negative_slope=0.01),
            layers.Dense(3, "softmax"),
        ]
    )
    run = from_keras(model, (POINTS, np.eye(3)[THREE]), seed="0.5")
    assert run.experiment.activation == ("swish", "leaky-relu")
    assert run.experiment.dropout == (0.25, 0.0)
    theirs = model.predict_on_batch(run.test_data.points)
    assert np.abs(run.predict(run.test_data.points) - theirs).max() < 1e-6


def test_a_functional_model_of_keras() -> None:
    inputs = layers.Input((2,))
    found = layers.Activation("elu")(layers.Dense(4)(layers.Dense(4, activation="tanh")(inputs)))
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(found))
    run = from_keras(model, "circle", seed="0.5")
    theirs = model.predict_on_batch(run.test_data.points)[:, 0]
    assert np.abs(run.predict(run.test_data.points) - theirs).max() < 1e-6


def test_what_cannot_be_shown_of_keras_is_named() -> None:
    inputs, twice = layers.Input((2,)), layers.Dense(2, name="twice")
    models: list[tuple[Any, str]] = [
        (keras.Sequential([layers.Input((8, 8, 1)), layers.Conv2D(2, 3, name="conv")]), "layer conv is 'Conv2D'"),
        (keras.Model(inputs, layers.Dense(1)(layers.Add(name="sum")([inputs, layers.Dense(2)(inputs)]))), "layer sum"),
        (keras.Sequential([layers.Dense(3)]), "call model.build"),
        (keras.Sequential([layers.Input((2,)), layers.Dense(4, "leaky_relu"), layers.Dense(1)]), "negative_slope"),
        (keras.Sequential([layers.Input((2,)), layers.Dense(4, "selu"), layers.Dense(1)]), "is 'selu'"),
        (keras.Sequential([layers.Input((3, 2)), layers.Dense(1)]), "without an answer"),
        (
            keras.Model(inputs, layers.Dense(1)(twice(twice(inputs)))),
            "no more than the layers twice, .*each called once",
        ),
    ]
    for model, message in models:
        with pytest.raises(ExperimentError, match=message) as raised:
            from_keras(model)
        assert str(raised.value).isprintable()
    with pytest.raises(ExperimentError, match="model is 'int', but must be a Keras model"):
        from_keras(3)


# --- ONNX --------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:You are using the legacy TorchScript-based ONNX export:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:The feature will be removed:DeprecationWarning")
def test_a_file_that_pytorch_exports(tmp_path: Path) -> None:
    path = tmp_path / "network.onnx"
    module = nn.Sequential(
        nn.Linear(2, 4), nn.SiLU(), nn.Linear(4, 4, bias=False), nn.Hardtanh(), nn.Linear(4, 3), nn.Softmax(-1)
    ).eval()
    torch.onnx.export(
        module, (torch.zeros(2, 2),), path, dynamo=False, input_names=["x"], dynamic_axes={"x": {0: "rows"}}
    )
    run = from_onnx(path, "iris", seed="0.5")
    assert run.experiment.activation == ("swish", "hard-tanh")
    points = run.test_data.points
    theirs = onnxruntime.InferenceSession(path).run(None, {"x": points.astype(np.float32)})[0]
    assert np.abs(run.predict(points) - theirs).max() < 1e-6


def written(path: Path, *nodes: Any, values: dict[str, ndarray]) -> Path:
    """A file with this graph from x to y."""
    graph = helper.make_graph(
        list(nodes),
        "network",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 2])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", None])],
        [numpy_helper.from_array(array.astype(np.float32), name) for name, array in values.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10), path)
    return path


def test_gemm_with_factors_and_matmul_with_add_after_it(tmp_path: Path) -> None:
    draw = np.random.default_rng(2).normal
    path = written(
        tmp_path / "network.onnx",
        helper.make_node("Gemm", ["x", "w", "b"], ["h"], alpha=0.5, beta=2.0, transB=1),
        helper.make_node("Gelu", ["h"], ["g"]),
        helper.make_node("MatMul", ["g", "v"], ["m"]),
        helper.make_node("Add", ["c", "m"], ["s"]),
        helper.make_node("Sigmoid", ["s"], ["y"]),
        values={"w": draw(size=(4, 2)), "b": draw(size=4), "v": draw(size=(4, 1)), "c": draw(size=1)},
    )
    run = from_onnx(path, "moons", seed="0.5")
    points = run.test_data.points
    theirs = onnxruntime.InferenceSession(path).run(None, {"x": points.astype(np.float32)})[0]
    assert np.abs(run.predict(points) - theirs[:, 0]).max() < 1e-6


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ([helper.make_node("Erf", ["x"], ["y"], name="bent")], "layer bent is 'the operator Erf'"),
        ([helper.make_node("Scaler", ["x"], ["y"], domain="ai.onnx.ml")], "ai.onnx.ml.Scaler"),
        ([helper.make_node("Add", ["x", "x"], ["y"], name="twice")], "layer twice is 'Add of x and x'"),
        ([helper.make_node("MatMul", ["x", "w"], ["z"])], "the output of the file is 'y'"),
        (
            [helper.make_node("MatMul", ["x", "w"], ["z"]), helper.make_node("LeakyRelu", ["z"], ["y"], alpha=0.3)],
            "alpha of layer y is 0.3",
        ),
        ([helper.make_node("Cast", ["x"], ["y"], to=TensorProto.INT64)], "layer y is 'the operator Cast'"),
        ([helper.make_node("Gemm", ["x"], ["y"])], "layer y is 'a Gemm"),
        ([helper.make_node("Gemm", ["x", "w", "b"], ["y"])], "biases of layer y is '3 numbers'"),
        ([helper.make_node("MatMul", ["x", "w"], [], name="lost")], "layer lost is 'MatMul without a result'"),
    ],
)
def test_what_cannot_be_shown_of_onnx_is_named(tmp_path: Path, nodes: list[Any], message: str) -> None:
    path = written(tmp_path / "network.onnx", *nodes, values={"w": np.ones((2, 1)), "b": np.ones(3)})
    with pytest.raises(ExperimentError, match=message):
        from_onnx(path)


@pytest.mark.parametrize("damage", [{"raw_data": b"abc"}, {"dims": [10**6, 10**6]}, {"data_type": 99}])
def test_damaged_values_are_named_with_their_layer(tmp_path: Path, damage: dict[str, Any]) -> None:
    path = written(tmp_path / "network.onnx", helper.make_node("MatMul", ["x", "w"], ["y"]), values={"w": np.eye(2)})
    model = onnx.load(path)
    tensor = {"name": "w", "dims": [2, 1], "data_type": TensorProto.FLOAT, "raw_data": bytes(8)} | damage
    model.graph.initializer[0].CopyFrom(TensorProto(**tensor))
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ExperimentError, match="layer y is 'with damaged values w'"):
        from_onnx(path)


def test_a_file_that_is_missing_damaged_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "network.onnx"
    with pytest.raises(ExperimentError, match="a file that can be read"):
        from_onnx(path)
    with pytest.raises(ExperimentError, match="a regular file"):
        from_onnx("/dev/zero")  # which never ends
    with pytest.raises(ExperimentError, match="path is None, but must be the path of a file"):
        from_onnx(None)  # type: ignore[arg-type]
    path.write_bytes(b"not a network" * 9)
    with pytest.raises(ExperimentError, match="an ONNX file"):
        from_onnx(path)
    chain = [helper.make_node("Identity", [a], [b]) for a, b in zip("xabc", "abcy", strict=True)]
    written(path, *chain, values={})
    monkeypatch.setattr(onnx_files, "MOST_NODES", 3)
    with pytest.raises(ExperimentError, match="a network of 4 operators"):
        from_onnx(path)
    monkeypatch.setattr(onnx_files, "MOST_BYTES", 10)
    with pytest.raises(ExperimentError, match="at most 0 MiB"):
        from_onnx(path)


def test_values_outside_the_file_are_never_read(tmp_path: Path) -> None:
    path = written(
        tmp_path / "network.onnx", helper.make_node("MatMul", ["x", "w"], ["y"]), values={"w": np.ones((2, 1))}
    )
    model = onnx.load(path)
    onnx.save(model, path, save_as_external_data=True, location="values.bin", size_threshold=0)
    with pytest.raises(ExperimentError, match="outside the file"):
        from_onnx(path)
