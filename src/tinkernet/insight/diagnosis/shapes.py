"""What shape the labels have over the plane, found by least squares, without regard to where the points are from."""

from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.network import FEATURES
from tinkernet.network.features import compute_features, in_order
from tinkernet.run import Run

# A quadratic function of the position that leaves more of the variance than this says next to nothing of the labels.
UNEXPLAINED = 0.75


def intricate(run: Run) -> bool:
    """Whether the labels are far from any quadratic function of the position, as along the arms of a spiral."""
    return _intricate(run.train_data.points.tobytes(), run.train_examples.labels.tobytes())


@lru_cache(maxsize=64)
def _intricate(points: bytes, labels: bytes) -> bool:
    x, y = np.frombuffer(points).reshape(-1, 2).T
    targets = np.frombuffer(labels).reshape(-1, len(x)) if len(x) else np.empty((1, 0))
    return len(x) > 0 and _left(np.stack([x, y, x * x, y * y, x * y]), targets) > UNEXPLAINED


def helpful_features(run: Run, features: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The one more feature, and the two more, that explain most of the labels' variance beside those in use."""
    return _helpful(run.train_data.points.tobytes(), run.train_examples.labels.tobytes(), features)


@lru_cache(maxsize=64)
def _helpful(points: bytes, labels: bytes, features: tuple[str, ...]) -> list[tuple[str, ...]]:
    places = np.frombuffer(points).reshape(-1, 2)
    if not len(places):
        return []
    targets = np.frombuffer(labels).reshape(-1, len(places))
    names = in_order((*FEATURES, *features))
    rows = dict(zip(names, compute_features(names, places), strict=True))
    unused = [entry.name for entry in FEATURES.values() if entry.name not in features]
    return [
        min(groups, key=lambda more: _left(np.stack([rows[name] for name in (*features, *more)]), targets))
        for count in (1, 2)
        if (groups := list(combinations(unused, count)))
    ]


def _left(inputs: Float64[ndarray, "features n"], labels: Float64[ndarray, "outputs n"]) -> float:
    """The share of the labels' variance that the best weighted sums of the inputs do not explain."""
    design = np.column_stack([inputs.T, np.ones(labels.shape[1])])
    variance = float(labels.var(axis=1).sum())
    residual = design @ np.linalg.lstsq(design, labels.T, rcond=None)[0] - labels.T
    return float(np.square(residual).mean(axis=0).sum()) / variance if variance > 0 else 0.0
