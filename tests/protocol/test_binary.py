"""Binary messages match their declaration. A tab in tests/support parses the bytes independently."""

from typing import Annotated

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray

from tinkernet.protocol.binary import F64, I32, U32, Array, Binary, Flag
from tinkernet.protocol.frames import FRAMES


class Example(Binary, kind=99):
    """A message with every kind of field."""

    number: U32
    large: F64
    below: I32
    on: Flag
    rows: Annotated[ndarray, Array("<f8", ("n", 3))]
    scales: Annotated[ndarray, Array("<f4", ("scale_count",))]
    fields: Annotated[ndarray, Array("u1", ("n", "cells", "cells"))]


def example(n: int, cells: int, scales: int) -> Example:
    return Example(
        number=2**32 - 1,
        large=0.1,
        below=-1,
        on=True,
        rows=np.arange(3.0 * n).reshape(n, 3),
        scales=np.linspace(0, 1, scales, dtype=np.float32),
        fields=np.arange(n * cells * cells).astype(np.uint8).reshape(n, cells, cells),
    )


@given(st.integers(0, 5), st.integers(0, 4), st.integers(0, 5))
def test_a_message_is_unpacked_unchanged_and_every_array_is_aligned(n: int, cells: int, scales: int) -> None:
    message = example(n, cells, scales)
    packed = message.pack()
    assert len(packed) % 8 == 0
    read = Example.unpack(packed)
    assert (read.number, read.large, read.below, read.on) == (2**32 - 1, 0.1, -1, True)
    for name in ("rows", "scales", "fields"):
        assert np.array_equal(getattr(read, name), getattr(message, name))


def test_the_bytes_match_the_documented_layout() -> None:
    packed = example(1, 1, 1).pack()
    # kind, number, below, on, n, scale_count, cells: seven words, padded to eight.
    assert np.frombuffer(packed, "<u4", 7).tolist() == [99, 2**32 - 1, 2**32 - 1, 1, 1, 1, 1]
    assert np.frombuffer(packed, "<f8", 1, 32)[0] == 0.1
    assert np.frombuffer(packed, "<f8", 3, 40).tolist() == [0, 1, 2]
    assert len(packed) == 40 + 24 + 8 + 8


def test_an_array_of_a_wrong_shape_is_rejected() -> None:
    message = example(2, 3, 1)
    values = {name: getattr(message, name) for name in ("number", "large", "below", "on", "scales")}
    for rows, fields in (
        (np.zeros((2, 4)), message.fields),
        (np.zeros((1, 3)), message.fields),
        (message.rows, np.zeros((2, 3, 4), dtype=np.uint8)),
        (message.rows.ravel(), message.fields),
    ):
        with pytest.raises(ValueError, match="declared as"):
            Example(rows=rows, fields=fields, **values).pack()


def test_invalid_bytes_are_rejected() -> None:
    for data in (b"", b"\1\0\0\0", example(1, 1, 1).pack()[:-12], bytes(200)):
        with pytest.raises(ValueError, match=r"not enough|kind|buffer"):
            Example.unpack(data)


def test_every_message_has_a_unique_number() -> None:
    kinds = sorted(message.kind for message in FRAMES)
    assert kinds == list(range(1, len(kinds) + 1))
