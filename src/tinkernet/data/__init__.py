"""The points a network learns from: built-in sets, and the random stream that makes them."""

from tinkernet.data.datasets import DATASETS, Dataset
from tinkernet.data.points import Points, make_points
from tinkernet.data.stream import Stream

__all__ = ["DATASETS", "Dataset", "Points", "Stream", "make_points"]
