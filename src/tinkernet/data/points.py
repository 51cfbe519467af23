"""Points with labels, and their way from a built-in set into a training and a test half."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64
from numpy import ndarray

from tinkernet.data.datasets import DATASETS
from tinkernet.data.stream import Stream


@dataclass(frozen=True, eq=False)
class Points:
    """Points of the plane, a row each, and the label of each: −1 or 1 for classes, −1 … 1 for regression."""

    points: Float64[ndarray, "n 2"]
    labels: Float64[ndarray, " n"]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.labels)


def make_points(stream: Stream, dataset: str, noise: float, train_percent: float) -> tuple[Points, Points]:
    """The training and the test points that `stream` gives: made, shuffled, and split at floor(n · percent / 100)."""
    entry = DATASETS[dataset]
    points, labels = entry.make(stream, entry.count, noise / 100)
    order = stream.shuffled(entry.count)
    count = int(entry.count * train_percent / 100)
    train, test = order[:count], order[count:]
    return _held(points[train], labels[train]), _held(points[test], labels[test])


def _held(points: ndarray, labels: ndarray) -> Points:
    points, labels = np.ascontiguousarray(points), np.ascontiguousarray(labels)
    points.flags.writeable = labels.flags.writeable = False
    return Points(points, labels)
