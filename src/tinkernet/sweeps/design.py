"""The design of a sweep: which settings vary, over which values, and which run has which of them.

A design is plain data. The settings of a run follow from its number alone, so that a design of a million runs takes no
memory, and any part of it can be computed anywhere. Only in an adaptive design they depend on the results of runs
before (`chooser.py`).
"""

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import msgspec
import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.arithmetic import exp, log
from tinkernet.arrays import Float64, Int64
from tinkernet.data.philox import key_for, philox
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.extras import extra
from tinkernet.formatting import count

Kind = Literal["grid", "random", "sobol", "optuna"]
KINDS: tuple[Kind, ...] = ("grid", "random", "sobol", "optuna")
MOST_UNASKED = 1_000_000
"""A grid with more runs needs a budget, in case that somebody did not mean it."""
MOST_RUNS = 10**12
MOST_CHOSEN = 10_000
"""An adaptive design has at most so many runs: choosing the next ones takes longer with each that is known."""
MOST_CHOICES = 1000
"""A setting of an adaptive design has at most so many values: for each, Optuna keeps a probability per run."""
ROUND = 16
"""So many runs of an adaptive design are chosen together, a power of two; `benchmarks/choosers.py` compares others."""
MOST_SEED = 2**32 - 1
CHANGES_POINTS = ("data", "problem", "dataset", "noise", "train_percent", "seed", "drawing")
"""Settings that change the points."""
RATES = ("learning_rate", "regularization_rate")
"""Settings in which runs may differ that begin with the same network."""


class Between(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All numbers of an interval, from which any design but a grid takes its values.

    Args:
        low: the lowest value.
        high: the highest value.
        log: whether equal factors are equally frequent, as for rates, instead of equal differences. `low` is positive.

    Raises:
        ExperimentError: `low` is not below `high`, or not positive with `log`.

    Example:
        >>> found = sweep(Experiment(seed="1"), learning_rate=Between(0.001, 1, log=True), design="sobol", budget=8)
        >>> len(found.table)
        8
    """

    low: float
    high: float
    log: bool = False

    def __post_init__(self) -> None:
        low = checks.number("low", self.low)
        high = checks.number("high", self.high)
        if not low < high:
            raise ExperimentError("high", self.high, f"a number above {low:g}")
        if checks.flag("log", self.log) and low <= 0:
            raise ExperimentError("low", self.low, "a positive number, as the scale is logarithmic")

    def at(self, shares: Float64[ndarray, " n"]) -> Float64[ndarray, " n"]:
        """The values at these shares of the interval: shape (n,).

        Args:
            shares: numbers from 0 to 1, shape (n,).

        Example:
            >>> import numpy
            >>> Between(0, 20).at(numpy.array([0.0, 0.25, 1.0]))
            array([ 0.,  5., 20.])
        """
        if not self.log:
            return self.low + (self.high - self.low) * shares
        low, high = log(np.float64(self.low)), log(np.float64(self.high))
        values: Float64[ndarray, " n"] = np.clip(exp(low + (high - low) * shares), self.low, self.high)
        return values


class Axis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A setting that varies: its name, and its values or an interval of them, perhaps of whole numbers only."""

    name: str
    values: tuple[Any, ...] | Between
    whole: bool = False

    @property
    def count(self) -> int | None:
        """The number of values; None of an interval."""
        return None if isinstance(self.values, Between) else len(self.values)

    def at(self, shares: Float64[ndarray, " n"]) -> list[Any]:
        """The values at these shares of the axis, from 0 to 1."""
        if isinstance(self.values, Between):
            values = self.values.at(shares)
            return list(np.rint(values).astype(np.int64).tolist() if self.whole else values.tolist())
        places = np.minimum((shares * len(self.values)).astype(np.int64), len(self.values) - 1)
        return [self.values[place] for place in places.tolist()]


class Design(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Which runs a sweep has.

    A grid has a run for each combination of values, of which those of the last axis change fastest: settings that
    change the points come first, rates last, so that neighbouring runs share as much as possible. A random design draws
    each value independently, by `seed`; a Sobol design spreads the runs evenly over all axes together. In an adaptive
    design, Optuna chooses the settings of ROUND runs at a time, by the losses of all before.
    """

    kind: Kind
    axes: tuple[Axis, ...]
    runs: int
    seed: int = 0

    def __post_init__(self) -> None:
        checks.whole("runs", self.runs, 1, MOST_RUNS)
        checks.whole("design_seed", self.seed, 0, MOST_SEED)
        if not self.axes:
            raise ExperimentError("sweep", "no setting", "at least one that varies, as learning_rate=[0.01, 0.1]")
        if self.kind == "grid":
            for axis in self.axes:
                if axis.count is None:
                    raise ExperimentError(
                        axis.name, axis.values, 'a list of values, or design="random", "sobol" or "optuna"'
                    )
            if self.runs != runs_of_grid(self.axes):
                raise ExperimentError("runs", self.runs, f"{count(runs_of_grid(self.axes))}, the runs of this grid")
        if self.adaptive:
            checks.whole("budget", self.runs, 1, MOST_CHOSEN)
            for axis in self.axes:
                _check_choices(axis)

    @property
    def adaptive(self) -> bool:
        """Whether the settings of a run depend on the results of runs before."""
        return self.kind == "optuna"

    def values(self, first: int, stop: int) -> list[tuple[Any, ...]]:
        """The values of all axes for the runs `first` … `stop` − 1, in the order of the axes.

        Raises:
            ValueError: the design is adaptive; `choices.py` has the values of its runs.
        """
        if self.adaptive:
            raise ValueError("the settings of an adaptive design do not follow from the numbers of its runs")
        if self.kind == "grid":
            columns = [
                [axis.values[place] for place in places.tolist()]  # type: ignore[index] # a grid has no intervals
                for axis, places in zip(self.axes, self._places(first, stop), strict=True)
            ]
        else:
            shares = self._shares(first, stop)
            columns = [axis.at(column) for axis, column in zip(self.axes, shares.T, strict=True)]
        return list(zip(*columns, strict=True))

    def _places(self, first: int, stop: int) -> list[Int64[ndarray, " n"]]:
        left, places = np.arange(first, stop), []
        for axis in reversed(self.axes):
            left, place = np.divmod(left, axis.count or 1)
            places.append(place)
        return places[::-1]

    def _shares(self, first: int, stop: int) -> Float64[ndarray, "n axes"]:
        if self.kind == "random":
            return _uniforms(self.seed, np.arange(first, stop), len(self.axes))
        return self._sobol(first, stop)

    def _sobol(self, first: int, stop: int) -> Float64[ndarray, "n axes"]:
        """Sobol points (1967), shifted digitally by the seed (Owen, 1998), as `scipy.stats.qmc` makes them."""
        qmc = extra("scipy.stats.qmc", "sweep")
        engine = qmc.Sobol(len(self.axes), scramble=True, rng=np.random.default_rng(self.seed))
        if first:
            engine.fast_forward(first)
        # The first one alone: SciPy warns if the first are not as many as a power of two.
        parts = [engine.random(count) for count in (min(1, stop - first), stop - first - 1) if count > 0]
        return np.concatenate([np.empty((0, len(self.axes))), *parts])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the settings that vary."""
        return tuple(axis.name for axis in self.axes)


def _uniforms(seed: int, places: Int64[ndarray, " n"], columns: int) -> Float64[ndarray, "n {columns}"]:
    """Independent numbers from 0 to 1: a row for each place, which depends on no other."""
    key = key_for("random design", str(seed))
    words = [philox((places & 0xFFFFFFFF, places >> 32, column, 0), key) for column in range(columns)]
    return np.stack([(high.astype(np.float64) * 2.0**32 + low) * 2.0**-64 for high, low, *_ in words], axis=1)


def design_of(
    experiment: Experiment, varied: Mapping[str, object], kind: object, budget: object, seed: object
) -> Design:
    """The design with these values of settings.

    Raises:
        ExperimentError: a setting or a value is not valid, there are too many runs, or the number of runs is missing.
    """
    checks.one_of("design", kind, KINDS)
    most = None if budget is None else checks.whole("budget", budget, 1, MOST_RUNS)
    axes = tuple(sorted((axis_of(experiment, *one) for one in varied.items()), key=_pace))
    if kind != "grid":
        if most is None:
            raise ExperimentError("budget", None, f'the number of runs, which design="{kind}" needs')
        return Design(kind, axes, most, checks.whole("design_seed", seed, 0, MOST_SEED))  # type: ignore[arg-type] # checked above
    runs = runs_of_grid(axes)
    if runs > (most or MOST_UNASKED):
        raise ExperimentError(
            "budget", most, f"at least {count(runs)}, the number of runs of this grid, or fewer values of its settings"
        )
    return Design("grid", axes, runs)


def written(value: Any) -> Any:
    """A setting as a cell of a table: a list as its items with commas."""
    # (a list as well: so are tuples in JSON, before their values are checked)
    return ",".join(map(str, value)) if isinstance(value, tuple | list) else value


def _check_choices(axis: Axis) -> None:
    """Check that a run's value of a setting can be chosen, and is known again from its cell in a table.

    Raises:
        ExperimentError: it cannot.
    """
    if isinstance(axis.values, Between):
        return
    if len(axis.values) > MOST_CHOICES:
        allowed = f"at most {count(MOST_CHOICES)}, or an interval, Between(low, high)"
        raise ExperimentError(f"the number of values of {axis.name}", len(axis.values), allowed)
    if len({written(value) for value in axis.values}) < len(axis.values):
        raise ExperimentError(axis.name, axis.values, "a list of values that are not written alike in a table")


def runs_of_grid(axes: Sequence[Axis]) -> int:
    """The number of combinations of values; an interval counts as one."""
    return math.prod(axis.count or 1 for axis in axes)


def _pace(axis: Axis) -> int:
    """How fast an axis changes from run to run: neighbouring runs share points, and then initial weights."""
    return 0 if axis.name in CHANGES_POINTS else 2 if axis.name in RATES else 1


def axis_of(experiment: Experiment, name: str, given: object) -> Axis:
    """The axis of a setting with checked values: of each, an experiment can be made.

    Raises:
        ExperimentError: there is no such setting, or one of its values is not valid.
    """
    checks.one_of("setting", name, [one for one in experiment.__struct_fields__ if one != "data"])
    if isinstance(given, Between):
        ends = [_checked(experiment, name, end) for end in (given.low, given.high)]
        if ends != [given.low, given.high]:
            raise ExperimentError(name, given, "a list of values")
        return Axis(name, given, whole=all(isinstance(end, int) for end in ends))
    values = list(given) if isinstance(given, range) else checks.sequence(given)
    if not values:
        raise ExperimentError(name, given, "a list of at least one value, or Between(low, high)")
    checked = tuple(_checked(experiment, name, value) for value in values)
    if len(set(checked)) < len(checked):
        raise ExperimentError(name, given, "a list of different values")
    return Axis(name, checked)


def _checked(experiment: Experiment, name: str, value: Any) -> Any:
    """The value that an experiment has where this is given."""
    return getattr(experiment.replace(**{name: value}), name)
