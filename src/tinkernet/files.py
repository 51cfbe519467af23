"""Writing a file whole or not at all, and finding out beforehand whether it can be written."""

import os
import tempfile
from pathlib import Path

from tinkernet.errors import ExperimentError


def check_writable(field: str, path: Path) -> None:
    """Make sure that a file can be written here before hours of work depend on it.

    Raises:
        ExperimentError: it can't: a directory, no such folder, not allowed, or no plain file.
    """
    try:
        if path.is_dir():
            raise ExperimentError(field, str(path), "a file, not a directory")
        if path.exists() and not path.is_file():
            raise ExperimentError(field, str(path), "a plain file, as it is replaced as a whole")
        if not path.parent.is_dir():
            raise ExperimentError(field, str(path), f"in a folder that exists ({path.parent} does not)")
        # The only sure way to know: try what writing will do later.
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".tinkernet-"):
            pass
    except OSError as error:
        reason = (error.strerror or "not possible").lower()
        raise ExperimentError(field, str(path), f"a file that can be written ({reason})") from None


def write_atomically(field: str, path: Path, content: bytes) -> None:
    """Write a file whole or not at all: whoever reads it meanwhile, and whoever comes after a crash, has the old one.

    Raises:
        ExperimentError: it can't be written; the old file is as it was.
    """
    try:
        _replace(path, content)
    except OSError as error:
        raise ExperimentError(field, str(path), f"a file that can be written ({error.strerror})") from error


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
    """The permissions that this process takes away from new files; there is no way to ask but to set it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
