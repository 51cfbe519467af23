"""Which learning rates suit a network of which depth?"""

import numpy as np

from tinkernet.experiment import Experiment
from tinkernet.export.pictures.picture_axis import PictureAxis
from tinkernet.export.pictures.shaded_map import ShadedMap, Shading
from tinkernet.gallery.cells import SHARES, SOLVED, share_solved
from tinkernet.sweeps.start import sweep

LOWEST, HIGHEST, RATES, DEPTHS, STARTS, EPOCHS = -3, 1, 48, range(1, 9), range(16), 100


def exhibit() -> ShadedMap:
    """The map: for each learning rate and number of layers, the share of 16 initial weights that learn the circle."""
    shares = (np.arange(RATES) + 0.5) / RATES
    found = sweep(
        Experiment(dataset="circle", seed="1"),
        hidden=[(4,) * depth for depth in DEPTHS],
        learning_rate=(10 ** (LOWEST + shares * (HIGHEST - LOWEST))).tolist(),
        start=STARTS,
        epochs=EPOCHS,
    )
    solved = share_solved(found, "hidden", "learning_rate")
    return ShadedMap(
        2 * solved[::-1] - 1,
        PictureAxis("learning rate", 10.0**LOWEST, 10.0**HIGHEST, log=True),
        PictureAxis("hidden layers", values=[str(depth) for depth in DEPTHS]),
        title="Depth and learning rate",
        words=f"A circle; each hidden layer has four tanh neurons. Each cell is {len(STARTS)} networks with different "
        f"initial weights after {EPOCHS} epochs of gradient descent in batches of 10. {SOLVED}",
        legend=[Shading("share solved", -1, 1, SHARES)],
    )
