"""tan and atan2, compared with the platform's."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinkernet.arithmetic import atan2, tan


def ulps(ours: float, theirs: float) -> float:
    return abs(ours - theirs) / float(np.spacing(abs(theirs)))


def angle(y: float, x: float) -> float:
    return float(atan2(np.array([y]), np.array([x]))[0])


@given(st.floats(-1e5, 1e5))
def test_the_tangent_is_within_two_units_in_the_last_place(number: float) -> None:
    if abs(number) >= 1e-300:
        assert ulps(float(tan(np.array([number]))[0]), math.tan(number)) <= 2


@pytest.mark.parametrize("eighths", range(-40, 41))
def test_the_tangent_is_as_precise_at_multiples_of_an_eighth_of_a_turn(eighths: int) -> None:
    number = eighths * math.pi / 4
    assert number == 0 or ulps(float(tan(np.array([number]))[0]), math.tan(number)) <= 1


COORDINATES = st.one_of(st.floats(-10, 10), st.floats(-1e100, 1e100)).filter(lambda n: n == 0 or abs(n) > 1e-100)


@given(COORDINATES, COORDINATES)
def test_the_angle_of_a_point_is_within_two_units_in_the_last_place(y: float, x: float) -> None:
    expected = math.atan2(y, x)
    if y == 0 and x <= 0:  # the sign of a zero says nothing here
        assert angle(y, x) == (0 if x == 0 else math.pi)
    else:
        assert ulps(angle(y, x), expected) <= 2 or abs(expected) < 1e-290


@pytest.mark.parametrize(
    "quarter", [(0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (1.0, -1.0), (0.0, -1.0), (-1.0, -1.0), (-1.0, 0.0)]
)
def test_the_angles_of_the_axes_and_diagonals_keep_all_their_bits(quarter: tuple[float, float]) -> None:
    assert angle(*quarter) == math.atan2(*quarter)


def test_the_angle_of_nothing_is_not_a_number() -> None:
    assert math.isnan(angle(math.nan, 1.0))
    assert math.isnan(angle(1.0, math.nan))
