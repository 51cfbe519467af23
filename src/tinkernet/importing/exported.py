"""ONNX files that tinkernet exported: the network with its features and the scaling of its columns, to the last bit.

The operators of such a file also scale the columns and compute formulas. What they do is described in its metadata,
which may be anything: so the run is made from the description with all checks of an experiment, and exported once
more. Only if that gives the operators and numbers of the file is the description right.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from msgspec import structs
from numpy import ndarray

from tinkernet.data import DATASETS
from tinkernet.data.own.dataset import Dataset
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.export.networks.network import FORMAT, VERSION, Network, describe
from tinkernet.export.networks.onnx_file import DESCRIPTION, PRODUCER, names_of_parameters, onnx_file
from tinkernet.extras import extra
from tinkernet.importing.data import plain, unwrapped
from tinkernet.importing.stack import MOST_INPUTS, MOST_LAYERS
from tinkernet.network.inputs import PLANE_INPUTS
from tinkernet.run import Run

MOST_CHARACTERS = 1_000_000
"""Of a description, which has no weights."""
FROM_THE_FILE = ("features", "hidden", "activation", "loss")


def description_in(model: Any) -> str | None:
    """What the metadata of a model says of the network; None for a file of another program."""
    found = {one.key: one.value for one in model.metadata_props}
    return found.get(DESCRIPTION) if model.producer_name == PRODUCER else None


def run_of_exported(path: str, model: Any, description: str, data: object, settings: Mapping[str, Any]) -> Run:
    """A run at epoch 0 with the network that tinkernet exported.

    Raises:
        ExperimentError: the description is not that of the operators in the file, or the data does not fit.
    """
    network = _network(path, description)
    for name in FROM_THE_FILE:
        if name in settings:
            raise ExperimentError(f"the setting {name}", settings[name], "left to the file")
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    pairs = [_parameters(path, tensors, number) for number in range(1, len(network.layers) + 1)]
    chosen: dict[str, Any] = {**settings, **_data(network, data), "loss": network.output.loss}
    chosen |= {"features": tuple(network.inputs), "hidden": tuple(len(biases) for _, biases in pairs[:-1])}
    if len(pairs) > 1:
        chosen["activation"] = tuple(layer.activation for layer in network.layers[:-1])
    experiment = Experiment(**chosen)
    if (experiment.problem, len(experiment.classes)) != (network.problem, len(network.output.classes)):
        raise ExperimentError("data", _kind(experiment.problem, len(experiment.classes)), _needs(network))
    run = Run(experiment).set_parameters([weights for weights, _ in pairs], [biases for _, biases in pairs])
    _confirm(path, model, network, run)
    return run


def _network(path: str, description: str) -> Network:
    if len(description) > MOST_CHARACTERS:
        raise ExperimentError("path", path, "an ONNX file with a shorter description")
    try:
        network = msgspec.json.decode(description, type=Network)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _changed(path) from error
    if (network.format, network.version) != (FORMAT, VERSION):
        needs = f"a file of version {VERSION}, as this tinkernet exports it; this is {network.version}"
        raise ExperimentError("path", path, needs)
    if not 0 < len(network.columns) <= MOST_INPUTS or not 0 < len(network.layers) <= MOST_LAYERS:
        raise _changed(path)
    return network


def _data(network: Network, given: object) -> dict[str, Any]:
    """The data of the experiment, with the columns of the network and their ranges."""
    given = unwrapped(given)
    names = [column.name for column in network.columns]
    plane = names == [column.name for column in PLANE_INPUTS.columns] and not network.scaled
    if given is None and plane:
        given = next((name for name, entry in DATASETS.items() if _fits(network, entry)), None)
    if isinstance(given, str) and plane:
        return {"dataset": given}
    if isinstance(given, tuple | list) and len(given) == 2:
        output = network.output
        kind: Any = "classes" if output.classes else "numbers"
        classes, points, labels = output.classes or None, plain(given[0]), plain(given[1])
        given = Dataset.from_arrays(points, labels, names=names, classes=classes, kind=kind, target=output.target)
    if not isinstance(given, Dataset):
        raise ExperimentError("data", given, _needs(network))
    if list(given.names) != names:
        raise ExperimentError("columns of data", list(given.names), f"{names}, as the file has them")
    ranges = {column.name: (column.low, column.high) for column in network.columns}
    if given.target.kind == "numbers":
        ranges[given.target.name] = (network.output.low, network.output.high)
    return {"data": given.with_ranges(ranges)}


def _fits(network: Network, entry: Any) -> bool:
    return entry.problem == network.problem and len(entry.classes) == len(network.output.classes)


def _needs(network: Network) -> str:
    names, kind = [column.name for column in network.columns], _kind(network.problem, len(network.output.classes))
    return f"(points, labels) or a Dataset with the columns {names} and the target of a {kind}"


def _kind(problem: str, classes: int) -> str:
    return f"{problem} with {classes} classes" if classes else problem


def _parameters(path: str, tensors: Mapping[str, Any], layer: int) -> tuple[ndarray, ndarray]:
    """The weights and biases of a layer, counted from 1."""
    helper = extra("onnx.numpy_helper", "onnx")
    found = []
    for name in names_of_parameters(layer):
        if name not in tensors or tensors[name].data_location:  # that would be read from another file
            raise _changed(path)
        try:
            found.append(np.asarray(helper.to_array(tensors[name])))
        except Exception as error:  # of a damaged array, whatever it is
            raise _changed(path) from error
    weights, biases = found
    if biases.ndim != 1:
        raise _changed(path)
    return weights, biases


def _confirm(path: str, model: Any, network: Network, run: Run) -> None:
    """That the run, exported again, has the operators and numbers of the file.

    Raises:
        ExperimentError: it has not.
    """
    onnx = extra("onnx", "onnx")
    # Names of classes are those of the data that is given.
    same = structs.replace(describe(run), output=network.output, columns=network.columns)
    numbers: Any = {onnx.TensorProto.FLOAT: "float32", onnx.TensorProto.DOUBLE: "float64"}.get(
        model.graph.input[0].type.tensor_type.elem_type if len(model.graph.input) == 1 else 0
    )
    if numbers is None or onnx.load_model_from_string(onnx_file(same, numbers)).graph != model.graph:
        raise _changed(path)


def _changed(path: str) -> ExperimentError:
    needs = "as tinkernet exported it: its operators are not those of its description; export the run again"
    return ExperimentError("path", path, needs)
