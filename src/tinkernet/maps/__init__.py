"""Maps: what becomes of a network for all values of two settings, one run for each pixel."""

from tinkernet.maps.lattice import FIRST_LEVEL, SIDE, Tile
from tinkernet.maps.plan import MapAxis, MapPlan
from tinkernet.maps.settings import MAP_SETTINGS, MapSetting
from tinkernet.maps.tiles import Cells, compute

__all__ = [
    "FIRST_LEVEL",
    "MAP_SETTINGS",
    "SIDE",
    "Cells",
    "MapAxis",
    "MapPlan",
    "MapSetting",
    "Tile",
    "compute",
]
