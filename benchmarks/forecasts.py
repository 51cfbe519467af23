"""How often the diagnosis' forecasts hold: trains random experiments, and compares each forecast with what happened.

python benchmarks/forecasts.py [RUNS]    half of so many runs (default 400) have the seeds that the limits in
                                         insight/diagnosis/forecast.py were tuned with, half have others

A forecast holds where the loss was reached after at least half and at most twice as many epochs as it said; one whose
loss was never reached does not.
"""

import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet import Experiment, Run, engine
from tinkernet.insight.diagnosis.forecast import REACH, forecast_of
from tinkernet.insight.diagnosis.measurements import lowest_to_hope_for

TUNED_FROM, HELD_OUT_FROM = 0, 10_000
"""The first seeds of either half; the limits were chosen with seeds below 240."""
EPOCHS, SECONDS = 16_000, 2.5
PORTION = 400
FACTOR = 2.0
# A forecast that reaches as far as it may is to be followed to twice its length.
FOLLOWED = 1 + FACTOR * REACH
MOMENTS = np.unique(np.geomspace(12, EPOCHS / FOLLOWED, 40).astype(int))


@dataclass(frozen=True)
class Score:
    """How many moments were asked about, at how many there was a forecast, and how many of these held."""

    moments: int = 0
    shown: int = 0
    held: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.moments + other.moments, self.shown + other.shown, self.held + other.held)

    def __str__(self) -> str:
        coverage, precision = self.shown / max(1, self.moments), self.held / max(1, self.shown)
        return (
            f"a forecast at {coverage:.1%} of {self.moments:,} moments; {precision:.1%} of {self.shown:,} within a "
            f"factor of {FACTOR:g}"
        )


def random_experiment(seed: int) -> Experiment:
    """What a person might choose: any data, features, layers and settings that the page offers."""
    draw = random.Random(seed)  # noqa: S311 (nothing secret)
    classify = draw.random() < 0.8
    more = ("xSquared", "ySquared", "xTimesY", "sinX", "sinY")
    often = 0.25 if draw.random() < 0.5 else 0.0
    settings: dict[str, Any] = {
        "seed": str(seed),
        "dataset": draw.choice(("circle", "xor", "gauss", "spiral") if classify else ("reg-plane", "reg-gauss")),
        "features": ("x", "y", *(name for name in more if draw.random() < often)),
        "hidden": tuple(draw.randint(1, 8) for _ in range(draw.choice((0, 1, 1, 2, 2, 2, 3, 4)))),
        "activation": draw.choice(("tanh", "tanh", "relu", "sigmoid", "linear")),
        "learning_rate": draw.choice((0.001, 0.003, 0.01, 0.03, 0.03, 0.03, 0.1, 0.1, 0.3, 1.0)),
        "batch_size": draw.choice((1, 5, 10, 10, 10, 20, 30)),
        "noise": draw.choice((0.0, 0.0, 0.0, 5.0, 10.0, 20.0, 25.0, 50.0)),
        "train_percent": draw.choice((10.0, 30.0, 50.0, 50.0, 50.0, 70.0, 90.0)),
    }
    if draw.random() < 0.25:
        settings["regularization"] = draw.choice(("L1", "L2"))
        settings["regularization_rate"] = draw.choice((0.001, 0.003, 0.01, 0.03))
    return Experiment(**settings)


def recorded(experiment: Experiment, epochs: int = EPOCHS, seconds: float = SECONDS) -> tuple[Run, ndarray]:
    """A run, trained for so many epochs or about so many seconds, and its history."""
    run, began = Run(experiment), perf_counter()
    while run.epoch < epochs and perf_counter() - began < seconds and not run.diverged:
        run.train(PORTION)
    return run, run.history.since(-1)


def score(run: Run, rows: ndarray) -> Score:
    """The forecasts of one run at every moment whose outcome its history can show."""
    least = lowest_to_hope_for(run)
    moments = [moment for moment in MOMENTS if FOLLOWED * moment <= rows[-1, 0]]
    shown = held = 0
    for moment in moments:
        forecast = forecast_of(rows[: moment + 1], least)
        if forecast is None:
            continue
        shown += 1
        reached = np.flatnonzero(rows[moment:, 1] <= forecast.goal)
        needed = float(reached[0]) if len(reached) else np.inf
        held += forecast.epochs_left / FACTOR <= needed <= forecast.epochs_left * FACTOR
    return Score(len(moments), shown, held)


def scores(seeds: Iterable[int], epochs: int = EPOCHS, seconds: float = SECONDS) -> Score:
    """The forecasts of many runs."""
    return sum((score(*recorded(random_experiment(seed), epochs, seconds)) for seed in seeds), Score())


if __name__ == "__main__":
    half = int(sys.argv[1] if len(sys.argv) > 1 else 400) // 2
    engine.wait_until_compiled()
    for words, first in (("seeds used for tuning", TUNED_FROM), ("seeds held out", HELD_OUT_FROM)):
        print(f"{half} runs, {words}: {scores(range(first, first + half))}")
