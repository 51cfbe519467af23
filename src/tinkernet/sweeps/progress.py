"""How far a sweep is: the runs that are done, how fast, how long it will take, and the best run so far."""

import math
import time
from typing import Literal

from tinkernet.formatting import count

Phase = Literal["running", "paused", "stopping", "done", "stopped", "failed"]
"""What a sweep is doing, or how it has ended."""


class Clock:
    """The time that passes while it runs; it runs from the beginning."""

    def __init__(self) -> None:
        self._before, self._since = 0.0, time.monotonic()
        self._running = True

    def run(self, *, running: bool) -> None:
        """Let it run, or hold it."""
        self._before, self._since, self._running = self.seconds, time.monotonic(), running

    @property
    def seconds(self) -> float:
        """The seconds so far."""
        return self._before + (time.monotonic() - self._since if self._running else 0.0)


def progress(done: int, runs: int, per_second: float, seconds_left: float, lowest: float) -> str:
    """Progress in one line."""
    parts = [f"{count(done)} of {count(runs)} runs"]
    if done < runs and math.isfinite(per_second):
        parts += [f"{count(round(per_second))} per second", f"{duration(seconds_left)} left"]
    if math.isfinite(lowest):
        parts.append(f"lowest loss {lowest:.4g}")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """A duration in the two largest of its units."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"
