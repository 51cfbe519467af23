"""What a notebook keeps of a network, to be drawn without a kernel: its weights, and a small field of every neuron."""

import math
from typing import Any

import numpy as np

from tinkernet.data.slices import Slice
from tinkernet.network.activations import ACTIVATIONS
from tinkernet.protocol import frames
from tinkernet.run import Run

MOST_PARAMETERS = 1000
MOST_CELLS = 20
LEAST_CELLS = 5
FIELD_BYTES = 7000
"""For all fields together: with many neurons each is coarser. A larger network is kept without a picture of it."""


def saved_network(run: Run, plane: Slice) -> dict[str, Any]:
    """The network's sizes, symbols of inputs, parameters and fields; empty if it is too large."""
    sizes, experiment = run.layout.sizes, run.experiment
    cells = min(MOST_CELLS, math.isqrt(FIELD_BYTES // sum(sizes)))
    if cells < LEAST_CELLS or run.layout.count > MOST_PARAMETERS:
        return {}
    features = [experiment.inputs.feature_of(name) for name in experiment.features]
    inputs, _ = frames.quantize(
        run.fields(cells, [entry.name for entry in features], plane=plane), [entry.scale for entry in features]
    )
    hidden = sum(sizes[1:-1])
    limits = [
        ACTIVATIONS[name].limit
        for name, size in zip(experiment.in_layers("activation"), sizes[1:-1], strict=True)
        for _ in range(size)
    ]
    drawn = run.fields(cells, plane=plane)
    drawn[hidden:] = experiment.head.drawn_apart(drawn[hidden:])
    neurons, _ = frames.quantize(drawn, (*limits, *(1.0,) * sizes[-1]))
    with np.errstate(over="ignore"):
        parameters = run.parameters.astype("<f4")
    return {
        "sizes": list(sizes),
        "inputs": [entry.symbol for entry in features],
        "parameters": parameters.tobytes(),
        "neuron_cells": cells,
        "input_fields": inputs.tobytes(),
        "neuron_fields": neurons.tobytes(),
    }
