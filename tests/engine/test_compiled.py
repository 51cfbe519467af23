"""The compiled engine is loaded in every process, or one line explains why not. Tested in real processes."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tinkernet import engine
from tinkernet.engine import cache

# Trains, waits for the compiled engine, and prints its state and the losses before and after.
TRAIN = """
from tinkernet import Experiment, Run, engine
loss = Run(Experiment(seed="0.12345")).train(20).train_loss
try:
    engine.wait_until_compiled()
except RuntimeError:
    pass
print(engine.status().state, loss.hex(), Run(Experiment(seed="0.12345")).train(20).train_loss.hex())
"""
TRAINED = "0x1.6d7833862754bp-2"

NO_USER = """
import os, pwd
os.environ.pop("HOME", None)
def no_user(uid):
    raise KeyError(uid)
pwd.getpwuid = no_user
"""

FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
"""


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """This process's environment, with a separate cache and temporary directory for the test."""
    kept = {name: value for name, value in os.environ.items() if name not in {"XDG_CACHE_HOME", "NUMBA_CACHE_DIR"}}
    (folder / "temporary").mkdir(exist_ok=True)
    return {**kept, "TINKERNET_CACHE": str(folder / "cache"), "TMPDIR": str(folder / "temporary"), **variables}


def start(code: str, variables: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


PATIENCE = 900
"""Seconds: compiling takes minutes on a busy machine."""


def answer(process: subprocess.Popen[str]) -> tuple[list[str], list[str]]:
    """The lines of its standard output and of its standard error."""
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    return out.splitlines(), err.splitlines()


def filled(folder: Path) -> Path:
    """A copy of the machine's cache, which the tests have filled by now, for this test."""
    engine.wait_until_compiled()
    source = cache.cache_folder()
    target = folder / "cache" / source.name
    shutil.copytree(source, target)
    return target


def until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    limit = time.monotonic() + seconds
    while not holds() and time.monotonic() < limit:
        time.sleep(0.02)
    return holds()


def assert_ready(lines: list[str]) -> None:
    assert lines == [f"ready {TRAINED} {TRAINED}"]


def test_concurrent_processes_compile_once_and_report_it_in_one_line(tmp_path: Path) -> None:
    processes = [start(TRAIN, environment(tmp_path)) for _ in range(4)]
    manifests = set()
    while any(process.poll() is None for process in processes):
        manifests |= {path.stat().st_mtime_ns for path in (tmp_path / "cache").glob(f"*/{cache.MANIFEST}")}
        time.sleep(0.02)
    for process in processes:
        lines, said = answer(process)
        assert_ready(lines)
        assert len(said) == 1
        assert said[0].startswith("Compiling the engine, once for this machine")
    assert len(manifests) == 1
    lines, said = answer(start(TRAIN, environment(tmp_path)))
    assert_ready(lines)
    assert said == []


def test_a_damaged_cache_is_recompiled_and_reported(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    next(folder.rglob("entries.train-*.nbi")).write_bytes(b"")
    next(folder.rglob("entries.fields-*.nbc")).write_bytes(b"no machine code")
    lines, said = answer(start(TRAIN, environment(tmp_path)))
    assert_ready(lines)
    assert len(said) == 1
    assert said[0].startswith("The engine's cache was damaged")
    assert cache.is_complete(folder)


@pytest.mark.parametrize("pattern", ["*.nbi", "*.nbc", cache.MANIFEST])
@pytest.mark.parametrize("content", [b"", b"\x00garbage", None])
def test_any_damage_is_detected(tmp_path: Path, pattern: str, content: bytes | None) -> None:
    folder = filled(tmp_path)
    assert cache.is_complete(folder)
    victim = next(folder.rglob(pattern))
    victim.unlink() if content is None else victim.write_bytes(content)
    assert not cache.is_complete(folder)


def test_with_full_disks_the_engine_is_compiled_for_this_process_only(tmp_path: Path) -> None:
    lines, said = answer(start(FULL + TRAIN, environment(tmp_path)))
    assert_ready(lines)
    assert len(said) == 2
    assert said[1].startswith("The engine cannot be cached (File too large)")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_without_a_home_directory_a_private_folder_is_used_and_removed(tmp_path: Path) -> None:
    variables = environment(tmp_path)
    del variables["TINKERNET_CACHE"]
    temporary = tmp_path / "temporary"
    process = start(NO_USER + TRAIN, variables)
    modes = set()
    while process.poll() is None:
        modes |= {path.stat().st_mode & 0o777 for path in temporary.glob("tinkernet-*")}
        time.sleep(0.02)
    lines, said = answer(process)
    assert_ready(lines)
    assert len(said) == 1
    expected = "The engine cannot be cached (there is no home directory); compiling it for this process."
    assert said[0].startswith(expected)
    assert modes == {0o700}
    assert list(temporary.iterdir()) == []


def test_a_private_folder_is_removed_when_its_process_is_killed(tmp_path: Path) -> None:
    variables = environment(tmp_path)
    del variables["TINKERNET_CACHE"]
    temporary = tmp_path / "temporary"
    process = start(NO_USER + TRAIN, variables)
    assert until(lambda: any(temporary.glob("tinkernet-*/lock")))
    process.kill()
    process.communicate()
    assert until(lambda: not any(temporary.iterdir()))


def test_a_read_only_cache_is_used_unchanged(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    read_only = "from tinkernet.engine import cache\ncache.is_writable = lambda folder: False\n"
    lines, said = answer(start(read_only + TRAIN, environment(tmp_path)))
    assert_ready(lines)
    assert said == []
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_folder_that_others_can_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = filled(tmp_path)
    folder.chmod(0o777)
    monkeypatch.setenv("TINKERNET_CACHE", str(tmp_path / "cache"))
    with pytest.raises(cache.NoFolderError, match="others can write"):
        cache.cache_folder()


def test_a_file_in_place_of_the_folder_is_reported_as_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TINKERNET_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(cache.NoFolderError, match="Not a directory"):
        cache.cache_folder()


HOLD = """
import sys, time
from pathlib import Path
from tinkernet.engine import cache
with cache.locked(Path(sys.argv[1])) as held:
    print(held, flush=True)
    time.sleep(600)
"""


def test_a_lock_ends_with_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    assert cache.is_locked(tmp_path)
    monkeypatch.setattr(cache, "LOCK_SECONDS", 0.3)
    with pytest.raises(TimeoutError, match="too long"), cache.wait_for_lock(tmp_path):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert not cache.is_locked(tmp_path)
    with cache.wait_for_lock(tmp_path):
        pass


def test_with_numba_disabled_the_reference_is_used_and_reported(tmp_path: Path) -> None:
    lines, said = answer(start(TRAIN, environment(tmp_path, NUMBA_DISABLE_JIT="1")))
    assert lines == [f"unavailable {TRAINED} {TRAINED}"]
    assert said == [
        "The compiled engine is not available, training is slow: Numba's compiler is disabled by NUMBA_DISABLE_JIT"
    ]


WORKERS = """
import multiprocessing, sys
from tinkernet import Experiment, Run, engine

def work(_):
    engine.wait_until_compiled()
    return engine.compiled_ready(), Run(Experiment(seed="0.12345")).train(20).train_loss.hex()

if __name__ == "__main__":
    Run(Experiment(seed="0.12345")).train(1)
    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
        print(set(pool.map(work, range(4))))
"""


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_get_the_compiled_engine_however_they_are_started(tmp_path: Path, method: str) -> None:
    filled(tmp_path)
    script = tmp_path / "script.py"
    script.write_text(WORKERS)
    # The path of a fork server's socket must be short, so it is not in the folder of the test.
    with tempfile.TemporaryDirectory() as short:
        done = subprocess.run(
            [sys.executable, script, method],
            env=environment(tmp_path, TMPDIR=short),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    assert done.stdout == f"{{(True, '{TRAINED}')}}\n"
    assert "Compil" not in done.stderr


FORKS = """
import os, time
from tinkernet import engine

engine.prepare()
for k in range(20):
    time.sleep(0.03)
    child = os.fork()
    if child == 0:
        engine.wait_until_compiled()
        os._exit(0 if engine.compiled_ready() else 1)
    assert os.waitpid(child, 0)[1] == 0, k
engine.wait_until_compiled()
print(engine.status().state)
"""


def test_a_fork_at_any_moment_of_loading_gives_a_working_engine(tmp_path: Path) -> None:
    filled(tmp_path)
    assert answer(start(FORKS, environment(tmp_path)))[0] == ["ready"]
