"""Groups of starts: each group shares its data and trains in one call of the engine; and their loss curves."""

from dataclasses import dataclass, replace

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.arrays import Float64, Int64
from tinkernet.engine import Crowd, Examples
from tinkernet.experiment import Experiment
from tinkernet.run.beginning import data_of, examples_of

MOST_CURVE_POINTS = 512


@dataclass(frozen=True, eq=False)
class Group:
    """Some of the starts, with the data that they share."""

    rule: engine.Rule
    crowd: Crowd
    train_examples: Examples
    test_examples: Examples

    @classmethod
    def of(cls, rule: engine.Rule, experiment: Experiment, crowd: Crowd) -> "Group":
        data = data_of(experiment)
        return cls(rule, crowd, examples_of(experiment, data.train), examples_of(experiment, data.test))

    def copy(self) -> "Group":
        return replace(self, crowd=self.crowd.copy())

    def train(self, epoch: int, epochs: int, crowd: Crowd | None = None) -> Float64[ndarray, "runs {epochs} 2"]:
        """Train all starts of the group, or only these, after `epoch` epochs; changes the crowd."""
        chosen = self.crowd if crowd is None else crowd
        return engine.train_crowd(self.rule, chosen, self.train_examples, self.test_examples, epoch, epochs)

    def losses(self) -> Float64[ndarray, "runs 2"]:
        parts = (self.train_examples, self.test_examples)
        return np.array([[engine.evaluate(self.rule, one, part)[0] for part in parts] for one in self.crowd.parameters])

    def accuracy(self, *, train: bool) -> Float64[ndarray, " runs"]:
        examples = self.train_examples if train else self.test_examples
        right = np.array([engine.evaluate(self.rule, one, examples)[1] for one in self.crowd.parameters], np.float64)
        return right / examples.count if examples.count else np.full(len(right), np.nan)


class Part:
    """Some starts of one group, how many epochs they have been trained, and for how many more to train them."""

    losses: Float64[ndarray, "runs epochs 2"]

    def __init__(self, groups: tuple[Group, ...], group: Group, first: int, stop: int, epoch: int, epochs: int) -> None:
        self.groups = groups
        """All groups, including this part's, which the parts train together."""
        self._group = group
        self._crowd = group.crowd.rows(first, stop)
        self.epoch, self.epochs = epoch, epochs

    def __len__(self) -> int:
        """The number of starts."""
        return len(self._crowd)

    def train(self) -> None:
        """Train the starts."""
        self.losses = self._group.train(self.epoch, self.epochs, self._crowd)


@dataclass(frozen=True, eq=False)
class Curve:
    """The losses of all starts at no more than MOST_CURVE_POINTS evenly spaced epochs, and the latest losses."""

    stride: int
    epochs: Int64[ndarray, " kept"]
    losses: Float64[ndarray, "n kept 2"]
    latest: Float64[ndarray, "n 2"]

    @classmethod
    def empty(cls, n: int) -> "Curve":
        return cls(1, np.empty(0, dtype=np.int64), np.empty((n, 0, 2)), np.empty((n, 2)))

    def extended(self, first: int, losses: Float64[ndarray, "n epochs 2"]) -> "Curve":
        """A new curve with the losses of consecutive epochs appended."""
        epochs = np.concatenate([self.epochs, np.arange(first, first + losses.shape[1])])
        everything, stride = np.concatenate([self.losses, losses], axis=1), self.stride
        while np.count_nonzero(epochs % stride == 0) > MOST_CURVE_POINTS:
            stride *= 2
        kept = epochs % stride == 0
        return Curve(stride, epochs[kept], everything[:, kept], losses[:, -1])
