"""Stacks of dense layers in Keras models."""

from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.errors import ExperimentError
from tinkernet.importing.activations import check_parameter, checked_activation
from tinkernet.importing.data import Given
from tinkernet.importing.making import check, run_of
from tinkernet.importing.stack import Stack, StackBuilder
from tinkernet.run import Run

NOTHING_TO_DO = {"InputLayer", "Flatten", "Identity"}
DROPOUTS = {"Dropout", "GaussianDropout", "AlphaDropout", "GaussianNoise"}
PARAMETERS: dict[str, dict[str, Any]] = {
    "ReLU": {"max_value": None, "negative_slope": 0.0, "threshold": 0.0},
    "LeakyReLU": {"negative_slope": 0.01},
    "ELU": {"alpha": 1.0},
    "Softmax": {"axis": -1},
}
"""Layers that are activations, with the values that tinkernet has of their parameters."""
OTHER_SLOPE = {"leakyrelu": 0.2}
"""Functions whose usual parameter is another than tinkernet's."""


def from_keras(model: Any, data: Given = None, **settings: Any) -> Run:
    """A run at epoch 0 with the network of a Keras model: a stack of `Dense` layers with supported activations.

    The model may be `Sequential` or functional. Dropout becomes the dropout of the run. The weights are copied.

    Args:
        model: a built model.
        data: as in `from_torch`; labels may be one-hot.
        settings: other settings of the experiment.

    Raises:
        ExperimentError: a layer cannot be shown, with its name and the reason, or the data does not fit.

    Example:
        >>> import keras
        >>> layers = [keras.layers.Dense(3, activation="tanh"), keras.layers.Dense(1, activation="tanh")]
        >>> model = keras.Sequential([keras.Input((2,)), *layers])
        >>> from_keras(model, "circle").layout.sizes
        (2, 3, 1)
    """
    return run_of(stack_of(model), data, settings)


def stack_of(model: Any) -> Stack:
    """The stack of dense layers in a model, checked against the model.

    Raises:
        ExperimentError: it is something else; the message names the layer and the reason.
    """
    if not hasattr(model, "layers") or not hasattr(model, "predict"):
        raise ExperimentError("model", type(model).__name__, "a Keras model")
    if not getattr(model, "built", False):
        raise ExperimentError("model", "not built yet", "a model that knows its inputs: call model.build((None, 2))")
    builder = StackBuilder("model")
    _add_layers(builder, model, "")
    for what, tensors in (("inputs", getattr(model, "inputs", None)), ("outputs", getattr(model, "outputs", None))):
        if tensors is not None and len(tensors) != 1:
            raise ExperimentError("model", f"with {len(tensors)} {what}", "a stack of layers, with 1")
    return check(builder.stack(), model.name, lambda points: _outputs(model, points))


def _add_layers(builder: StackBuilder, model: Any, prefix: str) -> None:
    for layer in model.layers:
        name, kind = prefix + layer.name, type(layer).__name__
        if kind == "Dense":
            kernel, *bias = (np.asarray(values) for values in layer.get_weights())
            builder.dense(name, kernel.T, bias[0] if bias else None)
            _add_function(builder, name, layer.activation)
        elif kind == "Activation":
            _add_function(builder, name, layer.activation)
        elif kind in PARAMETERS:
            for parameter, usual in PARAMETERS[kind].items():
                given = getattr(layer, parameter, usual)
                given = float(given) if isinstance(given, np.ndarray | np.number) else given
                check_parameter(name, parameter, given, usual)
            builder.activation(name, checked_activation(name, kind))
        elif kind in DROPOUTS:
            builder.dropout(layer.rate if kind == "Dropout" else 0.0)
        elif hasattr(layer, "layers"):
            _add_layers(builder, layer, f"{name}/")
        elif kind not in NOTHING_TO_DO:
            builder.refuse(name, kind)


def _add_function(builder: StackBuilder, name: str, function: Any) -> None:
    written = "identity" if function is None else getattr(function, "__name__", type(function).__name__)
    entry = checked_activation(name, written)
    slope = OTHER_SLOPE.get(written.replace("_", ""))
    if slope is not None:
        check_parameter(name, "negative_slope", slope, PARAMETERS["LeakyReLU"]["negative_slope"])
    builder.activation(name, entry)


def _outputs(model: Any, points: ndarray) -> ndarray:
    return np.asarray(model.predict_on_batch(points.astype(np.float32)))
