"""How each activation is written in the libraries that programs are exported to: one entry for each activation."""

from dataclasses import dataclass

from tinkernet.network.activations import (
    ELU,
    GELU,
    HARD_TANH,
    LEAK,
    LEAKY_RELU,
    LINEAR,
    RELU,
    SIGMOID,
    SINE,
    SOFTPLUS,
    SWISH,
    TANH,
)


@dataclass(frozen=True)
class ActivationCode:
    """An activation in several libraries.

    `torch` is a module, `keras` an argument `activation`, `jax` and `numpy` are expressions of x. `torch_class` and
    `keras_function` define what the first two use, where the library does not have it. `numpy_import` and
    `numpy_function` are what the NumPy expression needs.
    """

    torch: str
    keras: str
    jax: str
    numpy: str
    torch_class: str = ""
    keras_function: str = ""
    numpy_import: str = ""
    numpy_function: str = ""


# PyTorch and Keras, on PyTorch, replace softplus by its argument from 20 on, which is wrong from the ninth decimal on.
EXACT_UP_TO = 40

SINE_MODULE = '''\
class Sine(nn.Module):
    """The activation sin x, which PyTorch has as a function only."""

    def forward(self, x):
        return torch.sin(x)
'''
SINE_FUNCTION = '''\
@keras.saving.register_keras_serializable()
def sine(x):
    """The activation sin x."""
    return ops.sin(x)
'''
SOFTPLUS_FUNCTION = '''\
@keras.saving.register_keras_serializable()
def softplus(x):
    """The activation log(1 + e^x), without rounding for large x."""
    return ops.logaddexp(x, ops.zeros_like(x))
'''
ERF = '''\
def erf(x):
    """The error function of each number, which NumPy does not have."""
    return np.vectorize(math.erf, otypes=[x.dtype])(x)
'''

ACTIVATION_CODE: dict[str, ActivationCode] = {
    TANH.name: ActivationCode("nn.Tanh()", f'"{TANH.name}"', "jnp.tanh(x)", "np.tanh(x)"),
    RELU.name: ActivationCode("nn.ReLU()", f'"{RELU.name}"', "jax.nn.relu(x)", "np.maximum(x, 0)"),
    SIGMOID.name: ActivationCode("nn.Sigmoid()", f'"{SIGMOID.name}"', "jax.nn.sigmoid(x)", "1 / (1 + np.exp(-x))"),
    LINEAR.name: ActivationCode("nn.Identity()", f'"{LINEAR.name}"', "x", "x"),
    LEAKY_RELU.name: ActivationCode(
        f"nn.LeakyReLU({LEAK})",
        f"keras.layers.LeakyReLU(negative_slope={LEAK})",
        f"jax.nn.leaky_relu(x, {LEAK})",
        f"np.where(x > 0, x, {LEAK} * x)",
    ),
    ELU.name: ActivationCode(
        "nn.ELU()", f'"{ELU.name}"', "jax.nn.elu(x)", "np.where(x > 0, x, np.expm1(np.minimum(x, 0)))"
    ),
    GELU.name: ActivationCode(
        "nn.GELU()",
        f'"{GELU.name}"',
        "jax.nn.gelu(x, approximate=False)",
        "x * (1 + erf(x / math.sqrt(2))) / 2",
        numpy_import="import math",
        numpy_function=ERF,
    ),
    SWISH.name: ActivationCode("nn.SiLU()", f'"{SWISH.name}"', "jax.nn.silu(x)", "x / (1 + np.exp(-x))"),
    SOFTPLUS.name: ActivationCode(
        f"nn.Softplus(threshold={EXACT_UP_TO})",
        SOFTPLUS.name,
        "jax.nn.softplus(x)",
        "np.logaddexp(x, 0)",
        keras_function=SOFTPLUS_FUNCTION,
    ),
    SINE.name: ActivationCode(
        "Sine()", SINE.name, "jnp.sin(x)", "np.sin(x)", torch_class=SINE_MODULE, keras_function=SINE_FUNCTION
    ),
    HARD_TANH.name: ActivationCode("nn.Hardtanh()", '"hard_tanh"', "jnp.clip(x, -1, 1)", "np.clip(x, -1, 1)"),
}
"""All activations of `network/activations.py`, by their names."""
