"""Pace: how much training is owed by now at the chosen speed, and how fast it really goes."""

from collections.abc import Callable

from tinkernet.protocol.speeds import NORMAL, Speed

TURNS_PER_SECOND = 60.0
"""At the most: a speed of more epochs than this trains several of them in each turn."""
CATCH_UP_SECONDS = 0.5
"""A run that fell behind makes up for at most this much."""
WINDOW_SECONDS = 0.25
"""Over how long the real speed is measured."""


class Pace:
    """The clock of a run that plays."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.speed: Speed = NORMAL
        self.epochs_per_second = 0.0
        self._clock = clock
        self._paid = 0.0
        self._window_start, self._window_epochs = 0.0, 0.0

    def start(self) -> None:
        """The speed counts from now on; the first step is due at once."""
        now = self._clock()
        self._paid = now - (1.0 / self.speed.per_second if self.speed.per_second else 0.0)
        self._window_start, self._window_epochs = now, 0.0
        self.epochs_per_second = 0.0

    def owed(self) -> int | None:
        """How many units of this speed are owed by now; None is as many as possible."""
        if self.speed.per_second is None:
            return None
        now = self._clock()
        self._paid = max(self._paid, now - CATCH_UP_SECONDS - 1.0 / self.speed.per_second)
        return int((now - self._paid) * self.speed.per_second + 1e-3)

    def pay(self, units: int, epochs: float) -> None:
        """So many units were trained just now, which were so many epochs."""
        if self.speed.per_second is not None:
            self._paid += units / self.speed.per_second
        self._window_epochs += epochs
        now = self._clock()
        if now - self._window_start > WINDOW_SECONDS:
            self.epochs_per_second = self._window_epochs / (now - self._window_start)
            self._window_start, self._window_epochs = now, 0.0

    def due(self) -> float:
        """When the next turn is due."""
        if self.speed.per_second is None:
            return self._clock()
        return self._paid + 1.0 / min(self.speed.per_second, TURNS_PER_SECOND)
