"""Where compiled kernels are kept between processes, and how to know that they are whole.

A folder's name is a digest of all that the compiled code depends on, so a stale one is never found. The last thing that
is written into it is a manifest with a checksum of every file: a folder without one is unfinished, and one whose files
differ from it is damaged. Whoever compiles holds a lock, which the system releases when that process ends, however it
ends.

Numba's caches are pickles: whoever can write to them can run code here. So a folder is used only if it belongs to this
user or to root, and nobody else may write to it.
"""

import contextlib
import hashlib
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

PACKAGE = Path(__file__).parent.parent
# What the compiled code is made of. `entries.py` imports nothing of tinkernet that could change it beyond these.
SOURCES = (
    "arithmetic/*.py",
    "network/*.py",
    "engine/entries.py",
    "engine/kernels.py",
    "engine/choices.py",
    "engine/lanes.py",
    "engine/lane_functions.py",
    "engine/memory.py",
    "engine/rule.py",
)
MANIFEST, LOCK = "complete", "lock"
# A process that holds the lock for longer than this is taken to be stuck.
LOCK_SECONDS = 300.0
POLL_EVERY = 0.1
# Twice what the compiled code takes.
ROOM = 2_500_000


class NoFolderError(Exception):
    """There is no folder to keep compiled code in; says why."""


def cache_folder() -> Path:
    """The folder for the code compiled from these sources on this machine: it exists, and only its owner may write.

    The environment variable `TINKERNET_CACHE` sets where it is made; the default is where this system keeps caches.

    Raises:
        NoFolderError: it can't be made, or others could write to it.
    """
    folder = _parent() / fingerprint()
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True, parents=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if not _is_private(folder):
            raise NoFolderError(f"others can write to {folder}")
    except OSError as error:
        raise NoFolderError(f"{error.strerror}: {folder.parent}") from error
    return folder


def _parent() -> Path:
    if chosen := os.environ.get("TINKERNET_CACHE"):
        return Path(chosen)
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    if (chosen := os.environ.get(variable)) and Path(chosen).is_absolute():
        return Path(chosen) / "tinkernet"
    try:
        home = Path.home()
    except RuntimeError:  # a container without HOME and without an entry for the user
        raise NoFolderError("there is no home directory") from None
    if not home.is_dir():
        raise NoFolderError(f"the home directory {home} does not exist")
    places = {"win32": "AppData/Local", "darwin": "Library/Caches"}
    return home / places.get(sys.platform, ".cache") / "tinkernet"


def _is_private(folder: Path) -> bool:
    if sys.platform == "win32":  # a user's own folders are private there
        return True
    about = folder.stat()
    return about.st_uid in {os.getuid(), 0} and not about.st_mode & 0o022


def is_writable(folder: Path) -> bool:
    """Whether files can be made here."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def check_room(folder: Path) -> None:
    """Make sure that the disk has room before half a minute of work depends on it.

    Raises:
        OSError: it has not, or nothing can be written.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(ROOM))


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """A new folder in the system's temporary directory that only this user can look into; removed at the end.

    Raises:
        NoFolderError: there is no temporary directory.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="tinkernet-"))
    except OSError as error:
        raise NoFolderError(error.strerror or str(error)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# --- Is it whole? -------------------------------------------------------------


def is_started(folder: Path) -> bool:
    """Whether somebody has finished compiling into this folder once; it may have been damaged since."""
    return (folder / MANIFEST).exists()


def is_whole(folder: Path) -> bool:
    """Whether every file that was compiled into this folder is there and unchanged."""
    try:
        expected = json.loads((folder / MANIFEST).read_bytes())
        return bool(expected) and expected == _checksums(folder)
    except (OSError, ValueError):
        return False


def seal(folder: Path) -> None:
    """Write the manifest: all that is in the folder now is whole."""
    draft = folder / f"{MANIFEST}.draft"
    draft.write_text(json.dumps(_checksums(folder)))
    draft.replace(folder / MANIFEST)


def empty(folder: Path) -> None:
    """Remove everything but the lock; the manifest first, so that nobody takes a part for the whole."""
    (folder / MANIFEST).unlink(missing_ok=True)
    for path in folder.iterdir():
        if path.name != LOCK:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.nb[ic]"))
    }


# --- Who compiles? ------------------------------------------------------------


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock if it is free, without waiting; whether it is held.

    Where the file system has no locks, it counts as held: compiling twice does no harm.
    """
    try:
        file = (folder / LOCK).open("a+b")
    except OSError:
        yield True
        return
    with file:
        yield _lock(file)


@contextlib.contextmanager
def wait_for_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, as soon as it is free.

    Raises:
        TimeoutError: another process has held it for too long.
    """
    limit = time.monotonic() + LOCK_SECONDS
    while time.monotonic() < limit:
        with locked(folder) as held:
            if held:
                yield
                return
        time.sleep(POLL_EVERY)
    raise TimeoutError("another process has been compiling for too long")


def is_locked(folder: Path) -> bool:
    """Whether another process is compiling into this folder."""
    with locked(folder) as free:
        return not free


def _lock(file: IO[bytes]) -> bool:
    """Lock the file's first byte. The system unlocks it when this process closes the file or ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # Not flock, which a forked child would go on holding.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def fingerprint() -> str:
    """A short name for everything that the compiled code depends on."""
    import llvmlite.binding
    import numba

    digest = hashlib.sha256()
    for pattern in SOURCES:
        for file in sorted(PACKAGE.glob(pattern)):
            digest.update(file.read_bytes())
    for fact in (
        str(PACKAGE),
        # Numba discards what it compiled when this file's time has changed.
        str((PACKAGE / "engine/entries.py").stat().st_mtime),
        numba.__version__,
        platform.python_version(),
        llvmlite.binding.get_host_cpu_name(),
        llvmlite.binding.get_host_cpu_features().flatten(),
    ):
        digest.update(fact.encode())
    return digest.hexdigest()[:16]
