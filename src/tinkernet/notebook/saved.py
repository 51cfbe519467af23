"""What a notebook keeps of a widget: the run's origin, edits and epoch, and one picture that needs no kernel.

Together with the widget's script it stays under 50 KB. The picture is numbers, which the script draws in the notebook's
theme.
"""

import zlib
from typing import Any

import numpy as np
from msgspec import json
from numpy import ndarray

from tinkernet import link
from tinkernet.data.plane import EDGE
from tinkernet.data.slices import Slice
from tinkernet.export.pictures.picture import unit_of
from tinkernet.fragment import View
from tinkernet.notebook.saved_network import saved_network
from tinkernet.protocol import frames
from tinkernet.run import Run
from tinkernet.session.restoring import Saved

CELLS = 72
MOST_POINTS = 1000
CURVE_POINTS = 160
LARGEST = 23_000
"""In bytes, as `size` counts them; the script is a little larger."""
LONGEST_RUN = 200_000
"""A run whose edits take more bytes before they are compressed is kept without them: the picture stays."""
FAR = 255
"""Of points, places are bytes from 0 to 254 along a side; this is outside of the plane."""


def saved(run: Run, view: View) -> dict[str, Any]:
    """What is kept of this run: strings, numbers, and bytes; of a run that takes too much, without edits or network."""
    plane = link.plane_of(run.experiment, view)
    edits = Saved.of(run, view).encode()
    picture, network = _picture(run, view, plane), saved_network(run, plane)
    whole = {"run": edits if len(edits) <= LONGEST_RUN else b"", **picture, **network}
    for parts in (whole, {**whole, "run": b""}):
        state = _packed(parts)
        if size(state) <= LARGEST:
            return state
    return _packed(picture)


def size(state: dict[str, Any]) -> int:
    """How many bytes this is in a notebook's file, where bytes are written as base64."""
    plain = {name: value for name, value in state.items() if not isinstance(value, bytes)}
    return len(json.encode(plain)) + sum(
        len(value) * 4 // 3 + 100 for value in state.values() if isinstance(value, bytes)
    )


def _packed(values: dict[str, Any]) -> dict[str, Any]:
    """The same with everything that is bytes in one compressed part, and with its names and lengths in their order."""
    parts = {name: value for name, value in values.items() if isinstance(value, bytes)}
    return {
        **{name: value for name, value in values.items() if name not in parts},
        "lengths": [[name, len(value)] for name, value in parts.items()],
        "packed": zlib.compress(b"".join(parts.values()), 9),
    }


def _picture(run: Run, view: View, plane: Slice) -> dict[str, Any]:
    """What is drawn of any run: the output with the points, the losses."""
    head = run.experiment.head
    values, winners = head.drawn(run.output_fields(CELLS, plane=plane))
    (field,), _ = frames.quantize(values[None], (1.0,))
    points = run.train_data
    chosen = np.linspace(0, len(points) - 1, min(len(points), MOST_POINTS)).astype(int)
    labels = points.labels[chosen]
    return {
        "version": 1,
        "data": run.experiment.data_label,
        "epoch": run.epoch,
        "unit": unit_of(run),
        "losses": [_finite(run.train_loss), _finite(run.test_loss)],
        "accuracy": run.test_accuracy,
        "problem": run.experiment.problem,
        "colours": view.colours,
        "classes": list(run.experiment.classes) if head.several else [],
        "cells": CELLS,
        "field": field.tobytes(),
        "winners": b"" if winners is None else frames.winners_of(winners).tobytes(),
        "places": _bytes_of(plane.places(points.scaled)[chosen]).tobytes(),
        "labels": (labels if head.several else np.rint((np.clip(labels, -1, 1) + 1) * 127)).astype(np.uint8).tobytes(),
        "curve": _curve(run).astype("<f4").tobytes(),
    }


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


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
