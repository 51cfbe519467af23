"""Where the blocks of a sweep are computed: where a person says, or in what is faster on this machine."""

from typing import TYPE_CHECKING

from tinkernet.errors import ExperimentError
from tinkernet.extras import extra
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.cores import cores_of
from tinkernet.sweeps.costs import costs_of
from tinkernet.sweeps.executors.cluster import EXTRA, Cluster
from tinkernet.sweeps.executors.executor import Executor
from tinkernet.sweeps.executors.processes import Processes
from tinkernet.sweeps.executors.threads import Threads

if TYPE_CHECKING:
    from distributed import Client

THREADS, PROCESSES = "threads", "processes"
ALLOWED = '"threads", "processes", the address of a Dask scheduler (tcp://…), or a Client of dask.distributed'
START_SECONDS = 3.0
"""A process starts, and loads the compiled engine, in so many seconds of a core."""
WORTH = 0.8
"""Processes are chosen if a sweep takes at most this share of its time in threads."""


def executor_for(plan: Plan, given: "Client | str | None", cores: int | None) -> Executor:
    """What computes the blocks of a plan: as given, or else threads or processes of this machine.

    Raises:
        ExperimentError: it is something else, a cluster cannot be reached, or a worker of it has another version.
        MissingExtraError: distributed is needed, and not installed.
    """
    if isinstance(given, str) and "://" in given:
        _check_no_cores(cores)
        return Cluster.at(given, plan)
    if given is None or isinstance(given, str):
        usable = cores_of(cores)
        chosen = given or (PROCESSES if suits_processes(plan, usable) else THREADS)
        if chosen in {THREADS, PROCESSES}:
            return Threads(usable) if chosen == THREADS else Processes(usable)
        raise ExperimentError("executor", given, ALLOWED)
    if not _is_client(given):
        raise ExperimentError("executor", given, ALLOWED)
    _check_no_cores(cores)
    return Cluster(given, plan, ours=False)


def suits_processes(plan: Plan, cores: int) -> bool:
    """Whether a sweep takes clearly less time in processes: only one thread at a time holds the interpreter's lock."""
    costs, runs = costs_of(plan), plan.design.runs
    together = runs * (costs.locked + costs.free) / cores
    in_threads = max(runs * costs.locked, together)
    return START_SECONDS + together <= WORTH * in_threads


def _is_client(given: object) -> bool:
    # A Client can only be given where its library is loaded.
    if not type(given).__module__.startswith("distributed"):
        return False
    return isinstance(given, extra("distributed", EXTRA).Client)


def _check_no_cores(cores: int | None) -> None:
    if cores is not None:
        raise ExperimentError("cores", cores, "omitted: a cluster uses the threads that its workers were given")
