"""Elementary functions, compared with the platform's."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray

from tinkernet.arithmetic import cos, log, sigmoid, sin, tanh


def ulps(ours: ndarray, theirs: float) -> float:
    return float(abs(float(ours[0]) - theirs) / np.spacing(abs(theirs)))


@pytest.mark.parametrize(("ours", "theirs"), [(sin, math.sin), (cos, math.cos)])
@given(angle=st.floats(-1e5, 1e5))
def test_sine_and_cosine_are_within_one_unit_in_the_last_place(
    ours: Callable[[ndarray], ndarray], theirs: Callable[[float], float], angle: float
) -> None:
    assert ulps(ours(np.array([angle])), theirs(angle)) <= 1


@pytest.mark.parametrize("quarters", range(-40, 41))
def test_the_sine_at_multiples_of_a_quarter_turn_keeps_all_its_bits(quarters: int) -> None:
    angle = quarters * math.pi / 2
    assert sin(np.array([angle]))[0] == math.sin(angle)


@given(number=st.floats(1e-300, 1e300))
def test_the_logarithm_is_within_one_unit_in_the_last_place(number: float) -> None:
    assert ulps(log(np.array([number])), math.log(number)) <= 1


def test_the_logarithm_of_zero_is_minus_infinity() -> None:
    assert log(np.array([0.0]))[0] == -math.inf


@given(number=st.floats(allow_nan=False))
def test_tanh_is_within_five_units_in_the_last_place(number: float) -> None:
    if abs(number) < 1e-300:  # the square is subnormal, and tanh x rounds to x
        assert abs(tanh(np.array([number]))[0] - number) <= 1e-300
    else:
        assert ulps(tanh(np.array([number])), math.tanh(number)) <= 5


@given(number=st.floats(-700, 700))
def test_the_logistic_function_is_within_five_units_in_the_last_place(number: float) -> None:
    grown = math.exp(-abs(number))
    expected = (1 if number > 0 else grown) / (1 + grown)
    assert ulps(sigmoid(np.array([number])), expected) <= 5


@pytest.mark.parametrize("function", [tanh, sigmoid])
def test_nan_is_propagated(function: Callable[[ndarray], ndarray]) -> None:
    assert np.isnan(function(np.array([math.nan]))[0])


def test_large_arguments_give_the_exact_limits() -> None:
    far = np.array([-math.inf, -30.0, 30.0, math.inf])
    assert tanh(far).tolist() == [-1, -1, 1, 1]
    assert sigmoid(far)[2:].tolist() == pytest.approx([1, 1], abs=1e-12)
