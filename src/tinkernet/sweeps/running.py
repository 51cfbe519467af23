"""A sweep: its runs are computed in the background, and its results can be read while they come."""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy import ndarray

from tinkernet import html
from tinkernet.errors import ExperimentError
from tinkernet.files import path_of
from tinkernet.sweeps.backlog import Backlog, Task
from tinkernet.sweeps.block import RESULTS, Plan
from tinkernet.sweeps.choices import settings_in
from tinkernet.sweeps.executors.choice import executor_for
from tinkernet.sweeps.executors.executor import Executor
from tinkernet.sweeps.importances import Importances, importances_of
from tinkernet.sweeps.progress import Clock, progress
from tinkernet.sweeps.result import Result, best_of, better
from tinkernet.sweeps.results import InFolder, InMemory, Store
from tinkernet.sweeps.rounds import hand_out
from tinkernet.tables import Table

if TYPE_CHECKING:
    from distributed import Client

    from tinkernet.sweeps.curves import SweepCurve
    from tinkernet.sweeps.sweep_map import SweepMap

NAME = "tinkernet-sweep"
"""The name of the threads that keep the results, and may compute them."""


class Sweep:
    """Many runs whose settings differ by a design, as `tinkernet.sweep` returns it; it begins at once.

    It computes in the background, on all processor cores or on a cluster. What asks for all results waits for them:
    `table`, `best`, `wait`. Iterating gives a `Result` for each run as blocks of runs are completed, so not in the
    order of their numbers. With a folder, results are kept there as they come, and `Sweep.resume` continues after any
    interruption.

    Args:
        plan: all that decides on the results.
        store: where results are kept.
        executor: what computes.

    Example:
        >>> found = sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], start=range(4), epochs=50)
        >>> found.runs, len(found.table), found.best["learning_rate"]
        (8, 8, 0.1)
    """

    def __init__(self, plan: Plan, store: Store, executor: Executor) -> None:
        self.plan = plan
        """All that decides on the results."""
        self._store, self._executor = store, executor
        kept = store.done()
        self._ready = sorted(kept)
        self._kept, self._computed = sum(self._size(block) for block in kept), 0
        tasks = (Task(block) for block in range(plan.blocks) if block not in kept)
        self._backlog = Backlog((), more=True) if plan.design.adaptive else Backlog(tasks)
        self._changed = threading.Condition()
        self._error: Exception | None = None
        self._best: Result | None = None
        self._clock = Clock()
        # A sweep in memory ends with the process, which nobody could ask for its results.
        daemon = isinstance(store, InMemory)
        self._loops = executor.loops
        works: list[Callable[[], None]] = [self._work] * executor.loops
        if plan.design.adaptive:
            works.append(partial(self._choose, kept))
        self._working = len(works)
        self._threads = [threading.Thread(target=work, name=NAME, daemon=daemon) for work in works]
        for thread in self._threads:
            thread.start()

    @classmethod
    def resume(
        cls, folder: str | PathLike[str], *, cores: int | None = None, executor: "Client | str | None" = None
    ) -> Self:
        """Continue the sweep in a folder, which may have been interrupted at any moment.

        No completed run is computed again, and none is counted twice; damaged files are replaced.

        Args:
            folder: the folder that was given to `tinkernet.sweep`.
            cores: how many processor cores to use; by default all that this process may use.
            executor: what computes, as for `tinkernet.sweep`; it need not be what has computed before.

        Raises:
            ExperimentError: it is not the folder of a sweep, was begun by another version of tinkernet, or the executor
                cannot be used.

        Example:
            >>> sweep(Experiment(seed="1"), start=range(4), epochs=5, folder="starts").wait().done
            4
            >>> len(Sweep.resume("starts").table)
            4
        """
        store, plan = InFolder.open(path_of("folder", folder))
        return cls(plan, store, executor_for(plan, executor, cores))

    # --- Computing ---------------------------------------------------------------

    def _work(self) -> None:
        """Keep what the executor computes until no block is left; this is the work of a thread."""
        try:
            with closing(self._executor.computed(self.plan, self._backlog)) as results:
                for block, table in results:
                    self._keep(block, table)
        except Exception as error:  # noqa: BLE001 (raised again where results are asked for)
            self._fail(error)
        with self._changed:
            self._loops -= 1
            last = self._loops == 0
        try:
            if last:
                self._executor.close()
        finally:
            self._leave()

    def _choose(self, kept: set[int]) -> None:
        """Choose the settings of an adaptive design as results come; this is the work of a thread."""
        try:
            hand_out(self.plan, self._backlog, kept, self._results_of)
        except Exception as error:  # noqa: BLE001 (raised again where results are asked for)
            self._fail(error)
        finally:
            self._leave()

    def _results_of(self, block: int) -> Table | None:
        """The results of a block, after waiting for them; None if the sweep has ended before."""
        with self._changed:
            self._changed.wait_for(lambda: block in self._ready or self._backlog.ended)
            if block not in self._ready:
                return None
        return self._store.read(block)

    def _fail(self, error: Exception) -> None:
        self._error = self._error or error
        self._backlog.end()

    def _leave(self) -> None:
        """End one of the threads."""
        with self._changed:
            self._working -= 1
            self._clock.run(running=self._working > 0 and not self.paused)
            self._changed.notify_all()

    def _keep(self, block: int, table: Table) -> None:
        self._store.add(block, table)
        best = best_of(self.plan, table)
        with self._changed:
            self._ready.append(block)
            self._computed += self._size(block)
            self._best = better(self._best, best)
            self._changed.notify_all()

    def _size(self, block: int) -> int:
        first, stop = self.plan.span(block)
        return stop - first

    def pause(self) -> Self:
        """Pause after the blocks that are being computed.

        Example:
            >>> found = sweep(Experiment(seed="1"), start=range(4), epochs=5).pause()
            >>> found.paused
            True
            >>> found.unpause().wait().done
            4
        """
        return self._set(paused=True)

    def unpause(self) -> Self:
        """Continue after a pause.

        Example:
            >>> sweep(Experiment(seed="1"), start=range(4), epochs=5).pause().unpause().paused
            False
        """
        return self._set(paused=False)

    def stop(self) -> Self:
        """End after the blocks that are being computed, and wait for them. What was computed can be read.

        Example:
            >>> found = sweep(Experiment(seed="1"), start=range(4), epochs=5).stop()
            >>> found.done == len(found.table)
            True
        """
        self._backlog.end()
        for thread in self._threads:
            thread.join()
        return self

    def _set(self, *, paused: bool) -> Self:
        self._backlog.pause(paused=paused)
        with self._changed:
            self._clock.run(running=self._working > 0 and not paused)
        return self

    def wait(self) -> Self:
        """Wait until all runs are computed, or the sweep was stopped. Interrupting it stops the sweep; a pause lasts.

        Raises:
            ExperimentError: some settings do not fit each other, or a file could not be written.

        Example:
            >>> sweep(Experiment(seed="1"), start=range(4), epochs=5).wait().done
            4
        """
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._working == 0)
        except KeyboardInterrupt:
            self.stop()
            raise
        if self._error is not None:
            raise self._error
        return self

    # --- Progress ------------------------------------------------------------------

    @property
    def runs(self) -> int:
        """How many runs the sweep has."""
        return self.plan.design.runs

    @property
    def done(self) -> int:
        """How many runs are completed."""
        return self._kept + self._computed

    @property
    def over(self) -> bool:
        """Whether nothing is computed any longer: all runs are completed, or the sweep was stopped, or failed."""
        return self._working == 0

    @property
    def paused(self) -> bool:
        """Whether the sweep is paused."""
        return self._backlog.paused

    @property
    def runs_per_second(self) -> float:
        """How many runs were completed in a second, on average; NaN before the first."""
        return self._computed / self._clock.seconds if self._computed else math.nan

    @property
    def seconds_left(self) -> float:
        """About how many seconds the rest takes at this speed; NaN before the first run is completed."""
        return (self.runs - self.done) / self.runs_per_second if self.done < self.runs else 0.0

    @property
    def best_so_far(self) -> Result | None:
        """The run with the lowest loss of those that this process has completed; None before the first."""
        return self._best

    @property
    def progress(self) -> str:
        """Progress in one line: runs done, their speed, the time left, the lowest loss.

        Example:
            >>> sweep(Experiment(seed="1"), start=range(4), epochs=5).wait().progress
            '4 of 4 runs, lowest loss 0.4867'
        """
        lowest = math.nan if self._best is None else self._best.loss
        return progress(self.done, self.runs, self.runs_per_second, self.seconds_left, lowest)

    # --- Results -------------------------------------------------------------------

    def tables(self) -> Iterator[Table]:
        """The results as tables of many runs each, as they come, starting with those that are there.

        Raises:
            ExperimentError: some settings do not fit each other, or a file could not be written.

        Example:
            >>> sum(len(table) for table in sweep(Experiment(seed="1"), start=range(4), epochs=5).tables())
            4
        """
        seen = 0
        while True:
            with self._changed:
                while seen == len(self._ready) and self._working:
                    self._changed.wait()
                if seen == len(self._ready):
                    break
                block, seen = self._ready[seen], seen + 1
            yield self._store.read(block)
        if self._error is not None:
            raise self._error

    def __iter__(self) -> Iterator[Result]:
        """A result for each run, as they come."""
        for table in self.tables():
            columns = [values.tolist() for values in table.columns.values()]
            settings = settings_in(self.plan.design, table)
            for row, values in zip(zip(*columns, strict=True), settings, strict=True):
                yield Result(self.plan, dict(zip(table.names, row, strict=True)), values)

    def __len__(self) -> int:
        """The number of runs."""
        return self.runs

    @property
    def table(self) -> Table:
        """All results, a row for each run in the order of their numbers; waits for them.

        The columns are `run`, the settings that vary, `epochs` and why training `ended`, then `train_loss`,
        `test_loss`, `train_accuracy` and `test_accuracy`, which are NaN for a regression.
        """
        self.wait()
        tables = [self._store.read(block) for block in sorted(self._ready)]
        if not tables:
            return Table({name: [] for name in ("run", *self.plan.design.names, *RESULTS)})
        return Table({name: _joined([table[name] for table in tables]) for name in tables[0].names})

    @property
    def best(self) -> Result:
        """The run with the lowest test loss, of several the first; waits for all results.

        Without test points it is that with the lowest training loss.

        Raises:
            ExperimentError: no run has a loss that is a number.
        """
        best: Result | None = None
        for table in self.tables():
            best = better(best, best_of(self.plan, table))
        if best is None:
            raise ExperimentError("best", f"{self.done:,} runs", "asked of a sweep in which some loss is a number")
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

    def _repr_html_(self) -> str:
        rows = {"settings": ", ".join(self.plan.design.names), "progress": self.progress}
        best = {} if self._best is None else self._best.texts
        return html.table("Sweep", rows) + (html.table("Best so far", best) if best else "")

    def __repr__(self) -> str:
        names = ", ".join(self.plan.design.names)
        return f"Sweep({self.done:,} of {self.runs:,} runs done, over {names})"


def _joined(columns: list[ndarray]) -> Any:
    joined = np.concatenate(columns)
    return joined.tolist() if joined.dtype == object else joined
