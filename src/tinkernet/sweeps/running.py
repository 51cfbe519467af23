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

from tinkernet import cells, html
from tinkernet.files import path_of
from tinkernet.joints import joined
from tinkernet.sweeps.analysis import Analysis
from tinkernet.sweeps.backlog import Backlog, Task
from tinkernet.sweeps.block import RESULTS, Plan
from tinkernet.sweeps.executors.choice import executor_for
from tinkernet.sweeps.executors.executor import Executor
from tinkernet.sweeps.progress import Clock, Phase, progress
from tinkernet.sweeps.result import Result, best_of, better
from tinkernet.sweeps.results import InFolder, InMemory, Store
from tinkernet.sweeps.rounds import hand_out
from tinkernet.tables import Table

if TYPE_CHECKING:
    from distributed import Client

NAME = "tinkernet-sweep"
"""The name of the threads that keep the results, and may compute them."""


class Sweep(Analysis):
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

    def stop(self, *, wait: bool = True) -> Self:
        """End after the blocks that are being computed. What was computed can be read.

        Args:
            wait: whether to wait for these blocks.

        Example:
            >>> found = sweep(Experiment(seed="1"), start=range(4), epochs=5).stop()
            >>> found.done == len(found.table)
            True
        """
        self._backlog.end()
        if wait:
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
    def phase(self) -> Phase:
        """Whether it is running, paused or stopping, or how it has ended: done, stopped or failed.

        Example:
            >>> sweep(Experiment(seed="1"), start=range(4), epochs=5).wait().phase
            'done'
        """
        if not self.over:
            return "stopping" if self._backlog.ended else "paused" if self.paused else "running"
        if self._error is not None:
            return "failed"
        return "done" if self.done == self.runs else "stopped"

    @property
    def error(self) -> Exception | None:
        """Why it failed; what waits for all results raises this."""
        return self._error

    @property
    def kept(self) -> int:
        """How many runs were in its folder when it was resumed."""
        return self._kept

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

    # --- In a notebook ---------------------------------------------------------------

    def _repr_html_(self) -> str:
        rows = {"settings": ", ".join(self.plan.design.names), "progress": self.progress}
        best = {} if self._best is None else self._best.texts
        return html.table("Sweep", rows) + (html.table("Best so far", best) if best else "")

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """What Jupyter shows below a cell: a live view, or where no widget can be shown, the table as it is now."""
        still = {"text/plain": repr(self), "text/html": self._repr_html_()}
        bundle = joined("sweep_view")(self)._repr_mimebundle_(**kwargs) if cells.show_widgets() else None
        return still if bundle is None else ({**bundle[0], **still}, bundle[1])

    def _display_(self) -> Any:
        """What marimo shows below a cell: the same."""
        return joined("sweep_view")(self) if cells.show_widgets() else cells.marimo_html(self._repr_html_())

    def __repr__(self) -> str:
        names = ", ".join(self.plan.design.names)
        return f"Sweep({self.done:,} of {self.runs:,} runs done, over {names})"


def _joined(columns: list[ndarray]) -> Any:
    joined = np.concatenate(columns)
    return joined.tolist() if joined.dtype == object else joined
