"""Formulas are evaluated as Python's mathematics does, with the same bits on every machine."""

import hashlib
import math
from collections.abc import Callable

import numpy as np
import pytest
from formulas import FORMULAS, Written
from hypothesis import given
from hypothesis import strategies as st
from numpy import ndarray

from tinkernet.arithmetic import sin
from tinkernet.formula import read_formula
from tinkernet.network import FEATURES

COORDINATES = st.floats(-6, 6).map(lambda number: round(number, 6) + 0.0)  # no −0


def at(text: str, x: float, y: float = 0.0) -> float:
    return float(read_formula(text).evaluate({"x": np.array([x]), "y": np.array([y])})[0])


@given(FORMULAS, COORDINATES, COORDINATES)
def test_a_formula_has_the_value_of_pythons_mathematics(written: Written, x: float, y: float) -> None:
    expected = written.value(x, y)
    assert at(written.text, x, y) == pytest.approx(expected, rel=1e-9, abs=1e-6 * (1 + abs(expected)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("exp(x)", math.exp(0.7)),
        ("log(x)", math.log(0.7)),
        ("tan(x)", math.tan(0.7)),
        ("sqrt(x)", math.sqrt(0.7)),
        ("sign(x)+sign(-x)*10+sign(0)", -9),
        ("x^0.5", 0.7**0.5),
        ("x^-3", 0.7**-3),
        ("2^x", 2**0.7),
        ("x^0", 1),
        ("(-x)^3", (-0.7) ** 3),
        ("0^x", 0),
        ("1/x", 1 / 0.7),
        ("x/2/5", 0.07),
        ("2^3^2", 512),
        ("-2^2", -4),
    ],
)
def test_powers_and_functions_have_the_usual_values(text: str, value: float) -> None:
    assert at(text, 0.7) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    "text", ["log(x)", "sqrt(x)", "x^0.5", "x^y", "0/(x+1)", "sin(10^7*x)", "max(log(x),1)", "log(x)*0", "sign(log(x))"]
)
def test_what_does_not_exist_is_not_a_number(text: str) -> None:
    assert math.isnan(at(text, -1.0, 0.5))


@pytest.mark.parametrize("text", ["1/x", "-1/x", "log(x)", "x^-2", "exp(1000+x)", "10^300*10^300+x"])
def test_what_is_too_large_is_infinite(text: str) -> None:
    assert math.isinf(at(text, 0.0))


OLD: dict[str, Callable[[ndarray, ndarray], ndarray]] = {
    "x": lambda x, _: x,
    "y": lambda _, y: y,
    "xSquared": lambda x, _: x * x,
    "ySquared": lambda _, y: y * y,
    "xTimesY": lambda x, y: x * y,
    "sinX": lambda x, _: sin(x),
    "sinY": lambda _, y: sin(y),
}


@pytest.mark.parametrize("name", OLD)
def test_the_features_of_the_original_keep_their_bits(name: str) -> None:
    points = np.random.default_rng(1).uniform(-6, 6, (1000, 2))
    assert FEATURES[name].compute(points).tobytes() == OLD[name](points[:, 0], points[:, 1]).tobytes()


@given(FORMULAS)
def test_a_point_alone_has_the_bits_that_it_has_among_others(written: Written) -> None:
    formula = read_formula(written.text)
    points = np.random.default_rng(1).uniform(-6, 6, (17, 2))
    together = formula.evaluate({"x": points[:, 0], "y": points[:, 1]})
    alone = [at(written.text, x, y) for x, y in points.tolist()]
    assert together.tobytes() == np.array(alone).tobytes()


def test_a_whole_power_that_is_not_constant_has_the_same_bits_alone() -> None:
    x, y = np.array([3.0, 1.5]), np.array([2.0, 3.0])
    together = read_formula("x^y").evaluate({"x": x, "y": y})
    assert [at("x^y", 3.0, 2.0), at("x^y", 1.5, 3.0)] == together.tolist()


BITS = "sin(3*x)*y+tan(x)-exp(x/3)*log(r+1)+abs(x)^0.5+angle*tanh(y)+x^7/1000"
DIGEST = "8786d70125e5980e2c892b2d76d188b82046780d365e1c1f1bbb9d64590aacdc"


def test_the_bits_are_the_same_on_every_machine() -> None:
    points = (np.arange(2000).reshape(1000, 2) * 0.6180339887498949 % 1.0 - 0.5) * 12
    values = read_formula(BITS).evaluate({"x": points[:, 0], "y": points[:, 1]})
    assert np.isfinite(values).all()
    assert hashlib.sha256(values.astype("<f8").tobytes()).hexdigest() == DIGEST
