"""Schedules of the learning rate: one entry each in SCHEDULES. To add one, add an entry.

A schedule multiplies the learning rate by a factor for each epoch, counted from 0. The formulas are those of
`torch.optim.lr_scheduler`, with one difference: where a schedule is over, the rate stays as it was last.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import cos, integer_power
from tinkernet.arrays import Float64, Int64
from tinkernet.network.parameters import Option, Parameter


@dataclass(frozen=True)
class Schedule(Option):
    """How the learning rate changes from epoch to epoch.

    `factor(epochs, values)` gives the factor for each of these epochs; `values` are the option's parameters. `ends`
    gives the epoch from which on the factor stays as it is, None where it never does. `formula` says the learning rate
    at epoch t, with the set learning rate η.
    """

    formula: str = "η"
    factor: Callable[[Int64[ndarray, " n"], tuple[float, ...]], Float64[ndarray, " n"]] = lambda epochs, _: np.ones(
        len(epochs)
    )
    ends: Callable[[tuple[float, ...]], float | None] = lambda _: 0.0


def step(epochs: Int64[ndarray, " n"], values: tuple[float, ...]) -> Float64[ndarray, " n"]:
    """`StepLR`: multiplied by the factor after every so many epochs."""
    every, factor = values
    return np.asarray(integer_power(factor, epochs // int(every)))


def exponential(epochs: Int64[ndarray, " n"], values: tuple[float, ...]) -> Float64[ndarray, " n"]:
    """`ExponentialLR`: multiplied by the factor after every epoch."""
    return np.asarray(integer_power(values[0], epochs))


def cosine(epochs: Int64[ndarray, " n"], values: tuple[float, ...]) -> Float64[ndarray, " n"]:
    """`CosineAnnealingLR` (Loshchilov and Hutter, 2017): half a wave from 1 down to the lowest share."""
    last, lowest = values
    return _annealed(1.0, lowest, np.minimum(epochs, last) / last)


def one_cycle(epochs: Int64[ndarray, " n"], values: tuple[float, ...]) -> Float64[ndarray, " n"]:
    """`OneCycleLR` (Smith and Topin, 2019) by epoch: up to the learning rate, then far down, each half a wave."""
    last, rising, low, final = values
    at = np.minimum(epochs, last - 1.0)
    peak = rising * last - 1.0
    up = _annealed(1.0 / low, 1.0, at / peak) if peak > 0 else np.ones(len(epochs))
    down = _annealed(1.0, 1.0 / (low * final), (at - peak) / ((last - 1.0 - peak) or 1.0))
    return np.where(at <= peak, up, down)


def warm_up(epochs: Int64[ndarray, " n"], values: tuple[float, ...]) -> Float64[ndarray, " n"]:
    """`LinearLR`: from a share of the learning rate up to all of it, in equal steps."""
    last, first = values
    return np.asarray(first + (1.0 - first) * np.minimum(epochs, last) / last)


def _annealed(begin: float, end: float, share: Float64[ndarray, " n"]) -> Float64[ndarray, " n"]:
    """Half a cosine wave from `begin` to `end`."""
    return end + (begin - end) / 2.0 * (1.0 + cos(np.pi * share))


MOST_EPOCHS = 1_000_000_000
EPOCHS = Parameter(
    "epochs", "Epochs", "After how many epochs it is over.", 300, 1, MOST_EPOCHS, (30, 100, 300, 1000, 3000), whole=True
)

Constant = Schedule("constant", "Constant", "The learning rate stays as it is.")
Step = Schedule(
    "step",
    "Steps",
    "The learning rate falls at regular intervals.",
    (
        Parameter(
            "every", "Every", "The epochs between two falls.", 100, 1, MOST_EPOCHS, (10, 30, 100, 300), whole=True
        ),
        Parameter("factor", "Factor", "What the rate is multiplied by.", 0.1, 0.0, 1.0, (0.1, 0.3, 0.5, 0.9)),
    ),
    "η γᵏ, with k = ⌊t / every⌋",
    step,
    lambda _: None,
)
"""The learning rate falls at regular intervals.

η γᵏ in epoch t, with k = ⌊t / every⌋, as `torch.optim.lr_scheduler.StepLR` has it.

Args:
    every: the epochs between two falls; 1 to 1,000,000,000, by default 100.
    factor: γ, what the rate is multiplied by; 0 to 1, by default 0.1.

Example:
    >>> run = Run(schedule=Step(every=30, factor=0.5), learning_rate=0.1, seed="1").train(30)
    >>> run.learning_rate_now
    0.05
"""
Exponential = Schedule(
    "exponential",
    "Exponential",
    "The learning rate falls by the same share in every epoch.",
    (
        Parameter(
            "factor",
            "Factor",
            "What the rate is multiplied by in each epoch.",
            0.99,
            0.0,
            1.0,
            (0.9, 0.95, 0.98, 0.99, 0.999),
        ),
    ),
    "η γᵗ",
    exponential,
    lambda _: None,
)
"""The learning rate falls by the same share in every epoch.

η γᵗ in epoch t, as `torch.optim.lr_scheduler.ExponentialLR` has it.

Args:
    factor: γ, what the rate is multiplied by in each epoch; 0 to 1, by default 0.99.

Example:
    >>> run = Run(schedule=Exponential(factor=0.98), learning_rate=0.1, seed="1").train(50)
    >>> round(run.learning_rate_now, 6)
    0.036417
"""
Cosine = Schedule(
    "cosine",
    "Cosine",
    "The learning rate falls along half a cosine wave, then stays.",
    (
        EPOCHS,
        Parameter(
            "lowest", "Lowest", "The last rate, as a share of the learning rate.", 0.0, 0.0, 1.0, (0.0, 0.01, 0.1)
        ),
    ),
    "η (1 + cos(π t / T)) / 2",
    cosine,
    lambda values: values[0],
)
"""The learning rate falls along half a cosine wave, then stays.

η (1 + cos(π t / T)) / 2 in epoch t (Loshchilov and Hutter, 2017), as `torch.optim.lr_scheduler.CosineAnnealingLR`
has it.

Args:
    epochs: T, after how many epochs it is over; 1 to 1,000,000,000, by default 300.
    lowest: the last rate, as a share of the learning rate; 0 to 1, by default 0.

Example:
    >>> run = Run(schedule=Cosine(epochs=100), learning_rate=0.1, seed="1").train(50)
    >>> round(run.learning_rate_now, 6)
    0.05
"""
OneCycle = Schedule(
    "one-cycle",
    "One cycle",
    "The learning rate rises to its value, then falls almost to 0.",
    (
        EPOCHS,
        Parameter(
            "rising", "Rising", "The share of the epochs in which it rises.", 0.3, 0.0, 1.0, (0.1, 0.2, 0.3, 0.5)
        ),
        Parameter("start", "Start", "What the first rate is divided by.", 25, 1, 1e6, (5, 10, 25, 100)),
        Parameter(
            "end", "End", "What the first rate is divided by for the last.", 1e4, 1, 1e12, (10, 100, 1000, 10_000)
        ),
    ),
    "from η / start up to η, then down to η / (start · end)",
    one_cycle,
    lambda values: values[0] - 1.0,
)
"""The learning rate rises to its value, then falls almost to 0.

From η / start up to η, then down to η / (start · end), each along half a cosine wave (Smith and Topin, 2019), as
`torch.optim.lr_scheduler.OneCycleLR` has it, by epoch.

Args:
    epochs: after how many epochs it is over; 1 to 1,000,000,000, by default 300.
    rising: the share of the epochs in which it rises; 0 to 1, by default 0.3.
    start: what the first rate is divided by; 1 to 1,000,000, by default 25.
    end: what the first rate is divided by for the last; 1 to 1e12, by default 10,000.

Example:
    >>> run = Run(schedule=OneCycle(epochs=100), learning_rate=0.1, seed="1").train(50)
    >>> round(run.learning_rate_now, 6)
    0.079389
"""
WarmUp = Schedule(
    "warm-up",
    "Warm-up",
    "The learning rate begins small and rises to its value.",
    (
        Parameter("epochs", "Epochs", "How many epochs it rises.", 5, 1, MOST_EPOCHS, (5, 10, 20, 50, 100), whole=True),
        Parameter(
            "first", "First", "The first rate, as a share of the learning rate.", 1 / 3, 0.0, 1.0, (0.01, 0.1, 1 / 3)
        ),
    ),
    "η (first + (1 − first) t / T) up to η",
    warm_up,
    lambda values: values[0],
)
"""The learning rate begins small and rises to its value.

η (first + (1 − first) t / T) in epoch t, up to η, as `torch.optim.lr_scheduler.LinearLR` has it.

Args:
    epochs: T, how many epochs it rises; 1 to 1,000,000,000, by default 5.
    first: the first rate, as a share of the learning rate; 0 to 1, by default 1/3.

Example:
    >>> run = Run(schedule=WarmUp(epochs=10), learning_rate=0.1, seed="1").train(5)
    >>> round(run.learning_rate_now, 6)
    0.066667
"""

SCHEDULES: dict[str, Schedule] = {
    entry.name: entry for entry in (Constant, Step, Exponential, Cosine, OneCycle, WarmUp)
}
"""All schedules; the first is the default."""
