"""Labelled points, and splitting a data set into training and test data."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data.datasets import DATASETS
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.own.scaling import Scaling
from tinkernet.data.stream import Stream
from tinkernet.formatting import listed
from tinkernet.html import table

SHOWN_COLUMNS = 4


@dataclass(frozen=True, eq=False)
class Points:
    """Points, one per row in the units of their columns, and their labels.

    `points` has the shape (points, columns), with the `names` of the columns; `labels` has the shape (points,),
    `scaling` leads to the plane. The labels of two classes are −1 and 1, those of more the index of the class, those of
    a regression from −1 to 1. `scaled` are the points on the scale of the plane: of built-in data the points
    themselves.

    It unpacks into points and labels; `pandas.DataFrame(run.train_data.columns())` makes a data frame.

    Example:
        >>> from tinkernet import Run
        >>> points, labels = Run(seed=1).train_data
        >>> points.shape, labels.shape
        ((250, 2), (250,))
    """

    points: Float64[ndarray, "n columns"]
    labels: Float64[ndarray, " n"]
    names: tuple[str, ...] = ("x", "y")
    scaling: Scaling | None = None

    def __len__(self) -> int:
        """The number of points."""
        return len(self.labels)

    def __iter__(self) -> Iterator[ndarray]:
        """The points, then the labels."""
        return iter((self.points, self.labels))

    @cached_property
    def scaled(self) -> Float64[ndarray, "n columns"]:
        """The points on the scale of the plane, shape (points, columns); read-only."""
        if self.scaling is None:
            return self.points
        scaled = self.scaling.forward(self.points)
        scaled.flags.writeable = False
        return scaled

    def first(self, n: int) -> "Points":
        """The first points, in their order."""
        return Points(self.points[:n], self.labels[:n], self.names, self.scaling)

    def columns(self) -> dict[str, Float64[ndarray, " n"]]:
        """The columns of the points by their names (x and y of built-in data), and the label: shape (points,) each."""
        return {**{name: self.points[:, k] for k, name in enumerate(self.names)}, "label": self.labels}

    def __repr__(self) -> str:
        return f"Points({len(self)} points and labels)"

    def _repr_html_(self) -> str:
        first = {
            ", ".join(f"{value:.3f}" for value in point[:SHOWN_COLUMNS]): f"{label:g}"
            for point, label in zip(self.points[:5], self.labels[:5], strict=True)
        }
        names = listed(self.names, SHOWN_COLUMNS)
        return table(f"{len(self)} points ({names}) with their labels", first | ({"…": ""} if len(self) > 5 else {}))


def make_points(stream: Stream, dataset: str, noise: float, train_percent: float) -> tuple[Points, Points]:
    """The training and test points drawn from `stream`: generated, shuffled and split at floor(n · percent / 100)."""
    entry = DATASETS[dataset]
    points, labels = entry.make(stream, entry.count, noise / 100)
    train, test = _split(stream, entry.count, train_percent)
    train_points, test_points = (read_only(points[rows], labels[rows]) for rows in (train, test))
    return train_points, test_points


def own_points(stream: Stream, dataset: Dataset, train_percent: float) -> tuple[Points, Points]:
    """The training and test points of a person's own data, shuffled and split in the same way."""
    train, test = _split(stream, len(dataset), train_percent)
    values, labels, scaling = dataset.values, dataset.labels, dataset.scaling
    train_points, test_points = (
        read_only(values[rows], labels[rows], dataset.names, scaling) for rows in (train, test)
    )
    return train_points, test_points


def _split(stream: Stream, n: int, train_percent: float) -> tuple[ndarray, ndarray]:
    order, count = stream.shuffled(n), int(n * train_percent / 100)
    return order[:count], order[count:]


def read_only(
    points: ndarray, labels: ndarray, names: tuple[str, ...] = ("x", "y"), scaling: Scaling | None = None
) -> Points:
    """The points with these labels, read-only."""
    points, labels = np.ascontiguousarray(points), np.ascontiguousarray(labels)
    points.flags.writeable = labels.flags.writeable = False
    return Points(points, labels, names, scaling)
