"""Many starts: is it the network, or luck? The same experiment from many first weights, all at once."""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from os import cpu_count
from typing import Self

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64
from numpy import ndarray

from tinkernet import engine
from tinkernet.engine import Crowd, Examples, Learner
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.insight.picture import curves_picture
from tinkernet.run import Checkpoint, History, Run
from tinkernet.run.beginning import data_of, examples_of, first_parameters, rule_of, stream_before

MOST = 4096
MOST_EPOCHS = 1_000_000
MOST_CURVE = 512
MADE_IT = 0.05


@dataclass(frozen=True)
class Share:
    """How many made it, and between which shares the truth lies, at 95 per cent confidence."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that was seen."""
        return self.count / self.of

    def __str__(self) -> str:
        return f"{self.count} of {self.of} ({self.share:.0%}, between {self.low:.0%} and {self.high:.0%})"


def wilson(count: int, of: int, z: float = 1.959964) -> Share:
    """A share with its confidence interval (Wilson, 1927), which is right for few and for extreme shares too."""
    share = count / of
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    middle, width = share + z * z / (2 * of), 1 + z * z / of
    return Share(count, of, max(0.0, (middle - spread) / width), min(1.0, (middle + spread) / width))


class Starts:
    """One experiment from `n` first weights. Start i is what pressing Reset i times gives; start 0 is the run itself.

    With `new_points` each start has points of its own too. It begins untrained; `train` takes all of them further.

    Example:
        >>> many = Starts(Experiment(seed="0.12345"), n=8).train(100)
        >>> many.solved(train_loss=0.05).count
        6
    """

    def __init__(self, experiment: Experiment, n: int = 256, *, new_points: bool = False) -> None:
        if not 1 <= n <= MOST:
            raise ExperimentError("n", n, f"a whole number from 1 to {MOST:,}")
        self.experiment = experiment
        self.experiments = tuple(start_of(experiment, k, new_points=new_points) for k in range(n))
        self.epoch = 0
        self._rule = rule_of(experiment)
        streams, learners = [], []
        stream = stream_before(experiment)
        for one in self.experiments:
            stream = stream_before(one) if new_points else stream
            learners.append(Learner.fresh(one.layout, first_parameters(one, stream)))
            streams.append(stream.state())
        self._streams = streams
        self._groups = self._divided(learners, new_points=new_points)
        self._curve = _Curve(n)
        self._curve.append(0, np.concatenate([group.losses() for group in self._groups])[:, None])

    def _divided(self, learners: list[Learner], *, new_points: bool) -> list["_Group"]:
        """Groups that train side by side, each on one core; starts with points of their own are a group each."""
        size = 1 if new_points else -(-len(learners) // (cpu_count() or 1))
        return [
            _Group(self._rule, self.experiments[first], Crowd(learners[first : first + size]))
            for first in range(0, len(learners), size)
        ]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.experiments)

    def train(self, epochs: int, *, stop: Callable[[], bool] | None = None, at_once: int = 10) -> Self:
        """Train all for some epochs more, and return them.

        `stop` is asked after every `at_once` epochs; what was learned until then stays.
        """
        if not 1 <= epochs <= MOST_EPOCHS:
            raise ExperimentError("epochs", epochs, f"a whole number from 1 to {MOST_EPOCHS:,}")
        left = epochs
        with ThreadPoolExecutor(max_workers=cpu_count()) as pool:
            while left and not (stop is not None and stop()):
                count = min(at_once, left)
                losses = list(pool.map(partial(_Group.train, epochs=count), self._groups))
                self._curve.append(self.epoch + 1, np.concatenate(losses))
                self.epoch += count
                left -= count
        return self

    def parts(self, epochs: int, size: int) -> "list[Part]":
        """The next epochs, in parts of at most `size` starts: for who trains them in small steps, between other work.

        Every part is to be trained once, in any order and in any thread; then `take` is told of all.
        """
        return [
            Part(group, first, min(first + size, len(group.crowd)), epochs)
            for group in self._groups
            for first in range(0, len(group.crowd), size)
        ]

    def take(self, parts: "Sequence[Part]") -> None:
        """All parts are trained: from here on these are the losses."""
        self._curve.append(self.epoch + 1, np.concatenate([part.losses for part in parts]))
        self.epoch += parts[0].epochs

    @property
    def train_loss(self) -> Float64[ndarray, " n"]:
        """The training loss of each, as it is now."""
        return self._curve.latest[:, 0].copy()

    @property
    def test_loss(self) -> Float64[ndarray, " n"]:
        """The test loss of each, as it is now."""
        return self._curve.latest[:, 1].copy()

    @property
    def epochs(self) -> Int64[ndarray, " kept"]:
        """The epochs that `curves` has; of long trainings every second one, every fourth one, and so on."""
        return self._curve.epochs

    @property
    def curves(self) -> Float64[ndarray, "n kept 2"]:
        """The training loss and the test loss of each, over the epochs that were kept."""
        return self._curve.losses

    def made_it(self, train_loss: float = MADE_IT) -> Bool[ndarray, " n"]:
        """Which of them have a training loss no larger than this."""
        return self.train_loss <= train_loss

    def solved(self, train_loss: float = MADE_IT) -> Share:
        """How many have a training loss no larger than this, with the share's 95 % confidence interval."""
        return wilson(int(self.made_it(train_loss).sum()), len(self))

    def fields(self, cells: int) -> Float32[ndarray, "n {cells} {cells}"]:
        """Each one's output over [−6, 6]², as `Run.fields` gives it."""
        output = sum(self._rule.layout.sizes) - 1
        drawn = [
            engine.fields(self._rule, parameters, self.experiment.features, cells, [output])
            for group in self._groups
            for parameters in group.crowd.parameters
        ]
        return np.concatenate(drawn)

    def run(self, i: int) -> Run:
        """Start i as a run of its own, which goes on from here."""
        if not 0 <= i < len(self):
            raise ExperimentError("i", i, f"a whole number from 0 to {len(self) - 1}")
        group, place = next((group, i - first) for first, group in self._placed() if i - first < len(group.crowd))
        history = History.of(
            np.column_stack([self._curve.epochs, self._curve.losses[i]]).astype(np.float64), self._curve.stride
        )
        return Run.from_checkpoint(
            Checkpoint(
                experiment=self.experiments[i],
                origin=self.experiments[i],
                learner=group.crowd.learner(place),
                stream=self._streams[i],
                epoch=self.epoch,
                position=0,
                events=(),
                history=history,
            )
        )

    def _placed(self) -> list[tuple[int, "_Group"]]:
        firsts = np.cumsum([0, *(len(group.crowd) for group in self._groups)])
        return [(int(first), group) for first, group in zip(firsts, self._groups, strict=False)]

    def _repr_html_(self) -> str:
        headline = f"{self.solved()} reach a training loss of {MADE_IT:g}"
        return curves_picture(self.epochs, self.curves[:, :, 0], MADE_IT, headline)


class _Group:
    """Some of the starts, with the points that they share."""

    def __init__(self, rule: engine.Rule, experiment: Experiment, crowd: Crowd) -> None:
        data = data_of(experiment)
        self.rule, self.crowd = rule, crowd
        self.train_examples: Examples = examples_of(experiment, data.train)
        self.test_examples: Examples = examples_of(experiment, data.test)

    def train(self, epochs: int, crowd: Crowd | None = None) -> Float64[ndarray, "runs {epochs} 2"]:
        """Train all of them, or only these."""
        chosen = self.crowd if crowd is None else crowd
        return engine.train_crowd(self.rule, chosen, self.train_examples, self.test_examples, epochs)

    def losses(self) -> Float64[ndarray, "runs 2"]:
        parts = (self.train_examples, self.test_examples)
        return np.array([[engine.evaluate(self.rule, one, part)[0] for part in parts] for one in self.crowd.parameters])


class Part:
    """Some starts of one group, and the epochs that they are to be trained."""

    losses: Float64[ndarray, "runs epochs 2"]

    def __init__(self, group: _Group, first: int, stop: int, epochs: int) -> None:
        self._group = group
        self._crowd = group.crowd.rows(first, stop)
        self.epochs = epochs

    def __len__(self) -> int:
        """How many starts."""
        return len(self._crowd)

    def train(self) -> None:
        """Train them."""
        self.losses = self._group.train(self.epochs, self._crowd)


class _Curve:
    """Both losses of all starts over the epochs: at most MOST_CURVE epochs are kept, evenly, and the latest."""

    def __init__(self, n: int) -> None:
        self.stride = 1
        self.epochs = np.empty(0, dtype=np.int64)
        self.losses = np.empty((n, 0, 2))
        self.latest = np.empty((n, 2))

    def append(self, first: int, losses: Float64[ndarray, "n epochs 2"]) -> None:
        epochs = np.arange(first, first + losses.shape[1])
        self.latest = losses[:, -1]
        self.epochs = np.concatenate([self.epochs, epochs])
        self.losses = np.concatenate([self.losses, losses], axis=1)
        while np.count_nonzero(self.epochs % self.stride == 0) > MOST_CURVE:
            self.stride *= 2
        kept = self.epochs % self.stride == 0
        self.epochs, self.losses = self.epochs[kept], self.losses[:, kept]


def start_of(experiment: Experiment, k: int, *, new_points: bool) -> Experiment:
    """The experiment whose run is start `k`."""
    if new_points:
        return experiment if k == 0 else experiment.replace(seed=f"{experiment.seed}.{k}")
    return experiment.replace(start=experiment.start + k)


def starts(experiment: Experiment, n: int = 256, epochs: int = 100, *, new_points: bool = False) -> Starts:
    """Train an experiment from `n` first weights on the same points for some epochs; see `Starts`.

    With `new_points` each start has points of its own too.

    Raises:
        ExperimentError: `n` is not from 1 to 4,096, or `epochs` not from 1 to 1,000,000.
    """
    return Starts(experiment, n, new_points=new_points).train(epochs)
