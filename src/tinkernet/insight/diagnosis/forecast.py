"""Forecast: after how many more epochs the training loss reaches a round value, where the curve supports saying so.

A loss curve has no law. So a forecast is shown only where several things agree: the two shapes that loss curves mostly
have (exponential, and a power of the epoch), each fitted to two windows; and the same forecast, made at some earlier
epochs, would have been right about the loss that the run has now. All of it is computed from the history alone, so
that the same run gets the same forecast whenever it is asked. `benchmarks/forecasts.py` measures how often it holds.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64

# Losses that a person would name.
GOALS = (1.0, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0001)
NEXT = 0.8
"""A goal is at least a fifth below the present loss."""
LEAST_EPOCHS = 25
WINDOWS = (0.3, 0.15)
"""The last shares of the epochs so far that are fitted."""
AGREEMENT = 2.3
"""How many times the shortest estimate the longest may be."""
SLOWING = 0.75
"""How much the power of the epoch counts against the exponential fall: most curves slow down."""
EARLIER, RIGHT_BEFORE = (0.85, 0.7, 0.55), 1.5
"""At these shares of the epochs so far a forecast of the present must have been right, within this factor."""
REACH = 2.0
"""A forecast goes no further than so many times the epochs that there have been."""
MOST_BLOCKS = 200
SMALLEST = 1e-12

Curve = Float64[ndarray, "n 2"]
"""Rows of epochs since the beginning, and the logarithm of the training loss."""


@dataclass(frozen=True)
class Forecast:
    """A loss, and how many more epochs it takes to reach it."""

    goal: float
    epochs_left: float


@np.errstate(all="ignore")
def forecast_of(rows: Float64[ndarray, "n 3"], least: float = 0.0) -> Forecast | None:
    """The forecast at the end of these rows of a history (epoch, training loss, test loss), where there can be one.

    `least` is the lowest loss that the run may be hoped to reach: none is promised below it.
    """
    if len(rows) < LEAST_EPOCHS or not np.isfinite(rows[:, 1]).all():
        return None
    curve = np.column_stack([rows[:, 0] - rows[0, 0], np.log(np.maximum(rows[:, 1], SMALLEST))])
    age = float(curve[-1, 0])
    shortest = _fitted(curve, age, WINDOWS[-1])
    if age < LEAST_EPOCHS or shortest is None:
        return None
    now = shortest.level
    goal = next_goal(math.exp(now))
    if goal < max(least, GOALS[-1]) or rows[-1, 1] <= goal:
        return None
    left = _estimate(curve, age, math.log(goal), AGREEMENT)
    if left is None or left > REACH * age:
        return None
    for share in EARLIER:
        before = _estimate(curve, share * age, now)
        needed = (1 - share) * age
        if before is None or not needed / RIGHT_BEFORE <= before <= needed * RIGHT_BEFORE:
            return None
    return Forecast(goal, left)


def next_goal(loss: float) -> float:
    """The next loss below this one that a person would name: at least a fifth lower."""
    return next((goal for goal in GOALS if goal <= NEXT * loss), 0.5 * loss)


def _estimate(curve: Curve, epoch: float, goal: float, agreement: float = math.inf) -> float | None:
    """How many epochs after this one the logarithm of the loss is down to the goal, as all fits together say it.

    None where one of the fits does not fall, or where they disagree by more than this factor.
    """
    fits = [_fitted(curve, epoch, window) for window in WINDOWS]
    if any(fit is None for fit in fits):
        return None
    estimates = np.array([fit.epochs_to(goal) for fit in fits if fit is not None])
    if estimates.max() > agreement * estimates.min():
        return None
    exponential, power = np.log(estimates).mean(axis=0)
    return math.exp((1 - SLOWING) * exponential + SLOWING * power)


@dataclass(frozen=True)
class _Fit:
    """Two curves through one window: an exponential fall, and one by a power of the epoch."""

    epoch: float
    level: float
    slope: float
    power_level: float
    power: float

    def epochs_to(self, goal: float) -> tuple[float, float]:
        """How many epochs each takes to come down to the goal."""
        straight = max(self.level - goal, 1e-3) / self.slope
        ratio = min(max(self.power_level - goal, 1e-3) / self.power, 20)
        return straight, (self.epoch + 1) * math.expm1(ratio)


def _fitted(curve: Curve, epoch: float, window: float) -> _Fit | None:
    """Least squares through the means of blocks of the window that ends with this epoch; None where it does not fall.

    The means of a few epochs smooth out what goes up and down.
    """
    first, last = np.searchsorted(curve[:, 0], [epoch * (1 - window), np.nextafter(epoch, np.inf)])
    size = max(1, int(last - first) // MOST_BLOCKS)
    blocks = int(last - first) // size
    if blocks < 3:
        return None
    epochs, logs = curve[last - blocks * size : last].reshape(blocks, size, 2).mean(axis=1).T
    slope, level = _line(epochs, logs, epoch)
    power, power_level = _line(np.log1p(epochs), logs, math.log1p(epoch))
    return _Fit(epoch, level, slope, power_level, power) if slope > 0 and power > 0 else None


def _line(x: Float64[ndarray, " n"], y: Float64[ndarray, " n"], at: float) -> tuple[float, float]:
    """How steeply the line of least squares falls, and where it is at `at`."""
    middle = x - x.mean()
    fall = -float(middle @ y / (middle @ middle))
    return fall, float(y.mean()) - fall * (at - float(x.mean()))
