"""A graph of ONNX under construction: nodes and constants, each by the name of its result."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.export.networks.network import Numbers


class Graph:
    """Nodes and constants; every method that adds one gives the name of its result."""

    def __init__(self, onnx: Any, numbers: Numbers) -> None:
        self._onnx, self.numbers = onnx, numbers
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._known: dict[tuple[Any, ...], str] = {}

    @property
    def kind(self) -> int:
        """The type of numbers, as ONNX numbers its types."""
        return int(self._onnx.helper.np_dtype_to_tensor_dtype(np.dtype(self.numbers)))

    def add(self, operator: str, *values: str, name: str = "", **attributes: Any) -> str:
        """A node of this operator; equal nodes are one."""
        key = (operator, *values, *((key, str(value)) for key, value in attributes.items()))
        if not name and key in self._known:
            return self._known[key]
        result = name or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(self._onnx.helper.make_node(operator, values, [result], **attributes))
        self._known.setdefault(key, result)
        return result

    def number(self, value: float) -> str:
        """A constant number, of the graph's type."""
        return self.array(np.array(value, self.numbers))

    def array(self, value: ndarray, name: str = "") -> str:
        """A constant array."""
        key = ("constant", value.dtype.str, value.shape, value.tobytes())
        if not name and key in self._known:
            return self._known[key]
        result = name or f"constant_{len(self.constants)}"
        self.constants.append(
            self._onnx.numpy_helper.from_array(np.ascontiguousarray(value).reshape(value.shape), result)
        )
        self._known.setdefault(key, result)
        return result

    def texts(self, values: Sequence[str], name: str) -> str:
        """A constant list of texts."""
        onnx = self._onnx
        texts = [value.encode() for value in values]
        self.constants.append(onnx.helper.make_tensor(name, onnx.TensorProto.STRING, [len(texts)], texts))
        return name

    def cast(self, value: str, kind: str) -> str:
        """The value as another type, by NumPy's name of it."""
        return self.add("Cast", value, to=int(self._onnx.helper.np_dtype_to_tensor_dtype(np.dtype(kind))))
