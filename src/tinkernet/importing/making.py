"""A run of a stack of dense layers, on data of the same person."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.errors import ExperimentError
from tinkernet.importing.data import data_for
from tinkernet.importing.fit import Fit, fit
from tinkernet.importing.stack import Stack
from tinkernet.network.activations import Activation
from tinkernet.run import Run

CHECKED_POINTS = 32
TOLERANCE = 1e-4
"""Relative to the largest output; float32 is about a thousand times more exact."""


def fit_of(stack: Stack, data: object, settings: Mapping[str, Any]) -> Fit:
    """How this stack becomes the network of an experiment, on data as a person gives it."""
    dataset, own = data_for(stack, data, settings.get("problem"))
    return fit(stack, dataset, own, settings)


def run_of(stack: Stack, data: object, settings: Mapping[str, Any]) -> Run:
    """A run at epoch 0 whose network is this stack."""
    return fit_of(stack, data, settings).run(stack)


def check(stack: Stack, source: str, outputs: Callable[[ndarray], Any], tolerance: float = TOLERANCE) -> Stack:
    """The stack, if it answers as its source does at some points: what was read of the source may not be all.

    Args:
        stack: what was read.
        source: what the source is called in the error.
        outputs: the outputs of the source for points (n, inputs).
        tolerance: how much outputs may differ, relative to the largest; at least that of float32.

    Raises:
        ExperimentError: it does not.
    """
    points = np.random.default_rng(0).uniform(-2.0, 2.0, (CHECKED_POINTS, stack.sizes[0]))
    theirs = np.asarray(outputs(points), dtype=np.float64).reshape(CHECKED_POINTS, -1)
    ours = stack.outputs(points)
    if theirs.shape == ours.shape and not isinstance(stack.layers[-1].activation, Activation) and (theirs <= 0).all():
        theirs = np.exp(theirs)  # the logarithms of probabilities
    if theirs.shape != ours.shape or not np.abs(theirs - ours).max() <= max(tolerance, TOLERANCE) * max(
        1.0, np.abs(ours).max()
    ):
        raise ExperimentError(source, "different from the stack of dense layers in it", "no more than that stack")
    return stack
