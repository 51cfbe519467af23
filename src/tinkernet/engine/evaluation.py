"""Evaluating a network: its loss, its outputs for points, and its neurons' fields over the plane."""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float32, Float64
from tinkernet.data.slices import PLANE_SLICE, Slice
from tinkernet.engine import compiled, reference
from tinkernet.engine.arguments import points_of, rule_numbers, zeroed_memory
from tinkernet.engine.grid import grid_inputs
from tinkernet.engine.rule import Examples, Rule
from tinkernet.network.inputs import PLANE_INPUTS, Inputs


def evaluate(rule: Rule, parameters: Float64[ndarray, " count"], examples: Examples) -> tuple[float, int]:
    """The mean loss, and how many points are classified correctly. Without points the loss is NaN."""
    kernels = compiled.fast_engine()
    if kernels is None:
        return reference.evaluate(rule, parameters, examples)
    numbers, result = rule_numbers(rule), np.empty((1, 2))
    scratch = zeroed_memory(kernels.scratch_size(rule.layout.sizes))
    kernels.evaluate(*numbers.net, _writable(parameters)[None], *points_of(examples), *numbers.loss, result, scratch)
    return float(result[0, 0]), int(result[0, 1])


def losses_of_points(rule: Rule, parameters: Float64[ndarray, " count"], examples: Examples) -> Float64[ndarray, " n"]:
    """The loss of each point, by the reference: nothing that needs it is in a hurry."""
    return reference.losses_of_points(rule, parameters, examples)


def outputs(
    rule: Rule, parameters: Float64[ndarray, " count"], inputs: Float64[ndarray, "features n"]
) -> tuple[Float64[ndarray, "_ n"], ...]:
    """The output of every neuron after the inputs for each point: one array [neuron, point] per layer."""
    kernels = compiled.fast_engine()
    if kernels is None:
        return tuple(reference.outputs(rule, parameters, inputs))
    numbers, count = rule_numbers(rule), inputs.shape[1]
    examples = Examples(inputs, np.zeros((1, count)))
    rows = numbers.rows[rule.layout.sizes[0] :]
    values = np.empty((len(rows), count))
    scratch = zeroed_memory(kernels.scratch_size(rule.layout.sizes))
    kernels.outputs(*numbers.net, _writable(parameters), examples.padded_inputs, count, rows, values, scratch)
    return tuple(np.split(values, np.cumsum(rule.layout.sizes[1:-1])))


def fields(
    rule: Rule,
    parameters: Float64[ndarray, " count"],
    features: tuple[str, ...],
    cells: int,
    wanted: Sequence[int],
    inputs: Inputs = PLANE_INPUTS,
    plane: Slice = PLANE_SLICE,
) -> Float32[ndarray, "wanted {cells} {cells}"]:
    """The outputs of the wanted neurons over the grid, in float32, for display. Indices begin with the inputs."""
    grid = grid_inputs(features, cells, inputs, plane)
    kernels = compiled.fast_engine()
    if kernels is None:
        layers = reference.outputs(rule, parameters, grid[:, : cells * cells].astype(np.float64))
        values = np.concatenate([grid[:, : cells * cells], *layers])[list(wanted)]
        return values.astype(np.float32).reshape(-1, cells, cells)
    numbers = rule_numbers(rule)
    values = np.empty((len(wanted), grid.shape[1]), dtype=np.float32)
    scratch = np.zeros(kernels.scratch_size(rule.layout.sizes), dtype=np.float32)
    with reference.quiet():
        small = parameters.astype(np.float32)
    kernels.fields(*numbers.net, small, grid, numbers.rows[list(wanted)], values, scratch)
    return values[:, : cells * cells].reshape(-1, cells, cells)


def _writable(array: ndarray) -> ndarray:
    """The array, or a copy if it is read-only: the kernels are compiled for writable arrays."""
    return array if array.flags.writeable else array.copy()
