"""A real Dask cluster on this machine: a scheduler and workers as processes, on ports that the system chooses."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec

import tinkernet

if TYPE_CHECKING:
    from distributed import Client

SOURCE = Path(tinkernet.__file__).parent
PATIENCE = 120.0
OTHER_VERSION = "0.0.9"


class Dask:
    """A scheduler, and workers that a test starts; all of them end with the block."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._stack = folder, ExitStack()
        self._file = folder / "scheduler.json"

    def __enter__(self) -> Self:
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
        self.scheduler = self._start("distributed.cli.dask_scheduler", *options, "--scheduler-file", str(self._file))
        self.address = self._address()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def worker(self, source: Path = SOURCE.parent) -> "subprocess.Popen[bytes]":
        """A worker with one thread, and tinkernet as it is in this folder."""
        options = ["--host", "127.0.0.1", "--no-nanny", "--nthreads", "1", "--no-dashboard"]
        place = ["--local-directory", str(self._folder)]
        return self._start("distributed.cli.dask_worker", self.address, *options, *place, source=source)

    def client(self, workers: int) -> "Client":
        """A client, once there are so many workers; it is closed at the end."""
        from distributed import Client

        client = self._stack.enter_context(Client(self.address, set_as_default=False, timeout=PATIENCE))
        client.wait_for_workers(workers, timeout=PATIENCE)
        return client

    def _start(self, module: str, *arguments: str, source: Path = SOURCE.parent) -> "subprocess.Popen[bytes]":
        log = self._stack.enter_context((self._folder / "log").open("ab"))
        process = subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-m", module, *arguments],
            env={**os.environ, "PYTHONPATH": str(source)},
            cwd=self._folder,
            stdout=log,
            stderr=log,
        )
        self._stack.callback(_end, process)
        return process

    def _address(self) -> str:
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            try:
                return str(msgspec.json.decode(self._file.read_bytes())["address"])
            except (OSError, msgspec.DecodeError):
                time.sleep(0.05)
        raise TimeoutError((self._folder / "log").read_text())


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


def other_version(folder: Path) -> Path:
    """A folder with tinkernet in another version."""
    shutil.copytree(SOURCE, folder / SOURCE.name, ignore=shutil.ignore_patterns("page", "__pycache__"))
    entry = folder / SOURCE.name / "__init__.py"
    text = entry.read_text()
    assert tinkernet.__version__ in text
    entry.write_text(text.replace(tinkernet.__version__, OTHER_VERSION))
    return folder
