"""When the compiled kernels take over: as soon as a background thread has them, from the first place that works.

1. The cache, in a fraction of a second. If it is empty or damaged, another process compiles into it first, once per
   machine: whoever comes meanwhile waits for it here.
2. A private temporary folder, where there is no such cache or its disk is full; it does not outlive this process.
3. This process itself, where no file can be written.

Until then, and where none works, the NumPy reference serves. What a person should know is one line each, logged as a
warning by the logger "tinkernet.engine" (which Python writes to standard error unless a program says otherwise), and
`status()` gives the same line to a page.
"""

import logging
import os
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal

from tinkernet.engine import cache, compiler

_logger = logging.getLogger(__name__.rpartition(".")[0])


@dataclass(frozen=True)
class Status:
    """How far the compiled engine has come; `message` is a line for people, empty where there is nothing to say."""

    state: Literal["idle", "loading", "compiling", "ready", "unavailable"]
    message: str = ""


SLOW = "Until then training is slow."
COMPILING = Status("compiling", f"Compiling the engine, once for this machine (about half a minute). {SLOW}")
DAMAGED = Status("compiling", f"The engine's cache was damaged and is compiled again (about half a minute). {SLOW}")

_lock = threading.Lock()
_thread: threading.Thread | None = None
_kernels: ModuleType | None = None
_status = Status("idle")
# Held while modules are imported: a process that forked in the middle of that would have half of them, for good.
_importing = threading.RLock()


def fast_engine() -> ModuleType | None:
    """The compiled kernels, or None while there are none yet. The first call begins to prepare them."""
    if _kernels is None and _thread is None:
        prepare()
    return _kernels


def compiled_ready() -> bool:
    """Whether the compiled kernels have taken over."""
    return _kernels is not None


def status() -> Status:
    """How far the compiled engine has come, and what a person should know about it."""
    return _status


def prepare() -> None:
    """Begin to load the kernels in the background, and before that to compile them if no cache has them."""
    global _thread  # noqa: PLW0603 (the one place where it is set, under the lock)
    with _lock:
        if _thread is None:
            _thread = threading.Thread(target=_load, name="tinkernet-kernels", daemon=True)
            try:
                _thread.start()
            except RuntimeError as error:  # no more threads here, or the interpreter is about to end
                _give_up(error)


def wait_until_compiled() -> None:
    """Return when the compiled kernels are there.

    Raises:
        RuntimeError: they can't be compiled here; the reference goes on serving.
    """
    prepare()
    if _thread is not None and _thread.is_alive():
        _thread.join()
    if _kernels is None:
        raise RuntimeError(_status.message)


def _load() -> None:
    global _kernels  # noqa: PLW0603 (set once, by the one thread)
    _say(Status("loading"))
    try:
        _kernels = _from_cache() or _from_private_folder() or _imported(None)
    except Exception as error:  # noqa: BLE001 (whatever it is, the reference serves and a person is informed)
        _give_up(error)
    else:
        _say(Status("ready"))


def _from_cache() -> ModuleType | None:
    """The kernels from the usual cache, compiled before if need be; None if they can't be kept there."""
    try:
        with _importing:
            compiler.check_numba()
            folder = cache.cache_folder()
        if not cache.is_whole(folder):
            _have_compiled(folder, DAMAGED if cache.is_started(folder) else COMPILING)
        try:
            return _from_folder(folder)
        except Exception:
            _logger.debug("could not load %s", folder, exc_info=True)
        cache.empty(folder)
        _have_compiled(folder, DAMAGED)
        return _from_folder(folder)
    except compiler.UnavailableError:
        raise
    except (cache.NoFolderError, compiler.CompilerError, OSError) as error:
        _say(_not_kept(error))
        return None


def _have_compiled(folder: Path, message: Status) -> None:
    """Return when this folder is whole: whoever else is compiling into it does it for all."""
    _say(message)
    limit = time.monotonic() + cache.LOCK_SECONDS
    while cache.is_locked(folder):
        if time.monotonic() > limit:
            raise TimeoutError("another process has been compiling for too long")
        time.sleep(cache.POLL_EVERY)
    if not cache.is_whole(folder):
        with compiler.compiled_elsewhere(folder):
            pass


def _from_folder(folder: Path) -> ModuleType:
    """The kernels from a whole folder; from a copy, if it is read-only, as Numba wants to write where it reads."""
    if cache.is_writable(folder):
        return _imported(folder)
    with cache.private_folder() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        copy.chmod(0o700)
        return _imported(copy)


def _from_private_folder() -> ModuleType | None:
    """The kernels, compiled for this process alone; None if there is no temporary folder or it is full, too."""
    try:
        with cache.private_folder() as folder, compiler.compiled_elsewhere(folder, private=True):
            return _imported(folder)
    except compiler.UnavailableError:
        raise
    except (cache.NoFolderError, compiler.CompilerError, OSError):
        return None


def _imported(folder: Path | None) -> ModuleType:
    with _importing:
        return compiler.import_kernels(folder)


def _not_kept(error: Exception) -> Status:
    reason = compiler.in_a_line(error)
    return Status("compiling", f"The engine can't be kept ({reason}); compiling it for this process. {SLOW}")


def _give_up(error: Exception) -> None:
    _say(Status("unavailable", f"The compiled engine is not available, training is slow: {compiler.in_a_line(error)}"))


def _say(news: Status) -> None:
    """Note how far it has come, and log what a person should know; workers leave that to the process they are for."""
    global _status  # noqa: PLW0603 (set by the one thread)
    from multiprocessing import parent_process

    _status = news
    if news.message and parent_process() is None:
        _logger.warning(news.message)


def _after_fork_in_child() -> None:
    """The thread that was loading is the parent's; what it had loaded by then is here as well."""
    global _lock, _thread  # noqa: PLW0603 (a new process, which has one thread)
    _lock = threading.Lock()
    _importing.release()
    if _kernels is None and _status.state != "unavailable":
        _thread = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_importing.acquire, after_in_parent=_importing.release, after_in_child=_after_fork_in_child
    )
