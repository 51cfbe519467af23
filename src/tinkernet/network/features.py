"""Input features: one entry each in FEATURES, in the order of the inputs. To add one, add an entry.

Every feature is a formula. `inputs.py` has those that are not in the table, whose name is their formula.
"""

from dataclasses import dataclass
from functools import cached_property

from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.formula import PLANE, Column, Formula, read_formula

MOST_FORMULAS = 20
"""How many features of an experiment may be formulas that are not in the table."""
MOST_DRAWN = 1e30
"""Larger values are drawn as this, so that they fit into float32."""


@dataclass(frozen=True)
class Feature:
    """An input feature.

    `formula` is what it computes from `columns`, `symbol` how it is written in a weighted sum, `scale` the size that
    its picture shows as full colour. A network begins with the features that are marked as `default`. `in_original`
    says whether TensorFlow Playground has it, too. `column` is the index of the column that it is, if it is one of a
    person's own data: there may be hundreds, and none needs to be evaluated.
    """

    name: str
    label: str
    hint: str
    symbol: str
    scale: float
    formula: str
    default: bool = False
    in_original: bool = False
    columns: tuple[Column, ...] = PLANE
    column: int | None = None

    @cached_property
    def read(self) -> Formula:
        """The formula, ready to be evaluated."""
        return read_formula(self.formula, self.columns)

    @property
    def shown(self) -> str:
        """The formula with proper typography."""
        return self.read.shown

    def compute(self, points: Float64[ndarray, "n columns"]) -> Float64[ndarray, " n"]:
        """The feature of each point on the scale of the plane; NaN or infinite where it does not exist."""
        if self.column is not None:
            return points[:, self.column]
        return self.read.evaluate({column.name: points[:, k] for k, column in enumerate(self.columns)})


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
