"""The grid on which fields are sampled: the centres of square cells over the plane, starting with the top row."""

from functools import lru_cache

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float32, Float64
from tinkernet.data.plane import EDGE
from tinkernet.data.slices import PLANE_SLICE, Slice
from tinkernet.engine.rule import CHUNK
from tinkernet.network.inputs import PLANE_INPUTS, Inputs


def grid_points(cells: int) -> Float64[ndarray, "{cells}*{cells} 2"]:
    """The centres of the cells, row by row from the top left."""
    along = (np.arange(cells) + 0.5) / cells * (2 * EDGE) - EDGE
    x, y = np.meshgrid(along, -along)
    return np.stack([x.ravel(), y.ravel()], axis=1)


@lru_cache(maxsize=32)
def grid_inputs(
    features: tuple[str, ...], cells: int, inputs: Inputs = PLANE_INPUTS, plane: Slice = PLANE_SLICE
) -> Float32[ndarray, "features padded"]:
    """The features over the grid, zero-padded to whole chunks."""
    values = inputs.drawn(features, plane.points(grid_points(cells)))
    padded = np.zeros((len(features), -(-cells * cells // CHUNK) * CHUNK), dtype=np.float32)
    padded[:, : cells * cells] = values
    return padded
