"""Training: part of an epoch, or many epochs, of one learner at a time; `many.py` trains many together."""

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.engine import compiled, reference
from tinkernet.engine.arguments import points_of, rule_numbers, runs_of, step_of, zeroed_memory
from tinkernet.engine.learner import Crowd, Learner
from tinkernet.engine.rule import Examples, Rule


def advance(rule: Rule, learner: Learner, examples: Examples, epoch: int, first: int, last: int) -> None:
    """Train on the points `first` … `last` − 1 of an epoch, in order, after `epoch` epochs; changes the learner."""
    kernels = compiled.fast_engine()
    if kernels is None:
        reference.advance(rule, learner, examples, epoch, first, last)
        return
    numbers, crowd = rule_numbers(rule), Crowd.around(learner)
    scratch = zeroed_memory(kernels.scratch_size(rule.layout.sizes))
    kernels.advance(
        *numbers.net,
        *runs_of(crowd),
        *points_of(examples),
        *numbers.loss,
        first,
        last,
        *step_of(numbers, rule, epoch, 1),
        scratch,
    )
    crowd.give_counts(learner)


def train(
    rule: Rule,
    learner: Learner,
    examples: Examples,
    test: Examples,
    epoch: int,
    epochs: int,
    until_loss: float | None = None,
) -> Float64[ndarray, "trained 2"]:
    """Train for whole epochs, or until the training loss is at most `until_loss`; changes the learner.

    `epoch` is how many were completed before: schedules and dropout depend on it. Returns the training and test loss
    after each epoch.
    """
    crowd = Crowd.around(learner)
    losses, done = train_rows(rule, crowd, examples, test, epoch, epochs, until_loss)
    crowd.give_counts(learner)
    return losses[0, : done[0]]


def train_rows(
    rule: Rule,
    crowd: Crowd,
    examples: Examples,
    test: Examples,
    epoch: int,
    epochs: int,
    until_loss: float | None,
    *,
    with_losses: bool = True,
) -> tuple[Float64[ndarray, "runs measured 2"], Int64[ndarray, " runs"]]:
    """Train each learner of a crowd, one after the other; returns the losses, and how many epochs each was trained."""
    losses = np.full((len(crowd), epochs if with_losses else 0, 2), np.nan)
    done = np.zeros(len(crowd), dtype=np.int64)
    limit = -np.inf if until_loss is None else until_loss
    kernels = compiled.fast_engine()
    if kernels is None:
        reference.train(rule, crowd, examples, test, epoch, epochs, limit, losses, done)
        return losses, done
    numbers = rule_numbers(rule)
    scratch = zeroed_memory(2 * kernels.scratch_size(rule.layout.sizes))
    kernels.train(
        *numbers.net,
        *runs_of(crowd),
        *points_of(examples),
        *points_of(test),
        *numbers.loss,
        *step_of(numbers, rule, epoch, epochs),
        epochs,
        limit,
        losses,
        done,
        scratch,
    )
    return losses, done
