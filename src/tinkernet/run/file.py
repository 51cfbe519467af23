"""The file format of a run: a magic line, a version, a checksum, and MessagePack. No pickle.

Everything in a file is untrusted until it has passed all checks here: a file may be truncated, of another type, of a
newer version, or malicious.
"""

import hashlib
from os import PathLike
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Meta
from numpy import ndarray

from tinkernet.data import Stream
from tinkernet.data.own.dataset import Dataset
from tinkernet.engine import DEAD, FROZEN, OFF, Learner
from tinkernet.engine.learner import empty_arrays
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment, Setup
from tinkernet.files import read_regular, write_atomically
from tinkernet.run.beginning import data_of, rule_of
from tinkernet.run.checkpoint import Checkpoint
from tinkernet.run.events import Event
from tinkernet.run.history import History
from tinkernet.run.replay import check_events

MAGIC = b"tinkernet run\n"
VERSION = 3
LARGEST = 1 << 30
_HEAD = len(MAGIC) + 4 + 32

Count = Annotated[int, Meta(ge=0, le=1 << 53)]


class Contents(msgspec.Struct, forbid_unknown_fields=True):
    """The content of the file; arrays are little-endian bytes."""

    experiment: Setup
    origin: Setup
    parameters: bytes
    gradients: bytes
    held: bytes
    stash: bytes
    counted: Count
    stream: bytes
    epoch: Count
    position: Count
    events: list[Event]
    history: bytes
    stride: Annotated[int, Meta(ge=1, le=1 << 40)]
    # Since version 2; files of version 1 are from gradient descent, which keeps nothing.
    kept: bytes = b""
    updates: Count = 0
    # Since version 3: a person's own data, of both experiments.
    data: Dataset | None = None


def write(path: str | PathLike[str], checkpoint: Checkpoint) -> None:
    """Write the file atomically."""
    learner, history = checkpoint.learner, checkpoint.history.until(checkpoint.epoch)
    arrays: dict[str, Any] = {
        name: array.astype(array.dtype.newbyteorder("<")).tobytes() for name, array in learner.arrays().items()
    }
    body = msgspec.msgpack.encode(
        Contents(
            experiment=checkpoint.experiment.setup,
            origin=checkpoint.origin.setup,
            data=checkpoint.experiment.data,
            **arrays,
            counted=learner.counted,
            updates=learner.updates,
            stream=checkpoint.stream,
            epoch=checkpoint.epoch,
            position=checkpoint.position,
            events=list(checkpoint.events),
            history=history.since(-1).astype("<f8").tobytes(),
            stride=history.stride,
        )
    )
    content = MAGIC + VERSION.to_bytes(4, "little") + hashlib.sha256(body).digest() + body
    write_atomically("file", Path(path), content)


def read(path: str | PathLike[str]) -> Checkpoint:
    """The checkpoint in a file, fully validated."""
    raw = read_regular("file", path, LARGEST)
    if not raw.startswith(MAGIC):
        raise ExperimentError("file", str(path), "a run that tinkernet saved; this is another type of file")
    version = int.from_bytes(raw[len(MAGIC) : len(MAGIC) + 4], "little")
    if version > VERSION:
        raise ExperimentError("file", str(path), f"of version {VERSION} or older; this is {version}: update tinkernet")
    if version < 1:
        raise ExperimentError("file", str(path), f"of version 1 to {VERSION}; this is version {version}")
    body = raw[_HEAD:]
    if hashlib.sha256(body).digest() != raw[len(MAGIC) + 4 : _HEAD]:
        raise ExperimentError("file", str(path), "complete; this is truncated or damaged")
    try:
        return _checkpoint(msgspec.msgpack.decode(body, type=Contents))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ExperimentError("file", str(path), f"a run that tinkernet saved; this is invalid: {error}") from error


def _checkpoint(contents: Contents) -> Checkpoint:
    experiment = Experiment.of(contents.experiment, contents.data)
    origin = Experiment.of(contents.origin, contents.data)
    if origin.layout != experiment.layout:
        _reject("the network's shape has changed since epoch 0")
    points = len(data_of(experiment).train)
    if contents.position >= max(1, points):
        _reject("the position is beyond the last point")
    check_events(origin, experiment, contents.events, (contents.epoch, contents.position))
    arrays: dict[str, Any] = {
        name: _array(name, getattr(contents, name), empty) for name, empty in empty_arrays(rule_of(experiment)).items()
    }
    learner = Learner(**arrays, counted=contents.counted, updates=contents.updates)
    if np.any(learner.held > DEAD | FROZEN | OFF):
        _reject("unknown flags of held weights")
    rows = _array("history", contents.history, np.zeros(len(contents.history) // 24 * 3)).reshape(-1, 3)
    if len(rows) and rows[-1, 0] > contents.epoch:
        _reject("the history continues after the last epoch")
    Stream.from_state(contents.stream)
    return Checkpoint(
        experiment=experiment,
        origin=origin,
        learner=learner,
        stream=contents.stream,
        epoch=contents.epoch,
        position=contents.position,
        events=tuple(contents.events),
        history=History.of(rows, contents.stride),
    )


def _array(name: str, raw: bytes, empty: ndarray) -> ndarray:
    """The numbers in these bytes, of the size and type of `empty`."""
    if len(raw) != empty.nbytes:
        _reject(f"the size of {name} does not match the network")
    return np.frombuffer(raw, dtype=empty.dtype.newbyteorder("<")).astype(empty.dtype)


def _reject(reason: str) -> None:
    raise ValueError(reason)
