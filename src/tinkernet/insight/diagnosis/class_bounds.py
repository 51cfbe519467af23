"""How low the cross-entropy of classes can get: by a constant answer, by what noise leaves, by straight lines."""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.insight.diagnosis.neighbours import nearest, standard
from tinkernet.network.inputs import Inputs
from tinkernet.run import Run

NEIGHBOURS = (1, 3, 6, 12, 24)
# Added to the neighbours of each class, so that no probability is 0.
PRIOR = 0.1
MOST_STEPS = 25
CONVERGED = 1e-6
# Of larger problems the best straight lines are not known.
MOST_PARAMETERS, MOST_PRODUCTS = 300, 30_000_000


class ClassBounds(NamedTuple):
    """The lowest losses that points of classes allow; NaN where that is not known."""

    constant: float
    """Of the best probabilities that are the same everywhere: the entropy of the classes."""
    noise: float
    """About what noise leaves to the best network: that of predicting each point from its nearest neighbours."""
    linear: float
    """Of the best network without hidden layer, and so of any linear one, on the features in use."""

    def share(self, loss: float) -> float:
        """How much of the way from the constant answer to what noise leaves remains at a loss; NaN if unknown."""
        span = self.constant - self.noise
        return (loss - self.noise) / span if span > 0.1 * self.constant else float("nan")


UNKNOWN = ClassBounds(np.nan, np.nan, np.nan)


def class_bounds_of(run: Run, features: tuple[str, ...] | None = None) -> ClassBounds:
    """The bounds of the training loss of a run with cross-entropy, or with other features; kept for the last few."""
    experiment = run.experiment
    if not experiment.classes or not experiment.head.loss.of_sum:
        return UNKNOWN
    points = np.concatenate([run.train_data.scaled, run.test_data.scaled])
    labels = np.concatenate([run.train_data.labels, run.test_data.labels])
    classes = experiment.head.classes_of(experiment.head.encode(labels, len(experiment.classes)))
    chosen = features if features is not None else experiment.features
    return _bounds(points.tobytes(), classes.tobytes(), len(run.train_data), chosen, experiment.inputs)


@lru_cache(maxsize=64)
@np.errstate(all="ignore")
def _bounds(raw_points: bytes, raw_classes: bytes, train: int, features: tuple[str, ...], kinds: Inputs) -> ClassBounds:
    classes = np.frombuffer(raw_classes, dtype=np.int64)
    points = np.frombuffer(raw_points).reshape(len(classes), len(kinds.columns))
    if train == 0:
        return UNKNOWN
    shares = np.bincount(classes[:train]) / train
    constant = -float(sum(share * np.log(share) for share in shares if share > 0))
    inputs = kinds.compute(features, points[:train]).T
    linear = _linear(standard(inputs), classes[:train])
    return ClassBounds(constant, min(_neighbours(points, classes), constant), min(linear, constant))


def rounded_down(bound: float) -> float:
    """The bound with two significant digits, as it is shown: rounded up, it would not be a bound."""
    digits = max(1 - math.floor(math.log10(bound)), 0) if bound > 0 else 0
    scale = float(10**digits)
    return math.floor(bound * scale) / scale


def _neighbours(points: Float64[ndarray, "n columns"], classes: Int64[ndarray, " n"]) -> float:
    """The loss of predicting the shares of classes among the k nearest other points, for the best k."""
    near, kept = nearest(points, NEIGHBOURS[-1])
    if not len(kept):
        return float("nan")
    own, count = classes[kept], int(classes.max()) + 1
    hits = np.cumsum(own[near] == own[:, None], axis=1)
    losses = [
        float(-np.mean(np.log((hits[:, k - 1] + PRIOR) / (k + PRIOR * count))))
        for k in NEIGHBOURS
        if k <= near.shape[1]
    ]
    return min(losses)


def _linear(inputs: Float64[ndarray, "n features"], classes: Int64[ndarray, " n"]) -> float:
    """The least loss of softmax on weighted sums: Newton's steps, damped where they do not help; it is convex.

    What a further step would gain at most is subtracted. NaN for so many inputs that it would take long.
    """
    n, count = len(classes), int(classes.max()) + 1
    design = np.column_stack([inputs, np.ones(n)])
    size = design.shape[1] * count
    if size > MOST_PARAMETERS or n * size * size > MOST_PRODUCTS or not np.isfinite(design).all():
        return float("nan")
    targets = np.eye(count)[classes]
    weights, damping = np.zeros((design.shape[1], count)), 1e-4
    loss, probabilities = _loss(design @ weights, targets)
    gain = np.inf
    for _ in range(MOST_STEPS):
        gradient = design.T @ (probabilities - targets) / n
        curvature = _curvature(design, probabilities) / n
        step = np.linalg.solve(curvature + damping * np.eye(size), gradient.ravel())
        gain = float(gradient.ravel() @ step)
        tried_loss, tried = _loss(design @ (weights - step.reshape(weights.shape)), targets)
        if tried_loss < loss:
            weights, loss, probabilities = weights - step.reshape(weights.shape), tried_loss, tried
            damping = max(damping / 10, 1e-9)
        else:
            damping *= 10
        if gain < CONVERGED:
            break
    return max(loss - 2 * gain, 0.0)


def _loss(
    sums: Float64[ndarray, "n classes"], targets: Float64[ndarray, "n classes"]
) -> tuple[float, Float64[ndarray, "n classes"]]:
    """The mean cross-entropy, and the probabilities."""
    shifted = sums - sums.max(axis=1, keepdims=True)
    grown = np.exp(shifted)
    total = grown.sum(axis=1, keepdims=True)
    return float(np.mean(np.log(total[:, 0]) - (shifted * targets).sum(axis=1))), grown / total


def _curvature(
    design: Float64[ndarray, "n inputs"], probabilities: Float64[ndarray, "n classes"]
) -> Float64[ndarray, "size size"]:
    """The sum of second derivatives of the points' losses: of each input and class by each other."""
    classes = probabilities.shape[1]
    spread = (design[:, :, None] * probabilities[:, None, :]).reshape(len(design), -1)
    found = -(spread.T @ spread)
    for k in range(classes):
        found[k::classes, k::classes] += design.T @ (probabilities[:, k, None] * design)
    return np.asarray(found)
