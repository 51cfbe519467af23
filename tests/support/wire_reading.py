"""Parses binary messages by their documentation in protocol/binary.py and frames.py, independently of that code."""

import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy import ndarray


@dataclass(kw_only=True)
class Frame:
    """A parsed frame."""

    frame: int
    run: int
    playing: bool
    diverged: bool
    stride: int
    point: int
    focused: bool
    focus: tuple[int, int]
    epoch: int
    position: int
    train_loss: float
    test_loss: float
    train_accuracy: float
    test_accuracy: float
    epochs_per_second: float
    learning_rate: float
    parameters: ndarray
    curve: ndarray
    activations: ndarray
    scales: ndarray
    fields: ndarray
    output: ndarray
    winners: ndarray
    predicted: ndarray


@dataclass
class Points:
    """Parsed points."""

    run: int
    train: ndarray
    test: ndarray


@dataclass
class PinPicture:
    """A parsed pin frame: curve and picture."""

    pin: int
    classes: int
    curve: ndarray
    picture: ndarray
    winners: ndarray


@dataclass
class Wall:
    """A parsed wall frame of many starts."""

    epoch: int
    classes: int
    losses: ndarray
    pictures: ndarray
    winners: ndarray
    intervals: ndarray


@dataclass
class StartsCurves:
    """The parsed curves of many starts."""

    epochs: ndarray
    train_losses: ndarray


def read(data: bytes) -> Frame | Points | PinPicture | Wall | StartsCurves:
    """Parse a binary message as documented in protocol/binary.py and frames.py."""
    kind, *small = struct.unpack_from("<4I", data)
    place = 16

    def take(dtype: str, *shape: int) -> ndarray:
        nonlocal place
        values = np.frombuffer(data, dtype, int(np.prod(shape)), place).reshape(shape)
        place += values.nbytes + -values.nbytes % 8
        return values

    message: Frame | Points | PinPicture | Wall | StartsCurves
    if kind == 1:
        place = 144
        message = read_frame(data, take)
    elif kind == 2:
        run, train, count = small
        place = 24
        points = take("<f8", count, 3)
        take("<f4", struct.unpack_from("<I", data, 16)[0])
        message = Points(run, points[:train], points[train:])
    elif kind == 3:
        pin, classes, count = small
        cells, with_winners = struct.unpack_from("<2I", data, 16)
        place = 24
        curve, picture = take("<f8", count, 3), take("u1", cells, cells)
        message = PinPicture(pin, classes, curve, picture, take("u1", with_winners, with_winners))
    elif kind == 4:
        epoch, classes, n = small
        cells, with_winners, winner_cells, counts = struct.unpack_from("<4I", data, 16)
        place = 32
        losses = np.column_stack([take("<f8", n), take("<f8", n)])
        pictures, winners = take("u1", n, cells, cells), take("u1", with_winners, winner_cells, winner_cells)
        message = Wall(epoch, classes, losses, pictures, winners, take("<f8", counts, 2))
    else:
        kept, n, _ = small
        message = StartsCurves(take("<f8", kept), take("<f4", n, kept))
    assert place == len(data)
    return message


def read_frame(data: bytes, take: Callable[..., ndarray]) -> Frame:
    """Parse a frame."""
    _, frame, run, playing, diverged, stride, point, focused, layer, neuron, *counts = struct.unpack_from(
        "<8Ii10I", data
    )
    epoch, position, *numbers = struct.unpack_from("<8d", data, 80)
    parameters, curve, activations, scales, fields, cells, output, winners, predicted = counts
    return Frame(
        frame=frame,
        run=run,
        playing=bool(playing),
        diverged=bool(diverged),
        stride=stride,
        point=point,
        focused=bool(focused),
        focus=(layer, neuron),
        epoch=int(epoch),
        position=int(position),
        train_loss=numbers[0],
        test_loss=numbers[1],
        train_accuracy=numbers[2],
        test_accuracy=numbers[3],
        epochs_per_second=numbers[4],
        learning_rate=numbers[5],
        parameters=take("<f8", parameters),
        curve=take("<f8", curve, 3),
        activations=take("<f8", activations),
        scales=take("<f4", scales),
        fields=take("u1", fields, cells, cells),
        output=take("u1", output, output),
        winners=take("u1", winners, winners),
        predicted=take("u1", predicted),
    )
