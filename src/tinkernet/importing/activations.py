"""Which activation another library means by a name: `LeakyReLU`, `silu`, `logistic`."""

from typing import Literal

from tinkernet.errors import ExperimentError
from tinkernet.network.activations import ACTIVATIONS, LINEAR, SIGMOID, SINE, SWISH, Activation
from tinkernet.network.heads import SOFTMAX

Softmax = Literal["softmax"]

OTHER_NAMES = {"silu": SWISH, "identity": LINEAR, "logistic": SIGMOID, "sin": SINE, "noneactivation": LINEAR}


def _plain(name: str) -> str:
    """Only letters and digits, in lower case: libraries write names in many ways."""
    return "".join(character for character in name.lower() if character.isalnum())


_BY_NAME: dict[str, Activation] = {_plain(name): entry for name, entry in ACTIVATIONS.items()} | OTHER_NAMES
_SOFTMAX = {_plain(SOFTMAX), _plain(f"log {SOFTMAX}")}
SUPPORTED = ", ".join(entry.label for entry in ACTIVATIONS.values())
"""The labels of all activations, for errors."""


def activation_named(name: str) -> Activation | Softmax | None:
    """The activation that another library calls so; None where tinkernet has none.

    The logarithm of softmax stands for softmax: the network is the same, and so are the predicted classes.
    """
    plain = _plain(name)
    return "softmax" if plain in _SOFTMAX else _BY_NAME.get(plain)


def is_activation(name: str) -> bool:
    """Whether tinkernet has the activation that another library calls so."""
    return activation_named(name) is not None


def checked_activation(layer: str, name: str) -> Activation | Softmax:
    """The activation that another library calls so.

    Raises:
        ExperimentError: tinkernet has none of this name; the message names the layer.
    """
    found = activation_named(name)
    if found is None:
        raise ExperimentError(f"layer {layer}", name, f"a dense layer or one of the activations {SUPPORTED}")
    return found


def check_parameter(layer: str, name: str, given: object, usual: object) -> None:
    """That a parameter of an activation has the value that tinkernet's activation has.

    Raises:
        ExperimentError: it has another; the message names the layer and the parameter.
    """
    same = given == usual or (isinstance(given, float) and isinstance(usual, float) and abs(given - usual) < 1e-7)
    if not same:
        raise ExperimentError(f"{name} of layer {layer}", given, f"{usual}, as tinkernet's activation has it")
