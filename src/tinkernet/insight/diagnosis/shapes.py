"""What shape the labels have over the plane, found by least squares, without regard to where the points are from."""

from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data import Points
from tinkernet.network.inputs import Inputs

# A quadratic function of the position that leaves more of the variance than this says next to nothing of the labels.
UNEXPLAINED = 0.75
MOST_CROSSED = 8
"""Products are taken of so many columns."""
MOST_TRIED = 100
"""Of more groups of features than this, none is tried: a person's own data may have hundreds of columns."""


def intricate(points: Points) -> bool:
    """Whether the labels are far from any quadratic function of the position, as along the arms of a spiral."""
    return _intricate(points.scaled.tobytes(), points.labels.tobytes())


@lru_cache(maxsize=64)
def _intricate(points: bytes, labels: bytes) -> bool:
    targets = np.frombuffer(labels)
    if not len(targets):
        return False
    columns = np.frombuffer(points).reshape(len(targets), -1).T
    products = [one * other for one, other in combinations(columns[:MOST_CROSSED], 2)]
    return _left(np.stack([*columns, *(columns * columns), *products]), targets) > UNEXPLAINED


def helpful_features(points: Points, features: tuple[str, ...], inputs: Inputs) -> list[tuple[str, ...]]:
    """The one more feature, and the two more, that explain most of the labels' variance beside those in use."""
    return _helpful(points.scaled.tobytes(), points.labels.tobytes(), features, inputs)


@lru_cache(maxsize=64)
def _helpful(points: bytes, labels: bytes, features: tuple[str, ...], inputs: Inputs) -> list[tuple[str, ...]]:
    targets = np.frombuffer(labels)
    if not len(targets):
        return []
    names = inputs.in_order((*inputs.table, *features))
    scaled = np.frombuffer(points).reshape(len(targets), -1)
    rows = dict(zip(names, inputs.compute(names, scaled), strict=True))
    unused = [name for name in inputs.table if name not in features]
    return [
        min(groups, key=lambda more: _left(np.stack([rows[name] for name in (*features, *more)]), targets))
        for count in (1, 2)
        if (groups := list(combinations(unused, count))) and len(groups) <= MOST_TRIED
    ]


def _left(inputs: Float64[ndarray, "features n"], labels: Float64[ndarray, " n"]) -> float:
    """The share of the labels' variance that the best weighted sum of the inputs does not explain."""
    design = np.column_stack([inputs.T, np.ones(len(labels))])
    variance = float(labels.var())
    residual = design @ np.linalg.lstsq(design, labels, rcond=None)[0] - labels
    return float(np.mean(residual * residual)) / variance if variance > 0 else 0.0
