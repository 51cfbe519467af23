"""What can be asked of the results of a sweep: the best run, curves, importances, maps, files."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from os import PathLike
from typing import TYPE_CHECKING

from tinkernet.errors import ExperimentError
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.choices import settings_in
from tinkernet.sweeps.importances import Importances, importances_of
from tinkernet.sweeps.result import Result, best_of, better
from tinkernet.tables import Table

if TYPE_CHECKING:
    from tinkernet.sweeps.curves import SweepCurve
    from tinkernet.sweeps.sweep_map import SweepMap


class Analysis(ABC):
    """What follows from the results of a sweep alone, however they are computed."""

    plan: Plan
    """All that decides on the results."""

    @abstractmethod
    def tables(self) -> Iterator[Table]:
        """The results as tables of many runs each, as they come, starting with those that are there."""

    @property
    @abstractmethod
    def table(self) -> Table:
        """All results, a row for each run in the order of their numbers; waits for them."""

    def __iter__(self) -> Iterator[Result]:
        """A result for each run, as they come."""
        for table in self.tables():
            columns = [values.tolist() for values in table.columns.values()]
            settings = settings_in(self.plan.design, table)
            for row, values in zip(zip(*columns, strict=True), settings, strict=True):
                yield Result(self.plan, dict(zip(table.names, row, strict=True)), values)

    @property
    def best(self) -> Result:
        """The run with the lowest test loss, of several the first; waits for all results.

        Without test points it is that with the lowest training loss.

        Raises:
            ExperimentError: no run has a loss that is a number.
        """
        best: Result | None = None
        runs = 0
        for table in self.tables():
            best, runs = better(best, best_of(self.plan, table)), runs + len(table)
        if best is None:
            raise ExperimentError("best", f"{runs:,} runs", "asked of a sweep in which some loss is a number")
        return best

    def save(self, path: str | PathLike[str]) -> None:
        """Save all results as one file, when they are there: Parquet or CSV, by the name's ending.

        Args:
            path: a file name that ends in .parquet or .csv.

        Raises:
            ExperimentError: the name ends otherwise, or the file cannot be written.
            MissingExtraError: it is a Parquet file, and pyarrow is not installed.

        Example:
            >>> sweep(Experiment(seed="1"), start=range(4), epochs=5).save("starts.csv")
        """
        self.table.save(path)

    def curve(self, setting: str, outcome: str = "loss", *, within: float = 0.5) -> "SweepCurve":
        """What becomes of runs as one setting changes, over all values of the others; waits for all results.

        A loss, an accuracy or the epochs to the goal are described by the median and the interval that has half of the
        runs. Diverged runs count as runs of infinite loss, unsolved ones as if they needed infinitely many epochs. An
        ending, as "solved", is described by the share of the runs with its 95 % confidence interval (Wilson, 1927).
        An interval of values, or a list of more than 24 numbers, is divided into bins with equally many runs.

        Args:
            setting: a setting that varies.
            outcome: "loss" or "accuracy", on the test points or without any on the training points; "train_loss",
                "test_loss", "train_accuracy", "test_accuracy"; "epochs" or "solved", which need `stop=Solved(…)`;
                "diverged", "hopeless".
            within: the share of the runs that are in the interval, 0 to 1.

        Raises:
            ExperimentError: the setting does not vary, or the runs do not have this outcome.

        Example:
            >>> found = sweep(Experiment(dataset="xor", seed="1"), hidden=[(1,), (4,)], start=range(32), epochs=50)
            >>> found.curve("hidden", "loss").table["median"].round(3).tolist()
            [0.446, 0.114]
        """
        from tinkernet.sweeps.curves import curve_of  # loads Pillow, without which the page starts faster

        return curve_of(self.plan, self.table, setting, outcome, within)

    def importances(self, outcome: str = "loss") -> Importances:
        """How much of the differences between runs each setting explains without the others; waits for all results.

        The measure is ε², the share of the variance of ranks that a setting explains, without what chance adds to it:
        `Importances` describes it.

        Args:
            outcome: what is explained, as in `curve`.

        Raises:
            ExperimentError: the runs do not have this outcome, or are too few to separate settings from luck.

        Example:
            >>> found = sweep(Experiment(dataset="xor", seed="1"), hidden=[(1,), (4,)], start=range(32), epochs=50)
            >>> found.importances("loss")
            Importances for loss: hidden 75 %, start 0 %, interactions and luck 25 %
        """
        return importances_of(self.plan, self.table, outcome)

    def map(self, x: str, y: str, outcome: str = "loss") -> "SweepMap":
        """What becomes of runs as two settings change, over all values of the others; waits for all results.

        Each cell is the median of its runs, or of an ending, as "solved", the share of them. An interval of values is
        divided into bins with equally many runs.

        Args:
            x: the setting from left to right.
            y: the setting from bottom to top.
            outcome: what is shown, as in `curve`.

        Raises:
            ExperimentError: a setting does not vary, both are the same, or the runs do not have this outcome.

        Example:
            >>> found = sweep(Experiment(dataset="xor", seed="1"), hidden=[(1,), (4,)], start=range(4), epochs=50)
            >>> found.map("start", "hidden")
            SweepMap(loss by start and hidden, 4 × 2 cells)
        """
        from tinkernet.sweeps.sweep_map import map_of  # loads Pillow, without which the page starts faster

        return map_of(self.plan, self.table, x, y, outcome)
