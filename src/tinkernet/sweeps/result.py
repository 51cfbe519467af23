"""A single run of a sweep, and which one is the best."""

import math
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.experiment import Experiment
from tinkernet.run import Run
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.choices import settings_in
from tinkernet.tables import Table


class Result:
    """One run of a sweep: its number, its settings, and what became of it.

    Args:
        plan: the plan of the sweep.
        row: the run's row of the table.
        values: the values of the settings that vary.

    Example:
        >>> found = sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], epochs=10)
        >>> [result["learning_rate"] for result in found]
        [0.03, 0.1]
    """

    __slots__ = ("_plan", "row", "values")

    def __init__(self, plan: Plan, row: dict[str, Any], values: tuple[Any, ...]) -> None:
        self._plan = plan
        self.row = row
        """The run's row of the table: number, settings and results by name."""
        self.values = values
        """The values of the settings that vary, in the order of the table."""

    @classmethod
    def at(cls, plan: Plan, table: Table, place: int) -> "Result":
        """The run in this row of a table of results.

        Args:
            plan: the plan of the sweep.
            table: some of its results.
            place: the row, from 0.

        Example:
            >>> found = sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], epochs=10)
            >>> Result.at(found.plan, found.table, 1)["learning_rate"]
            0.1
        """
        alone = Table({name: values[place : place + 1] for name, values in table.columns.items()})
        row = {name: values.tolist()[0] for name, values in alone.columns.items()}
        return cls(plan, row, settings_in(plan.design, alone)[0])

    @property
    def loss(self) -> float:
        """What runs are compared by: the test loss, or without test points the training loss."""
        test = float(self.row["test_loss"])
        return float(self.row["train_loss"]) if math.isnan(test) else test

    @property
    def experiment(self) -> Experiment:
        """The run's experiment.

        Example:
            >>> found = sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], epochs=10)
            >>> found.best.experiment.learning_rate
            0.1
        """
        return self._plan.experiment_of(self.values)

    def run(self) -> Run:
        """The run itself, trained again for as many epochs: it has the same bits.

        Example:
            >>> found = sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], epochs=10)
            >>> run = found.best.run()
            >>> run.epoch, run.train_loss == found.best["train_loss"]
            (10, True)
        """
        return Run(self.experiment).train(int(self.row["epochs"]))

    @property
    def texts(self) -> dict[str, str]:
        """The row as it is shown: names without underscores, and short numbers."""
        return {
            name.replace("_", " "): f"{value:.6g}" if isinstance(value, float) else str(value)
            for name, value in self.row.items()
        }

    def __getitem__(self, name: str) -> Any:
        """A value of the row."""
        return self.row[name]

    def __repr__(self) -> str:
        return f"Result({', '.join(f'{name}={value!r}' for name, value in self.row.items())})"


def losses_in(table: Table) -> Float64[ndarray, " runs"]:
    """What the runs of a table are compared by, as `Result.loss`: shape (runs,)."""
    return np.where(np.isnan(table["test_loss"]), table["train_loss"], table["test_loss"])


def best_of(plan: Plan, table: Table) -> Result | None:
    """The run with the lowest loss in a table of results, of several the first; None if no loss is a number."""
    losses = losses_in(table)
    if len(losses) == 0 or np.isnan(losses).all():
        return None
    return Result.at(plan, table, int(np.nanargmin(losses)))


def better(one: Result | None, other: Result | None) -> Result | None:
    """The one of two with the lower loss; of equals that with the lower number."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda result: (result.loss, result["run"]))
