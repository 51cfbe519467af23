"""The scripts of the widgets, which the build has put into this package."""

import gzip
import hashlib
from functools import cache
from pathlib import Path

SCRIPTS = Path(__file__).with_name("scripts")


@cache
def script(name: str) -> str:
    """One of the scripts.

    Raises:
        RuntimeError: it has not been built, in a clone of tinkernet.
    """
    try:
        return (SCRIPTS / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise RuntimeError(
            "the widget has not been built; in a clone of tinkernet, `make install` builds it"
        ) from error


@cache
def packed(name: str) -> bytes:
    """A script as gzip."""
    return gzip.compress(script(name).encode(), mtime=0)


@cache
def digest(name: str) -> str:
    """What a script contains, as a short text."""
    return hashlib.sha256(script(name).encode()).hexdigest()
