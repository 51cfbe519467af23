"""Encoding numbers as bytes in a frame."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tinkernet.protocol.frames import CURVE_POINTS, curve_stride, quantize

LARGEST = float(np.finfo(np.float32).max)
FIELDS = arrays(np.float32, (2, 3, 3), elements=st.floats(width=32, allow_nan=True, allow_infinity=True))


@given(FIELDS, st.sampled_from([None, 1.0, 36.0]))
def test_a_byte_is_near_its_value_and_has_its_sign(fields: np.ndarray, bound: float | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        levels, scales = quantize(fields, (bound, bound))
    values = np.nan_to_num(fields, nan=0.0, posinf=LARGEST, neginf=-LARGEST)
    scale = scales[:, None, None].astype(np.float64)
    read = (levels / 127.5 - 1) * scale
    assert (abs(read - np.clip(values, -scale, scale)) <= np.maximum(scale / 127, 1e-30)).all()
    clear = abs(values) >= scale * 1e-30
    assert ((levels >= 128) == (values >= 0))[clear].all()


def test_a_field_that_is_zero_everywhere_has_the_scale_zero() -> None:
    fields = np.stack([np.zeros((2, 2)), np.full((2, 2), 0.5), np.full((2, 2), -3.0)]).astype(np.float32)
    assert quantize(fields, (1.0, 1.0, None))[1].tolist() == [0.0, 1.0, 3.0]


def test_no_fields_give_no_bytes() -> None:
    assert quantize(np.empty((0, 4, 4), dtype=np.float32), ())[0].size == 0
    assert quantize(np.empty((3, 0, 0), dtype=np.float32), (1.0,) * 3)[0].size == 0


@pytest.mark.parametrize(("epoch", "stride"), [(0, 1), (2000, 1), (2001, 2), (4000, 2), (4001, 4), (1_000_000, 512)])
def test_a_curve_has_at_most_2000_points_after_its_first(epoch: int, stride: int) -> None:
    assert curve_stride(epoch) == stride
    assert epoch // stride <= CURVE_POINTS
