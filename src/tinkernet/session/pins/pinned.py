"""The pinned runs of a session, and how they train in step with the present one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tinkernet.run import Run
from tinkernet.session.page import IntentionError
from tinkernet.session.slices import Slices, small_step

MOST_PINS = 6


@dataclass(frozen=True, slots=True)
class PinSnapshot:
    """A pin as it was at one moment, to go back to."""

    number: int
    label: str
    run: Run
    """A run of its own that never trains."""


class PinnedRun:
    """A pinned run. Its number never changes: another run has another number."""

    def __init__(self, number: int, label: str, run: Run, clock: Callable[[], float]) -> None:
        self.number, self.label, self.run = number, label, run
        self.owed = 0
        """Epochs that the present run is ahead since they train in step."""
        self._slices = Slices(clock)
        self._clock = clock
        self._snapshot: PinSnapshot | None = None

    def snapshot(self) -> PinSnapshot:
        """The pin as it is now; the same object for as long as nothing changes."""
        if self._snapshot is None:
            self._snapshot = PinSnapshot(self.number, self.label, self.run.copy())
        return self._snapshot

    def train(self, seconds: float, stop: Callable[[], bool]) -> None:
        """Train what is owed, for about so long."""
        ended, _ = self._slices.train(self.run, self.owed, seconds, None, stop)
        self.owed -= ended
        self._snapshot = None

    def step(self, unit: str) -> None:
        """One step of slow motion."""
        small_step(self.run, unit)
        self._snapshot = None

    def copy(self) -> "PinnedRun":
        """Another, just as far."""
        twin = PinnedRun(self.number, self.label, self.run.copy(), self._clock)
        twin.owed = self.owed
        return twin


class PinnedRuns:
    """All pinned runs of a session, in the order in which they were made."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.in_step = False
        """Whether they train in step with the present run."""
        self._clock = clock
        self._pins: list[PinnedRun] = []
        self._numbers = 0

    def copy_state(self, original: "PinnedRuns") -> None:
        """Hold copies of the same runs."""
        self.in_step, self._numbers = original.in_step, original._numbers
        self._pins = [pin.copy() for pin in original]

    def __iter__(self) -> Iterator[PinnedRun]:
        """All of them, the oldest first."""
        return iter(self._pins)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._pins)

    def check_room(self) -> None:
        """Make sure that there is room for one more."""
        if len(self._pins) >= MOST_PINS:
            raise IntentionError(f"There are already {MOST_PINS} pinned runs. Unpin one first.")

    def find(self, number: int) -> PinnedRun:
        """The pin of this number."""
        for pin in self._pins:
            if pin.number == number:
                return pin
        raise IntentionError("This pinned run no longer exists.")

    def add(self, run: Run, label: str) -> None:
        """Pin this run, which nothing else trains from now on."""
        self._pins.append(self._new(run, label))

    def replace(self, pin: PinnedRun, run: Run, label: str) -> None:
        """Pin this run in the place of that pin."""
        self._pins[self._pins.index(pin)] = self._new(run, label)

    def remove(self, pin: PinnedRun) -> None:
        """Unpin it."""
        self._pins.remove(pin)

    def _new(self, run: Run, label: str) -> PinnedRun:
        self._numbers += 1
        return PinnedRun(self._numbers, label, run, self._clock)

    # --- Undo ----------------------------------------------------------------

    def snapshot(self) -> tuple[PinSnapshot, ...]:
        """All pins as they are now."""
        return tuple(pin.snapshot() for pin in self._pins)

    def restore(self, snapshots: Iterable[PinSnapshot]) -> None:
        """Have these pins: those that are still there as they are now, the others as they were when they went."""
        there = {pin.number: pin for pin in self._pins}
        self._pins = [
            there.get(one.number) or PinnedRun(one.number, one.label, one.run.copy(), self._clock) for one in snapshots
        ]

    # --- Training in step ------------------------------------------------------

    @property
    def in_step_count(self) -> int:
        """How many train beside the present run."""
        return len(self._pins) if self.in_step else 0

    @property
    def behind(self) -> bool:
        """Whether some have not caught up with the present run."""
        return any(pin.owed for pin in self._pins)

    def owe(self, epochs: int) -> None:
        """The present run has trained so many epochs."""
        if self.in_step:
            for pin in self._pins:
                pin.owed += epochs

    def step(self, unit: str) -> None:
        """The present run has made one step of slow motion."""
        if self.in_step:
            for pin in self._pins:
                pin.step(unit)

    def train(self, seconds: float, stop: Callable[[], bool]) -> None:
        """Catch up with the present run, for about so long; the one that is furthest behind first."""
        end = self._clock() + seconds
        while self.behind and (left := end - self._clock()) > 0 and not stop():
            waiting = sum(1 for pin in self._pins if pin.owed)
            max(self._pins, key=lambda pin: pin.owed).train(left / waiting, stop)

    def stop(self) -> None:
        """Stop training in step."""
        self.in_step = False
        for pin in self._pins:
            pin.owed = 0
