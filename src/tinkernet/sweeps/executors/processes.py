"""Processes on this machine, which do not share an interpreter's lock as threads do.

They are started as a module of tinkernet, not by `multiprocessing`, which would import the script of a person again.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Generator
from typing import Self

from tinkernet import engine
from tinkernet.errors import ExperimentError
from tinkernet.sweeps.backlog import Backlog, Task
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.executors.frames import read_frame, write_frame
from tinkernet.sweeps.executors.remote import question_about, results_in
from tinkernet.sweeps.executors.threads import MOST_RUNS, SECONDS
from tinkernet.sweeps.saved import encoded
from tinkernet.tables import Table

COMMAND = ("-P", "-m", "tinkernet.sweeps.executors.worker")
MOST_ATTEMPTS = 3
"""A block is computed again so often, in a new process, if the one that computes it has ended."""
LAST_WORDS = 2000
"""Bytes of what a process has written last."""
PATIENCE = 5.0
"""Seconds in which a process ends whose standard input has ended."""


class Processes:
    """Computes blocks in as many processes, each with one thread."""

    seconds, most_runs = SECONDS, MOST_RUNS

    def __init__(self, cores: int) -> None:
        self.loops = self.cores = cores

    def computed(self, plan: Plan, backlog: Backlog) -> Generator[tuple[int, Table], None, None]:
        # Here it is only loaded to warn a person, once, if it must be compiled before.
        engine.prepare()
        with _Workers(encoded(plan)) as workers:
            while (task := backlog.take()) is not None:
                yield task.block, results_in(workers.answer(task), plan, task.block, "processes")

    def close(self) -> None:
        """Each process has ended with the last block that it could take."""


class _Workers:
    """A process that answers questions about blocks; if it ends before it has, the next one is asked."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._process: subprocess.Popen[bytes] | None = None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._errors.close()

    def answer(self, task: Task) -> bytes:
        """What a process answers about a task.

        Raises:
            ExperimentError: no process can be started, or several have ended while they computed this block.
        """
        for _ in range(MOST_ATTEMPTS):
            try:
                return self._asked(question_about(task))
            except (EOFError, BrokenPipeError, ConnectionError):
                code = self._end()
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        allowed = (
            f"another one: {MOST_ATTEMPTS} processes ended at block {task.block}, the last {how}{self._last_words()}"
        )
        raise ExperimentError("executor", "processes", allowed)

    def _asked(self, question: bytes) -> bytes:
        process = self._process or self._started()
        assert process.stdin is not None  # noqa: S101 (they are pipes)
        assert process.stdout is not None  # noqa: S101
        write_frame(process.stdin, question)  # type: ignore[arg-type] # binary
        return read_frame(process.stdout)  # type: ignore[arg-type] # binary

    def _started(self) -> "subprocess.Popen[bytes]":
        # It must find the same modules as this one.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        try:
            process = subprocess.Popen(  # noqa: S603 (this Python and this package)
                [sys.executable, *COMMAND],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                start_new_session=True,  # a person's Ctrl-C ends the sweep, after the blocks that are being computed
            )
        except (OSError, ValueError) as error:
            allowed = f"another one: no process can be started ({error})"
            raise ExperimentError("executor", "processes", allowed) from error
        self._process = process
        assert process.stdin is not None  # noqa: S101 (it is a pipe)
        write_frame(process.stdin, self._content)  # type: ignore[arg-type] # binary
        return process

    def _end(self) -> int:
        """End the process, if there is one; its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        return process.returncode

    def _last_words(self) -> str:
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - LAST_WORDS))
        lines = self._errors.read().decode(errors="replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f" ({last})" if last else ""
