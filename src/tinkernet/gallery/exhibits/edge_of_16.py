"""The edge of trainability of 16 neurons."""

from tinkernet.export.pictures.shaded_map import ShadedMap
from tinkernet.gallery.edge_image import Window, edge_image
from tinkernet.gallery.edge_map import edge_map
from tinkernet.gallery.trainability import Trainability

SIZE = 256


def exhibit() -> ShadedMap:
    """The map: 500 steps from each of 256 × 256 pairs of learning rates."""
    problem, window = Trainability(width=16, steps=500), Window()
    return edge_map(problem, window, edge_image(problem, window, SIZE, SIZE))
