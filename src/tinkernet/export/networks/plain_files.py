"""A network as plain data: JSON that anything can read, safetensors, and a link for TensorFlow Playground."""

import msgspec
import numpy as np

from tinkernet import link
from tinkernet.errors import ExperimentError
from tinkernet.export.networks.network import Network, Numbers
from tinkernet.extras import extra
from tinkernet.formatting import listed
from tinkernet.fragment import View
from tinkernet.run import Run

INDENT = 2
LONGEST_LINE = 100


def json_text(network: Network) -> str:
    """The network as JSON, with all digits: the fields of `Network`, each row of numbers in one line."""
    return _json(msgspec.to_builtins(network), 0) + "\n"


def _json(value: object, depth: int) -> str:
    """JSON that can be read: what is short is in one line."""
    text = msgspec.json.encode(value).decode()
    if len(text) <= LONGEST_LINE or not isinstance(value, dict | list):
        return text
    if isinstance(value, list) and not isinstance(value[0], dict | list):
        return text
    before, end = "\n" + " " * (depth + INDENT), "\n" + " " * depth
    inside = [_json(item, depth + INDENT) for item in (value.values() if isinstance(value, dict) else value)]
    if isinstance(value, dict):
        names = [msgspec.json.encode(name).decode() for name in value]
        inside = [f"{name}: {item}" for name, item in zip(names, inside, strict=True)]
        return "{" + before + f",{before}".join(inside) + end + "}"
    return "[" + before + f",{before}".join(inside) + end + "]"


def safetensors_file(network: Network, numbers: Numbers) -> bytes:
    """The weights `layers.0.weight` (to, from) and `layers.0.bias` and so on, as safetensors.

    The metadata has the description of `json_text` without the numbers, as the text "network".

    Raises:
        MissingExtraError: safetensors is not installed.
    """
    library = extra("safetensors.numpy", "safetensors")
    tensors = {}
    for number, layer in enumerate(network.layers):
        biases = np.array(layer.biases, numbers)
        tensors[f"layers.{number}.weight"] = np.array(layer.weights, numbers).reshape(len(biases), -1)
        tensors[f"layers.{number}.bias"] = biases
    # A single entry: the library writes several in an order that differs from file to file.
    metadata = {"network": msgspec.json.encode(network.without_numbers).decode()}
    return bytes(library.save(tensors, metadata))


def playground_link(run: Run) -> str:
    """The address that opens the run's experiment on playground.tensorflow.org: its settings, not its weights.

    Raises:
        ExperimentError: the original does not know some of the settings; the message names them.
    """
    found = link.for_original(run.experiment, View())
    if found.unknown_fields:
        names = [name.replace("_", " ") for name in found.unknown_fields]
        field = found.unknown_fields[0]
        raise ExperimentError(
            field.replace("_", " "),
            getattr(run.experiment, field),
            f"one that TensorFlow Playground has, too; it cannot open this {listed(names, len(names))}",
        )
    return found.address + "\n"
