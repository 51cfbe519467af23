"""Training many runs of an experiment that differ in some settings, together: what becomes of each."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet import engine
from tinkernet.arrays import Float64
from tinkernet.data.stream import Stream, compiled_draw
from tinkernet.engine import Crowd, Examples, Learner, Rule, Stops, Varied
from tinkernet.experiment import Experiment
from tinkernet.run.beginning import data_of, examples_of, parameters_of, rule_of, stream_before
from tinkernet.sweeps.design import RATES

WORTH_COMPILING = 300
"""For so many experiments, compiling the random stream takes less time than it saves."""
LOSSES = ("train_loss", "test_loss")
ACCURACIES = ("train_accuracy", "test_accuracy")

Row = tuple[Any, ...]
"""The values of the settings that vary, of one run."""
Changes = Mapping[int, Float64[ndarray, " n"]]
"""Initial parameters that are not drawn, by their place among all: a value for each run."""


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


def trained(
    experiment: Experiment,
    names: Sequence[str],
    rows: Sequence[Row],
    epochs: int,
    stops: Stops,
    changes: Changes | None = None,
) -> dict[str, ndarray]:
    """Train the experiment with the values of each row for the settings `names`: the results by column.

    The columns are `epochs`, `reasons` (numbers, see `engine/stops.py`), LOSSES and ACCURACIES. Each run has the bits
    of a single one.
    """
    beginnings = _beginnings(experiment, names, rows)
    groups: dict[Hashable, list[int]] = {}
    for place, one in enumerate(beginnings):
        groups.setdefault(one.group, []).append(place)
    columns = {name: np.full(len(rows), np.nan) for name in (*LOSSES, *ACCURACIES)}
    columns |= {name: np.zeros(len(rows), dtype=np.int64) for name in ("epochs", "reasons")}
    rates = [_rates(experiment, names, rows, name) for name in RATES]
    for members in groups.values():
        found = _group_trained(
            [beginnings[place] for place in members],
            [values[members] for values in rates],
            {place: values[members] for place, values in (changes or {}).items()},
            epochs,
            stops,
        )
        for name, values in found.items():
            columns[name][members] = values
    return columns


def _beginnings(experiment: Experiment, names: Sequence[str], rows: Sequence[Row]) -> list[_Beginning]:
    """The beginning of each run; runs that differ only in their rates share one."""
    others = [place for place, name in enumerate(names) if name not in RATES]
    keys = [tuple(row[place] for place in others) for row in rows]
    experiments = {
        key: experiment.replace(**dict(zip(names, row, strict=True)))
        for key, row in dict(zip(keys, rows, strict=True)).items()
    }
    if len(experiments) >= WORTH_COMPILING:
        compiled_draw()
    # Those with the same points follow each other, in the order of their starts: each begins where the last one ended.
    sources: dict[Hashable, dict[Row, Experiment]] = {}
    for key, one in experiments.items():
        sources.setdefault(points_of(one), {})[key] = one
    found: dict[Row, _Beginning] = {}
    for members in sources.values():
        points, draws = _Points.of(next(iter(members.values()))), _Draws()
        for key, one in sorted(members.items(), key=lambda member: member[1].start):
            rule = replace(rule_of(one), learning_rate=0.0, regularization_rate=0.0)
            found[key] = _Beginning(rule, points, draws.parameters(one))
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


def _rates(experiment: Experiment, names: Sequence[str], rows: Sequence[Row], name: str) -> Float64[ndarray, " n"]:
    """One of the rates of each run."""
    if name not in names:
        return np.full(len(rows), getattr(experiment, name), dtype=np.float64)
    place = names.index(name)
    return np.array([row[place] for row in rows], dtype=np.float64)


def _group_trained(
    beginnings: Sequence[_Beginning],
    rates: Sequence[Float64[ndarray, " n"]],
    changes: Changes,
    epochs: int,
    stops: Stops,
) -> dict[str, ndarray]:
    """Train runs of one group together: their results by column."""
    rule = beginnings[0].rule
    sets = list(dict.fromkeys(one.points for one in beginnings))
    numbers = {points: number for number, points in enumerate(sets)}
    train, test = [points.train for points in sets], [points.test for points in sets]
    crowd = Crowd([Learner.fresh(rule, one.parameters) for one in beginnings])
    for place, values in changes.items():
        crowd.parameters[:, place] = values
    learning_rates, regularization_rates = rates
    chosen = np.array([numbers[one.points] for one in beginnings])
    lengths = np.full(len(beginnings), epochs, dtype=np.int64)
    varied = Varied(chosen, learning_rates, regularization_rates, lengths)
    outcome = engine.train_runs(rule, crowd, varied, train, test, 0, stops)
    found: dict[str, ndarray] = {"epochs": outcome.done, "reasons": outcome.reasons}
    for loss, accuracy, parts in zip(LOSSES, ACCURACIES, (train, test), strict=True):
        measured = engine.evaluate_runs(rule, crowd.parameters, varied.sets, parts)
        found[loss] = measured[:, 0]
        judged = sets[0].judged and parts[0].count > 0
        found[accuracy] = measured[:, 1] / parts[0].count if judged else np.full(len(beginnings), np.nan)
    return found
