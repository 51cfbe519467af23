"""The pinned runs of a session, and how they train along with the current one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tinkernet.run import Run
from tinkernet.session import sentences
from tinkernet.session.page import IntentionError
from tinkernet.session.time_slices import TimeSlices, small_step

MOST_PINS = 6


@dataclass(frozen=True, slots=True)
class PinSnapshot:
    """The state of a pin at one moment, for undo."""

    number: int
    label: str
    run: Run
    """A copy that is never trained."""


class PinnedRun:
    """A pinned run. Its number is unique and never changes."""

    def __init__(self, number: int, label: str, run: Run, clock: Callable[[], float]) -> None:
        self.number, self.label, self.run = number, label, run
        self.owed = 0
        """The number of epochs by which the current run is ahead since they train together."""
        self._slices = TimeSlices(clock)
        self._clock = clock
        self._snapshot: PinSnapshot | None = None

    def snapshot(self) -> PinSnapshot:
        """The pin's current state; the same object until the pin changes."""
        if self._snapshot is None:
            self._snapshot = PinSnapshot(self.number, self.label, self.run.copy())
        return self._snapshot

    def train(self, seconds: float, stop: Callable[[], bool]) -> None:
        """Train the epochs owed, for about this many seconds."""
        ended, _ = self._slices.train(self.run, self.owed, seconds, None, stop)
        self.owed -= ended
        self._snapshot = None

    def step(self, unit: str) -> None:
        """Train one step of slow motion."""
        small_step(self.run, unit)
        self._snapshot = None

    def copy(self) -> "PinnedRun":
        """An independent copy."""
        twin = PinnedRun(self.number, self.label, self.run.copy(), self._clock)
        twin.owed = self.owed
        return twin


class PinnedRuns:
    """All pinned runs of a session, oldest first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.in_step = False
        """Whether they train along with the current run."""
        self._clock = clock
        self._pins: list[PinnedRun] = []
        self._numbers = 0

    def copy_state(self, original: "PinnedRuns") -> None:
        """Copy all pinned runs of another session."""
        self.in_step, self._numbers = original.in_step, original._numbers
        self._pins = [pin.copy() for pin in original]

    def __iter__(self) -> Iterator[PinnedRun]:
        """All pins, oldest first."""
        return iter(self._pins)

    def __len__(self) -> int:
        """The number of pins."""
        return len(self._pins)

    def check_room(self) -> None:
        """Check that another run can be pinned."""
        if len(self._pins) >= MOST_PINS:
            raise IntentionError(sentences.too_many_pins(MOST_PINS))

    def find(self, number: int) -> PinnedRun:
        """The pin with this number."""
        for pin in self._pins:
            if pin.number == number:
                return pin
        raise IntentionError(sentences.PIN_GONE)

    def add(self, run: Run, label: str) -> None:
        """Pin this run, which must not be used elsewhere afterwards."""
        self._pins.append(self._new(run, label))

    def replace(self, pin: PinnedRun, run: Run, label: str) -> None:
        """Replace a pin by this run."""
        self._pins[self._pins.index(pin)] = self._new(run, label)

    def remove(self, pin: PinnedRun) -> None:
        """Remove a pin."""
        self._pins.remove(pin)

    def _new(self, run: Run, label: str) -> PinnedRun:
        self._numbers += 1
        return PinnedRun(self._numbers, label, run, self._clock)

    # --- Undo ----------------------------------------------------------------

    def snapshot(self) -> tuple[PinSnapshot, ...]:
        """Snapshots of all pins."""
        return tuple(pin.snapshot() for pin in self._pins)

    def restore(self, snapshots: Iterable[PinSnapshot]) -> None:
        """Restore this set of pins: existing pins keep their current state, removed ones return to their snapshot."""
        there = {pin.number: pin for pin in self._pins}
        self._pins = [
            there.get(one.number) or PinnedRun(one.number, one.label, one.run.copy(), self._clock) for one in snapshots
        ]

    # --- Training along with the current run -----------------------------------

    @property
    def in_step_count(self) -> int:
        """The number of pins that train along with the current run."""
        return len(self._pins) if self.in_step else 0

    @property
    def behind(self) -> bool:
        """Whether some pins have not caught up with the current run."""
        return any(pin.owed for pin in self._pins)

    def owe(self, epochs: int) -> None:
        """Record that the current run has trained this many epochs."""
        if self.in_step:
            for pin in self._pins:
                pin.owed += epochs

    def step(self, unit: str) -> None:
        """Follow one step of slow motion of the current run."""
        if self.in_step:
            for pin in self._pins:
                pin.step(unit)

    def train(self, seconds: float, stop: Callable[[], bool]) -> None:
        """Catch up with the current run for about this many seconds, starting with the pin furthest behind."""
        end = self._clock() + seconds
        while self.behind and (left := end - self._clock()) > 0 and not stop():
            waiting = sum(1 for pin in self._pins if pin.owed)
            max(self._pins, key=lambda pin: pin.owed).train(left / waiting, stop)

    def stop(self) -> None:
        """Stop training along with the current run."""
        self.in_step = False
        for pin in self._pins:
            pin.owed = 0
