"""A sweep: its runs are computed in the background, and its results can be read while they come."""

import math
import os
import threading
import time
from collections.abc import Iterator
from os import PathLike
from typing import Any, Self

import numpy as np
from numpy import ndarray

from tinkernet import checks, engine
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.files import path_of
from tinkernet.run import Run
from tinkernet.sweeps.block import RESULTS, Plan, compute
from tinkernet.sweeps.results import InFolder, InMemory, Store
from tinkernet.tables import Table

NAME = "tinkernet-sweep"
"""The name of the threads that compute."""
MOST_CORES = 4096


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

    def __getitem__(self, name: str) -> Any:
        """A value of the row."""
        return self.row[name]

    def __repr__(self) -> str:
        return f"Result({', '.join(f'{name}={value!r}' for name, value in self.row.items())})"


class Sweep:
    """Many runs whose settings differ by a design, as `tinkernet.sweep` returns it; it begins at once.

    It computes in the background, on all processor cores. What asks for all results waits for them: `table`, `best`,
    `wait`. Iterating gives a `Result` for each run as blocks of runs are completed, so not in the order of their
    numbers. With a folder, results are kept there as they come, and `Sweep.resume` continues after any interruption.

    Args:
        plan: all that decides on the results.
        store: where results are kept.
        cores: how many processor cores to use.

    Example:
        >>> found = sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], start=range(4), epochs=50)
        >>> found.runs, len(found.table), found.best["learning_rate"]
        (8, 8, 0.1)
    """

    def __init__(self, plan: Plan, store: Store, cores: int) -> None:
        self.plan = plan
        """All that decides on the results."""
        self._store = store
        self._ready = sorted(store.done())
        self._kept = self._computed = 0
        self._kept = sum(self._size(block) for block in self._ready)
        ready = set(self._ready)
        self._waiting = iter([block for block in range(plan.blocks) if block not in ready])
        self._changed = threading.Condition()
        self._paused = self._stopped = False
        self._error: Exception | None = None
        self._clock = Clock()
        # A sweep in memory ends with the process, which nobody could ask for its results.
        daemon = isinstance(store, InMemory)
        self._threads = [threading.Thread(target=self._work, name=NAME, daemon=daemon) for _ in range(cores)]
        self._working = cores
        for thread in self._threads:
            thread.start()

    @classmethod
    def resume(cls, folder: str | PathLike[str], *, cores: int | None = None) -> Self:
        """Continue the sweep in a folder, which may have been interrupted at any moment.

        No completed run is computed again, and none is counted twice; damaged files are replaced.

        Args:
            folder: the folder that was given to `tinkernet.sweep`, or to `save`.
            cores: how many processor cores to use; by default all that this process may use.

        Raises:
            ExperimentError: it is not the folder of a sweep, or was begun by another version of tinkernet.

        Example:
            >>> sweep(Experiment(seed="1"), start=range(4), epochs=5, folder="starts").wait().done
            4
            >>> len(Sweep.resume("starts").table)
            4
        """
        store, plan = InFolder.open(path_of("folder", folder))
        return cls(plan, store, cores_of(cores))

    # --- Computing ---------------------------------------------------------------

    def _work(self) -> None:
        """Compute blocks until none is left; this is the work of a thread."""
        try:
            if self._kept < self.runs:
                engine.wait_until_compiled()
            while (block := self._next_block()) is not None:
                table = compute(self.plan, block)
                with self._changed:
                    self._store.add(block, table)
                    self._ready.append(block)
                    self._computed += self._size(block)
                    self._changed.notify_all()
        except Exception as error:  # noqa: BLE001 (raised again where results are asked for)
            self._error = self._error or error
        with self._changed:
            self._working -= 1
            self._clock.running = self._working > 0 and not self._paused
            self._changed.notify_all()

    def _next_block(self) -> int | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or not self._paused)
            over = self._stopped or self._error is not None
            return None if over else next(self._waiting, None)

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
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        return self

    def _set(self, *, paused: bool) -> Self:
        with self._changed:
            self._paused = paused
            self._clock.running = self._working > 0 and not paused
            self._changed.notify_all()
        return self

    def wait(self) -> Self:
        """Wait until all runs are computed, or the sweep was stopped. Interrupting it stops the sweep.

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
        return self._paused

    @property
    def runs_per_second(self) -> float:
        """How many runs were completed in a second, on average; NaN before the first."""
        return self._computed / self._clock.seconds if self._computed else math.nan

    @property
    def seconds_left(self) -> float:
        """About how many seconds the rest takes at this speed; NaN before the first run is completed."""
        return (self.runs - self.done) / self.runs_per_second if self.done < self.runs else 0.0

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
            first = int(table["run"][0])
            settings = self.plan.design.values(first, first + len(table))
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
            ExperimentError: no run has a finite loss.
        """
        best: Result | None = None
        for one in self:
            loss, lowest = _judged_by(one), math.inf if best is None else _judged_by(best)
            if loss < lowest or (best is not None and loss == lowest and one["run"] < best["run"]):
                best = one
        if best is None:
            raise ExperimentError("best", f"{self.done:,} runs", "asked of a sweep in which a run has a finite loss")
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

    def __repr__(self) -> str:
        names = ", ".join(self.plan.design.names)
        return f"Sweep({self.done:,} of {self.runs:,} runs done, over {names})"


def _judged_by(result: Result) -> float:
    loss = float(result["test_loss"])
    return float(result["train_loss"]) if math.isnan(loss) else loss


def _joined(columns: list[ndarray]) -> Any:
    joined = np.concatenate(columns)
    return joined.tolist() if joined.dtype == object else joined


class Clock:
    """The time that passes while it runs; it runs from the beginning."""

    def __init__(self) -> None:
        self._before, self._since = 0.0, time.monotonic()
        self._running = True

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._running

    @running.setter
    def running(self, running: bool) -> None:
        self._before, self._since, self._running = self.seconds, time.monotonic(), running

    @property
    def seconds(self) -> float:
        """The seconds so far."""
        return self._before + (time.monotonic() - self._since if self._running else 0.0)


def cores_of(given: object) -> int:
    """How many processor cores to use: as many as given, or as this process may use.

    Raises:
        ExperimentError: it is not a whole number from 1 up.
    """
    return usable_cores() if given is None else checks.whole("cores", given, 1, MOST_CORES)


def usable_cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
