"""Initial weights and biases: one entry each in INITIALIZERS. To add one, add an entry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import normal_quantile
from tinkernet.arrays import Float64
from tinkernet.network.layout import Layout
from tinkernet.network.parameters import Option, Parameter, option_in, values_in

SCALE = Parameter(
    "scale", "Scale", "What all initial weights are multiplied by.", 1.0, 0.0, 100.0, (0.1, 0.5, 1.0, 2.0)
)


class Draws(Protocol):
    """What initial weights are drawn from, such as the random stream of a run."""

    def uniforms(self, *shape: int) -> Float64[ndarray, "..."]:
        """The next draws, as an array filled row by row."""


@dataclass(frozen=True)
class Initializer(Option):
    """How initial weights are computed from uniform draws in [0, 1), and the initial value of biases.

    `weights(draws)` gets one layer's draws [to, from], one for each weight, and gives its weights, which are then
    multiplied by the scale, where that is a parameter. `init_zero` is the value of initZero in the original's links, if
    there is one. `formula` says how a weight is drawn, for n inputs and m neurons.
    """

    formula: str = ""
    weights: Callable[[Float64[ndarray, "to from"]], Float64[ndarray, "to from"]] = lambda draws: draws
    bias: float = 0.0
    init_zero: bool | None = None


def initial_parameters(layout: Layout, initializer: str, stream: Draws) -> Float64[ndarray, " count"]:
    """The initial parameters: one draw per weight, layer by layer, neuron by neuron, input by input."""
    entry, values = option_in(INITIALIZERS, initializer), values_in(INITIALIZERS, initializer)
    parameters = np.empty(layout.count)
    for weights, biases in zip(layout.weights(parameters), layout.biases(parameters), strict=True):
        drawn = entry.weights(stream.uniforms(*weights.shape))
        weights[...] = drawn if values in ((), (1.0,)) else values[0] * drawn
        biases[...] = entry.bias
    return parameters


def _uniform(draws: Float64[ndarray, "to from"], variance: float) -> Float64[ndarray, "to from"]:
    """Uniform around 0 with this variance: up to √(3 · variance) on either side."""
    return np.asarray((2.0 * draws - 1.0) * np.sqrt(3.0 * variance))


def _normal(draws: Float64[ndarray, "to from"], variance: float) -> Float64[ndarray, "to from"]:
    """Normal with mean 0 and this variance: the quantile of each draw."""
    return np.asarray(normal_quantile(draws) * np.sqrt(variance))


def _glorot(draws: Float64[ndarray, "to from"]) -> float:
    """The variance of Glorot and Bengio (2010): 2 / (inputs + neurons)."""
    return 2.0 / sum(draws.shape)


def _he(draws: Float64[ndarray, "to from"]) -> float:
    """The variance of He et al. (2015): 2 / inputs."""
    return 2.0 / max(int(draws.shape[1]), 1)


def _lecun(draws: Float64[ndarray, "to from"]) -> float:
    """The variance of LeCun et al. (1998): 1 / inputs."""
    return 1.0 / max(int(draws.shape[1]), 1)


def orthogonal(draws: Float64[ndarray, "to from"]) -> Float64[ndarray, "to from"]:
    """Rows, or columns if there are fewer, that are orthogonal and of length 1 (Saxe et al., 2014).

    The Gram–Schmidt process on normal draws, done twice for accuracy. Sums go number by number, because a library's
    sums are not the same on every machine.
    """
    vectors = normal_quantile(draws)
    vectors = np.ascontiguousarray(vectors if vectors.shape[0] <= vectors.shape[1] else vectors.T)
    for k in range(len(vectors)):
        for _ in range(2):
            for other in range(k):
                vectors[k] = vectors[k] - _product(vectors[k], vectors[other]) * vectors[other]
        length = np.sqrt(_product(vectors[k], vectors[k]))
        vectors[k] = vectors[k] / (length or 1.0)
    return vectors if draws.shape[0] <= draws.shape[1] else vectors.T


def _product(one: Float64[ndarray, " n"], other: Float64[ndarray, " n"]) -> float:
    """The scalar product; Python's running sum has one order."""
    total = 0.0
    for number in (one * other).tolist():
        total += number
    return total


GLOROT_UNIFORM = Initializer(
    "glorot-uniform",
    "Glorot, uniform",
    "Keeps signals about equally large in both directions; made for tanh.",
    (SCALE,),
    "from −√(6 / (n + m)) to √(6 / (n + m))",
    lambda draws: _uniform(draws, _glorot(draws)),
)

INITIALIZERS: dict[str, Initializer] = {
    entry.name: entry
    for entry in (
        Initializer(
            "uniform",
            "Random",
            "Each weight is drawn uniformly from −0.5 to 0.5.",
            (SCALE,),
            "from −0.5 to 0.5",
            lambda draws: draws - 0.5,
            0.1,
            init_zero=False,
        ),
        Initializer(
            "zeros",
            "Zeros",
            "All weights are 0: the neurons of a layer stay identical.",
            (),
            "0",
            lambda draws: 0.0 * draws,
            0.0,
            init_zero=True,
        ),
        GLOROT_UNIFORM,
        Initializer(
            "glorot-normal",
            "Glorot, normal",
            "The same spread as Glorot, uniform, from a normal distribution.",
            (SCALE,),
            "normal with variance 2 / (n + m)",
            lambda draws: _normal(draws, _glorot(draws)),
        ),
        Initializer(
            "he-uniform",
            "He, uniform",
            "Makes up for the half of the sums that ReLU sets to 0.",
            (SCALE,),
            "from −√(6 / n) to √(6 / n)",
            lambda draws: _uniform(draws, _he(draws)),
        ),
        Initializer(
            "he-normal",
            "He, normal",
            "The same spread as He, uniform, from a normal distribution.",
            (SCALE,),
            "normal with variance 2 / n",
            lambda draws: _normal(draws, _he(draws)),
        ),
        Initializer(
            "lecun-normal",
            "LeCun, normal",
            "Weighted sums begin about as large as the inputs.",
            (SCALE,),
            "normal with variance 1 / n",
            lambda draws: _normal(draws, _lecun(draws)),
        ),
        Initializer(
            "orthogonal",
            "Orthogonal",
            "The weights of different neurons are perpendicular to each other, each of length 1.",
            (SCALE,),
            "orthogonal rows of length 1",
            orthogonal,
        ),
    )
}
"""All initializers; the first is the default."""
