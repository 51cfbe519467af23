"""The values of the edge of trainability for a grid of learning rates: a pure function of plain data."""

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import exp
from tinkernet.arrays import Float64
from tinkernet.engine import compiled
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
    rates_in, rates_out = (_rates(logarithms) for logarithms in (x, y))
    # What the gradients of the mean squared error have as constant factors.
    of_mean = 2.0 / (problem.points * problem.width)
    rates_in = np.tile(rates_in * (of_mean * np.sqrt(2.0 / problem.width)), len(y))
    rates_out = np.repeat(rates_out * of_mean, len(x))
    return _values(problem, rates_in, rates_out).reshape(len(y), len(x))


def _rates(logarithms: Float64[ndarray, " n"]) -> Float64[ndarray, " n"]:
    """10 to these powers, with the same bits on every machine."""
    found: Float64[ndarray, " n"] = exp(logarithms * LN10)
    return found


def _values(
    problem: Trainability, rates_in: Float64[ndarray, " pairs"], rates_out: Float64[ndarray, " pairs"]
) -> Float64[ndarray, " pairs"]:
    kernels = compiled.fast_engine()
    if kernels is None:
        return reference_values(problem, rates_in, rates_out)
    have, values = drawn(problem.width, problem.seed), np.empty(len(rates_in))
    memory = np.zeros(kernels.edge_memory(problem.width) + 8)
    begin = -memory.ctypes.data % 64 // 8  # lanes are read faster where a cache line begins
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
        memory[begin : len(memory) - 8 + begin],
    )
    return values
