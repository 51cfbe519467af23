"""The on-disk cache of compiled kernels, and how its integrity is checked.

A folder's name is a digest of everything that the compiled code depends on, so a stale cache is never used. A manifest
with a checksum of every file is written last: a folder without a manifest is incomplete, and a folder whose files do
not match it is damaged. The compiling process holds a lock, which the operating system releases when the process ends.

Numba's caches are pickles: anyone who can write to them can run code here. So a folder is used only if it belongs to
this user or to root, and nobody else can write to it.
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
# The sources that the compiled code depends on. `entries.py` imports no other module of tinkernet that affects it.
SOURCES = (
    "arithmetic/*.py",
    "data/philox.py",
    "network/*.py",
    "engine/drop.py",
    "engine/entries.py",
    "engine/crowd_entries.py",
    "engine/crowd_kernels.py",
    "engine/edge_entries.py",
    "engine/kernels.py",
    "engine/gradients.py",
    "engine/stops.py",
    "engine/choices.py",
    "engine/updates.py",
    "engine/structures.py",
    "engine/lanes.py",
    "engine/lane_functions.py",
    "engine/memory.py",
    "engine/rule.py",
)
# Those whose functions Numba caches.
ENTRIES = ("entries.py", "crowd_entries.py", "edge_entries.py")
MANIFEST, LOCK = "complete", "lock"
# A process that holds the lock for longer than this is assumed to hang.
LOCK_SECONDS = 600.0
POLL_EVERY = 0.1
# Twice the size of the compiled code.
SPACE = 6_000_000


class NoFolderError(Exception):
    """There is no usable cache folder; the message says why."""


def cache_folder() -> Path:
    """The cache folder for these sources on this machine; it exists, and only its owner can write to it.

    The environment variable `TINKERNET_CACHE` sets its location; the default is the system's cache directory.

    Raises:
        NoFolderError: the folder cannot be created, or others can write to it.
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
    """Whether files can be created here."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def check_free_space(folder: Path) -> None:
    """Check that the disk has enough free space before a minute of compiling.

    Raises:
        OSError: there is not enough space, or the folder is not writable.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(SPACE))


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """A new temporary folder that only this user can access; removed at the end.

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


# --- Integrity ----------------------------------------------------------------


def was_completed(folder: Path) -> bool:
    """Whether compiling into this folder has completed once; files may have been damaged since."""
    return (folder / MANIFEST).exists()


def is_complete(folder: Path) -> bool:
    """Whether all compiled files in this folder are present and unchanged."""
    try:
        expected = json.loads((folder / MANIFEST).read_bytes())
        return bool(expected) and expected == _checksums(folder)
    except (OSError, ValueError):
        return False


def write_manifest(folder: Path) -> None:
    """Write the manifest, which marks the current content of the folder as complete."""
    draft = folder / f"{MANIFEST}.draft"
    draft.write_text(json.dumps(_checksums(folder)))
    draft.replace(folder / MANIFEST)


def empty(folder: Path) -> None:
    """Remove everything except the lock; the manifest first, so that a partial cache never counts as complete."""
    (folder / MANIFEST).unlink(missing_ok=True)
    for path in folder.iterdir():
        if path.name != LOCK:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.nb[ic]"))
    }


# --- Locking ------------------------------------------------------------------


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Acquire the folder's lock without waiting; yields whether that succeeded.

    On a file system without locks it always succeeds: compiling twice does no harm.
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
    """Wait for the folder's lock and hold it.

    Raises:
        TimeoutError: another process has held the lock for too long.
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

            # Not flock, which a forked child would keep holding.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def fingerprint() -> str:
    """A short digest of everything that the compiled code depends on."""
    import llvmlite.binding
    import numba

    digest = hashlib.sha256()
    for pattern in SOURCES:
        for file in sorted(PACKAGE.glob(pattern)):
            digest.update(file.read_bytes())
    for fact in (
        str(PACKAGE),
        # Numba discards its cache when the modification time of these files has changed.
        *(str((PACKAGE / "engine" / name).stat().st_mtime) for name in ENTRIES),
        numba.__version__,
        platform.python_version(),
        llvmlite.binding.get_host_cpu_name(),
        llvmlite.binding.get_host_cpu_features().flatten(),
    ):
        digest.update(fact.encode())
    return digest.hexdigest()[:16]
