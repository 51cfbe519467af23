"""The hot loops: train, evaluate, fields.

Everything here runs on the compiled kernels as soon as they are there, and on the NumPy reference until then; the two
agree to the last bit, so nobody can tell when one took over. Read `reference.py` for the algorithm, `rule.py` for what
it works on, `kernels.py` for the same made fast.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float32, Float64, Int64
from numpy import ndarray

from tinkernet.engine import reference
from tinkernet.engine.compiled import compiled_ready, fast_engine, prepare, wait_until_compiled
from tinkernet.engine.crowd import Crowd
from tinkernet.engine.grid import grid_inputs, grid_points
from tinkernet.engine.rule import DEAD, FROZEN, OFF, Examples, Learner, Rule, gradient_width
from tinkernet.network import ACTIVATIONS, LOSSES, REGULARIZATIONS, Layout

__all__ = [
    "DEAD",
    "FROZEN",
    "OFF",
    "Crowd",
    "Examples",
    "Learner",
    "Rule",
    "advance",
    "compiled_ready",
    "evaluate",
    "fields",
    "grid_inputs",
    "grid_points",
    "outputs",
    "prepare",
    "train",
    "train_crowd",
    "wait_until_compiled",
]


class _Numbers(NamedTuple):
    """A rule as the kernels take it."""

    net: tuple[ndarray, ndarray, ndarray]
    loss: int
    regularization: int
    rows: ndarray
    """In which row of scratch each neuron stands, inputs included."""


@lru_cache(maxsize=256)
def _numbers(rule: Rule) -> _Numbers:
    sizes = np.array(rule.layout.sizes, dtype=np.int64)
    activations = np.array([list(ACTIVATIONS).index(name) for name in rule.activations], dtype=np.int64)
    return _Numbers(
        (sizes, rule.layout.starts, activations),
        list(LOSSES).index(rule.loss),
        list(REGULARIZATIONS).index(rule.regularization),
        _rows_of(rule.layout),
    )


def _rows_of(layout: Layout) -> Int64[ndarray, " neurons"]:
    """The kernels give each layer's neurons consecutive rows, and fill up to whole registers after them."""
    first = np.cumsum([0, *map(gradient_width, layout.sizes[:-1])])
    return np.concatenate([start + np.arange(size) for start, size in zip(first, layout.sizes, strict=True)])


def _points(numbers: _Numbers, examples: Examples) -> tuple[Any, ...]:
    return examples.padded_inputs, examples.padded_labels, numbers.loss, examples.count


def _rows(learner: Learner, counted: ndarray) -> tuple[ndarray, ...]:
    return learner.parameters[None], learner.gradients[None], learner.held[None], counted


def advance(rule: Rule, learner: Learner, examples: Examples, first: int, last: int) -> None:
    """Learn from the points `first` … `last` − 1 of an epoch, in order; changes the learner."""
    compiled = fast_engine()
    if compiled is None:
        reference.advance(rule, learner, examples, first, last)
        return
    numbers, counted = _numbers(rule), np.array([learner.counted])
    step = (rule.batch_size, np.array([rule.learning_rate]), numbers.regularization, rule.regularization_rate)
    room = np.zeros(compiled.scratch_size(rule.layout.sizes))
    compiled.advance(*numbers.net, *_rows(learner, counted), *_points(numbers, examples), first, last, *step, room)
    learner.counted = int(counted[0])


def train(
    rule: Rule, learner: Learner, examples: Examples, test: Examples, epochs: int, until_loss: float | None = None
) -> Float64[ndarray, "epochs 2"]:
    """Train for whole epochs, or until the training loss is no larger than `until_loss`; changes the learner.

    Returns the training loss and the test loss after each epoch that there was.
    """
    crowd = Crowd.around(learner)
    losses, done = _train(rule, crowd, examples, test, epochs, np.array([rule.learning_rate]), until_loss)
    learner.counted = int(crowd.counted[0])
    return losses[0, : done[0]]


def train_crowd(
    rule: Rule,
    crowd: Crowd,
    examples: Examples,
    test: Examples,
    epochs: int,
    learning_rates: Float64[ndarray, " runs"] | None = None,
    *,
    with_losses: bool = True,
) -> Float64[ndarray, "runs epochs 2"]:
    """Train all of a crowd for whole epochs in one call, each as it would alone; changes the crowd.

    `learning_rates`, one for each, stand in for the rule's. Returns both losses of each after each epoch; without
    `with_losses` they are not computed, and there are none.
    """
    rates = np.full(len(crowd), rule.learning_rate) if learning_rates is None else learning_rates
    return _train(rule, crowd, examples, test, epochs, rates, None, with_losses=with_losses)[0]


def _train(
    rule: Rule,
    crowd: Crowd,
    examples: Examples,
    test: Examples,
    epochs: int,
    rates: ndarray,
    until_loss: float | None,
    *,
    with_losses: bool = True,
) -> tuple[ndarray, ndarray]:
    losses = np.full((len(crowd), epochs if with_losses else 0, 2), np.nan)
    done = np.zeros(len(crowd), dtype=np.int64)
    limit = -np.inf if until_loss is None else until_loss
    compiled = fast_engine()
    if compiled is None:
        reference.train(rule, crowd, examples, test, epochs, rates, limit, losses, done)
        return losses, done
    numbers = _numbers(rule)
    room = np.zeros(2 * compiled.scratch_size(rule.layout.sizes))
    compiled.train(
        *numbers.net,
        crowd.parameters,
        crowd.gradients,
        crowd.held,
        crowd.counted,
        *_points(numbers, examples),
        *_points(numbers, test),
        rule.batch_size,
        rates,
        numbers.regularization,
        rule.regularization_rate,
        epochs,
        limit,
        losses,
        done,
        room,
    )
    return losses, done


def evaluate(rule: Rule, parameters: Float64[ndarray, " count"], examples: Examples) -> tuple[float, int]:
    """The mean loss, and for how many points every output has its label's sign. Without points the loss is NaN."""
    compiled = fast_engine()
    if compiled is None:
        return reference.evaluate(rule, parameters, examples)
    numbers, result = _numbers(rule), np.empty((1, 2))
    room = np.zeros(compiled.scratch_size(rule.layout.sizes))
    compiled.evaluate(*numbers.net, parameters[None], *_points(numbers, examples), result, room)
    return float(result[0, 0]), int(result[0, 1])


def outputs(
    rule: Rule, parameters: Float64[ndarray, " count"], inputs: Float64[ndarray, "features n"]
) -> tuple[Float64[ndarray, "_ n"], ...]:
    """What every neuron after the inputs makes of each point: one array [neuron, point] per layer."""
    compiled = fast_engine()
    if compiled is None:
        return tuple(reference.outputs(rule, parameters, inputs))
    numbers, count = _numbers(rule), inputs.shape[1]
    examples = Examples(inputs, np.zeros((1, count)))
    rows = numbers.rows[rule.layout.sizes[0] :]
    values = np.empty((len(rows), count))
    room = np.zeros(compiled.scratch_size(rule.layout.sizes))
    compiled.outputs(*numbers.net, parameters, examples.padded_inputs, count, rows, values, room)
    return tuple(np.split(values, np.cumsum(rule.layout.sizes[1:-1])))


def fields(
    rule: Rule,
    parameters: Float64[ndarray, " count"],
    features: tuple[str, ...],
    cells: int,
    wanted: Sequence[int],
) -> Float32[ndarray, "wanted {cells} {cells}"]:
    """The wanted neurons' values over the grid, in float32 and for the eye. Neurons count from the inputs on."""
    inputs = grid_inputs(features, cells)
    compiled = fast_engine()
    if compiled is None:
        layers = reference.outputs(rule, parameters, inputs[:, : cells * cells].astype(np.float64))
        values = np.concatenate([inputs[:, : cells * cells], *layers])[list(wanted)]
        return values.astype(np.float32).reshape(-1, cells, cells)
    numbers = _numbers(rule)
    values = np.empty((len(wanted), inputs.shape[1]), dtype=np.float32)
    room = np.zeros(compiled.scratch_size(rule.layout.sizes), dtype=np.float32)
    with reference.quiet():
        small = parameters.astype(np.float32)
    compiled.fields(*numbers.net, small, inputs, numbers.rows[list(wanted)], values, room)
    return values[:, : cells * cells].reshape(-1, cells, cells)
