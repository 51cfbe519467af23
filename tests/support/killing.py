"""Sweeps whose processes are killed at random moments."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from tinkernet import Sweep

WORKER = "import sys, tinkernet; sweep = tinkernet.Sweep.resume(sys.argv[1]); print('begun', flush=True); sweep.wait()"


def kill_while_resumed(stopped: Sweep, folder: Path, times: int, longest: float) -> None:
    """Resume a sweep so many times, each in a process that is killed after at most `longest` seconds.

    No completed run is lost on the way.
    """
    moments, seen = np.random.default_rng(1), stopped.done
    for _ in range(times):
        with subprocess.Popen([sys.executable, "-c", WORKER, str(folder)], stdout=subprocess.PIPE) as worker:
            assert worker.stdout is not None
            worker.stdout.readline()
            time.sleep(moments.uniform(0, longest))
            worker.send_signal(signal.SIGKILL)
        done = sum(1 for _ in folder.glob("runs-*.parquet")) * stopped.plan.block
        assert done >= seen
        seen = done
