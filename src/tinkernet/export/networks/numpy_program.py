"""A network as a program of NumPy alone: every operation can be seen."""

from tinkernet.export.networks.activation_code import ACTIVATION_CODE
from tinkernet.export.networks.dialect import Dialect
from tinkernet.export.networks.network import Network, Numbers
from tinkernet.export.networks.program import Program
from tinkernet.export.networks.python_text import definition, identifier, joined
from tinkernet.network.heads import SOFTMAX

DIALECT = Dialect("np")

SOFTMAX_FUNCTION = f'''\
def {SOFTMAX}(x):
    """Probabilities that add up to 1, from one number for each class."""
    grown = np.exp(x - x.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)
'''

FORWARD = '''\
@np.errstate(over="ignore")  # e^x of a large x is infinite, and 1 / (1 + e^x) then 0, as it should be
def forward(values):
    """The outputs of the network, a row for each row of inputs."""
    for weights, biases, activation in zip(WEIGHTS, BIASES, ACTIVATIONS):
        sums = values @ np.array(weights, DTYPE).reshape(len(biases), -1).T + np.array(biases, DTYPE)
        values = activation(sums)
    return values
'''


def numpy_program(network: Network, numbers: Numbers) -> str:
    """The network as a program of NumPy."""
    program = Program(network, DIALECT, numbers)
    used = [(identifier(one), ACTIVATION_CODE[one.name], one) for one in program.used_activations()]
    functions = [
        *dict.fromkeys(code.numpy_function for _, code, _ in used),
        *(definition(one, code.numpy) for _, code, one in used),
        *([SOFTMAX_FUNCTION] if SOFTMAX in program.names_of_activations() else []),
    ]
    imports = [*dict.fromkeys(code.numpy_import for _, code, _ in used if code.numpy_import)]
    layers = ", ".join(layer.activation.replace("-", "_") for layer in network.layers)
    return joined(
        program.beginning(
            "NumPy",
            [*([*imports, ""] if imports else []), "import numpy as np", "", f"DTYPE = np.{numbers}"],
            lambda row: f"np.array({row}, DTYPE)",
        ),
        program.features(),
        *functions,
        FORWARD,
        program.predict(
            ["    outputs = forward(features(np.asarray(points, DTYPE)))"],
            lambda chosen: f"np.array(CLASSES)[({chosen}).astype(int)]",
        ),
        f"ACTIVATIONS = [{layers}]\n" + program.parameters(),
        program.example(),
    )
