"""The workers of a Dask cluster: an existing one, which may grow, shrink and lose workers on the way."""

import contextlib
import math
import time
import uuid
from collections.abc import Generator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tinkernet.errors import ExperimentError
from tinkernet.extras import extra
from tinkernet.sweeps.backlog import Backlog
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.executors.remote import answer_for, question_about, results_in, versions_differ
from tinkernet.sweeps.saved import difference, encoded, needed, versions_of
from tinkernet.tables import Table

if TYPE_CHECKING:
    from distributed import Client, Future

EXTRA = "cluster"
CONNECT_SECONDS = 5.0
FETCH_SECONDS = 10.0
"""So long a result may take from the worker to here, before other ones are fetched."""
SECONDS = 30.0
"""A block takes about so long, for the reasons that docs/scaling.md gives."""
MOST_RUNS = 65_536
"""So many runs fit into a worker's memory many times, and a thousand million of them are 15,000 files."""
BLOCKS_PER_THREAD = 2
"""So many blocks are under way for each thread of the cluster, so that none waits for the next."""
FEWEST_UNDER_WAY = 8
"""So many are under way even without workers: a cluster that adapts starts some when it sees tasks."""
LOOPS = 4
"""So many threads fetch and keep results, because each waits for the disk most of the time."""
LOOK_EVERY = 0.05
"""Seconds between two looks at which blocks are done."""
LOOK_AT_WORKERS_EVERY = 1.0
"""Seconds between two questions to the scheduler how many threads there are."""
RUNNING, PENDING, GONE = "running", "pending", ("cancelled", "lost")
"""What Dask says about a client, a task that is not done, and one that nobody will do."""
SCHEMES = ("tcp", "tls", "ucx", "ws", "wss")


class Cluster:
    """Computes blocks on the workers of a Dask cluster."""

    loops, seconds, most_runs = LOOPS, SECONDS, MOST_RUNS

    def __init__(self, client: "Client", plan: Plan, *, ours: bool) -> None:
        """Check that every worker has the versions that this process has; `ours` says whether to close the client.

        Raises:
            ExperimentError: a worker has another version, or the client is not connected.
        """
        self._client, self._ours = client, ours
        self._known, self._asked_at = 0, -math.inf
        try:
            self._address = _address(client)
            self._check_versions(plan)
            self.cores = max(1, self._threads())
        except BaseException:
            self.close()
            raise

    @classmethod
    def at(cls, address: str, plan: Plan) -> "Cluster":
        """The cluster whose scheduler has this address.

        Raises:
            ExperimentError: it cannot be reached, or a worker has another version.
            MissingExtraError: distributed is not installed.
        """
        distributed = extra("distributed", EXTRA)
        _check_address(address)
        try:
            client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except OSError as error:
            reason = " ".join(str(error).split())
            raise ExperimentError("cluster", address, f"the address of a Dask scheduler ({reason})") from error
        return cls(client, plan, ours=True)

    def close(self) -> None:
        if self._ours:
            with contextlib.suppress(Exception):  # of a scheduler that is gone
                self._client.close()

    def computed(self, plan: Plan, backlog: Backlog) -> Generator[tuple[int, Table], None, None]:
        under_way: dict[Future, int] = {}
        try:
            # A separate task: the scheduler can run it again on a worker that comes later, or if one is lost.
            name = f"tinkernet-{uuid.uuid4().hex}"
            content = self._client.submit(bytes, encoded(plan), key=f"{name}-plan", pure=False)
            while True:
                self._submit(name, content, backlog, under_way)
                if not under_way:
                    return
                for future in [one for one in under_way if one.status != PENDING]:
                    answer = self._fetched(future, under_way[future])
                    if answer is not None:
                        block = under_way.pop(future)
                        yield block, results_in(answer, plan, block, self._address)
                if backlog.ended:
                    self._cancel_waiting(under_way)
                time.sleep(LOOK_EVERY)
        except OSError as error:
            raise self._gone() from error
        finally:
            if under_way and self._client.status == RUNNING:
                with contextlib.suppress(OSError):
                    self._client.cancel(list(under_way))

    def _submit(self, name: str, content: "Future", backlog: Backlog, under_way: "dict[Future, int]") -> None:
        """Hand out blocks, as many as keep this loop's share of all threads busy."""
        room = -(-max(FEWEST_UNDER_WAY, BLOCKS_PER_THREAD * self._threads()) // LOOPS)
        while len(under_way) < room and (task := backlog.take(wait=not under_way)) is not None:
            key = f"{name}-{task.block}"
            future = self._client.submit(answer_for, content, question_about(task), key=key, pure=False)
            under_way[future] = task.block

    def _fetched(self, future: "Future", block: int) -> bytes | None:
        """What a worker has answered; None if it is not here yet, as when a worker is lost that had it."""
        try:
            return bytes(future.result(timeout=FETCH_SECONDS))
        except TimeoutError:
            return None
        except Exception as error:
            if self._client.status != RUNNING or future.status in GONE:
                raise self._gone() from error
            reason = f"{type(error).__name__}: {error}"
            allowed = f"one that can compute block {block} ({reason})"
            raise ExperimentError("executor", self._address, allowed) from error

    def _gone(self) -> ExperimentError:
        return ExperimentError("executor", self._address, "a cluster that can be reached until the end, but it is gone")

    def _cancel_waiting(self, under_way: "dict[Future, int]") -> None:
        """Cancel the blocks that no worker has begun."""
        begun = {key for keys in self._client.processing().values() for key in keys}
        waiting = [one for one in under_way if one.key not in begun and one.status == PENDING]
        self._client.cancel(waiting)
        for future in waiting:
            del under_way[future]

    def _threads(self) -> int:
        """How many threads the workers have together, as of a second ago at most."""
        now = time.monotonic()
        if now - self._asked_at >= LOOK_AT_WORKERS_EVERY:
            self._known, self._asked_at = sum(self._client.nthreads().values()), now
        return self._known

    def _check_versions(self, plan: Plan) -> None:
        here = versions_of(needed(plan))
        answers: dict[str, Any] = self._client.run(versions_of, needed(plan), on_error="return")
        for worker, found in answers.items():
            if not isinstance(found, dict):
                allowed = f"one with tinkernet {here['tinkernet']} on every worker, but {worker} has none ({found})"
                raise ExperimentError("executor", self._address, allowed)
            if (name := difference(here, found)) is not None:
                raise ExperimentError("executor", self._address, versions_differ(name, here[name], found[name]))


def _address(client: "Client") -> str:
    """The address of a client's scheduler.

    Raises:
        ExperimentError: the client is not connected, or is one for coroutines.
    """
    if client.asynchronous:
        raise ExperimentError("executor", str(client), "a Client that is not asynchronous")
    if client.status != RUNNING or client.scheduler is None:
        raise ExperimentError("executor", str(client), "a Client that is connected")
    return str(client.scheduler.address)


def _check_address(address: str) -> None:
    """Check that this may be the address of a scheduler: Dask takes long to give up on some others.

    Raises:
        ExperimentError: it cannot.
    """
    try:
        parts = urlsplit(address)
        good = parts.scheme in SCHEMES and bool(parts.hostname) and parts.port is not None
    except ValueError:
        good = False
    if not good:
        raise ExperimentError("cluster", address, "the address of a Dask scheduler, as tcp://127.0.0.1:8786")
