"""The binary half of the wire: a frame of the run, the points it learns from, its pins, and many starts.

All numbers are little-endian, and every block starts at a multiple of 8 bytes.

    points  uint32 kind = 2, uint32 run
            uint32 training points, uint32 test points
            float64 (x, y, label) of each training point, then of each test point

    frame   uint32 kind = 1, uint32 frame
            uint32 run, uint32 flags (1 playing, 2 diverged)
            uint32 parameters, uint32 curve points, uint32 fields, uint32 neuron cells
            uint32 output cells, uint32 curve stride, uint32 activations, uint32 point
            uint32 focus layer, uint32 focus neuron: the place whose field the output block holds
            float64 epoch, position, train loss, test loss, train accuracy, test accuracy, epochs a second
            float64 parameters: layer by layer, its weights [to][from], then its biases
            float64 (epoch, train loss, test loss) of each curve point since the last frame
            float64 activations of every neuron, inputs first, for the training point `point` (slow motion only)
            float32 scale of each field, then of the output block's, filled up to a multiple of 8 bytes
            uint8   fields × cells × cells: the hidden neurons in order, then the output; filled up as well
            uint8   output cells × output cells, the field of the focus, or of the output

    pin     uint32 kind = 3, uint32 pin
            uint32 curve points, uint32 cells
            float64 (epoch, train loss, test loss) of each curve point: the whole curve,
                    thinned as a frame's, but for its last row, which is always there
            uint8   cells × cells, the output field, scale 1

    wall    uint32 kind = 4, uint32 n
            uint32 cells, uint32 epoch
            float64 (train loss, test loss) of each start
            uint8   n × cells × cells, the output field of each start, scale 1

    curves  uint32 kind = 5, uint32 n
            uint32 kept, uint32 0
            float64 epochs, as many as are kept (at most 128)
            float32 train loss [n][kept]

A byte b of a field is the value (b / 127.5 − 1) × scale, and b ≥ 128 just where the value is not below zero; the first
row is the top, y = +6, and cells are sampled at their centres. The scale is 0 where the whole field is exactly 0, 1 for
what cannot leave −1 … 1, and for the output (which is cut off there); otherwise the largest absolute value.
`position` is how many training points of this epoch have been seen. Accuracy is NaN for regression.
A curve keeps the epochs that are multiples of `stride`; when the stride doubles, the page drops every other point.
When the run number is new, or the page has just said hello, the frame brings the whole curve.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

FRAME = 1
POINTS = 2
PIN = 3
WALL = 4
STARTS_CURVES = 5
PLAYING = 1
DIVERGED = 2
CURVE_POINTS = 2000
NOTHING = 1e-30
"""A field without a larger value than this counts as 0."""

_FRAME_HEAD = struct.Struct("<14I7d")
_SMALL_HEAD = struct.Struct("<4I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What one frame says, before it is packed."""

    frame: int
    run: int
    flags: int
    epoch: int
    position: int
    train_loss: float
    test_loss: float
    train_accuracy: float
    test_accuracy: float
    epochs_per_second: float
    parameters: ndarray
    """float64, as `Run.parameters`."""
    curve: ndarray
    """float64 (points, 3)."""
    curve_stride: int
    activations: ndarray
    """float64, one per neuron, inputs first; empty but in slow motion."""
    point: int
    focus: tuple[int, int]
    fields: ndarray
    """float32 (neurons, cells, cells)."""
    bounds: Sequence[float | None]
    """Per field, the scale to draw it in; None asks for the field's own largest value."""
    output: ndarray
    """float32 (1, cells, cells), or none at all."""
    output_bound: float | None


def encode(frame: Frame) -> bytes:
    """The frame as bytes, in the layout above."""
    fields, scales = quantize(frame.fields, frame.bounds)
    output, output_scale = quantize(frame.output, (frame.output_bound,) * len(frame.output))
    all_scales = np.zeros(_even(len(scales) + 1), dtype="<f4")
    all_scales[: len(scales)] = scales
    all_scales[len(scales)] = output_scale[0] if len(output_scale) else 0.0
    head = _FRAME_HEAD.pack(
        FRAME,
        frame.frame & 0xFFFFFFFF,
        frame.run,
        frame.flags,
        frame.parameters.size,
        len(frame.curve),
        fields.shape[0],
        fields.shape[1],
        output.shape[1],
        frame.curve_stride,
        frame.activations.size,
        frame.point,
        *frame.focus,
        frame.epoch,
        frame.position,
        frame.train_loss,
        frame.test_loss,
        frame.train_accuracy,
        frame.test_accuracy,
        frame.epochs_per_second,
    )
    return b"".join(
        (
            head,
            np.ascontiguousarray(frame.parameters, dtype="<f8").tobytes(),
            np.ascontiguousarray(frame.curve, dtype="<f8").tobytes(),
            np.ascontiguousarray(frame.activations, dtype="<f8").tobytes(),
            all_scales.tobytes(),
            fields.tobytes(),
            bytes(-fields.size % 8),
            output.tobytes(),
        )
    )


def encode_points(run: int, train: ndarray, test: ndarray) -> bytes:
    """The points as bytes; both float64 (points, 3) of x, y, label."""
    return b"".join(
        (
            _SMALL_HEAD.pack(POINTS, run, len(train), len(test)),
            np.ascontiguousarray(train, dtype="<f8").tobytes(),
            np.ascontiguousarray(test, dtype="<f8").tobytes(),
        )
    )


def encode_pin(pin: int, curve: ndarray, picture: ndarray) -> bytes:
    """A pin as bytes: its curve float64 (points, 3), and its output's field (1, cells, cells)."""
    levels, _ = quantize(picture, (1.0,))
    head = _SMALL_HEAD.pack(PIN, pin, len(curve), picture.shape[1])
    return b"".join((head, np.ascontiguousarray(curve, dtype="<f8").tobytes(), levels.tobytes()))


def encode_wall(epoch: int, losses: ndarray, fields: ndarray) -> bytes:
    """Many starts as bytes: both losses of each, float64 (n, 2), and the output's field of each (n, cells, cells)."""
    levels, _ = quantize(fields, (1.0,) * len(fields))
    head = _SMALL_HEAD.pack(WALL, len(fields), fields.shape[1], epoch)
    return b"".join((head, np.ascontiguousarray(losses, dtype="<f8").tobytes(), levels.tobytes()))


def encode_starts_curves(epochs: ndarray, train_losses: ndarray) -> bytes:
    """The curves of many starts as bytes: the epochs that are kept, and each one's training losses (n, kept)."""
    head = _SMALL_HEAD.pack(STARTS_CURVES, len(train_losses), len(epochs), 0)
    with np.errstate(over="ignore"):  # a loss too large for float32 is infinite there
        losses = train_losses.astype("<f4")
    return b"".join((head, epochs.astype("<f8").tobytes(), np.ascontiguousarray(losses).tobytes()))


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


def _even(count: int) -> int:
    return count + count % 2
