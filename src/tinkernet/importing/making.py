"""A run of a stack of dense layers, on data of the same person."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.errors import ExperimentError
from tinkernet.formatting import listed
from tinkernet.importing.data import data_for
from tinkernet.importing.fit import Fit, fit
from tinkernet.importing.stack import Stack
from tinkernet.network.activations import Activation
from tinkernet.run import Run

CHECKED_POINTS = 32
TOLERANCE = 1e-4
"""Relative to the largest output; float32 is about a thousand times more exact."""
MOST_NAMED = 8
"""So many layers an error names."""
LONGEST_REASON = 150


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
        ExperimentError: it does not, or has no answer.
    """
    points = np.random.default_rng(0).uniform(-2.0, 2.0, (CHECKED_POINTS, stack.sizes[0]))
    try:
        theirs = np.asarray(outputs(points), dtype=np.float64).reshape(CHECKED_POINTS, -1)
    except Exception as error:  # this runs the code of a library or a person, which may raise anything
        needs = f"a network that has an answer for points of {stack.sizes[0]} numbers: {reason(error)}"
        raise ExperimentError(source, "without an answer", needs) from error
    ours = stack.outputs(points)
    if theirs.shape == ours.shape and not isinstance(stack.layers[-1].activation, Activation) and (theirs <= 0).all():
        theirs = np.exp(theirs)  # the logarithms of probabilities
    allowed = max(tolerance, TOLERANCE) * max(1.0, np.abs(ours).max())
    if theirs.shape != ours.shape or not np.abs(theirs - ours).max() <= allowed:
        names = listed([layer.name for layer in stack.layers], MOST_NAMED)
        needs = f"no more than the layers {names}, each called once, one after another"
        raise ExperimentError(source, "different from the stack of dense layers in it", needs)
    return stack


def reason(error: Exception) -> str:
    """Why a library failed, in one line."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))  # Keras colours its messages for the terminal
    return " ".join(text.split())[:LONGEST_REASON]
