"""Data sets with three to ten classes: the slices of a pie. They are in the table only while a test needs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from tinkernet import Experiment
from tinkernet.data import DATASETS, BuiltIn, Stream
from tinkernet.data.datasets import Made

COUNT = 240


def slices(classes: int) -> BuiltIn:
    """So many slices, in which the points are spread evenly."""

    def make(stream: Stream, n: int, noise: float) -> Made:
        draws = stream.uniforms(n, 3)
        angle = 2 * np.pi * draws[:, 0]
        points = (1 + 4 * draws[:, 1:2]) * np.stack([np.sin(angle), np.cos(angle)], axis=1)
        labels = np.floor(draws[:, 0] * classes)
        return points, np.where(draws[:, 2] < noise / 2, (labels + 1) % classes, labels)

    names = tuple(f"slice {k + 1}" for k in range(classes))
    name: Any = f"pie-{classes}"
    return BuiltIn(name, f"{classes} slices", "A pie.", "classification", COUNT, make, names, "Patterns")


@contextmanager
def pies() -> Iterator[None]:
    """While this is entered, there are the data sets pie-3 to pie-10."""
    entries: dict[str, BuiltIn] = {entry.name: entry for entry in map(slices, range(3, 11))}
    DATASETS.update(entries)
    try:
        yield
    finally:
        for name in entries:
            del DATASETS[name]


def pie(classes: int, **settings: Any) -> Experiment:
    """An experiment with so many classes."""
    return Experiment(**{"dataset": f"pie-{classes}", "seed": "0.5", **settings})
