"""A sweep of 100,000 runs by threads, by processes and by a Dask cluster on this machine: are the tables equal?

    python benchmarks/equal_tables.py

Each way keeps its results in a folder. The order of the three is that of the list; times are for the whole sweep.
"""

import argparse
import sys
import tempfile
import time
from typing import Any

import numpy as np
from distributed import Client
from distributed.deploy.subprocess import SubprocessCluster

import tinkernet
from tinkernet import Experiment, Solved, engine
from tinkernet.sweeps.cores import usable_cores
from tinkernet.tables import Table

BASE = Experiment(dataset="xor", seed="0.5", hidden=(4, 2), regularization="L2")
RATES = np.geomspace(0.003, 3, 100).tolist()
PENALTIES = np.geomspace(0.0001, 1, 100).tolist()
EPOCHS = 50


def swept(starts: int, executor: Any, folder: str) -> tuple[Table, float]:
    """The table of a sweep, and how many seconds it took."""
    began = time.perf_counter()
    found = tinkernet.sweep(
        BASE,
        learning_rate=RATES,
        regularization_rate=PENALTIES,
        start=range(starts),
        epochs=EPOCHS,
        stop=Solved(loss=0.05),
        executor=executor,
        folder=folder,
    ).wait()
    return found.table, time.perf_counter() - began


def equal(one: Table, other: Table) -> bool:
    """Whether two tables have the same bits; NaN equals NaN."""
    return one.names == other.names and all(
        np.array_equal(one[name], other[name], equal_nan=one[name].dtype.kind == "f") for name in one.names
    )


def main() -> int:
    """The command line; the exit code is 1 if tables differ."""
    parser = argparse.ArgumentParser(description="Compare the tables of one sweep, computed in three ways.")
    parser.add_argument("--starts", type=int, default=10, help="10,000 runs for each of so many starts (10)")
    starts = parser.parse_args().starts
    engine.wait_until_compiled()
    cores = usable_cores()
    with (
        tempfile.TemporaryDirectory() as folder,
        SubprocessCluster(n_workers=cores, worker_kwargs={"nthreads": 1}) as made,
        Client(made) as client,
    ):
        client.wait_for_workers(cores)
        ways: dict[str, Any] = {"threads": "threads", "processes": "processes", "Dask": client}
        found = {name: swept(starts, way, f"{folder}/{name}") for name, way in ways.items()}
    first = found["threads"][0]
    print(f"{len(first):,} runs of up to {EPOCHS} epochs on {cores} cores")
    same = [equal(first, table) for table, _ in found.values()]
    for (name, (_, seconds)), alike in zip(found.items(), same, strict=True):
        print(f"  {name:<10} {seconds:6.1f} s   {'equal' if alike else 'DIFFERENT'}")
    return 0 if all(same) else 1


if __name__ == "__main__":
    sys.exit(main())
