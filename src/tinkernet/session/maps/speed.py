"""How many cells of a map are computed in a second."""

import math

SPEED_SECONDS = 5.0
"""The speed is that of about so long."""


class Speed:
    """The cells per second, on average over the last seconds."""

    def __init__(self) -> None:
        self.per_second = 0.0
        self._last: float | None = None

    def add(self, now: float, cells: int) -> None:
        """So many more are computed."""
        if self._last is not None and now > self._last:
            share = 1 - math.exp((self._last - now) / SPEED_SECONDS)
            current = cells / (now - self._last)
            self.per_second = current if self.per_second == 0 else self.per_second + share * (current - self.per_second)
        self._last = now

    def forget(self) -> None:
        """What follows is counted from its first result on."""
        self._last, self.per_second = None, 0.0
