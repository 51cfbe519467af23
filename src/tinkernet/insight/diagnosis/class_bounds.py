"""How low the cross-entropy of classes can get: by a constant answer, by what noise leaves, by straight lines."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.data import Points
from tinkernet.insight.diagnosis.neighbours import Neighbourly, by_neighbours, standard
from tinkernet.network.heads import OutputHead
from tinkernet.network.inputs import Inputs
from tinkernet.run import Run

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
    overlap: bool
    """Whether the points themselves show that `noise` is noise, and not only that there are few of them."""

    def share(self, loss: float) -> float:
        """How much of the way from the constant answer to what noise leaves remains at a loss; NaN if unknown."""
        span = self.constant - self.noise
        return (loss - self.noise) / span if span > 0.1 * self.constant else float("nan")


UNKNOWN = ClassBounds(np.nan, np.nan, np.nan, overlap=False)


def class_bounds_of(run: Run, features: tuple[str, ...] | None = None) -> ClassBounds:
    """The bounds of the training loss of a run with cross-entropy, or with other features; kept for the last few."""
    experiment = run.experiment
    if not experiment.classes or not experiment.head.loss.of_sum:
        return UNKNOWN
    chosen = features if features is not None else experiment.features
    return _bounds(experiment.head, len(experiment.classes), chosen, experiment.inputs, run.train_data, run.test_data)


@lru_cache(maxsize=16)
@np.errstate(all="ignore")
def _bounds(
    head: OutputHead, count: int, features: tuple[str, ...], kinds: Inputs, train: Points, test: Points
) -> ClassBounds:
    if len(train) == 0:
        return UNKNOWN
    points = np.concatenate([train.scaled, test.scaled])
    classes = head.classes_of(head.encode(np.concatenate([train.labels, test.labels]), count))
    constant = entropy(classes[: len(train)])
    inputs = kinds.compute(features, train.scaled).T
    linear = _linear(standard(inputs), classes[: len(train)])
    noise = _neighbours(points, classes)
    return ClassBounds(constant, min(noise.loss, constant), min(linear, constant), noise.shows_overlap(points.shape[1]))


def entropy(classes: Int64[ndarray, " n"]) -> float:
    """The cross-entropy of always giving the shares of the classes."""
    shares = np.bincount(classes) / len(classes)
    return -float(sum(share * np.log(share) for share in shares if share > 0))


def _neighbours(points: Float64[ndarray, "n columns"], classes: Int64[ndarray, " n"]) -> Neighbourly:
    """The loss of predicting the shares of classes among the nearest other points."""
    count = int(classes.max()) + 1

    def loss(near: Int64[ndarray, "predicted near"], predicted: Int64[ndarray, " predicted"]) -> float:
        hits = (classes[near] == classes[predicted, None]).sum(axis=1)
        return float(-np.mean(np.log((hits + PRIOR) / (near.shape[1] + PRIOR * count))))

    return by_neighbours(points, loss)


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
