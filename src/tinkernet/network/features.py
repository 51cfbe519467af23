"""Input features: one entry each in FEATURES, in the order of the inputs. To add one, add an entry.

Every feature is a formula. Those that are not in the table have the formula as their name: `feature_of("sin(3*x)*y")`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.data.plane import EDGE
from tinkernet.errors import ExperimentError
from tinkernet.formula import PLANE, Formula, read_formula

MOST_FORMULAS = 20
"""How many features of an experiment may be formulas that are not in the table."""
MOST_DRAWN = 1e30
SCALE_CELLS = 48
SCALE_SHARE = 0.98
"""The share of the plane in which a formula's values are within its scale: the rest may be a pole."""


@dataclass(frozen=True)
class Feature:
    """An input feature.

    `formula` is what it computes, `symbol` how it is written in a weighted sum, `scale` the size that its picture shows
    as full colour. A network begins with the features that are marked as `default`. `in_original` says whether
    TensorFlow Playground has it, too.
    """

    name: str
    label: str
    hint: str
    symbol: str
    scale: float
    formula: str
    default: bool = False
    in_original: bool = False

    @cached_property
    def read(self) -> Formula:
        """The formula, ready to be evaluated."""
        return read_formula(self.formula)

    @property
    def shown(self) -> str:
        """The formula with proper typography."""
        return self.read.shown

    def compute(self, points: Float64[ndarray, "n 2"]) -> Float64[ndarray, " n"]:
        """The feature of each point; NaN or infinite where it does not exist."""
        return self.read.evaluate({column.name: points[:, k] for k, column in enumerate(PLANE)})


FEATURES: dict[str, Feature] = {
    entry.name: entry
    for entry in (
        Feature("x", "X1", "The horizontal position of the point.", "x₁", 6.0, "x", default=True, in_original=True),
        Feature("y", "X2", "The vertical position of the point.", "x₂", 6.0, "y", default=True, in_original=True),
        Feature("xSquared", "X1 squared", "x₁ multiplied by itself.", "x₁²", 36.0, "x^2", in_original=True),
        Feature("ySquared", "X2 squared", "x₂ multiplied by itself.", "x₂²", 36.0, "y^2", in_original=True),
        Feature("xTimesY", "X1 times X2", "x₁ multiplied by x₂.", "x₁x₂", 36.0, "x*y", in_original=True),
        Feature("sinX", "sin X1", "Waves from left to right.", "sin x₁", 1.0, "sin(x)", in_original=True),
        Feature("sinY", "sin X2", "Waves from bottom to top.", "sin x₂", 1.0, "sin(y)", in_original=True),
    )
}


DEFAULT_FEATURES = tuple(entry.name for entry in FEATURES.values() if entry.default)


def feature_of(name: str) -> Feature:
    """The feature of this name: an entry of the table, or the feature that this formula is.

    Raises:
        FormulaError: it is neither.
    """
    return FEATURES.get(name) or _of_formula(name)


@lru_cache(maxsize=1024)
def _of_formula(text: str) -> Feature:
    formula = read_formula(text)
    return Feature(
        name=formula.text,
        label=formula.shown,
        hint="An input by formula. Select it to change or remove it.",
        symbol=formula.shown_as_factor,
        scale=_scale(formula),
        formula=formula.text,
    )


def _scale(formula: Formula) -> float:
    """About the largest size of the formula's values on the plane."""
    along = (np.arange(SCALE_CELLS) + 0.5) / SCALE_CELLS * (2 * EDGE) - EDGE
    x, y = (places.ravel() for places in np.meshgrid(along, -along))
    values = np.abs(formula.evaluate({column.name: place for column, place in zip(PLANE, (x, y), strict=True)}))
    sizes = np.sort(values[np.isfinite(values)])
    largest = float(sizes[int(SCALE_SHARE * (len(sizes) - 1))]) if len(sizes) else 0.0
    return min(largest, MOST_DRAWN) if largest > 0 else 1.0


def feature_name(text: str) -> str:
    """The name of the feature that is meant: of an entry, also by its formula, or the canonical text of a formula.

    Raises:
        FormulaError: it is not a formula, either.
    """
    if text in FEATURES:
        return text
    formula = read_formula(text).text
    return next((entry.name for entry in FEATURES.values() if entry.read.text == formula), formula)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """These features, each once, in the order of the inputs: entries in the table's order, then formulas as given."""
    given = tuple(dict.fromkeys(names))
    return (*(name for name in FEATURES if name in given), *formulas_of(given))


def formulas_of(names: Iterable[str]) -> tuple[str, ...]:
    """Those features that are not in the table."""
    return tuple(name for name in names if name not in FEATURES)


def compute_features(features: tuple[str, ...], points: Float64[ndarray, "n 2"]) -> Float64[ndarray, "features n"]:
    """The inputs of the network: one row per feature, one column per point."""
    rows = [feature_of(name).compute(points) for name in features]
    return np.array(rows, dtype=np.float64).reshape(len(features), len(points))


def drawn_features(features: tuple[str, ...], points: Float64[ndarray, "n 2"]) -> Float64[ndarray, "features n"]:
    """The features where they are only drawn: 0 where one has no finite value, and never too large for float32."""
    values = compute_features(features, points)
    return np.clip(np.where(np.isfinite(values), values, 0.0), -MOST_DRAWN, MOST_DRAWN)


def not_finite_at(name: str, points: Float64[ndarray, "n 2"]) -> str | None:
    """Where the feature has no finite value, as “(−1.20, 0.30) it is not a number”; None if it has one everywhere."""
    values = feature_of(name).compute(points)
    wrong = np.flatnonzero(~np.isfinite(values))
    if not len(wrong):
        return None
    x, y = (f"{coordinate:.2f}".replace("-", "−") for coordinate in points[wrong[0]])
    return f"({x}, {y}) it is {'not a number' if np.isnan(values[wrong[0]]) else 'infinite'}"


def check_finite(features: tuple[str, ...], points: Float64[ndarray, "n 2"]) -> None:
    """That every formula is finite at these points: a value that is not would spoil all weights.

    Raises:
        ExperimentError: one is not; the message names the formula and a point.
    """
    for name in formulas_of(features):
        where = not_finite_at(name, points)
        if where is not None:
            raise ExperimentError("features", name, f"finite at every training and test point; at {where}")
