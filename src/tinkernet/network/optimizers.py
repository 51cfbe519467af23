"""Optimizers: one entry each in OPTIMIZERS. To add one, add an entry.

An update is computed for each parameter from its gradient, the mean over the batch, and from numbers that the optimizer
keeps for the parameter. It is written once, for NumPy arrays and for the compiled engine's numbers: it uses only
+ − × ÷, `sqrt` and `tinkernet.arithmetic`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from numpy import sqrt

from tinkernet.arithmetic import integer_power
from tinkernet.network.parameters import Option, Parameter


@dataclass(frozen=True)
class Optimizer(Option):
    """A way to update the parameters.

    `prepare(rate, number, values)` gives the constants of the `number`th update since the optimizer began, from 1, as a
    tuple; `values` are the option's parameters, followed by zeros up to four. `update(parameter, gradient, first,
    second, constants)` gives the new parameter and the new values of the two numbers that are kept for it, 0 at first.
    `keeps` names those that are used: when an optimizer is changed for one that keeps the same, they are kept.

    Without `update` it is the original's plain gradient descent, whose order of operations only the engine can follow.
    `formula` says how the parameter w is updated with the gradient g and the learning rate η.
    """

    formula: str = ""
    keeps: tuple[str, ...] = ()
    prepare: Callable[[float, Any, Any], Any] | None = None
    update: Callable[[Any, Any, Any, Any, Any], Any] | None = None


def momentum_constants(rate: float, _number: Any, values: Any) -> Any:
    """The rate and the momentum."""
    return rate, values[0]


def momentum_update(parameter: Any, gradient: Any, velocity: Any, unused: Any, constants: Any) -> Any:
    """The velocity gathers the gradients, and is the direction of the step."""
    velocity = constants[1] * velocity + gradient
    return parameter - constants[0] * velocity, velocity, unused


def nesterov_update(parameter: Any, gradient: Any, velocity: Any, unused: Any, constants: Any) -> Any:
    """Momentum that looks a step ahead, in the form of Sutskever et al. (2013) that PyTorch uses."""
    velocity = constants[1] * velocity + gradient
    return parameter - constants[0] * (gradient + constants[1] * velocity), velocity, unused


def rmsprop_constants(rate: float, _number: Any, values: Any) -> Any:
    """The rate, the decay of the mean square, and epsilon."""
    return rate, values[0], values[1]


def rmsprop_update(parameter: Any, gradient: Any, square: Any, unused: Any, constants: Any) -> Any:
    """Hinton's RMSprop (lecture 6e, 2012): the gradient divided by the root of its recent mean square."""
    square = constants[1] * square + (1.0 - constants[1]) * (gradient * gradient)
    return parameter - constants[0] * (gradient / (sqrt(square) + constants[2])), square, unused


def adam_constants(rate: float, number: Any, values: Any) -> Any:
    """The corrected rate, the root of the correction of the squares, both betas, and epsilon."""
    first, second = 1.0 - integer_power(values[0], number), 1.0 - integer_power(values[1], number)
    return rate / first, sqrt(second), values[0], values[1], values[2]


def adam_update(parameter: Any, gradient: Any, mean: Any, square: Any, constants: Any) -> Any:
    """Adam (Kingma and Ba, 2015): both means are corrected for their start at 0."""
    mean = mean + (1.0 - constants[2]) * (gradient - mean)
    square = constants[3] * square + (1.0 - constants[3]) * (gradient * gradient)
    return parameter - constants[0] * (mean / (sqrt(square) / constants[1] + constants[4])), mean, square


def adamw_constants(rate: float, number: Any, values: Any) -> Any:
    """Those of Adam, and the share of a parameter that remains after its decay."""
    first, second = 1.0 - integer_power(values[0], number), 1.0 - integer_power(values[1], number)
    return rate / first, sqrt(second), values[0], values[1], values[2], 1.0 - rate * values[3]


def adamw_update(parameter: Any, gradient: Any, mean: Any, square: Any, constants: Any) -> Any:
    """AdamW (Loshchilov and Hutter, 2019): the weights decay beside the step, not through the gradient."""
    decayed = constants[5] * parameter
    mean = mean + (1.0 - constants[2]) * (gradient - mean)
    square = constants[3] * square + (1.0 - constants[3]) * (gradient * gradient)
    return decayed - constants[0] * (mean / (sqrt(square) / constants[1] + constants[4])), mean, square


CLOSE_TO_ONE = 0.999999
"""The most for a share of the past that is kept; with 1 nothing new would ever count."""

MOMENTUM = Parameter(
    "momentum",
    "Momentum",
    "How much of the last step's direction is kept.",
    0.9,
    0.0,
    CLOSE_TO_ONE,
    (0.0, 0.5, 0.8, 0.9, 0.95, 0.99),
)
BETA1 = Parameter(
    "beta1",
    "β₁",
    "How much of the mean of past gradients is kept.",
    0.9,
    0.0,
    CLOSE_TO_ONE,
    (0.0, 0.5, 0.8, 0.9, 0.95, 0.99),
)
BETA2 = Parameter(
    "beta2",
    "β₂",
    "How much of the mean of past squared gradients is kept.",
    0.999,
    0.0,
    CLOSE_TO_ONE,
    (0.9, 0.95, 0.99, 0.999, 0.9999),
)
ALPHA = Parameter(
    "alpha",
    "α",
    "How much of the mean of past squared gradients is kept.",
    0.99,
    0.0,
    CLOSE_TO_ONE,
    (0.5, 0.9, 0.95, 0.99, 0.999),
)
EPSILON = Parameter(
    "epsilon",
    "ε",
    "A small number added to the divisor, so that it is never 0.",
    1e-8,
    1e-16,
    1.0,
    (1e-10, 1e-8, 1e-6, 1e-4, 1e-2),
)
DECAY = Parameter(
    "decay",
    "Weight decay",
    "How much smaller each parameter becomes in a step, as a multiple of the learning rate.",
    0.01,
    0.0,
    10.0,
    (0.0, 0.001, 0.01, 0.1, 1.0),
)

SGD = Optimizer(
    "sgd",
    "Gradient descent",
    "A step against the gradient, scaled by the learning rate.",
    formula="w − η g",
)
Momentum = Optimizer(
    "momentum",
    "Momentum",
    "Steps gather speed in a direction that stays the same.",
    (MOMENTUM,),
    "w − η v, with v = μ v + g",
    ("velocity",),
    momentum_constants,
    momentum_update,
)
"""Gradient descent with momentum: steps gather speed in a direction that stays the same.

w − η v, with v = μ v + g (Polyak, 1964), in PyTorch's form, without dampening.

Args:
    momentum: μ, how much of the last step's direction is kept; 0 to 0.999999, by default 0.9.

Example:
    >>> Experiment(optimizer=Momentum(momentum=0.8)).optimizer
    'momentum,momentum:0.8'
"""
Nesterov = Optimizer(
    "nesterov",
    "Nesterov",
    "Momentum that looks one step ahead.",
    (MOMENTUM,),
    "w − η (g + μ v), with v = μ v + g",
    ("velocity",),
    momentum_constants,
    nesterov_update,
)
"""Momentum that looks one step ahead.

w − η (g + μ v), with v = μ v + g (Nesterov, 1983), in the form of Sutskever et al. (2013) that PyTorch uses.

Args:
    momentum: μ, how much of the last step's direction is kept; 0 to 0.999999, by default 0.9.

Example:
    >>> Nesterov(momentum=0.95)
    'nesterov,momentum:0.95'
"""
RMSprop = Optimizer(
    "rmsprop",
    "RMSprop",
    "Each parameter has its own step size: its gradient divided by its recent size.",
    (ALPHA, EPSILON),
    "w − η g / (√s + ε), with s = α s + (1 − α) g²",
    ("square",),
    rmsprop_constants,
    rmsprop_update,
)
"""Each parameter has its own step size: its gradient divided by its recent size.

w − η g / (√s + ε), with s = α s + (1 − α) g² (Hinton, lecture 6e, 2012), in PyTorch's form.

Args:
    alpha: α, how much of the mean of past squared gradients is kept; 0 to 0.999999, by default 0.99.
    epsilon: ε, added to the divisor; 1e-16 to 1, by default 1e-8.

Example:
    >>> RMSprop(alpha=0.9)
    'rmsprop,alpha:0.9'
"""
Adam = Optimizer(
    "adam",
    "Adam",
    "Momentum, and for each parameter its own step size. Wants a smaller learning rate.",
    (BETA1, BETA2, EPSILON),
    "w − η m̂ / (√ŝ + ε), with m and s the means of g and g²",
    ("mean", "square"),
    adam_constants,
    adam_update,
)
"""Momentum, and for each parameter its own step size. Wants a smaller learning rate.

w − η m̂ / (√ŝ + ε), with m and s the means of g and g², corrected for their start at 0 (Kingma and Ba, 2015).

Args:
    beta1: β₁, how much of the mean of past gradients is kept; 0 to 0.999999, by default 0.9.
    beta2: β₂, how much of the mean of past squared gradients is kept; 0 to 0.999999, by default 0.999.
    epsilon: ε, added to the divisor; 1e-16 to 1, by default 1e-8.

Example:
    >>> Experiment(optimizer=Adam(beta1=0.8), learning_rate=0.01).optimizer
    'adam,beta1:0.8'
"""
AdamW = Optimizer(
    "adamw",
    "AdamW",
    "Adam, and all parameters become a little smaller in every step.",
    (BETA1, BETA2, EPSILON, DECAY),
    "(1 − η λ) w − η m̂ / (√ŝ + ε), with m and s the means of g and g²",
    ("mean", "square"),
    adamw_constants,
    adamw_update,
)
"""Adam, and all parameters become a little smaller in every step.

(1 − η λ) w − η m̂ / (√ŝ + ε), with m and s the means of g and g² (Loshchilov and Hutter, 2019).

Args:
    beta1: β₁, as in `Adam`.
    beta2: β₂, as in `Adam`.
    epsilon: ε, as in `Adam`.
    decay: λ, how much smaller each parameter becomes in a step, as a multiple of the learning rate; 0 to 10, by default
        0.01.

Example:
    >>> AdamW(decay=0.1)
    'adamw,decay:0.1'
"""

OPTIMIZERS: dict[str, Optimizer] = {entry.name: entry for entry in (SGD, Momentum, Nesterov, RMSprop, Adam, AdamW)}
"""All optimizers; the first is the default."""


def updating_optimizers() -> list[Optimizer]:
    """The optimizers whose entry has an update, in the order of the engine's indices."""
    return [entry for entry in OPTIMIZERS.values() if entry.update is not None]
