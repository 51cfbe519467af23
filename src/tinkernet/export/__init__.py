"""What leaves tinkernet: programs and files for other libraries, pictures, tables, and the Python that makes a run.

`tinkernet.export.torch(run)` gives a program as text, `tinkernet.export.onnx(run)` a file as bytes; with a path they
are written to it as well.
"""

# `typing` is not imported: pictures, which are beside this, would load more slowly.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Literal

    from tinkernet.run import Run

    Path = str | PathLike[str] | None
    Dtype = Literal["float32", "float64"]

__all__ = ["jax", "json", "keras", "numpy", "onnx", "playground", "safetensors", "torch"]


def torch(run: "Run", path: "Path" = None, *, dtype: "Dtype | None" = None, training: bool = False) -> str:
    """The network of a run as a program of PyTorch: a `nn.Sequential` with features, scaling and weights.

    Its function `predict(points)` takes an array of the shape (n, columns) in the units of the data. It gives the names
    of the classes and the probabilities (n, classes); of a regression, the values (n,) in the units of the target.

    Args:
        run: the trained network.
        path: where to write the program as well; by default nowhere.
        dtype: the type of the numbers, "float32" by default, with the training "float64".
        training: with the training as well: the same points in the same order from the same initial weights, whose
            losses agree with those of the run.

    Raises:
        ExperimentError: training has diverged; the network is too large for a program; the file cannot be written. With
            the training: the run was changed after epoch 0, or has dropout.

    Example:
        >>> import tinkernet
        >>> tinkernet.export.torch(tinkernet.Run(seed=1)).count("nn.Linear(")
        3
    """
    return _text(run, "torch", path, dtype, training=training)


def keras(run: "Run", path: "Path" = None) -> str:
    """The network of a run as a program of Keras 3, for any backend; `predict` is that of `torch`. It is in float32.

    Args:
        run: the trained network.
        path: where to write the program as well; by default nowhere.

    Raises:
        ExperimentError: training has diverged; the network is too large for a program; the file cannot be written.

    Example:
        >>> import tinkernet
        >>> tinkernet.export.keras(tinkernet.Run(seed=1)).count("Dense(")
        3
    """
    return _text(run, "keras", path)


def jax(run: "Run", path: "Path" = None, *, dtype: "Dtype | None" = None) -> str:
    """The network of a run as a program of JAX, a pure function; `predict` is that of `torch`.

    Args:
        run: the trained network.
        path: where to write the program as well; by default nowhere.
        dtype: the type of the numbers, "float32" or "float64"; by default "float32".

    Raises:
        ExperimentError: training has diverged; the network is too large for a program; the file cannot be written.

    Example:
        >>> import tinkernet
        >>> "import jax" in tinkernet.export.jax(tinkernet.Run(seed=1))
        True
    """
    return _text(run, "jax", path, dtype)


def numpy(run: "Run", path: "Path" = None, *, dtype: "Dtype | None" = None) -> str:
    """The network of a run as a program of NumPy alone; `predict` is that of `torch`.

    Args:
        run: the trained network.
        path: where to write the program as well; by default nowhere.
        dtype: the type of the numbers, "float32" or "float64"; by default "float64".

    Raises:
        ExperimentError: training has diverged; the network is too large for a program; the file cannot be written.

    Example:
        >>> import tinkernet
        >>> run, names = tinkernet.Run(dataset="iris", seed=1).train(50), {"__name__": "iris"}
        >>> exec(tinkernet.export.numpy(run), names)
        >>> labels, probabilities = names["predict"](run.test_data.points)
        >>> probabilities.shape
        (75, 3)
    """
    return _text(run, "numpy", path, dtype)


def json(run: "Run", path: "Path" = None) -> str:
    """The network of a run as JSON: columns and their ranges, formulas of the inputs, layers, outputs, classes.

    Args:
        run: the trained network.
        path: where to write the text as well; by default nowhere.

    Raises:
        ExperimentError: training has diverged, or the file cannot be written.

    Example:
        >>> import json, tinkernet
        >>> len(json.loads(tinkernet.export.json(tinkernet.Run(hidden=(4, 2), seed=1)))["layers"])
        3
    """
    return _text(run, "json", path)


def playground(run: "Run", path: "Path" = None) -> str:
    """The address that opens the run's settings on playground.tensorflow.org, without its weights.

    Args:
        run: the trained network.
        path: where to write the address as well; by default nowhere.

    Raises:
        ExperimentError: TensorFlow Playground does not have one of the settings; the message names it.

    Example:
        >>> import tinkernet
        >>> tinkernet.export.playground(tinkernet.Run(seed="0.5"))
        'https://playground.tensorflow.org/#seed=0.5'
    """
    return _text(run, "playground", path).strip()


def onnx(run: "Run", path: "Path" = None, *, dtype: "Dtype | None" = None) -> bytes:
    """The network of a run as an ONNX model, from points in the units of the data to labels and probabilities.

    Args:
        run: the trained network.
        path: where to write the file as well; by default nowhere.
        dtype: the type of the numbers, "float32" or "float64"; by default "float32".

    Raises:
        MissingExtraError: onnx is not installed.
        ExperimentError: training has diverged, or the file cannot be written.

    Example:
        >>> import tinkernet
        >>> content = tinkernet.export.onnx(tinkernet.Run(seed=1), "network.onnx")
    """
    return _file(run, "onnx", path, dtype)


def safetensors(run: "Run", path: "Path" = None, *, dtype: "Dtype | None" = None) -> bytes:
    """The weights of a run as safetensors, with the rest of the network as JSON in the metadata.

    Args:
        run: the trained network.
        path: where to write the file as well; by default nowhere.
        dtype: the type of the numbers, "float32" or "float64"; by default "float32".

    Raises:
        MissingExtraError: safetensors is not installed.
        ExperimentError: training has diverged, or the file cannot be written.

    Example:
        >>> import tinkernet
        >>> content = tinkernet.export.safetensors(tinkernet.Run(seed=1), "network.safetensors")
    """
    return _file(run, "safetensors", path, dtype)


def _text(run: "Run", to: str, path: "Path", dtype: "Dtype | None" = None, *, training: bool = False) -> str:
    content = _made(run, to, path, dtype, training=training)
    return content if isinstance(content, str) else content.decode()


def _file(run: "Run", to: str, path: "Path", dtype: "Dtype | None") -> bytes:
    content = _made(run, to, path, dtype)
    return content.encode() if isinstance(content, str) else content


def _made(run: "Run", to: str, path: "Path", dtype: "Dtype | None", *, training: bool = False) -> str | bytes:
    from tinkernet.export.networks.targets import export, save

    content = export(run, to, dtype, training=training)
    if path is not None:
        save(content, path)
    return content
