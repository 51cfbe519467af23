"""The data: built-in data sets, and the random stream that generates them."""

from tinkernet.data.datasets import DATASETS, BuiltIn
from tinkernet.data.points import Points, make_points, own_points
from tinkernet.data.stream import Stream

__all__ = ["DATASETS", "BuiltIn", "Points", "Stream", "make_points", "own_points"]
