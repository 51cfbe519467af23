"""Input features: one entry each in FEATURES, in the order of the inputs. To add one, add an entry."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arithmetic import sin
from tinkernet.arrays import Float64
from tinkernet.options import FeatureName


@dataclass(frozen=True)
class Feature:
    """An input feature.

    `symbol` is how a formula writes it, `scale` the size that its picture shows as full colour. A network begins with
    the features that are marked as `default`. `in_original` says whether TensorFlow Playground has it, too.
    """

    name: FeatureName
    label: str
    hint: str
    symbol: str
    scale: float
    function: Callable[[ndarray, ndarray], ndarray]
    default: bool = False
    in_original: bool = False

    def compute(self, points: Float64[ndarray, "n 2"]) -> Float64[ndarray, " n"]:
        """The feature of each point."""
        return self.function(points[:, 0], points[:, 1])


FEATURES: dict[str, Feature] = {
    entry.name: entry
    for entry in (
        Feature(
            "x",
            "X1",
            "The horizontal position of the point.",
            "x₁",
            6.0,
            lambda x, _: x,
            default=True,
            in_original=True,
        ),
        Feature(
            "y", "X2", "The vertical position of the point.", "x₂", 6.0, lambda _, y: y, default=True, in_original=True
        ),
        Feature(
            "xSquared", "X1 squared", "x₁ multiplied by itself.", "x₁²", 36.0, lambda x, _: x * x, in_original=True
        ),
        Feature(
            "ySquared", "X2 squared", "x₂ multiplied by itself.", "x₂²", 36.0, lambda _, y: y * y, in_original=True
        ),
        Feature(
            "xTimesY",
            "X1 times X2",
            "x₁ multiplied by x₂.",
            "x₁x₂",
            36.0,
            lambda x, y: x * y,
            in_original=True,
        ),
        Feature("sinX", "sin X1", "Waves from left to right.", "sin x₁", 1.0, lambda x, _: sin(x), in_original=True),
        Feature("sinY", "sin X2", "Waves from bottom to top.", "sin x₂", 1.0, lambda _, y: sin(y), in_original=True),
    )
}


DEFAULT_FEATURES = tuple(entry.name for entry in FEATURES.values() if entry.default)


def compute_features(features: tuple[str, ...], points: Float64[ndarray, "n 2"]) -> Float64[ndarray, "features n"]:
    """The inputs of the network: one row per feature, one column per point."""
    rows = [FEATURES[name].compute(points) for name in features]
    return np.array(rows, dtype=np.float64).reshape(len(features), len(points))
