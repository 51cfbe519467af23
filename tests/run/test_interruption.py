"""An interrupted run is in a consistent state."""

import contextlib
import random
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from runs import SPIRAL, same

from tinkernet import Run


def test_interrupted_runs_and_starts_are_in_a_consistent_state() -> None:
    script = Path(__file__).resolve().parent.parent / "support" / "interrupting.py"
    output = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True).stdout
    counts = {
        name: (int(times), int(wrong)) for name, times, wrong in (line.split("\t") for line in output.splitlines())
    }
    assert len(counts) == 11
    assert {name: wrong for name, (_, wrong) in counts.items() if wrong} == {}
    assert sum(times for times, _ in counts.values()) >= 200, counts


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer that interrupts")
def test_after_two_hundred_interruptions_by_a_signal_a_run_can_be_reproduced() -> None:
    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    draws = random.Random(1)  # noqa: S311 (not for cryptography)
    before = signal.signal(signal.SIGALRM, interrupt)
    run = Run(SPIRAL.replace(hidden=(2,), train_percent=10))
    try:
        for _ in range(200):
            with contextlib.suppress(KeyboardInterrupt):
                signal.setitimer(signal.ITIMER_REAL, draws.uniform(0.0002, 0.01))
                run.train(10**9)
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert run.epoch > 0
    again = Run(run.experiment).train(run.epoch)
    assert again.train_loss == run.train_loss
    assert np.array_equal(again.history.epochs, run.history.epochs)
    assert np.array_equal(again.history.train_loss, run.history.train_loss)
    assert same(run.at(run.epoch // 2), Run(run.experiment).train(max(1, run.epoch // 2)))
