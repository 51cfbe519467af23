"""The edge of trainability as a picture with axes: converged pixels are blue, diverged ones orange."""

from os import PathLike

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.export.pictures.colours import scaled
from tinkernet.export.pictures.figure import Picture
from tinkernet.export.pictures.map_axis import MapAxis
from tinkernet.export.pictures.map_picture import ColourBar, map_picture
from tinkernet.export.pictures.styles import style_of
from tinkernet.formatting import count
from tinkernet.gallery.edge_image import PALEST, Window, shades
from tinkernet.gallery.trainability import Trainability


def edge_picture(
    problem: Trainability,
    window: Window,
    values: Float64[ndarray, "height width"],
    *,
    style: str = "slide",
    path: str | PathLike[str] | None = None,
) -> Picture:
    """An image of the edge of trainability with its axes, a title and what the colours mean.

    Args:
        problem: the network, its points, and the number of steps.
        window: the part of the plane that the image shows.
        values: what `edge_image` gives for it, shape (height, width).
        style: "one-column" or "two-columns" of a paper, "slide" or "dark-slide".
        path: where to write the picture as well, as .png, .svg or .pdf.

    Raises:
        ExperimentError: there is no such style, or the file cannot be written.

    Example:
        >>> problem, window = Trainability(width=4, steps=30), Window()
        >>> edge_picture(problem, window, edge_image(problem, window, 8, 8))
        Picture('The edge of trainability', 1280 × 720 px)
    """
    scale = style_of(style).theme.scale
    n = problem.width
    ramp = scaled(np.linspace(PALEST, 1, 256), scale)
    return map_picture(
        scaled(shades(values), scale),
        MapAxis("learning rate of the input layer", 10**window.left, 10**window.right, log=True),
        MapAxis("learning rate of the output layer", 10**window.bottom, 10**window.top, log=True),
        title="The edge of trainability",
        words=f"{n} inputs, {n} tanh neurons, {problem.points} points, as many as weights. Each of "
        f"{count(values.size)} pixels is {problem.steps} steps of gradient descent from the same initial weights, "
        "with its own two rates.",
        legend=[
            ColourBar("converged", ramp, [(0, "quickly"), (1, "slowly")]),
            ColourBar("diverged", scaled(np.linspace(-PALEST, -1, 256), scale), [(0, "quickly"), (1, "slowly")]),
        ],
        style=style,
        path=path,
    )
