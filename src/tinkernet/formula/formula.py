"""Formula: a formula that has been read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.formula.errors import FormulaError
from tinkernet.formula.evaluation import evaluated
from tinkernet.formula.reader import LONGEST, Reader
from tinkernet.formula.tree import PLANE, Column, Node, Place
from tinkernet.formula.writing import canonical, rank_of, shown


@dataclass(frozen=True)
class Formula:
    """A formula over the columns of the data. Two are equal if their `text`, the canonical one, and columns are."""

    text: str
    tree: Node
    columns: tuple[Column, ...]

    @property
    def shown(self) -> str:
        """The formula with proper typography, as sin(3x₁)·x₂."""
        return shown(self.tree, {column.name: column.symbol for column in self.columns})

    @property
    def shown_as_factor(self) -> str:
        """Like `shown`, in parentheses if it is a sum or begins with a sign, so that a number may stand before it."""
        return self.shown if rank_of(self.tree) > 1 and not self.shown.startswith("−") else f"({self.shown})"

    def evaluate(self, columns: Mapping[str, ndarray]) -> Float64[ndarray, " n"]:
        """The value at each point, from the values of all columns by name. Values that do not exist are NaN."""
        size = len(next(iter(columns.values())))
        return np.broadcast_to(evaluated(self.tree, columns), (size,))


@lru_cache(maxsize=1024)
def read_formula(text: str, columns: tuple[Column, ...] = PLANE) -> Formula:
    """The formula that this text is, over these columns.

    Raises:
        FormulaError: it is not a formula, or one that is too large; with the place and the reason.

    Example:
        >>> read_formula("sin(3x) · y").text
        'sin(3*x)*y'
    """
    tree = Reader(text, columns).read()
    written = canonical(tree)
    if len(written) > LONGEST:
        raise FormulaError(
            text, Place(0, len(text)), f"written as {written[:20]}… it is longer than {LONGEST} characters"
        )
    return Formula(written, tree, columns)
