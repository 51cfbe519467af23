"""Which features does L1 regularization leave, and at which rate?"""

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Bool
from tinkernet.experiment import Experiment
from tinkernet.export.pictures.picture_axis import PictureAxis
from tinkernet.export.pictures.shaded_map import ShadedMap, Shading
from tinkernet.gallery.cells import SHARES, averaged
from tinkernet.network import FEATURES
from tinkernet.sweeps.result import Result
from tinkernet.sweeps.start import sweep

LOWEST, HIGHEST, RATES, STARTS, EPOCHS = -4, 0, 48, range(16), 300


def exhibit() -> ShadedMap:
    """The map: for each rate and feature, the share of 16 networks that still use the feature."""
    shares = (np.arange(RATES) + 0.5) / RATES
    found = sweep(
        Experiment(dataset="circle", seed="1", noise=10, features=tuple(FEATURES), hidden=(4,), regularization="L1"),
        regularization_rate=(10 ** (LOWEST + shares * (HIGHEST - LOWEST))).tolist(),
        start=STARTS,
        epochs=EPOCHS,
    )
    by_run = np.array([used(result) for result in sorted(found, key=lambda result: int(result["run"]))])
    left = np.array([averaged(found, of_feature, "regularization_rate") for of_feature in by_run.T])
    return ShadedMap(
        2 * left[::-1] - 1,
        PictureAxis("L1 regularization rate", 10.0**LOWEST, 10.0**HIGHEST, log=True),
        PictureAxis("feature", values=[entry.label for entry in FEATURES.values()]),
        title="L1 and features",
        words=f"A circle with noise, all seven features, four tanh neurons. Each cell is {len(STARTS)} networks with "
        f"different initial weights after {EPOCHS} epochs. A network uses a feature if at least one of its four "
        "weights is not zero.",
        legend=[Shading("share of networks that use the feature", -1, 1, SHARES)],
    )


def used(result: Result) -> Bool[ndarray, " features"]:
    """Whether a trained network uses each of the features."""
    found: Bool[ndarray, " features"] = (result.run().weights[0] != 0).any(axis=0)
    return found
