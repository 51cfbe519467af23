"""The secrets that give access to the page: the printed token, and a cookie from a key that only its owner can read."""

import hashlib
import hmac
import os
import secrets
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The token in the printed address, and the cookie that a browser gets in exchange for it."""

    token: str = field(repr=False)
    cookie: str = field(repr=False)
    cookie_name: str


def make_keys(port: int, directory: Path | None = None) -> Keys:
    """A new token, and the cookie that belongs to this person and this port.

    The name of the cookie holds the port, for browsers send a host's cookies to all its ports: two servers at once
    would overwrite each other's.
    """
    key = stored_key(directory or state_directory())
    cookie = hmac.new(key, f"tinkernet page on port {port}".encode(), hashlib.sha256).hexdigest()
    return Keys(token=secrets.token_urlsafe(24), cookie=cookie, cookie_name=f"tinkernet-{port}")


def sessions_directory() -> Path | None:
    """Where sessions are kept over a restart of the server; None where this person has no directory."""
    state = state_directory()
    return None if state is None else state / "sessions"


def state_directory() -> Path | None:
    """Where this system keeps the state of a person's programs; None where this person has no home directory."""
    try:
        return _state_directory()
    except RuntimeError:  # no HOME, and no entry in the list of accounts
        return None


def _state_directory() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "tinkernet"


def stored_key(directory: Path | None) -> bytes:
    """The key in that directory, created on first use; where nothing can be written, a key for this run only."""
    if directory is None:
        return secrets.token_bytes(KEY_BYTES)
    path = directory / "page.key"
    try:
        return _read_key(path)
    except OSError:
        pass
    key = secrets.token_bytes(KEY_BYTES)
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        # mkstemp creates the file with mode 0600, so that no other account can read it even for a moment, and under a
        # random name, so that nobody can have put a link there; replace() then puts it in place as a whole.
        descriptor, name = tempfile.mkstemp(dir=directory, prefix=".page.key-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
        Path(name).replace(path)
        return _read_key(path)
    except OSError:
        # A home directory that cannot be written does no harm: the printed address still opens the page.
        return key


def _read_key(path: Path) -> bytes:
    """The key in this file; an OSError where there is none, or one that others could have read or written."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o077):
            raise PermissionError(path)
        key = file.read(KEY_BYTES + 1)
    if len(key) != KEY_BYTES:
        raise OSError(f"{path} is not a key")
    return key
