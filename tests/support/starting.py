"""The command `tinkernet` in another process."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tinkernet.server.app import PAGE

PATIENCE = 240.0
"""The most seconds for a command, which allows for a busy machine."""

built = pytest.mark.skipif(not (PAGE / "index.html").is_file(), reason="the page is not built: run make")


def tinkernet(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tinkernet", *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@contextmanager
def started(home: Path, *arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The running command, and the address that it printed."""
    environment = {**os.environ, "XDG_STATE_HOME": str(home)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tinkernet", *arguments, "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        yield process, found[0]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
