"""Loads the compiled kernels in a background thread, from the first of these sources that works.

1. The cache, in a fraction of a second. If it is empty or damaged, a separate process first compiles into it, once per
   machine; other processes that need it meanwhile wait.
2. A private temporary folder, if there is no cache folder or its disk is full; it is removed when this process ends.
3. Compilation in this process, if no file can be written.

Until then, and if all of these fail, the engine uses the NumPy reference. Messages for users are single lines, logged
as warnings by the logger "tinkernet.engine" (which Python writes to standard error by default); `status()` returns
the same line for the page.
"""

import contextlib
import logging
import os
import shutil
import sys
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
    """The state of the compiled engine; `message` is one line for users, empty if there is nothing to report."""

    state: Literal["idle", "loading", "compiling", "ready", "unavailable"]
    message: str = ""


SLOW = "Until then training is slow."
COMPILING = Status("compiling", f"Compiling the engine, once for this machine (about a minute). {SLOW}")
DAMAGED = Status("compiling", f"The engine's cache was damaged and is compiled again (about a minute). {SLOW}")

_lock = threading.Lock()
_thread: threading.Thread | None = None
_kernels: ModuleType | None = None
_status = Status("idle")
# Held during imports: a process forked in the middle of one would be left with partially imported modules.
_importing = threading.RLock()


def fast_engine() -> ModuleType | None:
    """The compiled kernels, or None if they are not loaded yet. The first call starts loading them."""
    if _kernels is None and _thread is None:
        prepare()
    return _kernels


def compiled_ready() -> bool:
    """Whether the compiled kernels are in use."""
    return _kernels is not None


def status() -> Status:
    """The state of the compiled engine, with a message for users."""
    return _status


def prepare() -> None:
    """Start loading the kernels in the background, compiling them first if they are not cached."""
    global _thread  # noqa: PLW0603 (set only here, under the lock)
    with _lock:
        if _thread is None:
            _thread = threading.Thread(target=_load, name="tinkernet-kernels", daemon=True)
            try:
                _thread.start()
            except RuntimeError as error:  # the thread limit is reached, or the interpreter is shutting down
                _set_unavailable(error)


def wait_until_compiled() -> None:
    """Block until the compiled kernels are loaded.

    Raises:
        RuntimeError: they cannot be compiled here; the engine keeps using the reference.
    """
    prepare()
    if _thread is not None and _thread.is_alive():
        _thread.join()
    if _kernels is None:
        raise RuntimeError(_status.message)


def wait_until_loaded() -> None:
    """Block until the compiled kernels are loaded, or cannot be: then the reference computes the same, if slowly."""
    with contextlib.suppress(RuntimeError):
        wait_until_compiled()


def _load() -> None:
    global _kernels  # noqa: PLW0603 (set once, by the loading thread)
    _set_status(Status("loading"))
    try:
        _kernels = _from_cache() or _from_private_folder() or _imported(None)
    except Exception as error:  # noqa: BLE001 (after any error the reference is used and the user is informed)
        _set_unavailable(error)
    else:
        _set_status(Status("ready"))


def _from_cache() -> ModuleType | None:
    """The kernels from the cache, compiled first if necessary; None if they cannot be cached."""
    try:
        with _importing:
            compiler.check_numba()
            folder = cache.cache_folder()
        if not cache.is_complete(folder):
            _ensure_compiled(folder, DAMAGED if cache.was_completed(folder) else COMPILING)
        try:
            return _from_folder(folder)
        except Exception:
            _logger.debug("could not load %s", folder, exc_info=True)
        cache.empty(folder)
        _ensure_compiled(folder, DAMAGED)
        return _from_folder(folder)
    except compiler.UnavailableError:
        raise
    except (cache.NoFolderError, compiler.CompilerError, OSError) as error:
        _set_status(_not_cached(error))
        return None


def _ensure_compiled(folder: Path, message: Status) -> None:
    """Block until this folder is complete, compiling into it unless another process already does."""
    _set_status(message)
    limit = time.monotonic() + cache.LOCK_SECONDS
    while cache.is_locked(folder):
        if time.monotonic() > limit:
            raise TimeoutError("another process has been compiling for too long")
        time.sleep(cache.POLL_EVERY)
    if not cache.is_complete(folder):
        with compiler.compiled_in_separate_process(folder):
            pass


def _from_folder(folder: Path) -> ModuleType:
    """The kernels from a complete folder; from a copy if it is read-only, because Numba needs write access."""
    if cache.is_writable(folder):
        return _imported(folder)
    with cache.private_folder() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        copy.chmod(0o700)
        return _imported(copy)


def _from_private_folder() -> ModuleType | None:
    """The kernels, compiled for this process only; None if there is no temporary folder, or it is full as well."""
    try:
        with cache.private_folder() as folder, compiler.compiled_in_separate_process(folder, private=True):
            return _imported(folder)
    except compiler.UnavailableError:
        raise
    except (cache.NoFolderError, compiler.CompilerError, OSError):
        return None


def _imported(folder: Path | None) -> ModuleType:
    with _importing:
        return compiler.import_kernels(folder)


def _not_cached(error: Exception) -> Status:
    reason = compiler.one_line_reason(error)
    return Status("compiling", f"The engine cannot be cached ({reason}); compiling it for this process. {SLOW}")


def _set_unavailable(error: Exception) -> None:
    _set_status(
        Status(
            "unavailable", f"The compiled engine is not available, training is slow: {compiler.one_line_reason(error)}"
        )
    )


def _set_status(news: Status) -> None:
    """Set the status and log its message, but only in the main process, not in multiprocessing workers."""
    global _status  # noqa: PLW0603 (set by the loading thread)
    _status = news
    if news.message and not _is_worker():
        _logger.warning(news.message)


def _is_worker() -> bool:
    """Whether this is a process of multiprocessing.

    Such a process has imported it. It is not imported here: a fork meanwhile would leave half of it in the child.
    """
    parent_process = getattr(sys.modules.get("multiprocessing.process"), "parent_process", None)
    return parent_process is not None and parent_process() is not None


def _after_fork_in_child() -> None:
    """Let the child start its own loading thread, unless the parent had loaded the kernels before the fork."""
    global _lock, _thread  # noqa: PLW0603 (a new process has only one thread)
    _lock = threading.Lock()
    _importing.release()
    if _kernels is None and _status.state != "unavailable":
        _thread = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_importing.acquire, after_in_parent=_importing.release, after_in_child=_after_fork_in_child
    )
