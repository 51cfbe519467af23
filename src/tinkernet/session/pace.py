"""Pace: how much training is owed by now at the chosen speed, and how fast it really goes."""

from time import perf_counter

from tinkernet.protocol.speeds import SPEEDS, Speed

PICTURES = 60.0
"""Turns a second at the most: a pace faster than the pictures trains several epochs for each."""
CATCH_UP = 0.5
"""A run that fell behind makes up for at most this many seconds."""
WINDOW = 0.25
"""Over how many seconds the speed is measured."""


class Pace:
    """The clock of a run that plays."""

    def __init__(self) -> None:
        self.speed: Speed = SPEEDS["epoch"]
        self.epochs_per_second = 0.0
        self._paid = 0.0
        self._window_start, self._window_epochs = 0.0, 0.0

    def start(self) -> None:
        """The speed counts from here on; the first step is due at once."""
        now = perf_counter()
        self._paid = now - (1.0 / self.speed.per_second if self.speed.per_second else 0.0)
        self._window_start, self._window_epochs = now, 0.0

    def stop(self) -> None:
        """Nothing is trained any more."""
        self.epochs_per_second = 0.0

    def owed(self) -> int | None:
        """How many units of this speed are owed by now; None is as many as can be."""
        if self.speed.per_second is None:
            return None
        now = perf_counter()
        self._paid = max(self._paid, now - CATCH_UP - 1.0 / self.speed.per_second)
        return int((now - self._paid) * self.speed.per_second + 1e-3)

    def pay(self, units: int, epochs: float) -> None:
        """So many units were trained just now, which made so many epochs."""
        if self.speed.per_second is not None:
            self._paid += units / self.speed.per_second
        self._window_epochs += epochs
        now = perf_counter()
        if now - self._window_start > WINDOW:
            self.epochs_per_second = self._window_epochs / (now - self._window_start)
            self._window_start, self._window_epochs = now, 0.0

    def due(self) -> float:
        """When the next turn is due."""
        if self.speed.per_second is None:
            return perf_counter()
        return self._paid + 1.0 / min(self.speed.per_second, PICTURES)
