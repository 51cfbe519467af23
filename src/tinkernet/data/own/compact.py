"""A small data set as one word for a link: numbers as decimals, compressed, in the signs that an address may have.

What comes in is hostile: its length, the size of what it unpacks to and the rows are limited before anything is read.
"""

import base64
import binascii
import zlib
from functools import lru_cache

import msgspec
import numpy as np

from tinkernet.data.own.dataset import Dataset
from tinkernet.data.own.limits import MOST_COLUMNS
from tinkernet.data.own.parts import Column, Target, TargetKind
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

MOST_LINKED_ROWS = 2_000
LONGEST_WORD = 90_000
"""Data that takes more characters than this is not in a link, but named by its digest."""
MOST_UNPACKED = 4_000_000


class _Column(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    name: str
    unit: str
    range: tuple[float, float]
    numbers: str


class _Content(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    columns: list[_Column]
    name: str
    kind: TargetKind
    classes: tuple[str, ...]
    range: tuple[float, float]
    values: bytes
    """One byte for each class, or decimals."""
    source: str


@lru_cache(maxsize=8)
def as_word(dataset: Dataset) -> str | None:
    """The data set in letters, digits, hyphens and underscores; None where it is too large for a link."""
    if len(dataset) > MOST_LINKED_ROWS or len(dataset) * len(dataset.columns) > 20 * MOST_LINKED_ROWS:
        return None
    target = dataset.target
    content = _Content(
        [_Column(one.name, one.unit, one.range, _decimals(one.data)) for one in dataset.columns],
        target.name,
        target.kind,
        target.classes,
        target.range,
        _decimals(target.data).encode() if target.kind == "numbers" else target.data,
        dataset.source,
    )
    packed = zlib.compress(msgspec.msgpack.encode(content), 9)
    word = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return word if len(word) <= LONGEST_WORD else None


def of_word(word: str) -> Dataset:
    """The data set of `as_word`.

    Raises:
        ExperimentError: it is none, or too large.
    """
    if len(word) > LONGEST_WORD:
        raise ExperimentError("points", word, f"at most {count(LONGEST_WORD)} characters")
    try:
        packed = base64.b64decode(word + "=" * (-len(word) % 4), b"-_", validate=True)
        unpacker = zlib.decompressobj()
        raw = unpacker.decompress(packed, MOST_UNPACKED)
        if not unpacker.eof:
            raise ExperimentError("points", word, "complete, and not too large")
        content = msgspec.msgpack.decode(raw, type=_Content)
        return _dataset(content)
    except (binascii.Error, zlib.error, msgspec.MsgspecError, ValueError, RecursionError) as error:
        if isinstance(error, ExperimentError):
            raise
        raise ExperimentError("points", word, "complete and unchanged") from error


def _dataset(content: _Content) -> Dataset:
    if len(content.columns) > MOST_COLUMNS:
        raise ExperimentError("points", f"{count(len(content.columns))} columns", f"at most {MOST_COLUMNS} columns")
    columns = tuple(Column(one.name, _numbers(one.numbers), one.range, one.unit) for one in content.columns)
    data = content.values if content.kind == "classes" else _numbers(content.values.decode("ascii"))
    target = Target(content.name, content.kind, data, content.classes, content.range)
    dataset = Dataset(columns=columns, target=target, source=content.source)
    if len(dataset) > MOST_LINKED_ROWS:
        raise ExperimentError("points", f"{count(len(dataset))} rows", f"at most {count(MOST_LINKED_ROWS)} in a link")
    return dataset


def _decimals(data: bytes) -> str:
    """Float64 numbers as the shortest decimals that are read as the same bits."""
    return " ".join(repr(value).removesuffix(".0") for value in np.frombuffer(data, "<f8").tolist())


def _numbers(text: str) -> bytes:
    return np.array([float(part) for part in text.split(" ")], "<f8").tobytes()
