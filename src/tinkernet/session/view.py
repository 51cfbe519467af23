"""What is seen of a run: a frame of it for what the page watches."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.network import ACTIVATIONS, FEATURES
from tinkernet.network.features import compute_features
from tinkernet.run import Run
from tinkernet.protocol import frames, messages

MOST_FIELD_BYTES = 2_000_000
"""Neurons' fields in one frame; beyond that they are sent with fewer cells."""

_NO_FIELDS = np.empty((0, 0, 0), dtype=np.float32)
_NOTHING = np.empty(0, dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """All that a frame needs besides the run."""

    watch: messages.Watch
    frame: int
    run_number: int
    playing: bool
    slow: bool
    """Whether single points are shown going through."""
    epochs_per_second: float
    curve: ndarray
    curve_stride: int


def frame_of(run: Run, looking: Looking) -> frames.Frame:
    """A frame of the run as it is now."""
    sizes = run.layout.sizes
    hidden = sum(sizes[1:-1])
    limit = ACTIVATIONS[run.experiment.activation].limit
    cells = min(looking.watch.neuron_cells, math.isqrt(MOST_FIELD_BYTES // (hidden + 1)))
    focus = _place(looking.watch.focus, sizes)
    slow = looking.slow and len(run.train_data) > 0
    point = (run.position - 1) % len(run.train_data) if slow else 0
    return frames.Frame(
        frame=looking.frame,
        run=looking.run_number,
        flags=frames.PLAYING * looking.playing | frames.DIVERGED * run.diverged,
        epoch=run.epoch,
        position=run.position,
        train_loss=run.train_loss,
        test_loss=run.test_loss,
        train_accuracy=_or_nan(run.train_accuracy),
        test_accuracy=_or_nan(run.test_accuracy),
        epochs_per_second=looking.epochs_per_second,
        parameters=run.parameters,
        curve=looking.curve,
        curve_stride=looking.curve_stride,
        activations=_activations(run, point) if slow else _NOTHING,
        point=point,
        focus=focus,
        fields=run.fields(cells) if cells else _NO_FIELDS,
        bounds=(*(limit,) * hidden, 1.0) if cells else (),
        output=run.fields(looking.watch.output_cells, [focus]) if looking.watch.output_cells else _NO_FIELDS,
        output_bound=_bound(run, focus, limit),
    )


def points_of(data: Any) -> ndarray:
    """Points with labels as rows of x, y, label."""
    return np.column_stack([data.points, data.labels])


class Curve:
    """The loss curve as far as the page has it."""

    def __init__(self) -> None:
        self._run_number = 0
        self._epoch = -1

    def news(self, run: Run, run_number: int) -> tuple[int, ndarray]:
        """The stride, and the points (epoch, training loss, test loss) that the page does not have yet."""
        if self._run_number != run_number:
            self._run_number, self._epoch = run_number, -1
        stride = frames.curve_stride(run.epoch)
        rows = run.history.since(self._epoch)
        if len(rows):
            self._epoch = int(rows[-1, 0])
        return stride, rows[rows[:, 0] % stride == 0]


def _place(focus: messages.NeuronPlace | None, sizes: tuple[int, ...]) -> tuple[int, int]:
    """The place that is looked at; the output's, where that is none or has gone."""
    if focus is not None and focus.layer < len(sizes) and focus.neuron < sizes[focus.layer]:
        return focus.layer, focus.neuron
    return len(sizes) - 1, 0


def _bound(run: Run, place: tuple[int, int], limit: float | None) -> float | None:
    """The scale that the field of this place is drawn in; None is its own largest value."""
    layer, neuron = place
    if layer == 0:
        return FEATURES[run.experiment.features[neuron]].scale
    return 1.0 if layer == len(run.layout.sizes) - 1 else limit


def _activations(run: Run, point: int) -> ndarray:
    """The value of every neuron, inputs first, for this training point."""
    points = run.train_data.points[point : point + 1]
    inputs = compute_features(run.experiment.features, points)
    return np.concatenate([inputs.ravel(), *(layer.ravel() for layer in run.outputs(points))])


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value
