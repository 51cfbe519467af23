"""A block: some runs of a sweep, computed together. It is a pure function of its description, wherever that is."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.arrays import Float64
from tinkernet.data.stream import Stream, compiled_draw
from tinkernet.engine import Crowd, Examples, Learner, Rule, Varied
from tinkernet.experiment import Experiment
from tinkernet.run.beginning import data_of, examples_of, parameters_of, rule_of, stream_before
from tinkernet.sweeps.design import RATES, Design
from tinkernet.sweeps.endings import REASONS, Ending, stops_of
from tinkernet.tables import Table

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
class _Beginning:
    """What runs that differ only in their rates have in common."""

    rule: Rule
    points: Hashable
    experiment: Experiment
    parameters: Float64[ndarray, " count"]


def compute(plan: Plan, block: int) -> Table:
    """The results of a block, a row for each run, in the order of their numbers."""
    first, stop = plan.span(block)
    rows = plan.design.values(first, stop)
    beginnings = _beginnings(plan, rows)
    columns = {name: np.full(len(rows), np.nan) for name in (*LOSSES, *ACCURACIES)}
    columns |= {name: np.zeros(len(rows), dtype=np.int64) for name in ("epochs", "reasons")}
    rates = np.array([_rates(plan, row) for row in rows], dtype=np.float64).reshape(-1, 2)
    for members in _groups(beginnings):
        found = _trained(plan, [beginnings[place] for place in members], rates[members])
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
    draws, kept = _Draws(), dict[tuple[Any, ...], _Beginning]()
    for key in sorted(experiments, key=lambda key: experiments[key].start):
        experiment = experiments[key]
        rule = replace(rule_of(experiment), learning_rate=0.0, regularization_rate=0.0)
        kept[key] = _Beginning(rule, points_of(experiment), experiment, draws.parameters(experiment))
    return [kept[key] for key in keys]


def points_of(experiment: Experiment) -> Hashable:
    """What decides on the points as the network sees them."""
    source = (experiment.data, experiment.dataset, experiment.noise, experiment.train_percent, experiment.drawing)
    return (source, experiment.seed, experiment.features, experiment.head.loss.name)


class _Draws:
    """The initial weights of experiments, asked for in the order of their starts: each follows the one before."""

    def __init__(self) -> None:
        self._streams: dict[Hashable, tuple[float, Stream]] = {}

    def parameters(self, experiment: Experiment) -> Float64[ndarray, " count"]:
        """The initial parameters of an experiment."""
        source, count = (points_of(experiment), experiment.layout.weight_count), experiment.layout.weight_count
        following, stream = self._streams.get(source, (math.inf, None))
        if stream is None or experiment.start < following:
            stream = stream_before(experiment)
        else:
            stream.skip((experiment.start - int(following)) * count)
        self._streams[source] = (experiment.start + 1, stream)
        return parameters_of(experiment, stream)


def _rates(plan: Plan, row: tuple[Any, ...]) -> tuple[float, float]:
    own = dict(zip(plan.design.names, row, strict=True))
    first, second = (float(own.get(name, getattr(plan.experiment, name))) for name in RATES)
    return first, second


def _groups(beginnings: Sequence[_Beginning]) -> list[list[int]]:
    """The places of runs that can be trained together: they have one rule, and as many points."""
    groups: dict[Hashable, list[int]] = {}
    for place, one in enumerate(beginnings):
        data = data_of(one.experiment)
        groups.setdefault((one.rule, len(data.train.labels), len(data.test.labels)), []).append(place)
    return list(groups.values())


def _trained(plan: Plan, beginnings: Sequence[_Beginning], rates: Float64[ndarray, "n 2"]) -> dict[str, ndarray]:
    """Train runs of one rule together: their results by column."""
    rule, numbers = beginnings[0].rule, dict[Hashable, int]()
    examples: list[tuple[Examples, Examples]] = []
    for one in beginnings:
        if one.points not in numbers:
            numbers[one.points] = len(numbers)
            data = data_of(one.experiment)
            examples.append((examples_of(one.experiment, data.train), examples_of(one.experiment, data.test)))
    train, test = [pair[0] for pair in examples], [pair[1] for pair in examples]
    crowd = Crowd([Learner.fresh(rule, one.parameters) for one in beginnings])
    varied = Varied(
        np.array([numbers[one.points] for one in beginnings]),
        np.ascontiguousarray(rates[:, 0]),
        np.ascontiguousarray(rates[:, 1]),
        np.full(len(beginnings), plan.epochs, dtype=np.int64),
    )
    outcome = engine.train_runs(rule, crowd, varied, train, test, 0, stops_of(plan.stop))
    found: dict[str, ndarray] = {"epochs": outcome.done, "reasons": outcome.reasons}
    for loss, accuracy, parts in zip(LOSSES, ACCURACIES, (train, test), strict=True):
        measured = engine.evaluate_runs(rule, crowd.parameters, varied.sets, parts)
        found[loss] = measured[:, 0]
        judged = beginnings[0].experiment.problem == "classification" and parts[0].count > 0
        found[accuracy] = measured[:, 1] / parts[0].count if judged else np.full(len(beginnings), np.nan)
    return found


def _written(value: Any) -> Any:
    """A setting as a cell of a table: a list as its items with commas."""
    return ",".join(map(str, value)) if isinstance(value, tuple) else value
