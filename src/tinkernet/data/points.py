"""Labelled points, and splitting a data set into training and test data."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data.datasets import DATASETS
from tinkernet.data.stream import Stream
from tinkernet.html import table


@dataclass(frozen=True, eq=False)
class Points:
    """Points of the plane, one per row, and their labels: −1 or 1 for classification, −1 to 1 for regression.

    It unpacks into points and labels; `pandas.DataFrame(run.train_data.columns())` makes a data frame.

    Example:
        >>> from tinkernet import Run
        >>> points, labels = Run(seed=1).train_data
        >>> points.shape, labels.shape
        ((250, 2), (250,))
    """

    points: Float64[ndarray, "n 2"]
    labels: Float64[ndarray, " n"]

    def __len__(self) -> int:
        """The number of points."""
        return len(self.labels)

    def __iter__(self) -> Iterator[ndarray]:
        """The points, then the labels."""
        return iter((self.points, self.labels))

    def columns(self) -> dict[str, Float64[ndarray, " n"]]:
        """The columns x, y and label."""
        return {"x": self.points[:, 0], "y": self.points[:, 1], "label": self.labels}

    def __repr__(self) -> str:
        return f"Points({len(self)} points and labels)"

    def _repr_html_(self) -> str:
        first = {
            f"{x:.3f}, {y:.3f}": f"{label:g}" for (x, y), label in zip(self.points[:5], self.labels[:5], strict=True)
        }
        return table(f"{len(self)} points (x, y) with their labels", first | ({"…": ""} if len(self) > 5 else {}))


def make_points(stream: Stream, dataset: str, noise: float, train_percent: float) -> tuple[Points, Points]:
    """The training and test points drawn from `stream`: generated, shuffled and split at floor(n · percent / 100)."""
    entry = DATASETS[dataset]
    points, labels = entry.make(stream, entry.count, noise / 100)
    order = stream.shuffled(entry.count)
    count = int(entry.count * train_percent / 100)
    train, test = order[:count], order[count:]
    return held(points[train], labels[train]), held(points[test], labels[test])


def held(points: ndarray, labels: ndarray) -> Points:
    """The points with these labels, read-only."""
    points, labels = np.ascontiguousarray(points), np.ascontiguousarray(labels)
    points.flags.writeable = labels.flags.writeable = False
    return Points(points, labels)
