"""A network as a program of Keras 3: a `Sequential` with its weights, for any backend.

It computes in float32: on all backends but TensorFlow, Keras itself makes float32 of float64.
"""

from tinkernet.export.networks.activation_code import ACTIVATION_CODE
from tinkernet.export.networks.dialect import Dialect
from tinkernet.export.networks.network import Network, Numbers
from tinkernet.export.networks.program import Program
from tinkernet.export.networks.python_text import joined
from tinkernet.network.heads import SOFTMAX

DIALECT = Dialect("ops")
LOAD = """\
for layer, weights, biases in zip(network.layers, WEIGHTS, BIASES):
    # Keras has a row for each neuron before the layer, so the weights are transposed.
    layer.set_weights([np.array(weights, DTYPE).reshape(len(biases), -1).T, np.array(biases, DTYPE)])
"""


def keras_program(network: Network, numbers: Numbers) -> str:
    """The network as a program of Keras."""
    program = Program(network, DIALECT, numbers)
    lines = ["import keras", "import numpy as np", "from keras import ops", "", f'DTYPE = "{numbers}"']
    sizes, layers = network.sizes, []
    for layer, size in zip(network.layers, sizes[1:], strict=True):
        activation = f'"{SOFTMAX}"' if layer.activation == SOFTMAX else ACTIVATION_CODE[layer.activation].keras
        layers.append(f"        keras.layers.Dense({size}, activation={activation}),")
    return joined(
        program.beginning("Keras 3", lines, lambda row: f"np.array({row}, DTYPE)"),
        program.features(),
        *(ACTIVATION_CODE[one.name].keras_function for one in program.used_activations()),
        "\n".join(
            [
                "network = keras.Sequential(",
                "    [",
                f"        keras.Input(({sizes[0]},)),",
                *layers,
                "    ]",
                ")",
                "",
            ]
        ),
        program.predict(
            [
                "    inputs = features(ops.convert_to_tensor(np.asarray(points, DTYPE)))",
                "    outputs = ops.convert_to_numpy(network(inputs))",
            ],
            lambda chosen: f"[CLASSES[int(k)] for k in {chosen}]",
            module="np",
        ),
        program.parameters() + "\n" + LOAD,
        program.example(),
    )
