"""Training an estimator's network: its rows in a random order, for some epochs, or until held-back rows are best."""

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.arrays import Float64, Int64
from tinkernet.data import Stream
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

    A batch has at most as many rows as there are, so that there is an update in every epoch.
    """
    settings = fitted.settings
    rule = replace(fitted.rule, batch_size=min(settings.batch_size, examples.count))
    learner = fitted.learner.copy()
    with suppress(RuntimeError):  # without compiled code the engine trains with the reference: the same, but slowly
        engine.wait_until_compiled()
    best, best_loss, patience = learner, np.inf, 0
    train: list[float] = []
    held_back_losses: list[float] = []
    best_epoch, count = fitted.epoch, 1
    while len(train) < epochs:
        started = time.perf_counter()
        count = min(count, epochs - len(train))
        losses = engine.train(rule, learner, examples, held_back, fitted.epoch + len(train), count)
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


def _check(learner: Learner, losses: list[float], fitted: Fitted, examples: Examples) -> None:
    """That training has not diverged: scikit-learn expects an error, with which a search over settings can go on.

    Raises:
        ValueError: a weight or a loss is not finite.
    """
    if np.isfinite(losses[-1]) and np.isfinite(learner.parameters).all():
        return
    epoch = fitted.epoch + len(losses)
    message = f"training diverged by epoch {epoch} of {examples.count} rows: a weight or a loss is not finite; "
    raise ValueError(message + f"use a smaller learning_rate than {fitted.settings.learning_rate:g}")
