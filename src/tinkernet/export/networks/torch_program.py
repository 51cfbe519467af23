"""A network as a program of PyTorch: a `nn.Sequential` with its weights."""

from tinkernet.export.networks.activation_code import ACTIVATION_CODE
from tinkernet.export.networks.dialect import ANGLE, Dialect
from tinkernet.export.networks.network import Network, Numbers
from tinkernet.export.networks.program import Program
from tinkernet.export.networks.python_text import joined
from tinkernet.network.heads import SOFTMAX

DIALECT = Dialect("torch", {ANGLE: "atan2"}, clamps=True)
SOFTMAX_MODULE = "nn.Softmax(dim=1)"

LOAD = """\
with torch.no_grad():
    layers = [layer for layer in network if isinstance(layer, nn.Linear)]
    for layer, weights, biases in zip(layers, WEIGHTS, BIASES):
        layer.weight.copy_(torch.tensor(weights, dtype=DTYPE).reshape(layer.weight.shape))
        layer.bias.copy_(torch.tensor(biases, dtype=DTYPE))
"""


def torch_program(network: Network, numbers: Numbers) -> str:
    """The network as a program of PyTorch."""
    program = Program(network, DIALECT, numbers)
    return joined(
        beginning(program),
        program.features(),
        *classes_of_activations(program),
        module(program),
        answer(program),
        program.parameters() + "\n" + LOAD,
        program.example(),
    )


def beginning(program: Program) -> str:
    """What is imported, the names of the classes, and the ranges of the columns."""
    imports = ["import torch", "from torch import nn", "", f"DTYPE = torch.{program.numbers}"]
    return program.beginning("PyTorch", imports, lambda row: f"torch.tensor({row}, dtype=DTYPE)")


def classes_of_activations(program: Program) -> list[str]:
    """The modules of activations that PyTorch does not have."""
    return [ACTIVATION_CODE[one.name].torch_class for one in program.used_activations()]


def module(program: Program) -> str:
    """The network without its weights."""
    sizes, lines = program.network.sizes, []
    for layer, before, size in zip(program.network.layers, sizes, sizes[1:], strict=False):
        activation = SOFTMAX_MODULE if layer.activation == SOFTMAX else ACTIVATION_CODE[layer.activation].torch
        lines += [f"    nn.Linear({before}, {size}, dtype=DTYPE),", f"    {activation},"]
    return "\n".join(["network = nn.Sequential(", *lines, ")", ""])


def answer(program: Program) -> str:
    """The function that predicts."""
    return "@torch.no_grad()\n" + program.predict(
        ["    outputs = network(features(torch.as_tensor(points, dtype=DTYPE)))"],
        lambda chosen: f"[CLASSES[int(k)] for k in {chosen}]",
    )
