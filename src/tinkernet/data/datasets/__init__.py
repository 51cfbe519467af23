"""The built-in data sets: one entry each in DATASETS. To add one, add an entry to the module of its kind.

Points lie roughly in [−6, 6]². Each maker draws from the stream in a fixed order, so that a seed always gives the same
points. The original's six come first: the first of a problem is its default.
"""

from tinkernet.data.datasets.built_in import Axis, BuiltIn, Made
from tinkernet.data.datasets.measurements import MEASUREMENTS
from tinkernet.data.datasets.original import ORIGINAL
from tinkernet.data.datasets.patterns import PATTERNS
from tinkernet.data.datasets.values import VALUES

__all__ = ["DATASETS", "Axis", "BuiltIn", "Made"]

DATASETS: dict[str, BuiltIn] = {entry.name: entry for entry in (*ORIGINAL, *PATTERNS, *MEASUREMENTS, *VALUES)}
