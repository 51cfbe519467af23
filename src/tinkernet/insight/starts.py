"""Many starts: the same experiment from many initial weights, to see whether the result depends on luck."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from os import cpu_count
from typing import Self, overload

import numpy as np
from numpy import ndarray

from tinkernet import checks, engine
from tinkernet.arrays import Bool, Float32, Float64, Int64
from tinkernet.data.slices import Slice, chosen_slice
from tinkernet.engine import Crowd, Learner
from tinkernet.experiment import Experiment, as_experiment
from tinkernet.insight.groups import Curve, Group, Part
from tinkernet.insight.picture import curves_picture
from tinkernet.insight.share import Share, wilson
from tinkernet.run import Checkpoint, History, Run
from tinkernet.run.beginning import parameters_of, rule_of, stream_before
from tinkernet.run.reader import MOST_CELLS
from tinkernet.tables import Table

MOST_STARTS = 4096
MOST_EPOCHS = 1_000_000
SUCCESS_LOSS = 0.05
"""The default threshold: a start succeeds if its training loss is at most this."""


class Starts(Sequence[Run]):
    """One experiment from `n` different initial weights. Start i is the run after pressing Reset i times.

    All starts are untrained at first; `train` trains all of them. As a sequence it contains a run for each start:
    `many[3]`, `for run in many`. After an interruption all starts are at the same whole epoch.

    Args:
        experiment: an `Experiment`, a link, or a run, which stands for its experiment.
        n: the number of starts, 1 to 4,096.
        new_points: resample the data for each start, too.

    Example:
        >>> many = Starts(Experiment(seed="0.12345"), n=8).train(100)
        >>> many.solved(train_loss=0.05).count
        7
    """

    def __init__(self, experiment: Experiment | Run | str, n: int = 256, *, new_points: bool = False) -> None:
        experiment, n = experiment_of(experiment), checks.whole("n", n, 1, MOST_STARTS)
        self.experiment = experiment
        self.experiments = tuple(start_of(experiment, k, new_points=new_points) for k in range(n))
        self._rule = rule_of(experiment)
        streams, learners = [], []
        stream = stream_before(experiment)
        for one in self.experiments:
            stream = stream_before(one) if new_points else stream
            learners.append(Learner.fresh(self._rule, parameters_of(one, stream)))
            streams.append(stream.state())
        self._streams = streams
        groups = self._divided(learners, new_points=new_points)
        losses = np.concatenate([group.losses() for group in groups])[:, None]
        self._state = _StartsState(0, groups, Curve.empty(n).extended(0, losses))

    def _divided(self, learners: list[Learner], *, new_points: bool) -> tuple[Group, ...]:
        """Groups that train in parallel, each on one core; with resampled data every start is a group."""
        size = 1 if new_points else -(-len(learners) // (cpu_count() or 1))
        return tuple(
            Group.of(rule_of(self.experiments[first]), self.experiments[first], Crowd(learners[first : first + size]))
            for first in range(0, len(learners), size)
        )

    @property
    def epoch(self) -> int:
        """The number of epochs that all starts have been trained."""
        return self._state.epoch

    def __len__(self) -> int:
        """The number of starts."""
        return len(self.experiments)

    @overload
    def __getitem__(self, place: int) -> Run: ...
    @overload
    def __getitem__(self, place: slice) -> list[Run]: ...
    def __getitem__(self, place: int | slice) -> Run | list[Run]:
        """One start as an independent run, or a list of them."""
        if isinstance(place, slice):
            return [self.run(i) for i in range(*place.indices(len(self)))]
        return self.run(range(len(self))[place])

    def train(self, epochs: int, *, stop: Callable[[], bool] | None = None, at_once: int = 10) -> Self:
        """Train all starts for a number of further epochs, and return self.

        Args:
            epochs: how many, 1 to 1,000,000.
            stop: end early when this function returns True.
            at_once: after so many epochs `stop` is called.

        Raises:
            ExperimentError: `epochs` is not from 1 to 1,000,000.

        Example:
            >>> Starts(Experiment(seed="0.12345"), n=8).train(20).train(20).epoch
            40
        """
        left = checks.whole("epochs", epochs, 1, MOST_EPOCHS)
        with ThreadPoolExecutor(max_workers=cpu_count()) as pool:
            while left and not (stop is not None and stop()):
                count = min(at_once, left)
                groups = tuple(group.copy() for group in self._state.groups)
                train = partial(Group.train, epoch=self.epoch, epochs=count)
                self._commit(groups, np.concatenate(list(pool.map(train, groups))))
                left -= count
        return self

    def parts(self, epochs: int, size: int) -> list[Part]:
        """The next epochs, in parts of at most `size` starts, for training in small steps.

        Train every part once, in any order and in any thread, then pass all of them to `collect`. Do not read the
        starts before that: to save memory, parts are trained in place.

        Args:
            epochs: how many epochs each part trains.
            size: how many starts are in a part at most.

        Example:
            >>> many = Starts(Experiment(seed="0.12345"), n=8)
            >>> parts = many.parts(epochs=10, size=4)
            >>> for part in parts:
            ...     part.train()
            >>> many.collect(parts)
            >>> many.epoch
            10
        """
        groups = self._state.groups
        return [
            Part(groups, group, first, min(first + size, len(group.crowd)), self.epoch, epochs)
            for group in groups
            for first in range(0, len(group.crowd), size)
        ]

    def collect(self, parts: Sequence[Part]) -> None:
        """Update the starts after all parts have been trained.

        Args:
            parts: all that `parts` gave, in that order.

        Example:
            >>> many = Starts(Experiment(seed="0.12345"), n=2)
            >>> parts = many.parts(epochs=5, size=2)
            >>> for part in parts:
            ...     part.train()
            >>> many.collect(parts)
        """
        self._commit(parts[0].groups, np.concatenate([part.losses for part in parts]))

    def _commit(self, groups: tuple[Group, ...], losses: Float64[ndarray, "n epochs 2"]) -> None:
        """Replace the state in one assignment."""
        state = self._state
        curve = state.curve.extended(state.epoch + 1, losses)
        self._state = _StartsState(state.epoch + losses.shape[1], groups, curve)

    # --- Results ---------------------------------------------------------------

    @property
    def train_loss(self) -> Float64[ndarray, " n"]:
        """The current training loss of each start: shape (starts,)."""
        return self._state.curve.latest[:, 0].copy()

    @property
    def test_loss(self) -> Float64[ndarray, " n"]:
        """The current test loss of each start: shape (starts,)."""
        return self._state.curve.latest[:, 1].copy()

    @property
    def train_accuracy(self) -> Float64[ndarray, " n"]:
        """The share of training points that each start classifies correctly: shape (starts,).

        NaN for regression, and without such points.
        """
        return self._accuracy(train=True)

    @property
    def test_accuracy(self) -> Float64[ndarray, " n"]:
        """The share of test points that each start classifies correctly: shape (starts,).

        NaN for regression, and without such points.
        """
        return self._accuracy(train=False)

    def _accuracy(self, *, train: bool) -> Float64[ndarray, " n"]:
        if self.experiment.problem != "classification":
            return np.full(len(self), np.nan)
        return np.concatenate([group.accuracy(train=train) for group in self._state.groups])

    @property
    def epochs(self) -> Int64[ndarray, " kept"]:
        """The epochs of `curves`, shape (kept,); in long runs every second one, every fourth one, and so on."""
        return self._state.curve.epochs

    @property
    def curves(self) -> Float64[ndarray, "n kept 2"]:
        """The training and test loss of each start at the kept epochs: shape (starts, kept, 2)."""
        return self._state.curve.losses

    def succeeded(self, train_loss: float = SUCCESS_LOSS) -> Bool[ndarray, " n"]:
        """Which starts succeeded: shape (starts,).

        Args:
            train_loss: a start succeeds if its training loss is at most this.

        Raises:
            ExperimentError: `train_loss` is negative or not a number.

        Example:
            >>> int(starts(Experiment(seed="0.12345", hidden=(3,)), n=16).succeeded().sum())
            8
        """
        return self.train_loss <= checks.number("train_loss", train_loss, 0)

    def solved(self, train_loss: float = SUCCESS_LOSS) -> Share:
        """The share of starts that succeeded, with its 95 % confidence interval (Wilson, 1927).

        Args:
            train_loss: a start succeeds if its training loss is at most this.

        Raises:
            ExperimentError: `train_loss` is negative or not a number.

        Example:
            >>> print(starts(Experiment(seed="0.12345", hidden=(3,)), n=16).solved())
            8 of 16 (50%, between 28% and 72%)
        """
        return wilson(int(self.succeeded(train_loss).sum()), len(self))

    def table(self) -> Table:
        """The current results as a table: `start`, both losses, both accuracies, and `succeeded`, a row per start.

        The accuracies are NaN for regression. The threshold of success is that of `succeeded()`.

        Example:
            >>> len(Starts(Experiment(seed="1"), n=16).train(20).table())
            16
        """
        return Table(
            {
                "start": np.arange(len(self)),
                "train_loss": self.train_loss,
                "test_loss": self.test_loss,
                "train_accuracy": self.train_accuracy,
                "test_accuracy": self.test_accuracy,
                "succeeded": self.succeeded(),
            }
        )

    def history_table(self) -> Table:
        """The curves as a table: `start`, `epoch`, `train_loss` and `test_loss`, a row per start and kept epoch.

        Example:
            >>> len(Starts(Experiment(seed="1"), n=16).train(20).history_table())
            336
        """
        epochs, curves = self.epochs, self.curves
        return Table(
            {
                "start": np.repeat(np.arange(len(self)), len(epochs)),
                "epoch": np.tile(epochs, len(self)),
                "train_loss": curves[:, :, 0].ravel(),
                "test_loss": curves[:, :, 1].ravel(),
            }
        )

    def fields(self, cells: int, *, plane: Slice | None = None) -> Float32[ndarray, "n ..."]:
        """Each start's output over [−6, 6]², as in `Run.fields`.

        Args:
            cells: the number of cells along one side, at most 1,024.
            plane: what is drawn of data with more than two columns, as in `Run.fields`.

        Returns:
            Shape (starts, cells, cells), or (starts, outputs, cells, cells) with several outputs.

        Raises:
            ExperimentError: `cells` is not from 1 to 1,024.

        Example:
            >>> Starts(Experiment(seed="1"), n=16).fields(32).shape
            (16, 32, 32)
        """
        experiment = self.experiment
        plane = chosen_slice(plane, experiment.plane)
        cells = checks.whole("cells", cells, 1, MOST_CELLS)
        sizes = self._rule.layout.sizes
        outputs = range(sum(sizes[:-1]), sum(sizes))
        drawn = [
            engine.fields(self._rule, parameters, experiment.features, cells, outputs, experiment.inputs, plane)
            for group in self._state.groups
            for parameters in group.crowd.parameters
        ]
        return np.stack(drawn) if self._rule.head.several else np.concatenate(drawn)

    def run(self, i: int) -> Run:
        """Start i as an independent run in its current state, as `many[i]`.

        Args:
            i: which start, from 0.

        Raises:
            ExperimentError: there is no such start.

        Example:
            >>> Starts(Experiment(seed="0.5"), n=16).train(20).run(3)
            Run('start=3&seed=0.5', epoch 20)
        """
        i = checks.index("i", i, len(self))
        state, place = self._state, i
        for group in state.groups:
            if place < len(group.crowd):
                break
            place -= len(group.crowd)
        rows = np.column_stack([state.curve.epochs, state.curve.losses[i]]).astype(np.float64)
        return Run.from_checkpoint(
            Checkpoint(
                experiment=self.experiments[i],
                origin=self.experiments[i],
                learner=group.crowd.learner(place),
                stream=self._streams[i],
                epoch=state.epoch,
                position=0,
                events=(),
                history=History.of(rows, state.curve.stride),
            )
        )

    def __repr__(self) -> str:
        return f"Starts({len(self)} of {self.experiment.short_link!r}, epoch {self.epoch:,}, solved {self.solved()})"

    def _repr_html_(self) -> str:
        headline = f"{self.solved()} reach a training loss of {SUCCESS_LOSS:g}"
        return curves_picture(self.epochs, self.curves[:, :, 0], SUCCESS_LOSS, headline)


@dataclass(frozen=True, eq=False)
class _StartsState:
    """The state of all starts at one epoch; immutable."""

    epoch: int
    groups: tuple[Group, ...]
    curve: Curve


def start_of(experiment: Experiment, k: int, *, new_points: bool) -> Experiment:
    """The experiment of start `k`."""
    if new_points:
        return experiment.replace(seed=seed_of(experiment, k))
    return experiment.replace(start=experiment.start + k)


def seed_of(experiment: Experiment, k: int) -> str:
    """The seed of start `k` with new points."""
    return experiment.seed if k == 0 else f"{experiment.seed}.{k}"


def experiment_of(given: Experiment | Run | str) -> Experiment:
    """The given experiment, or the experiment of a given run or link.

    Raises:
        ExperimentError: it is none of these.
    """
    return given.experiment if isinstance(given, Run) else as_experiment(given)


def starts(experiment: Experiment | Run | str, n: int = 256, epochs: int = 100, *, new_points: bool = False) -> Starts:
    """Train an experiment from many different initial weights: does the result depend on the network or on luck?

    Args:
        experiment: an `Experiment`, a link, or a run, which stands for its experiment.
        n: the number of starts, 1 to 4,096.
        epochs: how long each is trained, 1 to 1,000,000.
        new_points: resample the data for each start, too.

    Returns:
        The trained `Starts`.

    Raises:
        ExperimentError: `experiment` is none of these, or `n` or `epochs` is out of range.

    Example:
        >>> many = starts(Experiment(seed="0.12345", hidden=(3,)), n=64, epochs=100)
        >>> print(many.solved(train_loss=0.05))
        35 of 64 (55%, between 43% and 66%)
    """
    return Starts(experiment, n, new_points=new_points).train(epochs)
