"""Whole images of the edge of trainability, computed in parts, and what shades their pixels."""

from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial

import msgspec
import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float64
from tinkernet.errors import ExperimentError
from tinkernet.gallery.edge import edge_values
from tinkernet.gallery.trainability import Trainability
from tinkernet.sweeps.cores import usable_cores

LOWEST, HIGHEST = -3.0, 6.0
"""The decimal logarithms of the lowest and the highest learning rate of the whole picture."""
MOST_PIXELS = 100_000
PALEST = 0.25
"""The shade that is nearest to 0: on both sides of the edge a colour is left."""


class Window(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the plane of learning rates, in decimal logarithms: x for the input layer, y for the output layer.

    Args:
        left: the lowest x.
        right: the highest x.
        bottom: the lowest y.
        top: the highest y.

    Raises:
        ExperimentError: `left` is not below `right`, or `bottom` not below `top`.

    Example:
        >>> Window(0, 1, 2, 3).centres(2, 2)
        (array([0.25, 0.75]), array([2.75, 2.25]))
    """

    left: float = LOWEST
    right: float = HIGHEST
    bottom: float = LOWEST
    top: float = HIGHEST

    def __post_init__(self) -> None:
        for low, high in (("left", "right"), ("bottom", "top")):
            lower = checks.number(low, getattr(self, low))
            if not lower < checks.number(high, getattr(self, high)):
                raise ExperimentError(high, getattr(self, high), f"a number above {lower:g}")

    def centres(self, width: int, height: int) -> tuple[Float64[ndarray, " width"], Float64[ndarray, " height"]]:
        """The middles of all columns from the left, and of all rows from the top: shapes (width,) and (height,).

        Args:
            width: the number of columns.
            height: the number of rows.

        Example:
            >>> Window().centres(3, 1)
            (array([-1.5,  1.5,  4.5]), array([1.5]))
        """
        across, down = (np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height
        return self.left + across * (self.right - self.left), self.top - down * (self.top - self.bottom)


def edge_image(
    problem: Trainability,
    window: Window,
    width: int,
    height: int,
    *,
    executor: Executor | None = None,
    rows: int = 1,
) -> Float64[ndarray, "height width"]:
    """The values of all pixels of an image, whose first row is the top.

    Parts of it are computed by threads, on all processor cores, or by any executor; the bits do not depend on that.

    Args:
        problem: the network, its points, and the number of steps.
        window: the part of the plane that the image shows.
        width: the number of columns, 1 to 100,000.
        height: the number of rows, 1 to 100,000.
        executor: what computes the parts: a `ProcessPoolExecutor`, or that of a Dask client; by default, threads.
        rows: how many rows a part has.

    Returns:
        The values as `edge_values` gives them, shape (height, width).

    Raises:
        ExperimentError: a size is not valid.

    Example:
        >>> values = edge_image(Trainability(width=4, steps=30), Window(), 24, 24)
        >>> round(float((values < 0).mean()), 1)
        0.4
    """
    checks.whole("width", width, 1, MOST_PIXELS)
    checks.whole("height", height, 1, MOST_PIXELS)
    checks.whole("rows", rows, 1, MOST_PIXELS)
    x, y = window.centres(width, height)
    parts = [y[first : first + rows] for first in range(0, height, rows)]
    compute = partial(edge_values, problem, x)
    if executor is not None:
        return np.concatenate(list(executor.map(compute, parts)))
    with ThreadPoolExecutor(usable_cores()) as threads:
        return np.concatenate(list(threads.map(compute, parts)))


def shades(
    values: Float64[ndarray, "*shape"], reference: Float64[ndarray, "*other"] | None = None
) -> Float64[ndarray, "*shape"]:
    """The shade of each pixel: from 0.25 to 1 where training has converged, from −0.25 to −1 where it has not.

    Pixels are shaded by rank, so that all shades are equally frequent: the palest are those that converge or diverge
    fastest, the strongest those at the edge.

    Args:
        values: what `edge_values` gives, of any shape.
        reference: the values among which they are ranked, such as those of a picture of which these are a part; by
            default, the values themselves.

    Returns:
        The shades, with the shape of `values`.

    Example:
        >>> import numpy
        >>> shades(numpy.array([-80.0, -20.0, 5.0, 2.0]))
        array([ 1.  ,  0.25, -1.  , -0.25])
    """
    known = np.sort((values if reference is None else reference).ravel())
    negative = int(np.searchsorted(known, 0.0))
    ranks = np.concatenate([np.linspace(1, PALEST, negative), np.linspace(-PALEST, -1, len(known) - negative)])
    found: Float64[ndarray, "*shape"] = np.interp(values, known, ranks)
    return found
