"""Pace: how much training is due at the selected speed, and the actual speed."""

from collections.abc import Callable

from tinkernet.protocol.speeds import NORMAL, Speed

TURNS_PER_SECOND = 60.0
"""The maximum: faster speeds train several epochs in each turn."""
CATCH_UP_SECONDS = 0.5
"""The maximum amount of training time that a run catches up if it falls behind."""
WINDOW_SECONDS = 0.25
"""The period over which the actual speed is measured."""


class Pace:
    """Tracks how much training of a playing run is due."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.speed: Speed = NORMAL
        self.epochs_per_second = 0.0
        self._clock = clock
        self._paid = 0.0
        self._window_start, self._window_epochs = 0.0, 0.0

    def start(self) -> None:
        """Start counting from now; the first step is due immediately."""
        now = self._clock()
        self._paid = now - (1.0 / self.speed.per_second if self.speed.per_second else 0.0)
        self._window_start, self._window_epochs = now, 0.0
        self.epochs_per_second = 0.0

    def owed(self) -> int | None:
        """The number of units due by now at this speed; None is unlimited."""
        if self.speed.per_second is None:
            return None
        now = self._clock()
        self._paid = max(self._paid, now - CATCH_UP_SECONDS - 1.0 / self.speed.per_second)
        return int((now - self._paid) * self.speed.per_second + 1e-3)

    def pay(self, units: int, epochs: float) -> None:
        """Record that this many units, or epochs, have just been trained."""
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
