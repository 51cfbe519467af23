"""The curve of a schedule that the page gets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinkernet import Experiment, Run
from tinkernet.network import SCHEDULES
from tinkernet.protocol.rate_curve import MOST_VALUES, rate_curve

FIRST, *OTHERS = SCHEDULES
SHORT = {"step": "step,every:4", "exponential": "exponential,factor:0.5", "cosine": "cosine,epochs:20"}


@pytest.mark.parametrize("name", OTHERS)
def test_each_value_is_the_learning_rate_of_its_epoch(name: str) -> None:
    experiment = Experiment(schedule=SHORT.get(name, name), learning_rate=0.1, seed="1")
    curve = rate_curve(experiment, 0)
    assert curve is not None
    run, expected = Run(experiment), dict(zip(curve.epochs, curve.rates, strict=True))
    for epoch in range(8):
        if epoch in expected:
            assert run.learning_rate_now == expected[epoch]
        run.train(1)


@given(st.sampled_from(OTHERS), st.integers(0, 1_000_000))
def test_it_reaches_from_epoch_0_to_the_present_and_has_few_values(name: str, epoch: int) -> None:
    curve = rate_curve(Experiment(schedule=name), epoch)
    assert curve is not None
    assert curve.epochs[0] == 0
    assert curve.epochs[-1] >= epoch
    assert (np.diff(curve.epochs) > 0).all()
    assert len(curve.epochs) == len(curve.rates) <= MOST_VALUES


def test_it_has_all_of_a_schedule_that_ends_and_of_another_what_is_not_small() -> None:
    for schedule, last in (("cosine,epochs:100", 110), ("exponential,factor:0.9", 64), ("step,factor:1", 8192)):
        curve = rate_curve(Experiment(schedule=schedule), 0)
        assert curve is not None
        assert curve.epochs[-1] == last


def test_there_is_none_where_the_learning_rate_stays_as_it_is() -> None:
    assert rate_curve(Experiment(schedule=FIRST), 1000) is None


@pytest.mark.parametrize("schedule", ["one-cycle,epochs:1", "warm-up,epochs:1", "step,factor:0", "cosine,epochs:1"])
def test_the_shortest_schedules_have_a_curve(schedule: str) -> None:
    curve = rate_curve(Experiment(schedule=schedule), 0)
    assert curve is not None
    assert len(curve.epochs) >= 2
    assert np.isfinite(curve.rates).all()
