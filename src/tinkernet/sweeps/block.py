"""A block: some runs of a sweep, computed together. It is a pure function of its description, wherever that is."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import numpy as np
from numpy import ndarray

from tinkernet import checks, engine
from tinkernet.arrays import Float64
from tinkernet.data.stream import Stream, compiled_draw
from tinkernet.engine import Crowd, Examples, Learner, Rule, Varied
from tinkernet.experiment import Experiment
from tinkernet.run.beginning import data_of, examples_of, parameters_of, rule_of, stream_before
from tinkernet.sweeps.design import RATES, Design
from tinkernet.sweeps.endings import REASONS, Ending, stops_of
from tinkernet.tables import Table

MOST_EPOCHS = 1_000_000_000
WORTH_COMPILING = 300
"""For so many experiments, compiling the random stream takes less time than it saves."""
LOSSES = ("train_loss", "test_loss")
ACCURACIES = ("train_accuracy", "test_accuracy")
RESULTS = ("epochs", "ended", *LOSSES, *ACCURACIES)
"""The columns of results, after the number of the run and its settings."""


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that decides on the results of a sweep; `block` is how many runs are computed together."""

    experiment: Experiment
    design: Design
    epochs: int
    stop: tuple[Ending, ...]
    block: int

    def __post_init__(self) -> None:
        checks.whole("epochs", self.epochs, 1, MOST_EPOCHS)
        checks.whole("block", self.block, 1, self.design.runs)

    @property
    def blocks(self) -> int:
        """The number of blocks."""
        return -(-self.design.runs // self.block)

    def span(self, block: int) -> tuple[int, int]:
        """The first run of a block, and the first after it."""
        return block * self.block, min((block + 1) * self.block, self.design.runs)

    def experiment_of(self, values: Sequence[Any]) -> Experiment:
        """The experiment with these values of the settings that vary."""
        return self.experiment.replace(**dict(zip(self.design.names, values, strict=True)))


@dataclass(frozen=True, eq=False)
class _Points:
    """A set of points as the network sees them; `judged` where classes can be right or wrong."""

    train: Examples
    test: Examples
    judged: bool

    @classmethod
    def of(cls, experiment: Experiment) -> "_Points":
        data = data_of(experiment)
        judged = experiment.problem == "classification"
        return cls(examples_of(experiment, data.train), examples_of(experiment, data.test), judged)


@dataclass(frozen=True, eq=False)
class _Beginning:
    """What runs that differ only in their rates have in common."""

    rule: Rule
    points: _Points
    parameters: Float64[ndarray, " count"]

    @property
    def group(self) -> Hashable:
        """Equal for runs that can be trained together: they have one rule, and as many points."""
        return self.rule, self.points.train.count, self.points.test.count, self.points.judged


def compute(plan: Plan, block: int) -> Table:
    """The results of a block, a row for each run, in the order of their numbers."""
    first, stop = plan.span(block)
    rows = plan.design.values(first, stop)
    beginnings = _beginnings(plan, rows)
    groups: dict[Hashable, list[int]] = {}
    for place, one in enumerate(beginnings):
        groups.setdefault(one.group, []).append(place)
    columns = {name: np.full(len(rows), np.nan) for name in (*LOSSES, *ACCURACIES)}
    columns |= {name: np.zeros(len(rows), dtype=np.int64) for name in ("epochs", "reasons")}
    rates = [_rates(plan, rows, name) for name in RATES]
    for members in groups.values():
        found = _trained(plan, [beginnings[place] for place in members], [values[members] for values in rates])
        for name, values in found.items():
            columns[name][members] = values
    settings: dict[str, Any] = {
        axis.name: [_written(row[place]) for row in rows] for place, axis in enumerate(plan.design.axes)
    }
    ended = [REASONS[reason] for reason in columns.pop("reasons")]
    results: dict[str, Any] = {**columns, "ended": ended}
    return Table({"run": np.arange(first, stop), **settings, **{name: results[name] for name in RESULTS}})


def _beginnings(plan: Plan, rows: Sequence[tuple[Any, ...]]) -> list[_Beginning]:
    """The beginning of each run; runs that differ only in their rates share one."""
    others = [place for place, name in enumerate(plan.design.names) if name not in RATES]
    keys = [tuple(row[place] for place in others) for row in rows]
    experiments = {key: plan.experiment_of(row) for key, row in dict(zip(keys, rows, strict=True)).items()}
    if len(experiments) >= WORTH_COMPILING:
        compiled_draw()
    # Those with the same points follow each other, in the order of their starts: each begins where the last one ended.
    sources: dict[Hashable, dict[tuple[Any, ...], Experiment]] = {}
    for key, experiment in experiments.items():
        sources.setdefault(points_of(experiment), {})[key] = experiment
    found: dict[tuple[Any, ...], _Beginning] = {}
    for members in sources.values():
        points, draws = _Points.of(next(iter(members.values()))), _Draws()
        for key, experiment in sorted(members.items(), key=lambda member: member[1].start):
            rule = replace(rule_of(experiment), learning_rate=0.0, regularization_rate=0.0)
            found[key] = _Beginning(rule, points, draws.parameters(experiment))
    return [found[key] for key in keys]


def points_of(experiment: Experiment) -> Hashable:
    """What decides on the points as the network sees them."""
    source = (experiment.data, experiment.dataset, experiment.noise, experiment.train_percent, experiment.drawing)
    return (source, experiment.seed, experiment.features, experiment.head.loss.name)


class _Draws:
    """The initial weights of experiments with the same points, asked for in the order of their starts."""

    def __init__(self) -> None:
        self._streams: dict[int, tuple[int, Stream]] = {}

    def parameters(self, experiment: Experiment) -> Float64[ndarray, " count"]:
        """The initial parameters of an experiment."""
        count, start = experiment.layout.weight_count, experiment.start
        following, stream = self._streams.get(count, (0, None))
        if stream is None or start < following:
            stream = stream_before(experiment)
        else:
            stream.skip((start - following) * count)
        self._streams[count] = (start + 1, stream)
        return parameters_of(experiment, stream)


def _rates(plan: Plan, rows: Sequence[tuple[Any, ...]], name: str) -> Float64[ndarray, " n"]:
    """One of the rates of each run."""
    if name not in plan.design.names:
        return np.full(len(rows), getattr(plan.experiment, name), dtype=np.float64)
    place = plan.design.names.index(name)
    return np.array([row[place] for row in rows], dtype=np.float64)


def _trained(
    plan: Plan, beginnings: Sequence[_Beginning], rates: Sequence[Float64[ndarray, " n"]]
) -> dict[str, ndarray]:
    """Train runs of one group together: their results by column."""
    rule = beginnings[0].rule
    sets = list(dict.fromkeys(one.points for one in beginnings))
    numbers = {points: number for number, points in enumerate(sets)}
    train, test = [points.train for points in sets], [points.test for points in sets]
    crowd = Crowd([Learner.fresh(rule, one.parameters) for one in beginnings])
    epochs = np.full(len(beginnings), plan.epochs, dtype=np.int64)
    learning_rates, regularization_rates = rates
    chosen = np.array([numbers[one.points] for one in beginnings])
    varied = Varied(chosen, learning_rates, regularization_rates, epochs)
    outcome = engine.train_runs(rule, crowd, varied, train, test, 0, stops_of(plan.stop))
    found: dict[str, ndarray] = {"epochs": outcome.done, "reasons": outcome.reasons}
    for loss, accuracy, parts in zip(LOSSES, ACCURACIES, (train, test), strict=True):
        measured = engine.evaluate_runs(rule, crowd.parameters, varied.sets, parts)
        found[loss] = measured[:, 0]
        judged = sets[0].judged and parts[0].count > 0
        found[accuracy] = measured[:, 1] / parts[0].count if judged else np.full(len(beginnings), np.nan)
    return found


def _written(value: Any) -> Any:
    """A setting as a cell of a table: a list as its items with commas."""
    return ",".join(map(str, value)) if isinstance(value, tuple) else value
