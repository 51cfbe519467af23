"""What shape the labels have over the plane, found by least squares, without regard to where the points are from."""

from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.network.inputs import Inputs
from tinkernet.run import Run

# A quadratic function of the position that leaves more of the variance than this says next to nothing of the labels.
UNEXPLAINED = 0.75
MOST_CROSSED = 8
"""Products are taken of so many columns."""
MOST_TRIED = 100
"""Of more groups of features than this, none is tried: a person's own data may have hundreds of columns."""


def intricate(run: Run) -> bool:
    """Whether the labels are far from any quadratic function of the position, as along the arms of a spiral."""
    return _intricate(*_bytes(run))


def _bytes(run: Run) -> tuple[tuple[bytes, int], bytes]:
    """The scaled points with their number of columns, and the labels, as keys of a cache."""
    scaled = run.train_data.scaled
    return (scaled.tobytes(), scaled.shape[1]), run.train_examples.labels.tobytes()


def _arrays(points: tuple[bytes, int], labels: bytes) -> tuple[Float64[ndarray, "columns n"], ndarray]:
    columns = np.frombuffer(points[0]).reshape(-1, points[1]).T
    count = columns.shape[1]
    return columns, np.frombuffer(labels).reshape(-1, count) if count else np.empty((1, 0))


@lru_cache(maxsize=64)
def _intricate(points: tuple[bytes, int], labels: bytes) -> bool:
    columns, targets = _arrays(points, labels)
    if not columns.shape[1]:
        return False
    products = [one * other for one, other in combinations(columns[:MOST_CROSSED], 2)]
    return _left(np.stack([*columns, *(columns * columns), *products]), targets) > UNEXPLAINED


def helpful_features(run: Run, features: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The one more feature, and the two more, that explain most of the labels' variance beside those in use."""
    return _helpful(*_bytes(run), features, run.experiment.inputs)


@lru_cache(maxsize=64)
def _helpful(
    points: tuple[bytes, int], labels: bytes, features: tuple[str, ...], inputs: Inputs
) -> list[tuple[str, ...]]:
    columns, targets = _arrays(points, labels)
    if not columns.shape[1]:
        return []
    names = inputs.in_order((*inputs.table, *features))
    rows = dict(zip(names, inputs.compute(names, columns.T), strict=True))
    unused = [name for name in inputs.table if name not in features]
    return [
        min(groups, key=lambda more: _left(np.stack([rows[name] for name in (*features, *more)]), targets))
        for count in (1, 2)
        if (groups := list(combinations(unused, count))) and len(groups) <= MOST_TRIED
    ]


def _left(inputs: Float64[ndarray, "features n"], labels: Float64[ndarray, "outputs n"]) -> float:
    """The share of the labels' variance that the best weighted sums of the inputs do not explain."""
    design = np.column_stack([inputs.T, np.ones(labels.shape[1])])
    variance = float(labels.var(axis=1).sum())
    residual = design @ np.linalg.lstsq(design, labels.T, rcond=None)[0] - labels.T
    return float(np.square(residual).mean(axis=0).sum()) / variance if variance > 0 else 0.0
