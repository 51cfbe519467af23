"""Standard output and standard error, and what happens when they are closed, broken or full."""

import contextlib
import errno
import io
import os
import sys
from typing import TextIO

FAILED = 2
"""Exit code where something could not be done; one line on standard error says what."""
READER_GONE = 141
"""Exit code where nobody reads the output, as after `| head`: 128 + SIGPIPE, as of other commands."""


def prepare() -> None:
    """Make the standard streams usable: none is closed, and none fails at a character that it cannot encode."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # Else the next file that is opened would get the number of this stream, and its output.
            _open_null(number, name)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def complain(what: object) -> None:
    """One line on standard error; where that cannot be written either, there is nobody left to notify."""
    try:
        print(f"tinkernet: {' '.join(str(what).split())}", file=sys.stderr, flush=True)
    except OSError:
        _silence(sys.stderr)


def write_bytes(text: str) -> None:
    """Write text as UTF-8, whatever the encoding of standard output: JSON and programs are read by other programs.

    Raises:
        OSError: it cannot be written.
    """
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode())
    sys.stdout.flush()


def failed(error: OSError) -> int:
    """Report that the output could not be written; the exit code. Nothing more is written to it."""
    _silence(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return READER_GONE
    if error.errno == errno.EIO:  # the terminal has been closed
        return FAILED
    reason = (error.strerror or str(error) or "unknown reason").lower()
    complain(f"{error.filename}: {reason}" if error.filename else f"the output cannot be written ({reason})")
    return FAILED


def finish(code: int) -> int:
    """Write what is still buffered; the exit code. Python would do it later, with a traceback where it fails."""
    try:
        sys.stdout.flush()
    except OSError as error:
        failure = failed(error)
        return code or failure
    return code


def _silence(stream: TextIO) -> None:
    """Send whatever is still buffered, and whatever follows, to nowhere."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


def _open_null(number: int, name: str) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    if null != number:
        os.dup2(null, number)
        os.close(null)
    setattr(sys, name, open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - open as long as the process
