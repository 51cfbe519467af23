"""The pictures of docs/map-gallery.md: a module for each, whose `exhibit()` computes it as a map."""

from importlib import import_module

from tinkernet.export.pictures.shaded_map import ShadedMap

EXHIBITS = ("edge_of_8", "edge_of_16", "width_for_spiral", "l1_and_features", "depth_and_rate")
"""The names of the modules."""


def exhibit(name: str) -> ShadedMap:
    """Compute the map of this name."""
    computed: ShadedMap = import_module(f"{__name__}.{name}").exhibit()
    return computed
