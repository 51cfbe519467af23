"""Compiling the kernels: in a process of its own, so that nobody waits for it, and once per machine.

The process that compiles writes "done" when the folder is whole, or one line with the reason why it can't be. One that
compiles into a private folder also watches its standard input: when that ends, whoever asked is gone, and so is the
folder a moment later.
"""

import contextlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from tinkernet.engine import cache

DONE = "done"
LONGEST_REASON = 200
TELLING = re.compile(
    r"^.*(?:No implementation of|NameError:|Unknown attribute|Untyped global name|Invalid use of).*$", re.MULTILINE
)
"""The line of Numba's report that says what it could not compile."""
PLACE = re.compile(r'File "([^"<]+)", line (\d+)')


class CompilerError(Exception):
    """The kernels could not be compiled in another process; says why."""


class UnavailableError(CompilerError):
    """The kernels can't be compiled in any place: it is of no use to try another."""


@contextlib.contextmanager
def compiled_elsewhere(folder: Path, *, private: bool = False) -> Iterator[None]:
    """Have another process compile the kernels into this folder; inside the block they are there.

    A private folder lasts until the end of the block, or of this process.

    Raises:
        CompilerError: it could not.
    """
    command = [sys.executable, "-P", "-W", "ignore", "-m", "tinkernet.engine", str(folder), *["private"] * private]
    # The other process finds the same modules as this one, wherever they come from.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        process = subprocess.Popen(  # noqa: S603 (this Python and this package)
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C is for the run, not for what the next start will load
        )
    except (OSError, ValueError) as error:
        raise CompilerError(f"no process to compile in: {error}") from error
    with process:
        answer = ""
        for line in process.stdout or ():
            answer = line.strip()  # Numba can be asked to report what it does: the last line counts
            if answer == DONE:
                break
        if answer != DONE:
            code = process.wait()
            if code < 0:  # perhaps for lack of memory, which this process would run out of next
                raise UnavailableError(f"the process that compiled was ended by signal {-code}")
            raise CompilerError(answer or "the process that compiled ended early")
        yield


def main(arguments: list[str]) -> int:
    """The command line of that process: a folder, and perhaps "private". Without a folder, fill the usual cache."""
    os.umask(0o077)
    if not arguments:
        return _fill_usual_cache()
    folder, watcher = Path(arguments[0]), None
    if "private" in arguments:
        watcher = threading.Thread(target=_remove_when_left, args=(folder,))
        watcher.start()
    try:
        fill(folder)
    except Exception as error:  # noqa: BLE001 (whatever it is, whoever asked gets it in a line)
        print(in_a_line(error), flush=True)  # noqa: T201 (this is the answer)
        os._exit(1)  # the watcher would wait for ever
    print(DONE, flush=True)  # noqa: T201 (likewise)
    if watcher is not None:
        watcher.join()
    return 0


def _fill_usual_cache() -> int:
    """For `make install`, which succeeds without a cache too: the engine then compiles at every start."""
    try:
        fill(cache.cache_folder())
    except Exception as error:  # noqa: BLE001 (whatever it is, it is said in a line)
        print(f"The compiled engine can't be kept: {in_a_line(error)}", file=sys.stderr)  # noqa: T201 (a command)
    return 0


def in_a_line(error: Exception) -> str:
    """What went wrong, in one short line. Of the compiler's long reports it is the reason, and where that is."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    telling = TELLING.search(reason)
    if telling is not None:
        where = PLACE.search(reason, telling.end())
        reason = telling[0] + (f" ({Path(where[1]).name}, line {where[2]})" if where is not None else "")
    reason = " ".join(reason.split()) or type(error).__name__
    return reason if len(reason) <= LONGEST_REASON else reason[: LONGEST_REASON - 1] + "…"


def _remove_when_left(folder: Path) -> None:
    sys.stdin.read()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def fill(folder: Path) -> None:
    """Compile the kernels into this folder, unless they are there or another process is putting them there."""
    with cache.wait_for_lock(folder):
        if not cache.is_whole(folder):
            cache.empty(folder)
            cache.check_room(folder)
            import_kernels(folder)
            cache.seal(folder)


def check_numba() -> None:
    """Make sure that Numba compiles.

    Raises:
        UnavailableError: it has been switched off.
    """
    import numba

    if numba.config.DISABLE_JIT:
        raise UnavailableError("Numba's compiler is switched off by NUMBA_DISABLE_JIT")


def import_kernels(folder: Path | None) -> ModuleType:
    """The kernels' module, loaded from this folder or compiled into it; without a folder it is not kept.

    Numba asks for the folder while it decorates.
    """
    check_numba()
    import numba

    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = "" if folder is None else str(folder)
    try:
        return importlib.import_module("tinkernet.engine.entries")
    finally:
        numba.config.CACHE_DIR = before
