"""Elementary functions, compared with the platform's and with many more digits than a float has."""

import decimal
import hashlib
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray

from tinkernet.arithmetic import (
    cos,
    cosine,
    erf,
    exp,
    expm1,
    integer_power,
    log,
    sigmoid,
    sin,
    sine,
    softplus,
    tanh,
)
from tinkernet.engine.reference import quiet


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


# --- The functions for vectors too, against their true values ------------------------

D = decimal.Decimal
# So many that the sum of 1 and e^−300 still has 40 digits after the 1.
DIGITS = 180


def series(first: D, ratio: Callable[[int], D]) -> D:
    """The sum of first · ratio(1) · ratio(2) …, until it no longer changes."""
    total, term, n = D(0), first, 0
    while total + term != total:
        total, n = total + term, n + 1
        term *= ratio(n)
    return total


def true_sine(x: D) -> D:
    reduced = x - (x / (2 * PI)).to_integral_value() * 2 * PI
    return series(reduced, lambda n: -reduced * reduced / (2 * n * (2 * n + 1)))


def true_expm1(x: D) -> D:
    return series(x, lambda n: x / (n + 1)) if abs(x) < 1 else x.exp() - 1


def true_erf(x: D) -> D:
    # 2/√π · e^(−x²) · Σ 2^n x^(2n+1) / (1 · 3 · … · (2n + 1)), whose terms are all of one sign
    return 2 / PI.sqrt() * (-x * x).exp() * series(x, lambda n: 2 * x * x / (2 * n + 1))


def _arctangent_of_one_over(n: int) -> D:
    powers = ((-1) ** k * D(1) / ((2 * k + 1) * D(n) ** (2 * k + 1)) for k in range(DIGITS))
    return sum(powers, D(0))


with decimal.localcontext(decimal.Context(prec=DIGITS)):
    PI = 4 * (4 * _arctangent_of_one_over(5) - _arctangent_of_one_over(239))  # Machin, 1706

NEAR = st.floats(-2, 2)
EVERYWHERE = st.one_of(NEAR, st.floats(-30, 30), st.floats(-1e-30, 1e-30))
ANGLES = st.one_of(
    st.floats(-1e5, 1e5), NEAR, st.integers(-60_000, 60_000).map(lambda quarters: quarters * math.pi / 2)
)
TRUE: dict[str, tuple[Callable[[ndarray], ndarray], Callable[[D], D], st.SearchStrategy[float]]] = {
    "exp": (exp, lambda x: x.exp(), EVERYWHERE | st.floats(-708, 709)),
    "expm1": (expm1, true_expm1, EVERYWHERE | st.floats(-708, 709)),
    "log": (log, lambda x: x.ln(), st.one_of(st.floats(0.5, 2), st.floats(5e-324, 1e300))),
    "softplus": (softplus, lambda x: (1 + x.exp()).ln(), EVERYWHERE | st.floats(-300, 300)),
    "erf": (erf, true_erf, EVERYWHERE.map(lambda x: x / 5) | st.floats(0.9, 1.1)),
    "sine": (sine, true_sine, ANGLES),
    "cosine": (cosine, lambda x: true_sine(x + PI / 2), ANGLES),
}


@pytest.mark.parametrize("name", TRUE)
@given(data=st.data())
def test_functions_for_vectors_are_within_two_units_in_the_last_place(name: str, data: st.DataObject) -> None:
    ours, theirs, numbers = TRUE[name]
    x = data.draw(numbers)
    with decimal.localcontext(decimal.Context(prec=DIGITS)), np.errstate(under="ignore"):
        true = theirs(D(x))
        unit = D(float(np.spacing(abs(float(true)))))
        assert abs(D(float(ours(np.array([x]))[0])) - true) <= 2 * unit


@pytest.mark.parametrize(
    ("function", "at_minus_infinity", "at_infinity"),
    [(exp, 0, math.inf), (expm1, -1, math.inf), (softplus, 0, math.inf), (erf, -1, 1), (log, math.nan, math.inf)],
)
@quiet()
def test_infinite_arguments_give_the_limits(
    function: Callable[[ndarray], ndarray], at_minus_infinity: float, at_infinity: float
) -> None:
    found = function(np.array([-math.inf, math.inf, math.nan]))
    assert np.array_equal(found, [at_minus_infinity, at_infinity, math.nan], equal_nan=True)


@pytest.mark.parametrize("function", [sine, cosine])
@quiet()
def test_no_angle_is_too_large_to_stay_within_one(function: Callable[[ndarray], ndarray]) -> None:
    angles = np.concatenate([10.0 ** np.arange(309), -(10.0 ** np.arange(309))])
    assert np.all(np.abs(function(angles)) <= 1)
    assert np.all(np.isnan(function(np.array([-math.inf, math.inf, math.nan]))))


@quiet()
def test_the_exponential_overflows_to_infinity_and_underflows_through_subnormal_numbers() -> None:
    found = exp(np.array([709.78, 709.79, 1e300, -745.13, -745.14, -1e300]))
    assert found.tolist() == [math.exp(709.78), math.inf, math.inf, 5e-324, 0, 0]
    assert exp(np.array([-720.0]))[0] == pytest.approx(math.exp(-720.0), abs=1e-323)
    assert expm1(np.array([709.78, 1e300, -1e300])).tolist() == [math.expm1(709.78), math.inf, -1]


def test_the_logarithm_of_subnormal_numbers_is_precise_too() -> None:
    assert log(np.array([5e-324, 1e-310])).tolist() == [math.log(5e-324), math.log(1e-310)]


@pytest.mark.parametrize("function", [exp, expm1, log, softplus, erf, sine, cosine, tanh, sigmoid])
def test_a_number_gives_the_same_bits_as_an_array(function: Callable[..., ndarray]) -> None:
    numbers = np.linspace(0.1, 20, 50)
    assert [float(function(float(x))) for x in numbers] == function(numbers).tolist()


@given(base=st.floats(-2, 2), exponents=st.lists(st.integers(0, 1000), min_size=1))
def test_whole_powers_are_the_same_for_numbers_and_arrays_and_precise(base: float, exponents: list[int]) -> None:
    found = integer_power(base, np.array(exponents))
    for exponent, power in zip(exponents, found, strict=True):
        assert power == integer_power(base, exponent)
        assert power == pytest.approx(base**exponent, rel=1e-12, abs=1e-300)


# The bits of each function over the same arguments: they decide what trained networks, data and features look like.
BITS = {
    "tanh": (tanh, "b1cb7b5560689e2d"),
    "sigmoid": (sigmoid, "74fe2a45d286d729"),
    "log": (lambda x: log(np.abs(x) + 2.0**-30), "cbb8f068dbeb6bc7"),
    "sin": (sin, "0a74d522b20b51d5"),
    "cos": (cos, "f33040f289f4fde8"),
    "exp": (exp, "7f5e862f44258586"),
    "expm1": (expm1, "afdba5dcef9b79c3"),
    "softplus": (softplus, "d24b3070328f1777"),
    "erf": (erf, "accf7edf743cc83f"),
    "sine": (sine, "8e42d1adb84ecf34"),
    "cosine": (cosine, "e054045f5fb496b9"),
    "integer_power": (lambda x: integer_power(0.999, (1000 * np.abs(x)).astype(np.int64)), "28c2b5c0566412af"),
}


@pytest.mark.parametrize("name", BITS)
def test_the_bits_are_the_same_on_every_machine(name: str) -> None:
    function, expected = BITS[name]
    arguments = np.concatenate([np.arange(-8192, 8192) / 1024, np.arange(-8192, 8192) / 64, np.arange(64) / 2.0**40])
    assert hashlib.sha256(function(arguments).tobytes()).hexdigest()[:16] == expected
