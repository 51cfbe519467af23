"""The binary half of the wire: a frame of the run, the points it learns from, its pins, and many starts.

How they are laid out is said in `binary.py`; `make generate` writes the page's reader from this file.

A field crosses as bytes: a byte b is the value (b / 127.5 − 1) × scale, and b ≥ 128 just where the value is not below
zero; the first row is the top, y = +6, and cells are sampled at their centres. The scale is 0 where the whole field is
exactly 0, 1 for what cannot leave −1 … 1, and for the output (which is cut off there); otherwise the largest absolute
value.
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy import ndarray

from tinkernet.protocol.binary import F64, I32, U32, Array, Binary, Flag

CURVE_POINTS = 2000
NOTHING = 1e-30
"""A field without a larger value than this counts as 0."""


class Frame(Binary, kind=1):
    """One moment of a run."""

    frame: U32
    """Its number, which begins again at 0 after 2³² − 1."""
    run: U32
    """As in State. When it is new, or the page has just said hello, the frame brings the whole curve."""
    playing: Flag
    diverged: Flag
    curve_stride: U32
    """A curve keeps the epochs that are multiples of this; when it doubles, the page drops every other point."""
    point: U32
    """The training point that `activations` belong to."""
    focus_layer: I32
    """The place whose field `output` holds, as NeuronPlace counts."""
    focus_neuron: U32
    epoch: F64
    position: F64
    """How many training points of this epoch have been seen."""
    train_loss: F64
    test_loss: F64
    train_accuracy: F64
    """NaN for regression."""
    test_accuracy: F64
    epochs_per_second: F64
    parameters: Annotated[ndarray, Array("<f8", ("parameter_count",))]
    """Layer by layer: weights [to][from], then biases."""
    curve: Annotated[ndarray, Array("<f8", ("curve_points", 3))]
    """(epoch, training loss, test loss) of each point of the curve since the last frame."""
    activations: Annotated[ndarray, Array("<f8", ("activation_count",))]
    """The output of every neuron, inputs first; empty but in slow motion."""
    scales: Annotated[ndarray, Array("<f4", ("scale_count",))]
    """The scale of each field in `neurons`, then of `output`."""
    neurons: Annotated[ndarray, Array("u1", ("fields", "neuron_cells", "neuron_cells"))]
    """The fields of the hidden neurons in order, then of the output."""
    output: Annotated[ndarray, Array("u1", ("output_cells", "output_cells"))]
    """The field of the focus; of the output where nothing is in focus."""


class PointsFrame(Binary, kind=2):
    """The points of a run, the training points first."""

    run: U32
    train_count: U32
    points: Annotated[ndarray, Array("<f8", ("count", 3))]
    """(x, y, label) of each."""


class PinFrame(Binary, kind=3):
    """A pinned run: its whole curve, and a picture of its output."""

    pin: U32
    curve: Annotated[ndarray, Array("<f8", ("count", 3))]
    """(epoch, training loss, test loss), thinned as a frame's, but for the last, which is always there."""
    picture: Annotated[ndarray, Array("u1", ("cells", "cells"))]
    """The output's field with the scale 1."""


class WallFrame(Binary, kind=4):
    """Where many starts are, in their order."""

    epoch: U32
    train_losses: Annotated[ndarray, Array("<f8", ("n",))]
    test_losses: Annotated[ndarray, Array("<f8", ("n",))]
    fields: Annotated[ndarray, Array("u1", ("n", "cells", "cells"))]
    """The output's field of each with the scale 1."""
    intervals: Annotated[ndarray, Array("<f8", ("counts", 2))]
    """Where 0, 1, … or all of them succeed, the confidence interval of the true share, at 95 per cent."""


class CurvesFrame(Binary, kind=5):
    """How the training losses of many starts went."""

    epochs: Annotated[ndarray, Array("<f8", ("kept",))]
    """The epochs that are kept, at most 128."""
    train_losses: Annotated[ndarray, Array("<f4", ("n", "kept"))]
    """Infinite where a loss is too large for 4 bytes."""


FRAMES = (Frame, PointsFrame, PinFrame, WallFrame, CurvesFrame)


def float32(values: ndarray) -> ndarray:
    """Numbers with 4 bytes; infinite where they are too large for that."""
    with np.errstate(over="ignore"):
        return values.astype("<f4")


def quantize(fields: ndarray, bounds: Sequence[float | None]) -> tuple[ndarray, ndarray]:
    """The fields (n, cells, cells) as bytes, and the float32 scale (n,) of each. What is no number counts as 0."""
    count = len(fields)
    if count == 0:
        return np.empty((0, 0, 0), dtype=np.uint8), np.empty(0, dtype=np.float32)
    if fields.size == 0:
        return np.empty(fields.shape, dtype=np.uint8), np.zeros(count, dtype=np.float32)
    largest = np.maximum(fields.max(axis=(1, 2)), -fields.min(axis=(1, 2)))
    if not np.isfinite(largest).all():
        # A run that has diverged: infinities are drawn as the largest value there is, and NaN as 0.
        limit = float(np.finfo(np.float32).max)
        fields = np.nan_to_num(fields, nan=0.0, posinf=limit, neginf=-limit)
        largest = np.maximum(fields.max(axis=(1, 2)), -fields.min(axis=(1, 2)))
    scales = np.array(
        [own if bound is None else bound for bound, own in zip(bounds, largest.tolist(), strict=True)],
        dtype=np.float32,
    )
    scales[largest < NOTHING] = 0.0
    # Down to the next whole level, so that a value below zero, however small, never lands on the other side.
    divisor = np.maximum(scales, np.float32(NOTHING))
    with np.errstate(over="ignore"):
        levels = fields * (np.float32(127.5) / divisor)[:, None, None]
    if (largest > divisor).any():
        np.clip(levels, -128.0, 127.0, out=levels)
    np.floor(levels, out=levels)
    levels += np.float32(128.0)
    return levels.astype(np.uint8), scales


def curve_stride(epoch: int) -> int:
    """How many epochs lie between two points of a curve of this length: a power of two, for at most 2,000 points."""
    stride = 1
    while epoch > CURVE_POINTS * stride:
        stride *= 2
    return stride
