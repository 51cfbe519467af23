"""Many runs in one call: they share a network's shape and a rule, and may differ in rates, points and parameters."""

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.engine import compiled
from tinkernet.engine.arguments import rule_numbers, runs_of, zeroed_memory
from tinkernet.engine.evaluation import evaluate
from tinkernet.engine.learner import Crowd
from tinkernet.engine.rule import CHUNK, Examples, Rule, gradient_count, gradient_width
from tinkernet.engine.stops import ALL_EPOCHS, Stops, falls, reason_to_stop, watches
from tinkernet.engine.training import advance, train_rows
from tinkernet.engine.varied import Outcome, Varied

SMALL = 256_000
"""Bytes of scratch that stay in the second cache beside parameters and points."""
MOST_POINTS = 64_000_000
"""Bytes of points in lanes; with more, runs are trained one by one, each on the same points."""
FEW = 3
"""So few runs are trained one by one, because most lanes would be empty; so many points are computed together."""


def can_share_lanes(kernels: ModuleType, rule: Rule, runs: int, examples: Examples, test: Examples) -> bool:
    """Whether the compiled engine trains these runs together; if not, one by one."""
    rows = len(examples.padded_inputs) + len(examples.padded_labels)
    numbers = rows * (examples.count + test.count) * kernels.RUNS
    alike = examples.weights is None and not rule.dropout and examples.count > 0
    return runs > FEW and alike and numbers * 8 <= MOST_POINTS


def train_crowd(
    rule: Rule, crowd: Crowd, examples: Examples, test: Examples, epoch: int, epochs: int, *, with_losses: bool = True
) -> Float64[ndarray, "runs measured 2"]:
    """Train all learners for whole epochs in one call; each result equals that of a single run. Changes the crowd.

    Returns the training and test loss of each learner after each epoch. Without `with_losses` they are not computed,
    and the array is empty.
    """
    varied, room = Varied.alike(rule, len(crowd), epochs), epochs if with_losses else 0
    return train_runs(rule, crowd, varied, [examples], [test], epoch, Stops(), room).losses


def train_runs(
    rule: Rule,
    crowd: Crowd,
    varied: Varied,
    examples: Sequence[Examples],
    test: Sequence[Examples],
    epoch: int,
    stops: Stops,
    room: int = 0,
) -> Outcome:
    """Train runs that share a rule but for what is `varied`, after `epoch` epochs. Changes the crowd.

    `examples` and `test` are the sets of points, which have as many points each; the losses of the first `room` epochs
    are kept. Each result equals that of a single run.
    """
    outcome = Outcome.empty(len(crowd), room)
    kernels = compiled.fast_engine()
    if kernels is not None and can_share_lanes(kernels, rule, len(crowd), examples[0], test[0]):
        _together(kernels, rule, crowd, varied, examples, test, epoch, stops, outcome)
    else:
        for run in range(len(crowd)):
            one = replace(
                rule,
                learning_rate=float(varied.learning_rates[run]),
                regularization_rate=float(varied.regularization_rates[run]),
            )
            place = varied.sets[run]
            _alone(one, crowd, run, examples[place], test[place], epoch, int(varied.epochs[run]), stops, outcome)
    return outcome


def _together(
    kernels: ModuleType,
    rule: Rule,
    crowd: Crowd,
    varied: Varied,
    examples: Sequence[Examples],
    test: Sequence[Examples],
    epoch: int,
    stops: Stops,
    outcome: Outcome,
) -> None:
    """Train all runs in one call of the compiled engine."""
    numbers, width = rule_numbers(rule), _width(kernels, rule)
    tables = [_tables(examples), _tables(test)]
    kernels.train_runs(
        *numbers.net,
        *runs_of(crowd),
        varied.sets,
        varied.learning_rates,
        varied.regularization_rates,
        varied.epochs,
        *tables[0],
        *tables[1],
        *numbers.loss,
        rule.batch_size,
        rule.factors(epoch, int(varied.epochs.max(initial=0))),
        numbers.regularization,
        numbers.optimizer,
        numbers.optimizer_values,
        np.array(stops, dtype=np.float64),
        width,
        outcome.losses,
        outcome.done,
        outcome.reasons,
        _memory(kernels, rule, crowd.kept.shape[1], tables, width),
    )


def _alone(
    rule: Rule,
    crowd: Crowd,
    run: int,
    examples: Examples,
    test: Examples,
    epoch: int,
    epochs: int,
    stops: Stops,
    outcome: Outcome,
) -> None:
    """Train one run of the crowd: what runs that are trained together do, epoch by epoch."""
    learner, room = crowd.learner(run), outcome.losses.shape[1]
    lowest, lowest_at, reason, done = np.inf, 0, ALL_EPOCHS, 0
    if not watches(stops):
        one = Crowd.around(learner)
        losses, _ = train_rows(rule, one, examples, test, epoch, epochs, None, with_losses=room > 0)
        one.give_counts(learner)
        kept = losses[0, :room]
        outcome.losses[run, : len(kept)], done = kept, epochs
    while reason == ALL_EPOCHS and done < epochs:
        advance(rule, learner, examples, epoch + done, 0, examples.count)
        loss = evaluate(rule, learner.parameters, examples)[0]
        if done < room:
            outcome.losses[run, done] = loss, evaluate(rule, learner.parameters, test)[0]
        done += 1
        if falls(stops, loss, lowest):
            lowest, lowest_at = loss, done
        reason = reason_to_stop(stops, loss, done - lowest_at)
    crowd.store(run, learner)
    outcome.done[run], outcome.reasons[run] = done, reason


def evaluate_runs(
    rule: Rule,
    parameters: Float64[ndarray, "runs count"],
    sets: Int64[ndarray, " runs"],
    examples: Sequence[Examples],
) -> Float64[ndarray, "runs 2"]:
    """Each run's mean loss on its set of points, and how many of them are classified correctly."""
    result = np.empty((len(parameters), 2))
    kernels = compiled.fast_engine()
    if kernels is None or not can_share_lanes(kernels, rule, len(parameters), examples[0], examples[0]):
        for run, (one, place) in enumerate(zip(parameters, sets, strict=True)):
            result[run] = evaluate(rule, one, examples[place])
        return result
    numbers, width = rule_numbers(rule), _width(kernels, rule)
    tables = _tables(examples)
    memory = _memory(kernels, rule, 0, [tables], width)
    kernels.evaluate_runs(*numbers.net, parameters, sets, *tables, *numbers.loss, width, result, memory)
    return result


def _tables(examples: Sequence[Examples]) -> tuple[ndarray, ndarray, int]:
    """The inputs and labels of all sets, and how many points each has."""
    if len(examples) == 1:
        return examples[0].padded_inputs[None], examples[0].padded_labels[None], examples[0].count
    return (
        np.stack([one.padded_inputs for one in examples]),
        np.stack([one.padded_labels for one in examples]),
        examples[0].count,
    )


def _rows(rule: Rule) -> int:
    sizes = rule.layout.sizes
    return sum(gradient_width(size) for size in sizes[:-1]) + sizes[-1]


def _width(kernels: ModuleType, rule: Rule) -> int:
    """How many points are computed together: as many of a batch as fit into the cache, in equal parts."""
    fitting: int = max(FEW, min(CHUNK, SMALL // (3 * 8 * kernels.RUNS * _rows(rule))))
    parts = -(-min(rule.batch_size, CHUNK) // fitting)
    return -(-min(rule.batch_size, CHUNK) // parts)


def _memory(
    kernels: ModuleType, rule: Rule, kept: int, tables: Sequence[tuple[ndarray, ndarray, int]], width: int
) -> Float64[ndarray, " size"]:
    """Memory for the runs that have a lane."""
    points = sum((len(inputs[0]) + len(labels[0])) * count for inputs, labels, count in tables)
    size = kernels.block_size(rule.layout.count, gradient_count(rule.layout), kept, points, _rows(rule), width)
    return zeroed_memory(size)
