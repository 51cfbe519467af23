"""Threads of this process, which the engine lets compute in parallel."""

from collections.abc import Generator

from tinkernet.sweeps.backlog import Backlog
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.executors.executor import compute_compiled
from tinkernet.tables import Table

SECONDS = 2.0
"""Results are shown so often, and so much is lost when the process ends."""
MOST_RUNS = 8192


class Threads:
    """Computes blocks in threads of this process."""

    seconds, most_runs = SECONDS, MOST_RUNS

    def __init__(self, cores: int) -> None:
        self.loops = self.cores = cores

    def computed(self, plan: Plan, backlog: Backlog) -> Generator[tuple[int, Table], None, None]:
        while (task := backlog.take()) is not None:
            yield task.block, compute_compiled(plan, task)

    def close(self) -> None:
        """Nothing was begun."""
