"""A network as a program of JAX: a pure function of its parameters."""

from tinkernet.export.networks.activation_code import ACTIVATION_CODE
from tinkernet.export.networks.dialect import Dialect
from tinkernet.export.networks.network import Network, Numbers
from tinkernet.export.networks.program import Program
from tinkernet.export.networks.python_text import definition, joined
from tinkernet.network.heads import SOFTMAX

DIALECT = Dialect("jnp")
SOFTMAX_FUNCTION = f'''\
def {SOFTMAX}(x):
    """Probabilities that add up to 1, from one number for each class."""
    return jax.nn.{SOFTMAX}(x, axis=1)
'''
FORWARD = '''\
@jax.jit
def forward(parameters, points):
    """The outputs of the network, a row for each point: a pure function, which jax.grad can differentiate."""
    values = features(points)
    for (weights, biases), activation in zip(parameters, ACTIVATIONS):
        values = activation(values @ weights.T + biases)
    return values
'''
LOAD = """\
PARAMETERS = [
    (jnp.array(weights, DTYPE).reshape(len(biases), -1), jnp.array(biases, DTYPE))
    for weights, biases in zip(WEIGHTS, BIASES)
]
"""


def jax_program(network: Network, numbers: Numbers) -> str:
    """The network as a program of JAX."""
    program = Program(network, DIALECT, numbers)
    functions = [definition(one, ACTIVATION_CODE[one.name].jax) for one in program.used_activations()]
    if SOFTMAX in program.names_of_activations():
        functions.append(SOFTMAX_FUNCTION)
    layers = ", ".join(layer.activation.replace("-", "_") for layer in network.layers)
    lines = ["import jax", "import jax.numpy as jnp"]
    lines.append("")
    if numbers == "float64":
        lines += ['jax.config.update("jax_enable_x64", True)  # JAX computes in float32 otherwise', ""]
    lines.append(f"DTYPE = jnp.{numbers}")
    return joined(
        program.beginning("JAX", lines, lambda row: f"jnp.array({row}, DTYPE)"),
        program.features(),
        *functions,
        FORWARD,
        program.predict(["    outputs = forward(PARAMETERS, jnp.asarray(points, DTYPE))"], _labels),
        f"ACTIVATIONS = [{layers}]\n" + program.parameters() + LOAD,
        program.example(),
    )


def _labels(chosen: str) -> str:
    return f"[CLASSES[int(k)] for k in {chosen}]"
