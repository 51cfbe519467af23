"""A sweep in processes survives what ends them, and they end with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

import tinkernet
from tinkernet import Between, Experiment, ExperimentError, Sweep, engine
from tinkernet.sweeps.executors import processes as module
from tinkernet.sweeps.executors.choice import suits_processes
from tinkernet.sweeps.start import plan_of

BASE = Experiment(seed="1")
WORKER = "tinkernet.sweeps.executors.worker"
SCRIPT = """
import tinkernet
print("begun", flush=True)
found = tinkernet.sweep(tinkernet.Experiment(seed="1"), start=range(200), epochs=EPOCHS, executor="processes", cores=2)
print(len(found.table), flush=True)
"""


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def workers(parent: int | None = None) -> list[psutil.Process]:
    """The processes that compute for this one, or for another one."""
    found = []
    for child in psutil.Process(parent).children():
        try:
            if WORKER in child.cmdline():
                found.append(child)
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


def wait_for(happens: Callable[[], bool]) -> None:
    """Wait until something is true."""
    limit = time.monotonic() + 120
    while not happens():
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_a_killed_process_loses_nothing() -> None:
    sweep = tinkernet.sweep(BASE, start=range(800), epochs=100, executor="processes", cores=2)
    killed: set[int] = set()
    while len(killed) < 2 and not sweep.over:
        for one in workers():
            if one.pid not in killed and len(killed) < 2 and sweep.done >= 100 * len(killed):
                one.kill()
                killed.add(one.pid)
        time.sleep(0.05)
    assert len(killed) == 2
    table = sweep.table
    assert not workers()
    assert table.csv() == tinkernet.sweep(BASE, start=range(800), epochs=100, executor="threads").table.csv()


def test_a_block_that_ends_every_process_is_an_error_that_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COMMAND", ("-c", "import sys; sys.exit('no room')"))
    with pytest.raises(ExperimentError, match=r"3 processes ended at block 0, the last with exit code 1 \(no room\)"):
        tinkernet.sweep(BASE, start=range(9), epochs=1, executor="processes", cores=1).wait()
    monkeypatch.setattr(sys, "executable", "/nothing/python")
    with pytest.raises(ExperimentError, match="no process can be started"):
        tinkernet.sweep(BASE, start=range(9), epochs=1, executor="processes", cores=1).wait()


def test_a_plain_script_is_not_run_again_by_its_processes(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.replace("EPOCHS", "5"))
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout == "begun\n200\n"
    assert done.stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signal")
def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.replace("EPOCHS", "1_000_000"))
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.DEVNULL) as process:
        wait_for(lambda: len(workers(process.pid)) == 2)
        begun = workers(process.pid)
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(begun, timeout=120)
    assert not any(one.is_running() for one in begun)


def test_a_sweep_in_processes_can_be_paused_stopped_and_continued_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    sweep = tinkernet.sweep(BASE, start=range(1200), epochs=50, executor="processes", cores=1, folder=folder).pause()
    assert sweep.paused
    assert not sweep.over
    wait_for(lambda: sweep.unpause().done > 0)
    assert sweep.stop().over
    assert not workers()
    assert sweep.done == len(sweep.table) < 1200
    again = Sweep.resume(folder, executor="threads")
    assert again.table.csv() == tinkernet.sweep(BASE, start=range(1200), epochs=50, executor="threads").table.csv()


MANY_RATES = [0.001 * k for k in range(1, 1001)]
SEEDS = [str(k) for k in range(2000)]


@pytest.mark.parametrize(
    ("settings", "budget", "epochs", "cores", "processes"),
    [
        # Small, or with two cores and much to compute: starting processes costs more than it saves.
        ({"learning_rate": [0.01, 0.1]}, None, 100, 64, False),
        ({"start": range(1000)}, None, 100, 2, False),
        ({"start": range(1000), "hidden": [(2,), (4, 2), (8, 8)]}, None, 100, 2, False),
        # Rates alone hardly hold the lock.
        ({"start": range(50), "learning_rate": MANY_RATES}, None, 100, 8, False),
        ({"start": range(1000), "learning_rate": MANY_RATES}, None, 1, 64, True),
        ({"seed": SEEDS, "hidden": [(2,), (4, 2), (8, 8)]}, None, 10, 8, True),
        ({"seed": SEEDS, "learning_rate": MANY_RATES}, 20_000, 10, 4, True),
        ({"learning_rate": Between(0.001, 1), "noise": Between(0, 50)}, 20_000, 10, 8, True),
    ],
)
def test_processes_are_chosen_where_they_are_faster(
    settings: dict[str, object], budget: int | None, epochs: int, cores: int, *, processes: bool
) -> None:
    plan = plan_of(BASE, settings, epochs=epochs, design="random" if budget else "grid", budget=budget)
    assert suits_processes(plan, cores) is processes
