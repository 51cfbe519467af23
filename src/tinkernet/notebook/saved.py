"""What a notebook keeps of a widget: the run's origin, edits and epoch, and one picture that needs no kernel.

Everything together stays under 50 KB. The picture is numbers, which the widget's script draws in the notebook's theme.
"""

from typing import Any

import numpy as np
from msgspec import json
from numpy import ndarray

from tinkernet import link
from tinkernet.data.plane import EDGE
from tinkernet.fragment import View
from tinkernet.notebook.saved_network import saved_network
from tinkernet.protocol import frames
from tinkernet.run import Run
from tinkernet.session.restoring import Saved

CELLS = 72
MOST_POINTS = 1000
CURVE_POINTS = 160
LONGEST_RUN = 12_000
"""A run with more edits than fit into so many characters is kept without them: the picture stays."""
FAR = 255
"""Of points, places are bytes from 0 to 254 along a side; this is outside of the plane."""


def saved(run: Run, view: View) -> dict[str, Any]:
    """What is kept of this run: strings, numbers, and bytes."""
    text = Saved.of(run, view).encode().decode()
    plane = link.plane_of(run.experiment, view)
    head = run.experiment.head
    values, winners = head.drawn(run.output_fields(CELLS, plane=plane))
    (field,), _ = frames.quantize(values[None], (1.0,))
    points = run.train_data
    if len(points) > MOST_POINTS:
        chosen = np.linspace(0, len(points) - 1, MOST_POINTS).astype(int)
    else:
        chosen = np.arange(len(points))
    labels = points.labels[chosen]
    return {
        "version": 1,
        "run": text if len(text) <= LONGEST_RUN else "",
        "data": run.experiment.data_label,
        "network": _network(run),
        "epoch": run.epoch,
        "losses": [_finite(run.train_loss), _finite(run.test_loss)],
        "accuracy": None if run.test_accuracy is None else run.test_accuracy,
        "cells": CELLS,
        "field": field.tobytes(),
        "winners": b"" if winners is None else frames.winners_of(winners).tobytes(),
        "classes": list(run.experiment.classes) if head.several else [],
        "places": _bytes_of(plane.places(points.scaled)[chosen]).tobytes(),
        "labels": (labels if head.several else np.rint((np.clip(labels, -1, 1) + 1) * 127)).astype(np.uint8).tobytes(),
        "curve": _curve(run).astype("<f4").tobytes(),
        "problem": run.experiment.problem,
        "colours": view.colours,
        **saved_network(run, plane),
    }


def size(state: dict[str, Any]) -> int:
    """How many bytes this is in a notebook's file, where bytes are written as base64."""
    plain = {name: value for name, value in state.items() if not isinstance(value, bytes)}
    return len(json.encode(plain)) + sum(
        len(value) * 4 // 3 + 100 for value in state.values() if isinstance(value, bytes)
    )


def _bytes_of(places: ndarray) -> ndarray:
    inside = np.all(np.abs(places) <= EDGE, axis=1)
    coded = np.rint((places + EDGE) / (2 * EDGE) * (FAR - 1))
    return np.where(inside[:, None], np.clip(coded, 0, FAR - 1), FAR).astype(np.uint8)


def _curve(run: Run) -> ndarray:
    """(epoch, training loss, test loss) of some of the epochs, the last among them."""
    history = run.history.since(-1)
    chosen = np.unique(np.linspace(0, len(history) - 1, min(len(history), CURVE_POINTS)).astype(int))
    with np.errstate(over="ignore"):
        return history[chosen] if len(history) else np.empty((0, 3))


def _network(run: Run) -> str:
    """The layers by their numbers of neurons, inputs first: `2 – 4 – 2 – 1`."""
    return " – ".join(map(str, run.layout.sizes))


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
