"""What computes the blocks of a sweep, wherever that is."""

from collections.abc import Generator
from typing import Protocol

from tinkernet import engine
from tinkernet.sweeps.backlog import Backlog, Task
from tinkernet.sweeps.block import Plan, compute
from tinkernet.tables import Table


class Executor(Protocol):
    """Computes blocks. A sweep has a thread for each of its `loops`, which keeps what `computed` gives.

    `cores` is how many blocks are computed at the same time, as far as that is known. A block should take about
    `seconds`, and has at most `most_runs`.
    """

    loops: int
    cores: int
    seconds: float
    most_runs: int

    def computed(self, plan: Plan, backlog: Backlog) -> Generator[tuple[int, Table], None, None]:
        """Take tasks until there are none: the number of each block with its results, a row for each run.

        Raises:
            ExperimentError: some settings do not fit each other, or the blocks cannot be computed there.
        """

    def close(self) -> None:
        """End what was begun for the sweep."""


def compute_compiled(plan: Plan, task: Task) -> Table:
    """The results of a block, once the engine is compiled."""
    engine.wait_until_loaded()
    return compute(plan, task.block, task.chosen)
