"""The task for all contenders: the same data, initial weights and settings."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy import ndarray

from tinkernet import Experiment, Run
from tinkernet.engine import grid_points
from tinkernet.network.features import FEATURES
from tinkernet.network.inputs import PLANE_INPUTS

CELLS = 100
"""The number of cells along one side of a field."""


class Missing(Exception):  # noqa: N818 - not an error: a missing contender is a row of the table that says so
    """Why a contender is not available on this machine."""


@dataclass(frozen=True)
class Task:
    """A network and its data. In `train`, `test` and `grid`, rows are inputs and columns are points."""

    name: str
    experiment: Experiment
    sizes: tuple[int, ...]
    weights: tuple[ndarray, ...]
    biases: tuple[ndarray, ...]
    train_points: ndarray
    train_labels: ndarray
    test_points: ndarray
    test_labels: ndarray
    train: ndarray
    test: ndarray
    grid: ndarray

    @property
    def rate(self) -> float:
        """The learning rate."""
        return self.experiment.learning_rate

    @property
    def batch(self) -> int:
        """The batch size."""
        return self.experiment.batch_size

    def parameters(self) -> ndarray:
        """Weights and biases, layer by layer, as one flat array."""
        return np.concatenate([part.ravel() for pair in zip(self.weights, self.biases, strict=True) for part in pair])


def task(name: str, experiment: Experiment) -> Task:
    """The task of this experiment, at epoch 0."""
    run = Run(experiment)
    return Task(
        name=name,
        experiment=experiment,
        sizes=(len(experiment.features), *experiment.hidden, 1),
        weights=tuple(weights.copy() for weights in run.weights),
        biases=tuple(biases.copy() for biases in run.biases),
        train_points=run.train_data.points,
        train_labels=run.train_data.labels,
        test_points=run.test_data.points,
        test_labels=run.test_data.labels,
        train=PLANE_INPUTS.compute(experiment.features, run.train_data.points),
        test=PLANE_INPUTS.compute(experiment.features, run.test_data.points),
        grid=PLANE_INPUTS.compute(experiment.features, grid_points(CELLS)),
    )


def tasks() -> tuple[Task, Task]:
    """The small network and the large one: 250 + 250 points in batches of 10."""
    small = Experiment(dataset="circle", seed="0.5", hidden=(4, 2))
    features = tuple(entry.name for entry in FEATURES.values())
    large = Experiment(dataset="spiral", seed="0.5", features=features, hidden=(8,) * 6)
    return task("2-4-2-1", small), task("7-8-8-8-8-8-8-1", large)


Measure = Callable[[int], float]
"""Repeats an action this many times, and returns the seconds that it took."""


@dataclass(frozen=True)
class Contender:
    """One implementation, prepared for a task: its measures, and its current training and test loss.

    `arrays` returns the parameters and all fields, for implementations that must be bit-identical to tinkernet.
    """

    measures: dict[str, Measure]
    losses: Callable[[], tuple[float, float]] | None = None
    arrays: Callable[[], tuple[ndarray, ndarray]] | None = None
    close: Callable[[], None] = lambda: None


def timed(action: Callable[[], object]) -> Measure:
    """A measure that repeats this action."""

    def measure(count: int) -> float:
        began = perf_counter()
        for _ in range(count):
            action()
        return perf_counter() - began

    return measure
