"""The edge of trainability: for which learning rates of its two layers does a small network learn?

After J. Sohl-Dickstein, "The boundary of neural network trainability is fractal" (arXiv 2402.06184, 2024), and its
notebook. The network has n inputs, n hidden neurons, one output and no biases:

    h = tanh(√2 · X W₀ / √n),   ŷ = h · W₁ / n

W₀, W₁, the points X and the targets Y are drawn once from a normal distribution, with as many points as weights:
n (n + 1). Gradient descent on the mean squared error of all points, with one learning rate for W₀ and another for W₁,
gives the losses L₀ … Lₜ₋₁, each measured before a step. With ℓₖ = Lₖ / L₀, where what is not finite or above 10⁶ counts
as 10⁶, training has converged if the mean of the last 20 is under 1. The value of a pair of rates is −Σ ℓₖ if it has,
otherwise Σ 1/ℓₖ: at most −1 or at least 1, as ℓ₀ = 1. The rates are not scaled.

The notebook writes the limit of 10⁶ as products, in which 0 · ∞ is not a number where a loss has overflowed; here such
a loss counts as the largest. Its pixels are at the ends and evenly between them, ours in the middle of their squares.
"""

from dataclasses import dataclass
from functools import lru_cache

import msgspec
import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arithmetic import normal_quantile
from tinkernet.arrays import Float64
from tinkernet.data.philox import WORDS, key_for, philox

MOST_WIDTH = 64
MOST_STEPS = 100_000
LAST = 20
"""So many losses at the end decide whether training has converged."""
MOST_LOSS = 1e6
"""A larger loss, relative to the first, counts as this."""


class Trainability(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A network with its points, and for how many steps it is trained: plain data, from which all numbers follow.

    Args:
        width: n, the number of inputs and of hidden neurons, 1 to 64.
        steps: for how many steps each pair of learning rates is trained, 1 to 100,000.
        seed: another text draws other weights and points.

    Raises:
        ExperimentError: one of them is not valid.

    Example:
        >>> problem = Trainability(width=8, steps=100)
        >>> problem.points
        72
    """

    width: int = 8
    steps: int = 100
    seed: str = "0"

    def __post_init__(self) -> None:
        checks.whole("width", self.width, 1, MOST_WIDTH)
        checks.whole("steps", self.steps, 1, MOST_STEPS)

    @property
    def points(self) -> int:
        """The number of points, which is that of weights."""
        return self.width * (self.width + 1)

    @property
    def last(self) -> int:
        """How many losses at the end decide whether training has converged."""
        return min(LAST, self.steps)


@dataclass(frozen=True)
class Drawn:
    """What is drawn for a problem: inputs X, targets Y, and the initial weights of both layers."""

    inputs: Float64[ndarray, "points width"]
    targets: Float64[ndarray, " points"]
    weights_in: Float64[ndarray, "width width"]
    weights_out: Float64[ndarray, " width"]


@lru_cache(maxsize=16)
def drawn(width: int, seed: str) -> Drawn:
    """The points and the initial weights of a width and a seed."""
    points = width * (width + 1)
    return Drawn(
        normals("inputs", seed, points, width),
        normals("targets", seed, points),
        normals("weights in", seed, width, width),
        normals("weights out", seed, width),
    )


def normals(purpose: str, seed: str, *shape: int) -> Float64[ndarray, "..."]:
    """Independent standard normal numbers of this shape, the same on every machine."""
    count = int(np.prod(shape))
    blocks = np.arange(-(-2 * count // WORDS))
    words = np.stack(philox((blocks, 0, 0, 0), key_for(f"trainability {purpose}", seed)), axis=1).reshape(-1, 2)[:count]
    high, low = words[:, 0].astype(np.float64), words[:, 1].astype(np.float64)
    # The middle of one of 2^52 intervals, which is never 0 or 1.
    uniforms = (high * 2.0**20 + np.floor(low * 2.0**-12) + 0.5) * 2.0**-52
    return normal_quantile(uniforms).reshape(shape)
