"""Stacks of dense layers in ONNX files."""

from os import PathLike
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.errors import ExperimentError
from tinkernet.extras import extra
from tinkernet.files import read_regular
from tinkernet.formatting import count
from tinkernet.importing.activations import check_parameter, checked_activation, is_activation
from tinkernet.importing.data import Given
from tinkernet.importing.exported import description_in, run_of_exported
from tinkernet.importing.making import run_of
from tinkernet.importing.stack import Stack, StackBuilder
from tinkernet.network.activations import HARD_TANH, SWISH
from tinkernet.run import Run

MOST_BYTES = 64 * 2**20
MOST_NODES = 1_000
NOTHING_TO_DO = {"Identity", "Flatten", "Dropout", "Reshape", "Squeeze"}
"""Operators that change nothing in a prediction, as long as the layers after them fit."""
FLOATS = {1, 10, 11, 16}
"""ONNX's numbers of the floating-point types: a cast to one of them changes no more than the precision."""
USUAL: dict[str, Any] = {"alpha": {"LeakyRelu": 0.01, "Elu": 1.0}, "approximate": {"Gelu": str(None).lower()}}
"""The attributes of operators that are activations, with tinkernet's values, which are also the usual ones of ONNX."""


def from_onnx(path: str | PathLike[str], data: Given = None, **settings: Any) -> Run:
    """A run at epoch 0 with the network in an ONNX file: `Gemm`, or `MatMul` and `Add`, with supported activations.

    A file that tinkernet exported gives its network with its features and the scaling of its columns, exactly.

    Args:
        path: the file, of at most 64 MiB and 1,000 operators.
        data: as in `from_torch`. The labels and columns for an exported file are those of the run.
        settings: other settings of the experiment.

    Raises:
        ExperimentError: the file cannot be read, an operator cannot be shown (with its name), or the data does not fit.
        MissingExtraError: onnx is not installed.

    Example:
        >>> import tinkernet
        >>> content = tinkernet.export.onnx(tinkernet.Run(dataset="circle", seed=1), "network.onnx")
        >>> from_onnx("network.onnx", "circle").layout.sizes
        (2, 4, 2, 1)
    """
    model = _read(path)
    description = description_in(model)
    if description is not None:
        return run_of_exported(str(path), model, description, data, settings)
    return run_of(_stack_of(model), data, settings)


def _stack_of(model: Any) -> Stack:
    """The stack of dense layers in a model.

    Raises:
        ExperimentError: it is something else; the message names the operator.
    """
    return _Reader(model.graph, extra("onnx.numpy_helper", "onnx")).stack()


def _read(path: str | PathLike[str]) -> Any:
    onnx, content = extra("onnx", "onnx"), read_regular("path", path, MOST_BYTES)
    try:
        # From memory, as values outside the file would be read from any path that it names.
        model = onnx.load_model_from_string(content)
    except Exception as error:  # the parser of protobuf has many errors
        raise ExperimentError("path", str(path), "an ONNX file, complete and undamaged") from error
    if not model.graph.node:
        raise ExperimentError("path", str(path), "an ONNX file with a network")
    if len(model.graph.node) > MOST_NODES:
        raise ExperimentError(
            "path", f"a network of {count(len(model.graph.node))} operators", f"one of at most {count(MOST_NODES)}"
        )
    return model


class _Reader:
    """Follows what flows from the input of a graph to its output."""

    def __init__(self, graph: Any, numpy_helper: Any) -> None:
        self._graph, self._helper = graph, numpy_helper
        self._values: dict[str, Any] = {tensor.name: tensor for tensor in graph.initializer}
        self._builder = StackBuilder("the network of the file")
        inputs = [one.name for one in graph.input if one.name not in self._values]
        if len(inputs) != 1:
            raise ExperimentError("the file", f"a network with inputs {', '.join(inputs)}", "one with a single input")
        self._flowing = inputs[0]
        self._sums: tuple[str, ndarray] | None = None
        """A MatMul whose Add may come: its name and weights."""
        self._gate = ""
        """The sigmoid of what flows, which may be multiplied with it."""

    def stack(self) -> Stack:
        for node in self._graph.node:
            self._add(node)
        self._end_sums()
        output = next((one.name for one in self._graph.output), None)
        if output != self._flowing:
            raise ExperimentError("the output of the file", output, f"the result of its last layer, {self._flowing}")
        return self._builder.stack()

    def _add(self, node: Any) -> None:
        kind, result = node.op_type, next(iter(node.output), "")
        name = node.name or result
        if not result:
            self._builder.refuse(name, f"{kind} without a result")
        attributes = {one.name: self._attribute(one) for one in node.attribute}
        if kind == "Constant":
            self._values[result] = attributes.get("value")
            return
        if node.domain not in ("", "ai.onnx"):
            self._builder.refuse(name, f"{node.domain}.{kind}")
        constants = {key: self._constant(name, key) for key in node.input if key in self._values}
        flowing = [key for key in node.input if key and key not in constants]
        if kind == "Mul" and sorted(flowing) == sorted((self._flowing, self._gate)):
            self._builder.activation(name, SWISH)
            self._gate = ""
        elif flowing != [self._flowing]:
            raise ExperimentError(f"layer {name}", f"{kind} of {' and '.join(flowing)}", "of the layer before it alone")
        elif kind == "Sigmoid" and self._is_gate(node):
            self._end_sums()
            self._gate = result
            return
        else:
            self._add_step(name, kind, node, attributes, constants)
        self._flowing = result

    def _is_gate(self, node: Any) -> bool:
        """Whether this sigmoid is multiplied with its own input: x · sigmoid(x) is swish."""
        pair = {node.input[0], node.output[0]}
        return any(other.op_type == "Mul" and set(other.input) == pair for other in self._graph.node)

    def _add_step(self, name: str, kind: str, node: Any, attributes: dict[str, Any], constants: dict[str, Any]) -> None:
        if kind == "Add" and self._sums is not None:
            named, weights = self._sums
            self._sums = None
            self._builder.dense(named, weights, next(iter(constants.values())).reshape(-1))
            return
        self._end_sums()
        if kind == "Gemm":
            self._gemm(name, node, attributes, constants)
        elif kind == "MatMul" and node.input[0] == self._flowing and constants:
            self._sums = name, next(iter(constants.values())).T
        elif kind == "Clip" and [float(one) for one in constants.values()] == [-1.0, 1.0]:
            self._builder.activation(name, HARD_TANH)
        elif kind in NOTHING_TO_DO or (kind == "Cast" and attributes.get("to") in FLOATS):
            return
        elif is_activation(kind):
            for attribute, usual in USUAL.items():
                if attribute in attributes and kind in usual:
                    check_parameter(name, attribute, attributes[attribute], usual[kind])
            if attributes.get("axis", -1) not in (-1, 1):
                raise ExperimentError(f"axis of layer {name}", attributes["axis"], "the last one")
            self._builder.activation(name, checked_activation(name, kind))
        else:
            self._builder.refuse(name, f"the operator {kind}")

    def _end_sums(self) -> None:
        if self._sums is not None:
            self._builder.dense(*self._sums)
            self._sums = None

    def _gemm(self, name: str, node: Any, attributes: dict[str, Any], constants: dict[str, Any]) -> None:
        first, second = [*node.input, ""][:2]
        if attributes.get("transA", 0) or first != self._flowing or second not in constants:
            raise ExperimentError(f"layer {name}", "a Gemm of transposed inputs", "weights times inputs")
        weights = constants[second]
        weights = weights if attributes.get("transB", 0) else weights.T
        biases = constants[node.input[2]].reshape(-1) if len(node.input) > 2 and node.input[2] else None
        scaled = weights * attributes.get("alpha", 1.0)
        if biases is not None:
            biases = (np.repeat(biases, len(weights)) if len(biases) == 1 else biases) * attributes.get("beta", 1.0)
        self._builder.dense(name, scaled, biases)

    def _constant(self, layer: str, key: str) -> ndarray:
        tensor = self._values[key]
        if tensor is None or getattr(tensor, "data_location", False):
            raise ExperimentError(
                f"layer {layer}", f"with the value {key} outside the file", "with its values in the file"
            )
        try:
            values = np.asarray(self._helper.to_array(tensor))
        except Exception as error:  # of a damaged array, whatever it is
            raise ExperimentError(
                f"layer {layer}", f"with damaged values {key}", "with values that can be read"
            ) from error
        return values.astype(np.float64) if values.dtype.kind == "f" else values

    @staticmethod
    def _attribute(one: Any) -> Any:
        values = {1: "f", 2: "i", 3: "s", 4: "t"}
        found = getattr(one, values[one.type]) if one.type in values else None
        return found.decode("utf-8", "replace") if isinstance(found, bytes) else found
