"""Writing a file atomically, checking in advance whether it can be written, and reading one that may be anything."""

import os
import stat
import tempfile
from os import PathLike
from pathlib import Path

from tinkernet.errors import ExperimentError


def path_of(field: str, given: object) -> Path:
    """A path as a person gives it.

    Raises:
        ExperimentError: it is something else, or has a character that no path has.
    """
    written = os.fspath(given) if isinstance(given, str | PathLike) else None
    if not isinstance(written, str) or "\0" in written:
        raise ExperimentError(field, given, "the path of a file")
    return Path(written)


def check_writable(field: str, path: Path) -> None:
    """Check that a file can be written here, before a long computation depends on it.

    Raises:
        ExperimentError: the path is a directory or not a regular file, its folder does not exist, or access is denied.
    """
    try:
        if path.is_dir():
            raise ExperimentError(field, str(path), "a file, not a directory")
        if path.exists() and not path.is_file():
            raise ExperimentError(field, str(path), "a regular file, as it is replaced as a whole")
        if not path.parent.is_dir():
            raise ExperimentError(field, str(path), f"in a folder that exists ({path.parent} does not)")
        # The only reliable check is to create a file.
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".tinkernet-"):
            pass
    except OSError as error:
        reason = (error.strerror or "not possible").lower()
        raise ExperimentError(field, str(path), f"a file that can be written ({reason})") from None


def write_atomically(field: str, path: Path, content: bytes) -> None:
    """Write a file atomically: until it is complete, and after a crash, readers find the old content.

    Raises:
        ExperimentError: the file cannot be written; the old file is unchanged.
    """
    try:
        _replace(path, content)
    except OSError as error:
        raise ExperimentError(field, str(path), f"a file that can be written ({error.strerror})") from error


def read_regular(field: str, path: str | PathLike[str], most: int) -> bytes:
    """The content of a regular file of at most so many bytes: reading a device or a pipe may never end.

    Raises:
        ExperimentError: it is not a regular file, cannot be read, or is larger.
    """
    path = path_of(field, path)
    try:
        # Opening a pipe does not wait until somebody writes to it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ExperimentError(field, str(path), "a regular file")
            content = file.read(most + 1)
    except OSError as error:
        raise ExperimentError(field, str(path), f"a file that can be read ({error.strerror})") from error
    if len(content) > most:
        raise ExperimentError(field, str(path), f"a file of at most {most >> 20} MiB")
    return content


def _replace(path: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".tinkernet-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o666 & ~_umask())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's umask; reading it requires setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def put(path: Path, content: bytes) -> None:
    """Put a file in place as a whole, readable by its owner only. It need not survive a power cut: no fsync.

    Raises:
        OSError: it cannot be written.
    """
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")  # creates it 0600
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(draft).replace(path)
