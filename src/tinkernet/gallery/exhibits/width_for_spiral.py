"""How wide must a network be for the spiral, and how deep?"""

from tinkernet.experiment import Experiment
from tinkernet.export.pictures.picture_axis import PictureAxis
from tinkernet.export.pictures.shaded_map import ShadedMap, Shading
from tinkernet.gallery.cells import SHARES, SOLVED, share_solved
from tinkernet.sweeps.start import sweep

WIDTHS, DEPTHS, STARTS, EPOCHS = range(1, 17), range(1, 7), range(16), 500


def exhibit() -> ShadedMap:
    """The map: for each width and number of layers, the share of 16 initial weights that learn the spiral."""
    found = sweep(
        Experiment(dataset="spiral", seed="1", optimizer="adam", learning_rate=0.01),
        hidden=[(width,) * depth for depth in DEPTHS for width in WIDTHS],
        start=STARTS,
        epochs=EPOCHS,
    )
    solved = share_solved(found, "hidden").reshape(len(DEPTHS), len(WIDTHS))
    return ShadedMap(
        2 * solved[::-1] - 1,
        PictureAxis("neurons in each hidden layer", values=[str(width) for width in WIDTHS]),
        PictureAxis("hidden layers", values=[str(depth) for depth in DEPTHS]),
        title="How wide for a spiral?",
        words=f"The inputs are x₁ and x₂ only, the activation is tanh. Each cell is {len(STARTS)} networks with "
        f"different initial weights after {EPOCHS} epochs of Adam with a learning rate of 0.01. {SOLVED}",
        legend=[Shading("share solved", -1, 1, SHARES)],
    )
