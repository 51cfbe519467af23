"""The task of `runs_per_second.py`: many starts of a network to a training loss, the same for all libraries.

All train the same networks on the same batches, without a penalty, by plain gradient descent, until the training loss
after an epoch is at most a goal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy import ndarray
from task import Missing

import tinkernet
from tinkernet import Experiment, Solved, Starts
from tinkernet.network.inputs import PLANE_INPUTS

CHUNK = 10
"""So many epochs are trained in lanes before runs that have ended are replaced."""


@dataclass(frozen=True)
class Problem:
    """Many starts of an experiment to a training loss; `weights` and `biases` have a row for each start."""

    name: str
    experiment: Experiment
    goal: float
    epochs: int
    starts: int
    runs: Starts
    """The starts before training."""
    points: ndarray
    labels: ndarray
    weights: tuple[ndarray, ...]
    biases: tuple[ndarray, ...]
    reached: ndarray
    """After how many epochs each start has reached the goal; `epochs` if it has not."""

    @classmethod
    def of(cls, name: str, experiment: Experiment, goal: float, epochs: int, starts: int) -> "Problem":
        """The problem of this experiment with its first starts, solved by tinkernet."""
        runs = Starts(experiment, starts)
        data = runs[0].train_data
        layers = range(len(experiment.hidden) + 1)
        return cls(
            name,
            experiment,
            goal,
            epochs,
            starts,
            runs,
            np.ascontiguousarray(PLANE_INPUTS.compute(experiment.features, data.points).T),
            data.labels.copy(),
            tuple(np.array([run.weights[layer] for run in runs]) for layer in layers),
            tuple(np.array([run.biases[layer] for run in runs]) for layer in layers),
            swept(experiment, goal, epochs, starts)["epochs"],
        )

    @property
    def rate(self) -> float:
        """The learning rate."""
        return self.experiment.learning_rate

    @property
    def batches(self) -> tuple[ndarray, ndarray]:
        """Inputs (batches, points, inputs) and labels (batches, points); all batches are equally large."""
        size = self.experiment.batch_size
        return self.points.reshape(-1, size, self.points.shape[1]), self.labels.reshape(-1, size)

    @property
    def mean_epochs(self) -> float:
        """The epochs of a run, on average."""
        return float(self.reached.mean())

    @property
    def mean_epochs_in_lanes(self) -> float:
        """The same where a run's lane is given to the next run after whole chunks only."""
        return float((-(-self.reached // CHUNK) * CHUNK).mean())


def swept(experiment: Experiment, goal: float, epochs: int, starts: int) -> Any:
    """The table of a sweep over the starts on one core."""
    stop = Solved(loss=goal)
    return tinkernet.sweep(experiment, start=range(starts), epochs=epochs, stop=stop, cores=1).table


@dataclass(frozen=True)
class Entry:
    """A library, prepared for a problem.

    `turn` solves some runs and returns the seconds that a run takes. `losses` returns the training losses of the first
    starts after each of so many epochs: shape (starts, epochs). `compiled` is how many seconds it compiled before.
    """

    turn: Callable[[], float]
    losses: Callable[[int, int], ndarray]
    compiled: float = 0.0
    linear: bool = False
    """Whether the output is the weighted sum alone."""


def plain_losses(problem: Problem, starts: int, epochs: int, *, linear: bool = False) -> ndarray:
    """The training losses of the first starts after each epoch, in NumPy, batch by batch: shape (starts, epochs)."""
    weights = [values[:starts].copy() for values in problem.weights]
    biases = [values[:starts, None].copy() for values in problem.biases]
    last = len(weights) - 1

    def layers_of(inputs: ndarray) -> list[ndarray]:
        layers = [np.broadcast_to(inputs, (starts, *inputs.shape))]
        for k in range(last + 1):
            sums = layers[-1] @ weights[k].transpose(0, 2, 1) + biases[k]
            layers.append(sums if linear and k == last else np.tanh(sums))
        return layers

    found = []
    for _ in range(epochs):
        for inputs, labels in zip(*problem.batches, strict=True):
            layers = layers_of(inputs)
            slopes = (layers[-1] - labels[:, None]) * (1 if linear else 1 - layers[-1] ** 2)
            for k in range(last, -1, -1):
                step, before = problem.rate / len(labels) * slopes, layers[k]
                slopes = (slopes @ weights[k]) * (1 - before**2)
                weights[k] -= step.transpose(0, 2, 1) @ before
                biases[k] -= step.sum(axis=1, keepdims=True)
        found.append(0.5 * np.mean((layers_of(problem.points)[-1][..., 0] - problem.labels) ** 2, axis=1))
    return np.stack(found, axis=1)


def torch_on_one_thread() -> Any:
    """PyTorch, with one thread."""
    try:
        import torch
    except ImportError:
        raise Missing("not installed") from None
    torch.set_num_threads(1)
    return torch
