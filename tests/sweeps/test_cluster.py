"""A sweep on a real Dask cluster has the bits of one on this machine, whatever happens to workers."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from dask_clusters import OTHER_VERSION, PATIENCE, Dask, other_version

import tinkernet
from tinkernet import Experiment, ExperimentError, Sweep, engine
from tinkernet.sweeps.design import Kind
from tinkernet.sweeps.executors import cluster as module

BASE = Experiment(seed="1")
RATES = [0.01 * k for k in range(1, 17)]
VERSIONS = f"tinkernet {tinkernet.__version__} on every worker, but one has {OTHER_VERSION}, whose numbers may differ"
FILE = """
epochs = 5
[experiment]
seed = "0.5"
[vary]
learning_rate = [0.01, 0.1]
hidden = [[1], [4, 2]]
"""


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """A cluster of two workers."""
    with Dask(tmp_path_factory.mktemp("dask")) as dask:
        dask.worker()
        dask.worker()
        dask.client(2)
        yield dask


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """The folder of a sweep of 32 blocks or so, of which few are computed."""
    folder = tmp_path / "begun"
    tinkernet.sweep(
        BASE, start=range(160), learning_rate=RATES, epochs=60, folder=folder, cores=8, executor="threads"
    ).stop()
    return folder


def wanted() -> str:
    return tinkernet.sweep(BASE, start=range(160), learning_rate=RATES, epochs=60, executor="threads").table.csv()


def wait_for(sweep: Sweep, runs: int) -> None:
    limit = time.monotonic() + PATIENCE
    while sweep.done < runs and not sweep.over:
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_a_cluster_computes_the_same_bits_as_threads_and_processes(dask: Dask, tmp_path: Path) -> None:
    def table(executor: str, folder: Path | None = None) -> str:
        return tinkernet.sweep(
            BASE,
            hidden=[(), (2,), (4, 2)],
            optimizer=["sgd", "adam"],
            seed=["a", "ä=;"],
            start=range(20),
            epochs=5,
            executor=executor,
            folder=folder,
        ).table.csv()

    threads = table("threads")
    assert table("processes") == threads
    assert table(dask.address) == threads
    assert table(dask.address, tmp_path / "kept") == threads
    assert Sweep.resume(tmp_path / "kept", executor=dask.address).table.csv() == threads


def test_a_random_and_a_sobol_design_are_the_same_on_a_cluster(dask: Dask) -> None:
    designs: tuple[Kind, ...] = ("random", "sobol")
    for design in designs:

        def table(executor: str, kind: Kind = design) -> str:
            between = tinkernet.Between(0.001, 1, log=True)
            found = tinkernet.sweep(BASE, learning_rate=between, design=kind, budget=256, epochs=2, executor=executor)
            return found.table.csv()

        assert table(dask.address) == table("threads")


def test_optuna_chooses_the_same_settings_on_a_cluster(dask: Dask, tmp_path: Path) -> None:
    def table(executor: str, folder: Path | None = None) -> str:
        return tinkernet.sweep(
            BASE,
            learning_rate=tinkernet.Between(0.001, 1, log=True),
            hidden=[(2,), (4, 2)],
            design="optuna",
            budget=40,
            epochs=2,
            executor=executor,
            folder=folder,
        ).table.csv()

    threads = table("threads")
    assert table(dask.address, tmp_path / "kept") == threads
    assert Sweep.resume(tmp_path / "kept", executor="threads").table.csv() == threads


def test_a_client_that_is_given_stays_open(dask: Dask) -> None:
    client = dask.client(2)
    tinkernet.sweep(BASE, start=range(9), epochs=2, executor=client).wait()
    assert client.status == "running"
    assert tinkernet.sweep(BASE, start=range(9), epochs=2, executor=client).wait().done == 9
    limit = time.monotonic() + PATIENCE
    while client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)):
        assert time.monotonic() < limit, "nothing of a sweep stays on the cluster"
        time.sleep(0.05)


def test_the_command_uses_a_cluster(dask: Dask, tmp_path: Path) -> None:
    (tmp_path / "rates.toml").write_text(FILE)
    command = [sys.executable, "-m", "tinkernet", "sweep", "rates.toml", "--cluster", dask.address]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "4 runs. The lowest test loss:" in done.stdout
    base = Experiment(seed="0.5")
    same = tinkernet.sweep(base, learning_rate=[0.01, 0.1], hidden=[(1,), (4, 2)], epochs=5, executor="threads")
    assert Sweep.resume(tmp_path / "rates").table.csv() == same.table.csv()


def test_settings_that_do_not_fit_are_the_same_error_everywhere(dask: Dask) -> None:
    for executor in ("threads", "processes", dask.address):
        with pytest.raises(ExperimentError, match=r"features is .*log\(x\)") as caught:
            tinkernet.sweep(BASE, features=[("x",), ("x", "log(x)")], epochs=1, executor=executor).wait()
        assert caught.value.field == "features"


def test_workers_may_be_killed_and_others_may_join(begun: Path, tmp_path: Path) -> None:
    with Dask(tmp_path) as dask:
        first, second = dask.worker(), dask.worker()
        client = dask.client(2)
        sweep = Sweep.resume(begun, executor=client)
        wait_for(sweep, sweep.done + 1)
        first.kill()
        first.wait()
        sweep.pause()
        dask.worker()
        dask.client(2)
        assert sweep.done < sweep.runs
        sweep.unpause()
        second.kill()
        assert sweep.table.csv() == wanted()


def test_a_worker_with_another_version_is_refused_whenever_it_joins(begun: Path, tmp_path: Path) -> None:
    other = other_version(tmp_path / "other")
    with Dask(tmp_path) as dask:
        good = dask.worker()
        client = dask.client(1)
        late = Sweep.resume(begun, executor=client).pause()
        dask.worker(other)
        dask.client(2)
        with pytest.raises(ExperimentError, match=VERSIONS):
            tinkernet.sweep(BASE, start=range(9), executor=dask.address, folder=tmp_path / "none")
        assert not (tmp_path / "none").exists()
        good.kill()
        good.wait()
        with pytest.raises(ExperimentError, match=VERSIONS):
            late.unpause().wait()
        assert Sweep.resume(begun, executor="threads").table.csv() == wanted()


def test_a_sweep_waits_for_workers_and_can_be_stopped_and_loses_nothing_with_the_scheduler(
    begun: Path, tmp_path: Path
) -> None:
    with Dask(tmp_path) as dask:
        without = tinkernet.sweep(BASE, start=range(9), epochs=2, executor=dask.address)
        assert without.stop().over
        assert without.done == 0
        without = tinkernet.sweep(BASE, start=range(9), epochs=2, executor=dask.address)
        dask.worker()
        assert without.wait().done == 9
        sweep = Sweep.resume(begun, executor=dask.address)
        wait_for(sweep, sweep.done + 1)
        dask.scheduler.kill()
        with pytest.raises(ExperimentError, match="but it is gone"):
            sweep.wait()
    assert Sweep.resume(begun, executor="threads").table.csv() == wanted()


def test_a_cluster_that_cannot_be_reached_is_an_error_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # it does not listen
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ExperimentError, match="must be the address of a Dask scheduler"):
            tinkernet.sweep(BASE, start=range(9), executor=address, folder=tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("executor", "message"),
    [
        ("tcp://", "must be the address of a Dask scheduler"),
        ("carrier://pigeon:1", "must be the address of a Dask scheduler"),
        ("tcp://host:many", "must be the address of a Dask scheduler"),
        ("cluster", '"threads", "processes", the address'),
        (3, '"threads", "processes", the address'),
    ],
)
def test_what_is_no_executor_is_refused(executor: str, message: str) -> None:
    with pytest.raises(ExperimentError, match=message):
        tinkernet.sweep(BASE, start=range(9), executor=executor)


def test_cores_are_not_for_a_cluster_nor_is_a_client_for_coroutines(dask: Dask) -> None:
    with pytest.raises(ExperimentError, match="cores is 2, but must be omitted"):
        tinkernet.sweep(BASE, start=range(9), executor=dask.address, cores=2)
    from distributed import Client

    client = Client(dask.address, set_as_default=False)
    client.close()
    with pytest.raises(ExperimentError, match="a Client that is connected"):
        tinkernet.sweep(BASE, start=range(9), executor=client)
