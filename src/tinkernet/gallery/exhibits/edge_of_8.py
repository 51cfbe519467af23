"""The edge of trainability of 8 neurons."""

from tinkernet.export.pictures.shaded_map import ShadedMap
from tinkernet.gallery.edge_image import Window, edge_image
from tinkernet.gallery.edge_map import edge_map
from tinkernet.gallery.trainability import Trainability

SIZE = 512


def exhibit() -> ShadedMap:
    """The map: 100 steps from each of 512 × 512 pairs of learning rates."""
    problem, window = Trainability(width=8, steps=100), Window()
    return edge_map(problem, window, edge_image(problem, window, SIZE, SIZE))
