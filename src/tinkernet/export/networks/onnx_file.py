"""A network as a file of ONNX, which every runtime opens: from points in the units of the data to labels."""

from typing import Any

import msgspec
import numpy as np

from tinkernet.export.networks.network import Network, Numbers, formula_names, summary
from tinkernet.export.networks.onnx_graph import Graph
from tinkernet.export.networks.onnx_nodes import ACTIVATION_NODES, formula_node
from tinkernet.extras import extra
from tinkernet.network.heads import SOFTMAX

OPSET = 18
IR_VERSION = 8
"""The version of the format that came with this opset: older runtimes read it, too."""
PRODUCER, DESCRIPTION = "tinkernet", "network"
POINTS, LABEL, PROBABILITIES, VALUE = "points", "label", "probabilities", "value"


def onnx_file(network: Network, numbers: Numbers) -> bytes:
    """The network as a model of ONNX, checked by `onnx.checker`.

    Its input `points` has a row for each point, in the units of the data. Of classes its outputs are `label`, the name
    of the class, and `probabilities`, a column for each class; otherwise `value`, in the units of the target.

    Raises:
        MissingExtraError: onnx is not installed.
    """
    onnx = extra("onnx", "onnx")
    helper = onnx.helper
    graph = Graph(onnx, numbers)
    outputs = _layers(graph, network, _inputs(graph, network))
    result = _answer(graph, network, outputs, onnx)
    points = helper.make_tensor_value_info(POINTS, graph.kind, ["batch", len(network.columns)])
    made = helper.make_graph(graph.nodes, "network", [points], result, initializer=graph.constants)
    model = helper.make_model(
        made,
        producer_name=PRODUCER,
        producer_version=network.made_by.rpartition(" ")[2],
        doc_string=summary(network),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    columns = [column.name for column in network.columns]
    properties = {
        "columns": msgspec.json.encode(columns).decode(),
        "target": network.output.target,
        # With this and the weights, `from_onnx` finds the network again.
        DESCRIPTION: msgspec.json.encode(network.without_numbers).decode(),
    }
    helper.set_model_props(model, properties)
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())


def _inputs(graph: Graph, network: Network) -> str:
    """The inputs of the first layer, of the shape (batch, inputs)."""
    points = POINTS
    if network.scaled:
        low = np.array([column.low for column in network.columns], network_type(graph))
        high = np.array([column.high for column in network.columns], network_type(graph))
        share = graph.add("Div", graph.add("Sub", points, graph.array(low)), graph.array(high - low))
        whole, edge = graph.number(2 * network.edge), graph.number(network.edge)
        points = graph.add("Sub", graph.add("Mul", share, whole), edge)
    names = formula_names(network)
    columns = {
        name: graph.add("Gather", points, graph.array(np.array([k], np.int64)), axis=1) for k, name in enumerate(names)
    }
    written = [formula_node(graph, formula.tree, columns) for formula in network.formulas]
    return points if written == list(columns.values()) else graph.add("Concat", *written, axis=1)


def _layers(graph: Graph, network: Network, values: str) -> str:
    for number, layer in enumerate(network.layers, 1):
        weights = np.array(layer.weights, network_type(graph)).reshape(len(layer.biases), -1)
        biases = np.array(layer.biases, network_type(graph))
        names = names_of_parameters(number)
        of_layer = [graph.array(array, name) for array, name in zip((weights, biases), names, strict=True)]
        values = graph.add("Gemm", values, *of_layer, transB=1)
        several = layer.activation == SOFTMAX
        values = graph.add("Softmax", values, axis=1) if several else ACTIVATION_NODES[layer.activation](graph, values)
    return values


def _answer(graph: Graph, network: Network, outputs: str, onnx: Any) -> list[Any]:
    """The outputs of the graph."""
    output, information = network.output, onnx.helper.make_tensor_value_info
    if not output.classes:
        share = graph.add("Div", graph.add("Add", outputs, graph.number(1.0)), graph.number(2.0))
        wide = graph.add("Mul", share, graph.number(output.high - output.low))
        graph.add("Add", wide, graph.number(output.low), name=VALUE)
        return [information(VALUE, graph.kind, ["batch", 1])]
    names = graph.texts(output.classes, "classes")
    if network.head.several:
        graph.add("Gather", names, graph.add("ArgMax", outputs, axis=1, keepdims=0), axis=0, name=LABEL)
        graph.add("Identity", outputs, name=PROBABILITIES)
    else:
        side = graph.add("Greater", outputs, graph.number(output.threshold))
        row = graph.add("Reshape", graph.cast(side, "int64"), graph.array(np.array([-1], np.int64)))
        graph.add("Gather", names, row, axis=0, name=LABEL)
        way = graph.number(output.highest - output.lowest)
        share = graph.add("Div", graph.add("Sub", outputs, graph.number(output.lowest)), way)
        second = graph.add("Clip", share, graph.number(0.0), graph.number(1.0))
        graph.add("Concat", graph.add("Sub", graph.number(1.0), second), second, axis=1, name=PROBABILITIES)
    return [
        information(LABEL, onnx.TensorProto.STRING, ["batch"]),
        information(PROBABILITIES, graph.kind, ["batch", len(output.classes)]),
    ]


def names_of_parameters(layer: int) -> tuple[str, str]:
    """What the weights and the biases of a layer are called, counted from 1."""
    return f"layer_{layer}.weights", f"layer_{layer}.biases"


def network_type(graph: Graph) -> np.dtype[Any]:
    """NumPy's type of the graph's numbers."""
    return np.dtype(graph.numbers)
