"""The edge of trainability as a map with axes: converged pixels are blue, diverged ones orange."""

from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.export.pictures.picture_axis import PictureAxis
from tinkernet.export.pictures.shaded_map import ShadedMap, Shading
from tinkernet.formatting import count
from tinkernet.gallery.edge_image import PALEST, Window, shades
from tinkernet.gallery.trainability import Trainability

SPEEDS = ((0.0, "quickly"), (1.0, "slowly"))


def edge_map(problem: Trainability, window: Window, values: Float64[ndarray, "height width"]) -> ShadedMap:
    """An image of the edge of trainability with its axes, a title and what the colours mean.

    Args:
        problem: the network, its points, and the number of steps.
        window: the part of the plane that the image shows.
        values: what `edge_image` gives for it, shape (height, width).

    Example:
        >>> from tinkernet.gallery.edge_image import edge_image
        >>> problem, window = Trainability(width=4, steps=30), Window()
        >>> edge_map(problem, window, edge_image(problem, window, 8, 8)).picture("dark-slide")
        Picture('The edge of trainability', 1280 × 720 px)
    """
    n = problem.width
    return ShadedMap(
        shades(values),
        PictureAxis("learning rate of the input layer", 10**window.left, 10**window.right, log=True),
        PictureAxis("learning rate of the output layer", 10**window.bottom, 10**window.top, log=True),
        title="The edge of trainability",
        words=f"{n} inputs, {n} tanh neurons, {problem.points} points, as many as weights. Each of "
        f"{count(values.size)} pixels is {problem.steps} steps of gradient descent from the same initial weights, "
        "with its own two rates.",
        legend=[Shading("converged", PALEST, 1, SPEEDS), Shading("diverged", -PALEST, -1, SPEEDS)],
    )
