"""What shape the labels have over the plane, found by least squares, without regard to where the points are from."""

from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data import Points
from tinkernet.network import FEATURES
from tinkernet.network.features import compute_features, in_order

# A quadratic function of the position that leaves more of the variance than this says next to nothing of the labels.
UNEXPLAINED = 0.75


def intricate(points: Points) -> bool:
    """Whether the labels are far from any quadratic function of the position, as along the arms of a spiral."""
    return _intricate(points.points.tobytes(), points.labels.tobytes())


@lru_cache(maxsize=64)
def _intricate(points: bytes, labels: bytes) -> bool:
    x, y = np.frombuffer(points).reshape(-1, 2).T
    return len(x) > 0 and _left(np.stack([x, y, x * x, y * y, x * y]), np.frombuffer(labels)) > UNEXPLAINED


def helpful_features(points: Points, features: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The one more feature, and the two more, that explain most of the labels' variance beside those in use."""
    return _helpful(points.points.tobytes(), points.labels.tobytes(), features)


@lru_cache(maxsize=64)
def _helpful(points: bytes, labels: bytes, features: tuple[str, ...]) -> list[tuple[str, ...]]:
    targets = np.frombuffer(labels)
    if not len(targets):
        return []
    names = in_order((*FEATURES, *features))
    rows = dict(zip(names, compute_features(names, np.frombuffer(points).reshape(-1, 2)), strict=True))
    unused = [entry.name for entry in FEATURES.values() if entry.name not in features]
    return [
        min(groups, key=lambda more: _left(np.stack([rows[name] for name in (*features, *more)]), targets))
        for count in (1, 2)
        if (groups := list(combinations(unused, count)))
    ]


def _left(inputs: Float64[ndarray, "features n"], labels: Float64[ndarray, " n"]) -> float:
    """The share of the labels' variance that the best weighted sum of the inputs does not explain."""
    design = np.column_stack([inputs.T, np.ones(len(labels))])
    variance = float(labels.var())
    residual = design @ np.linalg.lstsq(design, labels, rcond=None)[0] - labels
    return float(np.mean(residual * residual)) / variance if variance > 0 else 0.0
