"""The values of the edge of trainability for a grid of learning rates, and the course of a pair: pure functions."""

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import exp
from tinkernet.arrays import Float64
from tinkernet.engine import compiled
from tinkernet.engine.arguments import zeroed_memory
from tinkernet.gallery.edge_reference import reference_values
from tinkernet.gallery.trainability import MOST_LOSS, Trainability, drawn

LN10 = 2.302585092994046


def edge_values(
    problem: Trainability, x: Float64[ndarray, " columns"], y: Float64[ndarray, " rows"]
) -> Float64[ndarray, "rows columns"]:
    """The value of each pair of learning rates of a grid: negative where training has converged.

    Its size shades a pixel: the sum of losses, relative to the first, where training has converged, and the sum of
    their inverses where it has not. A value depends on its own rates alone, so a picture may be computed in parts, by
    threads or processes; see `trainability.py` for the formula.

    Args:
        problem: the network, its points, and the number of steps.
        x: the decimal logarithms of the learning rates of the input layer, shape (columns,).
        y: those of the output layer, shape (rows,).

    Returns:
        The values, shape (rows, columns).

    Example:
        >>> import numpy
        >>> values = edge_values(Trainability(width=8, steps=100), numpy.array([0.0, 1.0]), numpy.array([1.0, 3.0]))
        >>> values < 0
        array([[ True,  True],
               [False, False]])
    """
    return _values(problem, *_rates(problem, x, y), np.empty((0, len(x) * len(y)))).reshape(len(y), len(x))


def edge_course(problem: Trainability, x: float, y: float) -> tuple[float, Float64[ndarray, " steps"]]:
    """The value of one pair of learning rates, and its losses before each step, relative to the first: shape (steps,).

    Args:
        problem: the network, its points, and the number of steps.
        x: the decimal logarithm of the learning rate of the input layer.
        y: that of the output layer.

    Example:
        >>> value, losses = edge_course(Trainability(width=8, steps=100), 1.0, 3.0)
        >>> value > 0, losses[:4].round(2).tolist()
        (True, [1.0, 26.76, 75248.17, 1000000.0])
    """
    losses = np.empty((problem.steps, 1))
    values = _values(problem, *_rates(problem, np.array([x]), np.array([y])), losses)
    return float(values[0]), losses[:, 0]


def _rates(
    problem: Trainability, x: Float64[ndarray, " columns"], y: Float64[ndarray, " rows"]
) -> tuple[Float64[ndarray, " pairs"], Float64[ndarray, " pairs"]]:
    """The rates of a grid, with what the gradients of the mean squared error have as constant factors."""
    of_mean = 2.0 / (problem.points * problem.width)
    rates_in, rates_out = (_powers(logarithms) for logarithms in (x, y))
    scaled_in, scaled_out = rates_in * (of_mean * np.sqrt(2.0 / problem.width)), rates_out * of_mean
    return np.tile(scaled_in, len(y)), np.repeat(scaled_out, len(x))


def _powers(logarithms: Float64[ndarray, " n"]) -> Float64[ndarray, " n"]:
    """10 to these powers, with the same bits on every machine."""
    found: Float64[ndarray, " n"] = exp(logarithms * LN10)
    return found


def _values(
    problem: Trainability,
    rates_in: Float64[ndarray, " pairs"],
    rates_out: Float64[ndarray, " pairs"],
    losses: Float64[ndarray, "steps pairs"],
) -> Float64[ndarray, " pairs"]:
    kernels = compiled.fast_engine()
    if kernels is None:
        return reference_values(problem, rates_in, rates_out, losses)
    have, values = drawn(problem.width, problem.seed), np.empty(len(rates_in))
    kernels.edge_values(
        have.inputs,
        have.targets,
        have.weights_in,
        have.weights_out,
        rates_in,
        rates_out,
        problem.steps,
        problem.last,
        MOST_LOSS,
        values,
        losses,
        zeroed_memory(kernels.edge_memory(problem.width)),
    )
    return values
