"""What limits a large sweep: the interpreter's lock, the scheduler of a Dask cluster, or the writing of results.

    python benchmarks/scaling.py

It measures on this machine what a run, a block and a task cost, and simulates clusters of any size with these numbers.
docs/scaling.md says what follows from them.
"""

import argparse
import heapq
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import psutil
from distributed import Client
from distributed.deploy.subprocess import SubprocessCluster
from msgspec.structs import replace

import tinkernet
from tinkernet import Experiment, engine
from tinkernet.sweeps import backlog
from tinkernet.sweeps.block import Plan, compute
from tinkernet.sweeps.cores import usable_cores
from tinkernet.sweeps.executors import cluster
from tinkernet.sweeps.executors.remote import answer_for, question_about, results_in
from tinkernet.sweeps.result import best_of
from tinkernet.sweeps.results import InFolder
from tinkernet.sweeps.saved import encoded
from tinkernet.sweeps.start import plan_of

BASE = Experiment(dataset="circle", seed="0.5", hidden=(4, 2))
EPOCHS = 100
MANY = 10**9
TASKS = 1000
UNDER_WAY = 16
VARIED: dict[str, dict[str, Any]] = {
    "rates": {"learning_rate": [0.0001 * k for k in range(1, 4097)]},
    "starts": {"start": list(range(4096))},
    "seeds": {"seed": [str(k) for k in range(4096)]},
}
THREADS = (10, 100, 1000, 10_000)
BLOCK_SECONDS = (2.0, 10.0, 30.0)


def plan(name: str, epochs: int) -> Plan:
    """A plan of one block in which this varies."""
    made = plan_of(BASE, {key: given[:512] for key, given in VARIED[name].items()}, epochs=epochs)
    return replace(made, block=made.design.runs)


@contextmanager
def timed(clock: Callable[[], float], spent: list[float]) -> Iterator[None]:
    """Add the time of the block to a list."""
    began = clock()
    try:
        yield
    finally:
        spent.append(clock() - began)


# --- A run --------------------------------------------------------------------


def costs(name: str) -> tuple[float, float]:
    """Seconds of a run in Python, and of an epoch of it in compiled code, while nothing else computes here."""
    made, compiled = plan(name, EPOCHS), list[float]()
    train, evaluate = engine.train_runs, engine.evaluate_runs

    def trained(*given: object) -> object:
        with timed(time.thread_time, compiled):
            return train(*given)  # type: ignore[arg-type] # passed on

    def evaluated(*given: object) -> object:
        with timed(time.thread_time, compiled):
            return evaluate(*given)  # type: ignore[arg-type] # passed on

    whole: list[float] = []
    with (
        patch.object(engine, "train_runs", trained),
        patch.object(engine, "evaluate_runs", evaluated),
        timed(time.thread_time, whole),
    ):
        compute(made, 0)
    return (whole[0] - sum(compiled)) / made.design.runs, sum(compiled) / made.design.runs / EPOCHS


def seconds_of(name: str, runs: int, executor: str) -> float:
    """How long a sweep of short runs takes."""
    values: dict[str, Any] = {key: given[:runs] for key, given in VARIED[name].items()}
    if name == "rates":
        values["start"] = range(4)
    spent: list[float] = []
    with timed(time.perf_counter, spent):
        tinkernet.sweep(BASE, epochs=20, executor=executor, **values).wait()
    return spent[0]


# --- A block ------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """What a block costs the client: bytes that come and those of its file, seconds to read and to write it."""

    runs: int
    answer: int
    file: int
    reading: float
    writing: float
    computing: float
    """Seconds of a core for both; the rest is waiting for the disk, which several threads do at the same time."""
    looking: float
    """Seconds to see, when a sweep continues, that the file is whole."""

    @property
    def seconds(self) -> float:
        """What each block takes of the client's time."""
        return max(self.computing, (self.reading + self.writing) / cluster.LOOPS)


def block_of(runs: int) -> Block:
    """Measure a block of so many runs over three settings, of one epoch each."""
    rates = [0.0001 * k for k in range(1, runs // 64 + 1)]
    made = plan_of(BASE, {"learning_rate": rates, "regularization_rate": [0.0, 0.01], "start": range(32)}, epochs=1)
    made = replace(made, block=made.design.runs)
    answer = answer_for(encoded(made), question_about(backlog.Task(0)))
    reading, writing, looking, computing = list[float](), list[float](), list[float](), list[float]()
    with tempfile.TemporaryDirectory() as place:
        store = InFolder.begin(Path(place, "sweep"), made)
        for _ in range(9):
            with timed(time.thread_time, computing):
                with timed(time.perf_counter, reading):
                    table = results_in(answer, made, 0, "benchmark")
                    best_of(made, table)
                with timed(time.perf_counter, writing):
                    store.add(0, table)
            with timed(time.perf_counter, looking):
                store.done()
        file = store.path_of(0).stat().st_size
    median = statistics.median
    spent = median(reading), median(writing), median(computing), median(looking)
    return Block(made.design.runs, len(answer), file, *spent)


# --- A task -------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """Seconds of a task in the scheduler's process and in the client's, and how many tasks there are per second."""

    scheduler: float
    client: float
    per_second: float


def task_of(client: Client, size: int) -> Task:
    """Measure trivial tasks whose results have so many bytes, fetched one by one as a sweep does."""
    scheduler = psutil.Process(client.run_on_scheduler(os.getpid))

    def scheduled() -> float:
        used = scheduler.cpu_times()
        return float(used.user + used.system)

    before, own, began = scheduled(), time.process_time(), time.perf_counter()
    left, waiting = TASKS, list[Any]()
    while left or waiting:
        while left and len(waiting) < UNDER_WAY:
            waiting.append(client.submit(bytes, size, key=f"task-{size}-{left}", pure=False))
            left -= 1
        waiting.pop(0).result()
    spent = time.perf_counter() - began
    return Task((scheduled() - before) / TASKS, (time.process_time() - own) / TASKS, TASKS / spent)


# --- The simulation -----------------------------------------------------------


@dataclass(frozen=True)
class Load:
    """Shares of the time that threads, the scheduler and the client are busy."""

    threads: float
    scheduler: float
    client: float


def simulated(threads: int, seconds: float, scheduler: float, client: float) -> Load:
    """The load of a cluster, as a queue.

    The client hands out blocks, the scheduler passes each on and its result back, the client keeps the result and hands
    out the next. Scheduler and client do one thing at a time; the seconds of blocks differ by up to 20 per cent.
    """
    draws, blocks = np.random.default_rng(0), threads * 12
    spread = draws.uniform(0.8 * seconds, 1.2 * seconds, blocks).tolist()
    under_way = min(blocks, cluster.BLOCKS_PER_THREAD * threads)
    # Events: (time, number, what): a block is handed out, one reaches the workers, one is computed, one is passed back.
    events = [(0.0, number, "out") for number in range(under_way)]
    scheduler_free = client_free = 0.0
    free, queue, next_block, done = threads, list[int](), under_way, list[float]()
    while events:
        now, number, what = heapq.heappop(events)
        if what == "out":
            scheduler_free = max(now, scheduler_free) + scheduler / 2
            heapq.heappush(events, (scheduler_free, number, "ready"))
        elif what == "ready":
            queue.append(number)
        elif what == "computed":
            free += 1
            scheduler_free = max(now, scheduler_free) + scheduler / 2
            heapq.heappush(events, (scheduler_free, number, "back"))
        else:
            client_free = max(now, client_free) + client
            done.append(client_free)
            if next_block < blocks:
                heapq.heappush(events, (client_free, next_block, "out"))
                next_block += 1
        while free and queue:
            free -= 1
            chosen = queue.pop()
            heapq.heappush(events, (now + spread[chosen], chosen, "computed"))
    # Without the beginning, when all start at once, and the end, when the last ones are waited for.
    first, last = blocks // 4, blocks * 3 // 4
    rate = (last - first) / (done[last] - done[first])
    return Load(rate * seconds / threads, rate * scheduler, rate * client)


# --- What is printed ----------------------------------------------------------


def machine(rounds: int) -> tuple[float, float]:
    """Print what a run costs, and threads against processes; seconds of a run in Python and per epoch."""
    found = {name: costs(name) for name in VARIED}
    print("A run of 2-4-2-1 (250 points): µs in Python, which holds the interpreter's lock, and per epoch without it")
    for name, (locked, epoch) in found.items():
        limit = f"{EPOCHS} epochs in threads use at most {1 + epoch * EPOCHS / locked:.1f} cores"
        print(f"  {name:<7} {locked * 1e6:7.0f} {epoch * 1e6:7.1f}   {limit}")
    print(f"{usable_cores()} cores, runs of 20 epochs: seconds in threads, in processes, and their ratio")
    for name, runs in (("rates", 4096), ("seeds", 4096), ("rates", 16)):
        pairs = [[seconds_of(name, runs, where) for where in ("threads", "processes")] for _ in range(rounds)]
        threads, processes = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(other / one for one, other in pairs)
        many = runs * (4 if name == "rates" else 1)
        print(f"  {many:>6,} runs, {name:<6} {threads:6.2f} {processes:6.2f} {ratio:6.2f}")
    return found["starts"]


def blocks() -> Block:
    """Print what blocks cost the client; that of the largest block."""
    print("A block: kB that travel, kB of its file, ms to read and to write it, of a core, and to look at it on resume")
    found = [block_of(runs) for runs in (8192, cluster.MOST_RUNS)]
    for one in found:
        times = f"{one.reading * 1e3:7.1f} {one.writing * 1e3:7.1f} {one.computing * 1e3:7.1f} {one.looking * 1e3:7.2f}"
        print(f"  {one.runs:>6,} runs {one.answer / 1e3:8.0f} {one.file / 1e3:8.0f} {times}")
    return found[-1]


def tasks(sizes: tuple[int, ...]) -> Task:
    """Print what tasks cost; that of the largest."""
    print("A task: ms of the scheduler, ms of the client, tasks per second with all on this machine")
    with SubprocessCluster(n_workers=2, worker_kwargs={"nthreads": 1}) as made, Client(made) as client:
        client.wait_for_workers(2)
        found = [task_of(client, size) for size in sizes]
    for size, one in zip(sizes, found, strict=True):
        print(f"  {size / 1e3:8.0f} kB {one.scheduler * 1e3:7.2f} {one.client * 1e3:7.2f} {one.per_second:8.0f}")
    return found[-1]


def clusters(run: tuple[float, float], block: Block, task: Task) -> None:
    """Print what the simulation says, and what a thousand million runs cost."""
    client = task.client + block.seconds
    print("Simulated: per cent of the time that threads, scheduler and client are busy")
    print("  threads " + "".join(f"{f'blocks of {seconds:g} s':>20}" for seconds in BLOCK_SECONDS))
    for threads in THREADS:
        loads = [simulated(threads, seconds, task.scheduler, client) for seconds in BLOCK_SECONDS]
        cells = [f"{one.threads:8.0%} {one.scheduler:5.0%} {one.client:5.0%}" for one in loads]
        print(f"  {threads:>7,} " + "".join(f"{cell:>20}" for cell in cells))
    each = run[0] + run[1] * EPOCHS
    runs = min(cluster.MOST_RUNS, int(cluster.SECONDS / each))
    files = -(-MANY // runs)
    print(f"10^9 runs of {EPOCHS} epochs from different starts: {MANY * each / 3600:,.0f} core hours,")
    print(f"  {files:,} blocks and files of {runs:,} runs, {block.file / block.runs * MANY / 1e9:.0f} GB;")
    print(f"  the scheduler works {files * task.scheduler / 60:.1f} min, the client {files * client / 60:.1f} min;")
    print(f"  the scheduler is the limit above {runs * each / task.scheduler:,.0f} threads,", end=" ")
    print(f"the client above {runs * each / client:,.0f}.")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure and simulate what limits a large sweep.")
    parser.add_argument("--rounds", type=int, default=3, help="how often threads and processes take their turn (3)")
    rounds = max(1, parser.parse_args().rounds)
    engine.wait_until_compiled()
    run, block = machine(rounds), blocks()
    clusters(run, block, tasks((1, block.answer)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
