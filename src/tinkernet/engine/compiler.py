"""Compiles the kernels in a separate process, so that nothing waits for it, once per machine.

The compiling process prints "done" when the folder is complete, or one line with the reason for the failure. If it
compiles into a private folder, it also watches its standard input: when that is closed, the requesting process has
ended, and the folder is removed.
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
from tinkernet.formatting import shortened

DONE = "done"
LONGEST_REASON = 200
COMPILER_ERROR = re.compile(
    r"^.*(?:No implementation of|NameError:|Unknown attribute|Untyped global name|Invalid use of).*$", re.MULTILINE
)
"""Matches the line of Numba's error report that says what it could not compile."""
PLACE = re.compile(r'File "([^"<]+)", line (\d+)')


class CompilerError(Exception):
    """The kernels could not be compiled in a separate process; the message says why."""


class UnavailableError(CompilerError):
    """The kernels cannot be compiled in any folder: trying another one is useless."""


@contextlib.contextmanager
def compiled_in_separate_process(folder: Path, *, private: bool = False) -> Iterator[None]:
    """Compile the kernels into this folder in a separate process; inside the block they are available.

    A private folder exists until the end of the block, or of this process.

    Raises:
        CompilerError: compiling failed.
    """
    command = [sys.executable, "-P", "-W", "ignore", "-m", "tinkernet.engine", str(folder), *["private"] * private]
    # The separate process must find the same modules as this one.
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
            start_new_session=True,  # Ctrl-C should stop training, not the compilation
        )
    except (OSError, ValueError) as error:
        raise CompilerError(f"cannot start the compiling process: {error}") from error
    with process:
        answer = ""
        for line in process.stdout or ():
            answer = line.strip()  # Numba may print debug output: only the last line matters
            if answer == DONE:
                break
        if answer != DONE:
            code = process.wait()
            if code < 0:  # possibly out of memory, which would happen to this process next
                raise UnavailableError(f"the compiling process was ended by signal {-code}")
            raise CompilerError(answer or "the compiling process ended early")
        yield


def main(arguments: list[str]) -> int:
    """The command line of the compiling process: a folder, optionally "private". Without a folder, fills the cache."""
    os.umask(0o077)
    if not arguments:
        return _fill_usual_cache()
    folder, watcher = Path(arguments[0]), None
    if "private" in arguments:
        watcher = threading.Thread(target=_remove_when_abandoned, args=(folder,))
        watcher.start()
    try:
        fill(folder)
    except Exception as error:  # noqa: BLE001 (any error is reported to the requesting process in one line)
        print(one_line_reason(error), flush=True)  # noqa: T201 (this is the answer)
        os._exit(1)  # the watcher would block forever
    print(DONE, flush=True)  # noqa: T201 (likewise)
    if watcher is not None:
        watcher.join()
    return 0


def _fill_usual_cache() -> int:
    """For `make install`, which also succeeds without a cache: the engine then compiles in every process."""
    try:
        fill(cache.cache_folder())
    except Exception as error:  # noqa: BLE001 (any error is reported in one line)
        print(f"The compiled engine cannot be cached: {one_line_reason(error)}", file=sys.stderr)  # noqa: T201 (a command)
    return 0


def one_line_reason(error: Exception) -> str:
    """The error in one short line. For the compiler's long reports, the reason and its position."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    found = COMPILER_ERROR.search(reason)
    if found is not None:
        where = PLACE.search(reason, found.end())
        reason = found[0] + (f" ({Path(where[1]).name}, line {where[2]})" if where is not None else "")
    reason = " ".join(reason.split()) or type(error).__name__
    return shortened(reason, LONGEST_REASON)


def _remove_when_abandoned(folder: Path) -> None:
    sys.stdin.read()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def fill(folder: Path) -> None:
    """Compile the kernels into this folder, unless they are already there or another process is compiling them."""
    with cache.wait_for_lock(folder):
        if not cache.is_complete(folder):
            cache.empty(folder)
            cache.check_free_space(folder)
            import_kernels(folder)
            cache.write_manifest(folder)


def check_numba() -> None:
    """Check that Numba can compile.

    Raises:
        UnavailableError: compilation is disabled.
    """
    import numba

    if numba.config.DISABLE_JIT:
        raise UnavailableError("Numba's compiler is disabled by NUMBA_DISABLE_JIT")


def import_kernels(folder: Path | None) -> ModuleType:
    """The kernels' module, loaded from this folder or compiled into it; without a folder it is not cached.

    Numba reads the folder when the decorators run.
    """
    check_numba()
    import numba

    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = "" if folder is None else str(folder)
    try:
        return importlib.import_module("tinkernet.engine.entries")
    finally:
        numba.config.CACHE_DIR = before
