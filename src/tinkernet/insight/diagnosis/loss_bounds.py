"""How low a loss can get: the noise in the points, the best straight line, and the best split of the plane."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data import Points
from tinkernet.experiment import Experiment
from tinkernet.insight.diagnosis.neighbours import Neighbourly, by_neighbours, standard
from tinkernet.insight.diagnosis.traits import is_linear, is_squared_error, show_position
from tinkernet.network import ACTIVATIONS
from tinkernet.network.activations import Activation
from tinkernet.network.heads import heads_for
from tinkernet.network.inputs import Inputs
from tinkernet.run import Run

DIRECTIONS = 48


class LossBounds(NamedTuple):
    """The lowest losses that points allow; NaN for too few points, or for another loss than the squared one."""

    constant: float
    """Of the best output that is the same everywhere."""
    noise: float
    """About what noise leaves to the best network: that of predicting each point from its nearest neighbours."""
    linear: float
    """Of the best network without hidden layer, and so of any linear one, on the features in use."""
    split: float
    """Of the best answer that has one value on each side of a straight line."""
    inputs: float
    """About what is left to the best network that has only these features as inputs."""
    overlap: bool
    """Whether the points themselves show that `noise` is noise, and not only that there are few of them."""


UNKNOWN = LossBounds(np.nan, np.nan, np.nan, np.nan, np.nan, overlap=False)


def bounds_of(run: Run, experiment: Experiment | None = None) -> LossBounds:
    """The bounds of the training loss of a run, or of another experiment on its points; kept for the last few."""
    experiment = experiment or run.experiment
    if not is_squared_error(experiment.head.loss):
        return UNKNOWN
    return _bounds(experiment.problem, experiment.features, experiment.inputs, run.train_data, run.test_data)


@lru_cache(maxsize=16)
@np.errstate(all="ignore")
def _bounds(problem: str, features: tuple[str, ...], kinds: Inputs, train: Points, test: Points) -> LossBounds:
    labels = train.labels
    if len(labels) == 0:
        return UNKNOWN
    constant = float(labels.var() / 2)
    inputs = kinds.compute(features, train.scaled).T
    every = np.concatenate([train.scaled, test.scaled])
    every_label = np.concatenate([labels, test.labels])
    noise = _neighbours(every, every_label)
    activation = ACTIVATIONS[heads_for(problem, 0)[0].activation]
    return LossBounds(
        constant=constant,
        noise=min(noise.loss, constant),
        linear=min(_linear(inputs, labels, activation), constant),
        split=min(_split(inputs, labels), constant),
        inputs=min(noise.loss, constant)
        if show_position(features, kinds)
        else min(_neighbours(standard(kinds.compute(features, every).T), every_label).loss, constant),
        overlap=noise.shows_overlap(every.shape[1]),
    )


def _neighbours(points: Float64[ndarray, "n dimensions"], labels: Float64[ndarray, " n"]) -> Neighbourly:
    """The loss of predicting the mean of the nearest other points."""
    return by_neighbours(
        points, lambda near, predicted: float(0.5 * np.mean((labels[near].mean(axis=1) - labels[predicted]) ** 2))
    )


def _linear(inputs: Float64[ndarray, "n features"], labels: Float64[ndarray, " n"], activation: Activation) -> float:
    """The loss of the best f(w·x + b): by least squares, or for a nonlinear f by Levenberg and Marquardt's steps."""
    design = np.column_stack([standard(inputs), np.ones(len(labels))])
    straight = np.linalg.lstsq(design, labels, rcond=None)[0]
    if is_linear(activation):
        return float(0.5 * np.mean((design @ straight - labels) ** 2))
    best = np.inf
    for scale in (0.5, 3.0):
        weights, damping = scale * straight, 1e-2
        sums = design @ weights
        outputs = activation.function(sums)
        loss = 0.5 * np.mean((outputs - labels) ** 2)
        for _ in range(12):
            slope = design * activation.derivative(sums, outputs)[:, None]
            square = slope.T @ slope
            step = np.linalg.solve(
                square + damping * (np.diag(np.diag(square)) + 1e-9 * np.eye(len(square))),
                slope.T @ (labels - outputs),
            )
            tried_sums = design @ (weights + step)
            tried = activation.function(tried_sums)
            tried_loss = 0.5 * np.mean((tried - labels) ** 2)
            if tried_loss < loss:
                weights, sums, outputs = weights + step, tried_sums, tried
                loss, damping = tried_loss, damping / 5
            else:
                damping *= 10
        best = min(best, float(loss))
    return best


def _split(inputs: Float64[ndarray, "n features"], labels: Float64[ndarray, " n"]) -> float:
    """The lowest loss over evenly spread directions, where each side of a line gets its labels' mean."""
    n, features = inputs.shape
    if features == 0 or n < 2:
        return float(labels.var() / 2)
    if features == 2:
        angles = np.arange(DIRECTIONS) * np.pi / DIRECTIONS
        directions = np.stack([np.cos(angles), np.sin(angles)])
    else:
        directions = np.random.default_rng(0).normal(size=(features, DIRECTIONS))
        # Each feature alone as well, as far as there is room: own data may have more of them than directions.
        alone = min(features, DIRECTIONS)
        directions[:, :alone] = np.eye(features, alone)
    order = np.argsort(standard(inputs) @ directions, axis=0)
    left = np.cumsum(labels[order], axis=0)[:-1]
    counts = np.arange(1, n)[:, None]
    explained = left * left / counts + (labels.sum() - left) ** 2 / (n - counts)
    return float(0.5 * (np.mean(labels * labels) - explained.max() / n))
