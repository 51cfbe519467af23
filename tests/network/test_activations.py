"""The activations: PyTorch's values and gradients, and what each entry says of itself."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy import ndarray

from tinkernet.engine.reference import quiet
from tinkernet.network import ACTIVATIONS
from tinkernet.network.activations import Activation

FILE = Path(__file__).resolve().parent.parent / "reference" / "pytorch-activations.json"
PYTORCH: dict[str, Any] = json.loads(FILE.read_text())
SUMS = np.array(PYTORCH["sums"])
CLOSE = 1e-12
EVERYWHERE = np.concatenate([np.linspace(-12, 12, 240_001), SUMS])


@quiet()
def values_and_slopes(entry: Activation, sums: ndarray) -> tuple[ndarray, ndarray]:
    values = entry.function(sums)
    return values, entry.derivative(sums, values) * np.ones_like(sums)


@pytest.mark.parametrize("entry", ACTIVATIONS.values(), ids=lambda entry: entry.name)
def test_values_and_gradients_are_those_of_pytorch(entry: Activation) -> None:
    expected = PYTORCH["activations"][entry.name]
    values, slopes = values_and_slopes(entry, SUMS)
    assert np.allclose(values, expected["values"], rtol=CLOSE, atol=CLOSE)
    assert np.allclose(slopes, expected["gradients"], rtol=CLOSE, atol=CLOSE)
    near = np.abs(SUMS) <= 30
    assert np.abs(values - expected["values"])[near].max() <= CLOSE
    assert np.abs(slopes - expected["gradients"])[near].max() <= CLOSE


@pytest.mark.parametrize("entry", ACTIVATIONS.values(), ids=lambda entry: entry.name)
def test_no_output_and_no_slope_is_beyond_the_bounds_of_its_entry_and_the_bounds_are_reached(entry: Activation) -> None:
    values, slopes = values_and_slopes(entry, EVERYWHERE)
    if entry.lowest is None:
        assert values.min() < -100
    else:
        assert values.min() >= entry.lowest
        assert values.min() == pytest.approx(entry.lowest, abs=1e-8)
    if entry.limit is None:
        assert values.max() > 100
    else:
        assert np.abs(values).max() <= entry.limit
        assert np.abs(values).max() == pytest.approx(entry.limit, abs=1e-6)
    assert slopes.max() <= entry.steepest + 1e-15
    assert slopes.max() == pytest.approx(entry.steepest, abs=1e-8)


@pytest.mark.parametrize("entry", ACTIVATIONS.values(), ids=lambda entry: entry.name)
def test_nan_stays_nan_and_no_sum_however_large_gives_another(entry: Activation) -> None:
    assert np.isnan(values_and_slopes(entry, np.array([math.nan]))[0])
    large = np.array([-1e308, -1e10, 1e10, 1e308])
    for numbers in values_and_slopes(entry, large):
        assert np.isfinite(numbers).all()


@pytest.mark.parametrize("name", ["gelu", "swish"])
def test_smooth_rectifiers_have_their_limits_at_infinity(name: str) -> None:
    values, slopes = values_and_slopes(ACTIVATIONS[name], np.array([-math.inf, math.inf]))
    assert values.tolist() == pytest.approx([0, math.inf], abs=1e-30)
    assert slopes.tolist() == pytest.approx([0, 1], abs=1e-30)


@pytest.mark.parametrize("entry", ACTIVATIONS.values(), ids=lambda entry: entry.name)
def test_a_formula_has_one_place_for_the_sum_and_every_text_is_short(entry: Activation) -> None:
    assert entry.formula.count("…") == 1
    assert 0 < len(entry.effect) <= 45
    assert 0 < len(entry.hint) <= 80
    assert entry.hint.endswith(".")


def test_the_activations_of_the_original_come_first() -> None:
    ours = [entry.in_original for entry in ACTIVATIONS.values()]
    assert ours == sorted(ours, reverse=True)
    assert sum(ours) == 4
