"""Measured data: two columns each of well-known tables, in files. Their origin is in measured/SOURCES.md."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data.datasets.built_in import Axis, BuiltIn, Made
from tinkernet.data.datasets.drawing import displaced
from tinkernet.data.plane import EDGE
from tinkernet.data.stream import Stream


@dataclass(frozen=True)
class Measured:
    """A maker of measured points: the file's rows, scaled by the axes. Draws per point: how noise moves it."""

    file: str
    axes: tuple[Axis, Axis]
    classes: tuple[str, ...]

    def __call__(self, stream: Stream, n: int, noise: float) -> Made:
        """`n` rows, evenly spaced in the file; all of them, in its order, if it has as many."""
        points, labels = _rows(self)
        chosen = np.arange(n) * len(labels) // n
        return displaced(points[chosen], stream.uniforms(n, 2), noise), labels[chosen]


@cache
def _rows(source: Measured) -> Made:
    """All points of a file, and their labels; the last column names the class."""
    text = (resources.files(__package__) / "measured" / source.file).read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines()[1:]]
    measured = np.array([[float(x), float(y)] for x, y, _ in rows])
    low = np.array([axis.low for axis in source.axes])
    high = np.array([axis.high for axis in source.axes])
    index = np.array([float(source.classes.index(name)) for *_, name in rows])
    labels = 2 * index - 1 if len(source.classes) == 2 else index
    return _fixed((measured - low) / (high - low) * (2 * EDGE) - EDGE), _fixed(labels)


def _fixed(array: Float64[ndarray, "..."]) -> Float64[ndarray, "..."]:
    array.flags.writeable = False
    return array


BREAST_CANCER = Measured(
    "breast-cancer.csv",
    (Axis("largest radius", "", 4.0, 40.0), Axis("largest smoothness", "", 0.05, 0.25)),
    ("malignant", "benign"),
)
IRIS = Measured(
    "iris.csv",
    (Axis("petal length", "cm", 0.0, 8.0), Axis("petal width", "cm", 0.0, 2.6)),
    ("setosa", "versicolor", "virginica"),
)
WINE = Measured(
    "wine.csv",
    (Axis("alcohol", "%", 10.5, 15.5), Axis("flavanoids", "", 0.0, 5.5)),
    ("Barolo", "Grignolino", "Barbera"),
)

MEASUREMENTS = (
    BuiltIn(
        "breast-cancer",
        "Breast cancer",
        "Cells of 569 tumours, malignant or benign: the radius and smoothness of the largest nuclei.",
        "classification",
        569,
        BREAST_CANCER,
        BREAST_CANCER.classes,
        "Measurements",
        BREAST_CANCER.axes,
    ),
    BuiltIn(
        "iris",
        "Iris",
        "150 flowers of three species: length and width of their petals.",
        "classification",
        150,
        IRIS,
        IRIS.classes,
        "Measurements",
        IRIS.axes,
    ),
    BuiltIn(
        "wine",
        "Wine",
        "178 wines of three grape varieties: alcohol and flavanoids.",
        "classification",
        178,
        WINE,
        WINE.classes,
        "Measurements",
        WINE.axes,
    ),
)
