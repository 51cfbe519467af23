"""The two losses that a run's loss is seen between: that of a constant output, and what noise leaves to any network."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.data import Points
from tinkernet.insight.diagnosis.class_bounds import class_bounds_of, entropy
from tinkernet.insight.diagnosis.loss_bounds import bounds_of
from tinkernet.insight.diagnosis.neighbours import by_neighbours
from tinkernet.insight.diagnosis.traits import is_squared_error
from tinkernet.network.heads import OutputHead
from tinkernet.network.problems import CLASSIFICATION
from tinkernet.run import Run
from tinkernet.run.beginning import rule_of

# A weighted sum beyond this gives an output that is at the end of its range.
LARGEST_SUM = 20.0
STEPS = 48
GOLDEN = (np.sqrt(5) - 1) / 2


class Levels(NamedTuple):
    """Losses of all training points; NaN where there are too few points."""

    constant: float
    """Of the best output that is the same everywhere."""
    noise: float
    """About what noise leaves to the best network: that of predicting each point from its nearest neighbours."""
    overlap: bool
    """Whether the points themselves show that `noise` is noise, and not only that there are few of them."""


UNKNOWN = Levels(np.nan, np.nan, overlap=False)


def levels_of(run: Run) -> Levels:
    """The levels of a run, whatever its loss is; kept for the last few."""
    head = run.experiment.head
    if is_squared_error(head.loss):
        squared = bounds_of(run)
        return Levels(squared.constant, squared.noise, squared.overlap)
    if head.loss.of_sum:
        classes = class_bounds_of(run)
        return Levels(classes.constant, classes.noise, classes.overlap)
    return _levels(head, rule_of(run.experiment).loss_parameter, run.train_data, run.test_data)


def is_noisy(run: Run) -> bool:
    """Whether there is noise in the points: it is set, or the points themselves show it."""
    return run.experiment.noise > 0 or levels_of(run).overlap


@lru_cache(maxsize=16)
@np.errstate(all="ignore")
def _levels(head: OutputHead, parameter: float, train: Points, test: Points) -> Levels:
    if len(train) == 0:
        return UNKNOWN
    labels = np.concatenate([train.labels, test.labels])
    points = np.concatenate([train.scaled, test.scaled])

    def loss_near(near: Int64[ndarray, "predicted near"], predicted: Int64[ndarray, " predicted"]) -> float:
        means = labels[near].mean(axis=1)
        sums = _best_sums(head, parameter, (means + 1) / 2) if head.problem == CLASSIFICATION else means
        return float(_losses(head, parameter, sums, labels[predicted]).mean())

    constant, noise = _constant(head, parameter, train.labels), by_neighbours(points, loss_near)
    return Levels(constant, min(noise.loss, constant), noise.shows_overlap(points.shape[1]))


def constant_of(run: Run, points: Points) -> float:
    """The loss of these points with the output that is best for them and the same everywhere; NaN without points."""
    head, labels = run.experiment.head, points.labels
    if not len(labels):
        return math.nan
    if is_squared_error(head.loss):
        return float(labels.var() / 2)
    if head.loss.of_sum:
        return entropy(head.classes_of(head.encode(labels, len(run.experiment.classes))))
    return _constant(head, rule_of(run.experiment).loss_parameter, labels)


def _constant(head: OutputHead, parameter: float, labels: Float64[ndarray, " n"]) -> float:
    """The loss of the best constant output."""
    if head.problem == CLASSIFICATION:
        best = _best_sums(head, parameter, np.array([np.mean(labels > 0)]))
    else:
        ends = np.array([labels.min()]), np.array([labels.max()])
        best = _lowest(lambda sums: _losses(head, parameter, sums, labels).mean(keepdims=True), *ends)
    return float(_losses(head, parameter, best, labels).mean())


def _best_sums(head: OutputHead, parameter: float, shares: Float64[ndarray, " n"]) -> Float64[ndarray, " n"]:
    """The weighted sums that are best where these are the shares of the second class."""
    first, second = -np.ones_like(shares), np.ones_like(shares)

    def losses(sums: Float64[ndarray, " n"]) -> Float64[ndarray, " n"]:
        of_second, of_first = (_losses(head, parameter, sums, labels) for labels in (second, first))
        return np.asarray(shares * of_second + (1 - shares) * of_first)

    return _lowest(losses, np.full_like(shares, -LARGEST_SUM), np.full_like(shares, LARGEST_SUM))


def _losses(
    head: OutputHead, parameter: float, sums: Float64[ndarray, " m"], labels: Float64[ndarray, " n"]
) -> Float64[ndarray, " n"]:
    """The loss of each point whose output has this weighted sum; one sum may stand for all."""
    total, outputs = head.answers(sums[None])
    return np.asarray(head.loss.function(total, outputs, head.encode(labels, 2), parameter)[0])


def _lowest(
    function: Callable[[Float64[ndarray, " n"]], Float64[ndarray, " n"]],
    low: Float64[ndarray, " n"],
    high: Float64[ndarray, " n"],
) -> Float64[ndarray, " n"]:
    """Where functions of one number are lowest, each between its ends, by golden section: they have one minimum."""
    for _ in range(STEPS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        lower = function(left) <= function(right)
        low, high = np.where(lower, low, left), np.where(lower, right, high)
    return np.asarray((low + high) / 2)
