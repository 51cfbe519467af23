"""The edge of trainability as a map: every cell is a pair of learning rates."""

from collections.abc import Callable
from functools import partial
from typing import Self

import msgspec
import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float32
from tinkernet.gallery.edge_image import HIGHEST, LOWEST
from tinkernet.gallery.edge_tiles import EdgePlace, edge_place, edge_tile
from tinkernet.gallery.trainability import Trainability
from tinkernet.maps import Tile
from tinkernet.maps.lattice import shares_at
from tinkernet.protocol import frames
from tinkernet.protocol.maps import AskMapCell, EdgeFact, MapAxisFact, MapFact, OpenEdge
from tinkernet.session.workspace import Workspace

MOST_WIDTH, MOST_STEPS = 16, 1000
"""Larger ones take too long on a page: a tile of this size takes some seconds, and cannot be interrupted."""

Values = Float32[ndarray, "side side"]


class EdgeMap(msgspec.Struct, frozen=True):
    """The subject of a map of the edge of trainability."""

    problem: Trainability

    @classmethod
    def asked(cls, message: OpenEdge) -> Self:
        """The map that a page asks for.

        Raises:
            ExperimentError: a size is not valid.
        """
        width = checks.whole("width", message.width, 1, MOST_WIDTH)
        return cls(Trainability(width, checks.whole("steps", message.steps, 1, MOST_STEPS)))

    def compute(self, tile: Tile, parent: Values | None) -> Values:
        return edge_tile(self.problem, tile, parent)

    def tile_frame(self, number: int, tile: Tile, found: Values) -> bytes:
        return frames.EdgeTile(
            map=number, level=tile.level, column=float(tile.column), row=float(tile.row), values=found
        ).pack()

    def look_closer(self, message: AskMapCell) -> Callable[[], EdgePlace]:
        place = message.level, message.column, message.row
        shares_at(*place)  # an error in the background could not name the field
        return partial(edge_place, self.problem, *place)

    def cell_frame(self, message: AskMapCell, found: EdgePlace, _workspace: Workspace) -> bytes:
        return frames.EdgeCell(
            request=message.request,
            x=found.rate_in,
            y=found.rate_out,
            value=found.value,
            losses=found.losses.astype(np.float32),
        ).pack()

    def fact(self) -> MapFact:
        return edge_fact(self.problem.width, self.problem.steps)


def edge_fact(width: int, steps: int, refusal: str = "") -> MapFact:
    """What a page is sent about the edge of trainability of this size, or why there is no such map."""
    low, high = 10.0**LOWEST, 10.0**HIGHEST
    return MapFact(
        number=0,
        x=MapAxisFact(setting="rate_in", low=low, high=high, log=True),
        y=MapAxisFact(setting="rate_out", low=low, high=high, log=True),
        epochs=0,
        goal=None,
        edge=EdgeFact(width=width, steps=steps),
        refusal=refusal,
    )
