"""Training an estimator's network: its rows in a random order, for some epochs, or until held-back rows are best."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.arrays import Float64, Int64
from tinkernet.data import Stream
from tinkernet.data.philox import LOW, WORDS, key_for, philox
from tinkernet.engine import Examples, Learner
from tinkernet.errors import ExperimentError
from tinkernet.estimators.fitted import Fitted
from tinkernet.run.training import SLICE_SECONDS


@dataclass(frozen=True)
class Losses:
    """The training loss after each epoch; with early stopping, those of the held-back rows, and the best epoch."""

    train: list[float]
    held_back: list[float]
    best_epoch: int


Advance = Callable[[Learner, int, int], Float64[ndarray, "trained 2"]]
"""Trains a learner from this epoch on, for this many epochs; returns both losses after each of them."""


def examples_of(
    fitted: Fitted,
    rows: Float64[ndarray, "n columns"],
    labels: Float64[ndarray, " n"],
    weights: Float64[ndarray, " n"] | None,
) -> tuple[Examples, Examples]:
    """The rows to train on, and those held back for early stopping, in the order in which a run has them.

    Raises:
        ExperimentError: there are too few rows for both.
    """
    order, settings = shuffled(fitted.seed, len(rows)), fitted.settings
    count = len(order)
    if settings.early_stopping:
        count = int(len(order) * train_percent(settings.validation_fraction) / 100)
        if not 0 < count < len(order):
            few = f"such that {len(order)} rows can be split in two"
            raise ExperimentError("validation_fraction", settings.validation_fraction, few)
    parts = []
    for places in (order[:count], order[count:]):
        inputs = fitted.columns.compute(rows[places])
        encoded = fitted.head.encode(labels[places], fitted.classes)
        parts.append(Examples(inputs, encoded, None if weights is None else weights[places]))
    return parts[0], parts[1]


def train_percent(validation_fraction: float) -> float:
    """The share of rows to train on, as an experiment has it."""
    return 100 * (1 - validation_fraction)


@lru_cache(maxsize=4)
def shuffled(seed: str, count: int) -> Int64[ndarray, " n"]:
    """The order in which a run with this seed has its points."""
    return Stream(seed).shuffled(count)


def trained(fitted: Fitted, examples: Examples, held_back: Examples, epochs: int) -> tuple[Fitted, Losses]:
    """The network after this many more epochs, or as it was after the best one, with early stopping.

    Raises:
        ValueError: training diverged.
    """
    settings, learner = fitted.settings, fitted.learner.copy()
    engine.wait_until_loaded()
    advance = (_shuffling if settings.shuffle else _in_order)(fitted, examples, held_back)
    best, best_loss, patience = learner, np.inf, 0
    train: list[float] = []
    held_back_losses: list[float] = []
    best_epoch, count = fitted.epoch, 1
    while len(train) < epochs:
        started = time.perf_counter()
        count = min(count, epochs - len(train))
        losses = advance(learner, fitted.epoch + len(train), count)
        train += losses[:, 0].tolist()
        _check(learner, train, fitted, examples)
        if settings.early_stopping:
            held_back_losses.append(float(losses[0, 1]))
            patience = 0 if held_back_losses[-1] < best_loss - settings.tol else patience + 1
            if held_back_losses[-1] < best_loss:
                best, best_loss, best_epoch = learner.copy(), held_back_losses[-1], fitted.epoch + len(train)
            if patience >= settings.n_iter_no_change:
                break
            continue
        # Short calls, so that Ctrl-C is noticed.
        spent = time.perf_counter() - started
        count = max(1, min(4 * count, int(SLICE_SECONDS * count / max(spent, 1e-9))))
    epoch = fitted.epoch + len(train)
    if not settings.early_stopping:
        best, best_epoch = learner, epoch
    return replace(fitted, learner=best, epoch=epoch), Losses(train, held_back_losses, best_epoch)


def _in_order(fitted: Fitted, examples: Examples, held_back: Examples) -> Advance:
    """Epochs as a run has them: always the same order, and a smaller last batch is continued in the next epoch.

    A batch has at most as many rows as there are, so that there is an update in every epoch.
    """
    rule = replace(fitted.rule, batch_size=min(fitted.settings.batch_size, examples.count))
    return lambda learner, epoch, count: engine.train(rule, learner, examples, held_back, epoch, count)


def _shuffling(fitted: Fitted, examples: Examples, held_back: Examples) -> Advance:
    """Epochs as scikit-learn has them: each in another order, and the rows that are left are a smaller last batch."""
    rule, total = fitted.rule, examples.count
    whole = total // rule.batch_size * rule.batch_size
    # The last batch ends where the rows end.
    last = replace(rule, batch_size=total)
    key, ordered = key_for("order of an estimator's rows", fitted.seed), examples.copy()

    def advance(learner: Learner, epoch: int, count: int) -> Float64[ndarray, "trained 2"]:
        losses = np.empty((count, 2))
        for k in range(count):
            ordered.take(examples, order_of(key, epoch + k, total))
            if whole:
                engine.advance(rule, learner, ordered, epoch + k, 0, whole)
            if whole < total:
                engine.advance(last, learner, ordered, epoch + k, whole, total)
            losses[k, 0] = engine.evaluate(rule, learner.parameters, examples)[0]
            losses[k, 1] = engine.evaluate(rule, learner.parameters, held_back)[0] if held_back.count else np.nan
        return losses

    return advance


def order_of(key: int, epoch: int, count: int) -> Int64[ndarray, " n"]:
    """The order of the rows in an epoch: by random numbers, which depend on the key and the epoch alone."""
    blocks = np.arange(-(-count // WORDS), dtype=np.uint64)
    words = np.stack(philox((blocks, epoch & LOW, epoch >> 32, 0), key), axis=1).ravel()[:count]
    # Equal numbers stay in order on every machine.
    return np.argsort(words, kind="stable")


def _check(learner: Learner, losses: list[float], fitted: Fitted, examples: Examples) -> None:
    """That training has not diverged: scikit-learn expects an error, with which a search over settings can continue.

    Raises:
        ValueError: a weight or a loss is not finite.
    """
    if np.isfinite(losses[-1]) and np.isfinite(learner.parameters).all():
        return
    epoch = fitted.epoch + len(losses)
    message = f"training diverged by epoch {epoch} of {examples.count} rows: a weight or a loss is not finite; "
    raise ValueError(message + f"use a smaller learning_rate than {fitted.settings.learning_rate:g}")
