"""The functions of `arithmetic` give the same bits for NumPy arrays, the compiled engine's vectors and its numbers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy import ndarray

from tinkernet.arithmetic import (
    cosine,
    erf,
    exp,
    expm1,
    integer_power,
    log,
    normal_cdf,
    sigmoid,
    sine,
    softplus,
    tanh,
)
from tinkernet.engine.choices import jit
from tinkernet.engine.memory import load, pointer, store
from tinkernet.engine.reference import quiet

FUNCTIONS = [cosine, erf, exp, expm1, log, normal_cdf, sigmoid, sine, softplus, tanh]
EDGES = [0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, -5e-324, 1e308, -1e308, 1e-310, 1e22, 709.5, 709.9, -744.5, -745.2]


def arguments() -> ndarray:
    """Numbers of all sizes, a multiple of eight of them."""
    random = np.random.default_rng(0)
    spread = [random.normal(0, width, 2000) for width in (1, 30, 1e5)]
    return np.concatenate([EDGES, [1.0], *spread, np.exp(random.uniform(-700, 700, 2000))])


def by_vectors(function: Callable[..., Any], numbers: ndarray, lanes: int) -> ndarray:
    compiled = jit(function)

    @jit
    def all_of(numbers: Any, results: Any) -> None:
        for place in range(0, len(numbers), lanes):
            store(pointer(results), place, compiled(load(pointer(numbers), place)))

    results = np.zeros_like(numbers)
    all_of(numbers, results)
    return results


def by_numbers(function: Callable[..., Any], numbers: ndarray) -> ndarray:
    compiled = jit(function)

    @jit
    def all_of(numbers: Any, results: Any) -> None:
        for place in range(len(numbers)):
            results[place] = compiled(numbers[place])

    results = np.zeros_like(numbers)
    all_of(numbers, results)
    return results


@pytest.mark.parametrize("function", FUNCTIONS)
@quiet()
def test_arrays_vectors_and_numbers_give_the_same_bits(function: Callable[..., Any]) -> None:
    numbers = arguments()
    expected = function(numbers)
    some_nan = np.isnan(expected)
    for found in (by_vectors(function, numbers, 4), by_numbers(function, numbers)):
        assert np.array_equal(np.isnan(found), some_nan)
        assert found[~some_nan].tobytes() == expected[~some_nan].tobytes()


@pytest.mark.parametrize("function", FUNCTIONS)
@quiet()
def test_vectors_of_half_the_precision_are_close(function: Callable[..., Any]) -> None:
    numbers = arguments()
    numbers = numbers[~(np.abs(numbers) > 60)][:4096].astype(np.float32)
    expected = function(numbers.astype(np.float64))
    assert np.allclose(by_vectors(function, numbers, 8), expected, rtol=5e-6, atol=5e-6, equal_nan=True)


@pytest.mark.parametrize("base", [0.9, 0.999, 2.0, -1.5])
@quiet()
def test_whole_powers_give_the_same_bits(base: float) -> None:
    compiled = jit(lambda base, exponent: integer_power(base, exponent))  # noqa: PLW0108 (the overload of the name is compiled)
    exponents = np.arange(3000)
    found = np.array([compiled(base, int(exponent)) for exponent in exponents])
    assert found.tobytes() == integer_power(base, exponents).tobytes()
