"""The binary messages: frames of the run, its points, pins, and many starts.

`binary.py` describes the layout; `make generate` writes the page's reader from this file.

A field is sent as bytes: a byte b stands for the value (b / 127.5 − 1) × scale, and b ≥ 128 exactly if the value is not
negative. The first row is the top, y = +6, and cells are sampled at their centres. The scale is 0 if the whole field is
exactly 0; it is 1 for values that cannot leave [−1, 1], and for the output, which is clipped to it; otherwise it is the
largest absolute value.
"""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy import ndarray

from tinkernet.protocol.binary import F64, I32, U32, Array, Binary, Flag

CURVE_POINTS = 2000
NOTHING = 1e-30
"""A field without a larger absolute value than this counts as 0."""


class Frame(Binary, kind=1):
    """The state of a run at one moment."""

    frame: U32
    """The frame's number, which wraps to 0 after 2³² − 1."""
    run: U32
    """As in State. If it is new, or after Hello, the frame contains the whole curve."""
    playing: Flag
    diverged: Flag
    curve_stride: U32
    """The curve keeps epochs that are multiples of this; when it doubles, the page drops every other point."""
    point: U32
    """The index of the training point that `activations` belong to."""
    focused: Flag
    """Whether `output` is the field of a single neuron, not of the whole network. A network with one output is that
    neuron, so this is false for it."""
    focus_layer: I32
    """The layer and neuron whose field is in `output`, as in NeuronPlace; without a focus, the first output neuron."""
    focus_neuron: U32
    epoch: F64
    position: F64
    """The number of training points of this epoch already used."""
    train_loss: F64
    test_loss: F64
    train_accuracy: F64
    """NaN for regression."""
    test_accuracy: F64
    epochs_per_second: F64
    learning_rate: F64
    """That of the next epoch, as the schedule changes it."""
    parameters: Annotated[ndarray, Array("<f8", ("parameter_count",))]
    """Layer by layer: weights [to][from], then biases."""
    curve: Annotated[ndarray, Array("<f8", ("curve_points", 3))]
    """(epoch, training loss, test loss) for each new point of the curve since the last frame."""
    activations: Annotated[ndarray, Array("<f8", ("activation_count",))]
    """The output of every neuron, inputs first; only in slow motion, otherwise empty."""
    scales: Annotated[ndarray, Array("<f4", ("scale_count",))]
    """The scale of each field in `neurons`, then of `output`."""
    neurons: Annotated[ndarray, Array("u1", ("fields", "neuron_cells", "neuron_cells"))]
    """The fields of the hidden neurons in order, then those of the output neurons. Of several outputs, each field is
    the probability of its class, from 0 to 1 with scale 1."""
    output: Annotated[ndarray, Array("u1", ("output_cells", "output_cells"))]
    """The field of the focused neuron, or of the whole network if none is focused: its output, or of several outputs
    the margin, which is the largest probability minus the second largest, from 0 to 1 with scale 1."""
    winners: Annotated[ndarray, Array("u1", ("winner_cells", "winner_cells"))]
    """The index of the class with the largest output in each cell of `output`, if that is a margin; otherwise empty."""
    predicted: Annotated[ndarray, Array("u1", ("predicted_count",))]
    """The index of the class that each point is put into, training points first; empty unless Watch asks for it, and
    for a regression."""


class PointsFrame(Binary, kind=2):
    """The points of a run, the training points first."""

    run: U32
    train_count: U32
    points: Annotated[ndarray, Array("<f8", ("count", 3))]
    """(x, y, label) of each point, at its place on the plane."""
    distances: Annotated[ndarray, Array("<f4", ("far",))]
    """How far each point is from what is drawn, by the range of a column: 0 is on it. Empty for two columns."""


class PinFrame(Binary, kind=3):
    """A pinned run: its curve, and a picture of its output."""

    pin: U32
    classes: U32
    """The number of classes that have an output each, whatever runs now; 0 for a single output."""
    curve: Annotated[ndarray, Array("<f8", ("count", 3))]
    """(epoch, training loss, test loss), thinned as in a frame, but always with the last epoch."""
    picture: Annotated[ndarray, Array("u1", ("cells", "cells"))]
    """The network's field with scale 1, as `output` of a frame without a focus."""
    winners: Annotated[ndarray, Array("u1", ("winner_cells", "winner_cells"))]
    """As in a frame."""


class WallFrame(Binary, kind=4):
    """The state of many starts, in order."""

    epoch: U32
    classes: U32
    """As in a pin."""
    train_losses: Annotated[ndarray, Array("<f8", ("n",))]
    test_losses: Annotated[ndarray, Array("<f8", ("n",))]
    fields: Annotated[ndarray, Array("u1", ("n", "cells", "cells"))]
    """Each start's field with scale 1, as `output` of a frame without a focus."""
    winners: Annotated[ndarray, Array("u1", ("winner_fields", "winner_cells", "winner_cells"))]
    """Of each start, as in a frame."""
    intervals: Annotated[ndarray, Array("<f8", ("counts", 2))]
    """The 95 % confidence interval of the success rate if 0, 1, … or all starts succeed."""


class CurvesFrame(Binary, kind=5):
    """The training loss curves of many starts."""

    epochs: Annotated[ndarray, Array("<f8", ("kept",))]
    """The kept epochs, at most 128."""
    train_losses: Annotated[ndarray, Array("<f4", ("n", "kept"))]
    """Infinity if a loss is too large for float32."""


class AnimationPart(Binary, kind=6):
    """A part of an animation's file, so that no message is large. Parts are sent in order."""

    request: U32
    start: U32
    """Its place in the file."""
    total: U32
    """The size of the file in bytes."""
    content: Annotated[ndarray, Array("u1", ("length",))]


class MapTile(Binary, kind=7):
    """A tile of a map: what became of the runs of its cells. The first row is the bottom."""

    map: U32
    """As in MapFact."""
    level: U32
    column: F64
    """Of the tile among those of its level, from the left."""
    row: F64
    train_losses: Annotated[ndarray, Array("<f4", ("side", "side"))]
    """Infinity if a loss is too large for float32."""
    test_losses: Annotated[ndarray, Array("<f4", ("side", "side"))]
    train_accuracies: Annotated[ndarray, Array("<f4", ("side", "side"))]
    """NaN for a regression."""
    test_accuracies: Annotated[ndarray, Array("<f4", ("side", "side"))]
    epochs: Annotated[ndarray, Array("<f4", ("side", "side"))]
    """For how long each run was trained."""
    reasons: Annotated[ndarray, Array("u1", ("side", "side"))]
    """Why it ended: 0 after all epochs, 1 at the goal."""
    findings: Annotated[ndarray, Array("u1", ("side", "side"))]
    """The most important finding, from 1 as numbered in the catalog; 0 if there is none, or the map has none."""


class MapCell(Binary, kind=8):
    """The run in a cell of a map: the answer to AskMapCell."""

    request: U32
    classes: U32
    """As in a pin."""
    x: F64
    """The value of the setting along the axis."""
    y: F64
    epochs: F64
    train_loss: F64
    test_loss: F64
    train_accuracy: F64
    test_accuracy: F64
    finding: U32
    """As in a tile."""
    picture: Annotated[ndarray, Array("u1", ("cells", "cells"))]
    """The network's field with scale 1, as `output` of a frame without a focus."""
    winners: Annotated[ndarray, Array("u1", ("winner_cells", "winner_cells"))]
    """As in a frame."""


class EdgeTile(Binary, kind=9):
    """A tile of the edge of trainability. The first row is the bottom."""

    map: U32
    """As in MapFact."""
    level: U32
    column: F64
    """As in MapTile."""
    row: F64
    values: Annotated[ndarray, Array("<f4", ("side", "side"))]
    """Below 0 where training has converged: minus the sum of losses; otherwise the sum of their inverses."""


class EdgeCell(Binary, kind=10):
    """A pair of learning rates of the edge of trainability: the answer to AskMapCell."""

    request: U32
    x: F64
    """The rate of the input layer."""
    y: F64
    """The rate of the output layer."""
    value: F64
    """As in a tile."""
    losses: Annotated[ndarray, Array("<f4", ("steps",))]
    """Before each step, relative to the first; a very large one counts as 1,000,000."""


FRAMES = (
    Frame,
    PointsFrame,
    PinFrame,
    WallFrame,
    CurvesFrame,
    AnimationPart,
    MapTile,
    MapCell,
    EdgeTile,
    EdgeCell,
)


def winners_of(winners: ndarray | None, dimensions: int = 2) -> ndarray:
    """The indices of winning classes as bytes; an empty array of so many dimensions where there are none."""
    return np.empty((0,) * dimensions, np.uint8) if winners is None else winners.astype(np.uint8)


def float32(values: ndarray) -> ndarray:
    """The numbers as float32; infinity if they are too large."""
    with np.errstate(over="ignore"):
        return values.astype("<f4")


def quantize(fields: ndarray, bounds: Sequence[float | None]) -> tuple[ndarray, ndarray]:
    """The fields (n, cells, cells) as bytes, and the float32 scale (n,) of each. NaN counts as 0."""
    count = len(fields)
    if count == 0:
        return np.empty((0, 0, 0), dtype=np.uint8), np.empty(0, dtype=np.float32)
    if fields.size == 0:
        return np.empty(fields.shape, dtype=np.uint8), np.zeros(count, dtype=np.float32)
    largest = np.maximum(fields.max(axis=(1, 2)), -fields.min(axis=(1, 2)))
    if not np.isfinite(largest).all():
        # The run has diverged: infinities are replaced by the largest finite value, and NaN by 0.
        limit = float(np.finfo(np.float32).max)
        fields = np.nan_to_num(fields, nan=0.0, posinf=limit, neginf=-limit)
        largest = np.maximum(fields.max(axis=(1, 2)), -fields.min(axis=(1, 2)))
    scales = np.array(
        [own if bound is None else bound for bound, own in zip(bounds, largest.tolist(), strict=True)],
        dtype=np.float32,
    )
    scales[largest < NOTHING] = 0.0
    # Round down, so that a negative value, however small, never becomes a positive level.
    divisor = np.maximum(scales, np.float32(NOTHING))
    with np.errstate(over="ignore"):
        levels = fields * (np.float32(127.5) / divisor)[:, None, None]
    if (largest > divisor).any():
        np.clip(levels, -128.0, 127.0, out=levels)
    np.floor(levels, out=levels)
    levels += np.float32(128.0)
    return levels.astype(np.uint8), scales


def curve_stride(epoch: int) -> int:
    """The number of epochs between two points of a curve of this length: a power of two, for at most 2,000 points."""
    stride = 1
    while epoch > CURVE_POINTS * stride:
        stride *= 2
    return stride
