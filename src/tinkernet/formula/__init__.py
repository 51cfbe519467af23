"""Formulas over the columns of the data, such as `sin(3*x)*y`: read, written and evaluated; never run as Python."""

from tinkernet.formula.errors import FormulaError
from tinkernet.formula.formula import Formula, read_formula
from tinkernet.formula.operations import FUNCTIONS, QUANTITIES
from tinkernet.formula.separation import separated
from tinkernet.formula.tree import PLANE, Column
from tinkernet.formula.writing import named

__all__ = [
    "FUNCTIONS",
    "PLANE",
    "QUANTITIES",
    "Column",
    "Formula",
    "FormulaError",
    "named",
    "read_formula",
    "separated",
]
