"""Which runs a design has: their settings follow from their numbers alone."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tinkernet
from tinkernet import Between, Experiment, ExperimentError
from tinkernet.sweeps.design import Design, Kind, design_of

BASE = Experiment(seed="1")


def design(kind: Kind = "grid", budget: int | None = None, design_seed: int = 0, **varied: Any) -> Design:
    return design_of(BASE, varied, kind, budget, design_seed)


def test_a_grid_has_a_run_for_each_combination_and_rates_change_fastest() -> None:
    found = design(learning_rate=[0.1, 0.2], hidden=[(1,), (4, 2)], seed=["a", "b"])
    assert found.names == ("seed", "hidden", "learning_rate")
    assert found.values(0, found.runs) == [
        (seed, hidden, rate) for seed in ("a", "b") for hidden in ((1,), (4, 2)) for rate in (0.1, 0.2)
    ]


@settings(max_examples=40)
@given(kind=st.sampled_from(["grid", "random", "sobol"]), cut=st.integers(0, 24), seed=st.integers(0, 2**32 - 1))
def test_any_part_of_a_design_is_the_same_as_in_the_whole(kind: Kind, cut: int, seed: int) -> None:
    rates = [0.1, 0.2, 0.3] if kind == "grid" else Between(0.001, 1, log=True)
    found = design(kind, None if kind == "grid" else 24, seed, learning_rate=rates, start=range(8))
    assert found.runs == 24
    assert found.values(0, cut) + found.values(cut, 24) == found.values(0, 24)


@pytest.mark.parametrize("kind", ["random", "sobol"])
def test_an_interval_is_filled_evenly_and_never_left(kind: Kind) -> None:
    found = design(kind, 512, learning_rate=Between(0.001, 10, log=True), noise=Between(0, 80), start=Between(3, 6))
    noise, starts, rates = (np.array(column) for column in zip(*found.values(0, 512), strict=True))
    assert rates.min() >= 0.001
    assert rates.max() <= 10
    assert np.histogram(np.log10(rates), 4, (-3, 1))[0].min() > 90
    assert np.histogram(noise, 4, (0, 80))[0].min() > 90
    assert set(starts.tolist()) == {3, 4, 5, 6}


def test_a_random_design_has_the_expected_bits_on_every_machine() -> None:
    found = design("random", 2, 7, learning_rate=Between(0.001, 1, log=True), noise=Between(0, 50))
    assert [tuple(value.hex() for value in row) for row in found.values(0, 2)] == PINNED


PINNED = [("0x1.5a71b8510eae6p+4", "0x1.004f3a8e3caeep-7"), ("0x1.316926474377ep+4", "0x1.4ffc816d7b35ep-9")]


def test_another_seed_makes_another_design() -> None:
    one, two = (design("random", 4, seed, noise=Between(0, 50)).values(0, 4) for seed in (1, 2))
    assert one != two


def test_a_long_design_takes_no_memory_and_begins_anywhere() -> None:
    found = design("random", 10**12, noise=Between(0, 50), start=range(1000))
    assert len(found.values(10**12 - 3, 10**12)) == 3


@pytest.mark.parametrize(
    ("varied", "message"),
    [
        ({"learning_rat": [0.1]}, "learning_rat.*did you mean learning_rate"),
        ({"learning_rate": [0.1, -1]}, "learning_rate is -1, but must be a finite number from 0 up"),
        ({"learning_rate": []}, r"learning_rate is \[\], but must be a list of at least one value"),
        ({"learning_rate": 0.1}, "learning_rate is 0.1, but must be a list of at least one value"),
        ({"learning_rate": [0.1, 0.1]}, "must be a list of different values"),
        ({"activation": ["tanh", "rellu"]}, "did you mean relu"),
        ({"hidden": [(0,)]}, r"hidden\[0\] is 0, but must be a whole number"),
        ({"learning_rate": Between(0.1, 1)}, 'a list of values, or design="random"'),
        (
            {"start": range(1001), "noise": list(range(80)), "train_percent": list(range(1, 99))},
            "at least 7.847.840, the number of runs of this grid",
        ),
        ({}, "at least one that varies"),
        ({"data": [1]}, "setting is 'data', but must be one of"),
    ],
)
def test_what_cannot_be_swept_is_refused(varied: dict[str, Any], message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        tinkernet.sweep(BASE, **varied)


@pytest.mark.parametrize(
    ("low", "high", "log", "message"),
    [(1, 1, False, "high"), (2, 1, False, "high"), (0, 1, True, "low"), (float("nan"), 1, False, "low")],
)
def test_an_interval_has_an_inside(low: float, high: float, log: bool, message: str) -> None:  # noqa: FBT001
    with pytest.raises(ExperimentError, match=message):
        Between(low, high, log=log)


def test_a_random_design_asks_how_many_runs_it_has() -> None:
    with pytest.raises(ExperimentError, match='the number of runs, which design="random" needs'):
        design("random", noise=Between(0, 50))
    with pytest.raises(ExperimentError, match="features"):
        design("random", 5, features=Between(0, 1))
