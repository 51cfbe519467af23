"""Forecasts: shown where they hold, and nowhere else."""

import math
from itertools import pairwise

import forecasts
import numpy as np
import pytest

from tinkernet import Experiment, Run
from tinkernet.insight.diagnosis.forecast import Forecast, forecast_of

pytestmark = pytest.mark.usefixtures("compiled", "unchecked")


def over_time(run: Run, epochs: int, every: int = 15) -> list[tuple[int, Forecast]]:
    """(epoch, forecast) wherever there is one, looking every so many epochs."""
    rows = run.train(epochs).history.since(-1)
    looks = [(epoch, forecast_of(rows[: epoch + 1])) for epoch in range(every, epochs, every)]
    return [(epoch, forecast) for epoch, forecast in looks if forecast is not None]


def test_four_of_five_forecasts_hold_within_a_factor_of_two() -> None:
    score = forecasts.scores(range(20_000, 20_040), epochs=5_000, seconds=math.inf)
    assert score.shown >= 0.02 * score.moments, score
    assert score.held >= 0.8 * score.shown, score


@pytest.mark.parametrize("hidden", [(2,), (1,), (1, 1)])
def test_a_loss_that_is_never_reached_is_not_promised(hidden: tuple[int, ...]) -> None:
    run = Run(Experiment(seed="0.5", hidden=hidden))
    promised = [forecast.goal for _, forecast in over_time(run, 6_000)]
    assert [goal for goal in promised if goal < run.history.train_loss.min()] == []


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(seed="0.5", dataset="spiral"),
        Experiment(seed="0.5", dataset="spiral", hidden=(8, 8)),
        Experiment(seed="0.5", noise=25.0),
        Experiment(seed="0.5"),
        Experiment(seed="0.5", dataset="xor", activation="relu"),
    ],
    ids=["spiral", "large spiral", "noise", "circle", "xor"],
)
def test_forecasts_of_one_loss_do_not_swing(experiment: Experiment) -> None:
    for (epoch, before), (later, after) in pairwise(over_time(Run(experiment), 3_000)):
        if before.goal == after.goal and later - epoch < 60:
            one, other = epoch + before.epochs_left, later + after.epochs_left
            assert max(one, other) < 1.25 * min(one, other)


def test_a_steady_fall_has_a_forecast_and_it_is_right() -> None:
    epochs = np.arange(301.0)
    rows = np.column_stack([epochs, 3.0 / (epochs + 10), epochs])
    forecast = forecast_of(rows)
    assert forecast is not None
    assert forecast.goal == 0.005
    assert forecast.epochs_left == pytest.approx(3.0 / 0.005 - 310, rel=0.15)


def test_nothing_is_forecast_below_what_can_be_hoped_for() -> None:
    epochs = np.arange(301.0)
    rows = np.column_stack([epochs, 3.0 / (epochs + 10), epochs])
    assert forecast_of(rows, least=0.006) is None


@pytest.mark.parametrize("loss", [np.full(300, 0.3), np.linspace(0.3, 0.31, 300), np.full(300, np.nan)])
def test_what_does_not_fall_has_no_forecast(loss: np.ndarray) -> None:
    assert forecast_of(np.column_stack([np.arange(300.0), loss, loss])) is None
