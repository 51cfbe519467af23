"""Pins: runs that are kept beside the present one, to compare with; they can train in step with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

from tinkernet.experiment import Experiment
from tinkernet.insight.compare import differences
from tinkernet.run import Run
from tinkernet.protocol import frames, messages
from tinkernet.session.inbox import CannotError, Page
from tinkernet.session.slices import Slices, small_step

MOST_PINS = 6
PICTURE_CELLS = 48
PICTURE_EVERY = 0.5
"""Seconds between two pictures of a pin that trains."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A pin as it was at one moment, to go back to."""

    number: int
    label: str
    run: Run
    """A run of its own that never trains."""


class Pin:
    """A pinned run. Its number is its own for good: another run is another number."""

    def __init__(self, number: int, label: str, run: Run) -> None:
        self.number, self.label, self.run = number, label, run
        self.owed = 0
        """Epochs that the present run is ahead since they train in step."""
        self._slices = Slices(run)
        self._kept: Kept | None = None

    def kept(self) -> Kept:
        """The pin as it is now; the same object for as long as nothing changes."""
        if self._kept is None:
            self._kept = Kept(self.number, self.label, self.run.copy())
        return self._kept

    def train(self, seconds: float, stop: Callable[[], bool]) -> None:
        """Train what is owed, for about so long."""
        ended, _ = self._slices.train(self.run, self.owed, seconds, None, stop)
        self.owed -= ended
        self._kept = None

    def step(self, unit: str) -> None:
        """One step of slow motion."""
        small_step(self.run, unit)
        self._kept = None

    def copy(self) -> "Pin":
        """Another, just as far."""
        twin = Pin(self.number, self.label, self.run.copy())
        twin.owed = self.owed
        return twin


class Pins:
    """All pins of a session, in the order in which they were made."""

    def __init__(self) -> None:
        self.training = False
        """Whether they train in step."""
        self._pins: list[Pin] = []
        self._numbers = 0
        self._pictured: dict[int, tuple[float, tuple[int, int]]] = {}
        """Per pin that the page has: when it was drawn last, and at which moment of it."""

    def copy(self) -> "Pins":
        """The same pins for another session."""
        twin = Pins()
        twin.training, twin._numbers = self.training, self._numbers
        twin._pins = [pin.copy() for pin in self._pins]
        return twin

    def __len__(self) -> int:
        """How many there are."""
        return len(self._pins)

    def check_room(self) -> None:
        """That there is room for one more."""
        if len(self._pins) >= MOST_PINS:
            raise CannotError(f"There are {MOST_PINS} pinned runs already. Let one of them go first.")

    def find(self, number: int) -> Pin:
        """The pin of this number."""
        for pin in self._pins:
            if pin.number == number:
                return pin
        raise CannotError("There is no such pinned run any more.")

    def add(self, run: Run, label: str) -> None:
        """Keep this run, which nobody else trains from here on."""
        self._pins.append(self._new(run, label))

    def exchange(self, pin: Pin, run: Run, label: str) -> None:
        """Keep this run in the place of that pin."""
        self._pins[self._pins.index(pin)] = self._new(run, label)

    def remove(self, pin: Pin) -> None:
        """Let it go."""
        self._pins.remove(pin)

    def _new(self, run: Run, label: str) -> Pin:
        self._numbers += 1
        return Pin(self._numbers, label, run)

    # --- Undo ----------------------------------------------------------------

    def kept(self) -> tuple[Kept, ...]:
        """All pins as they are now."""
        return tuple(pin.kept() for pin in self._pins)

    def restore(self, kept: Iterable[Kept]) -> None:
        """Have these pins: those that are there as they are now, those that had gone as they went."""
        there = {pin.number: pin for pin in self._pins}
        self._pins = [there.get(one.number) or Pin(one.number, one.label, one.run.copy()) for one in kept]

    # --- Training in step ------------------------------------------------------

    @property
    def beside(self) -> int:
        """How many train beside the present run."""
        return len(self._pins) if self.training else 0

    @property
    def behind(self) -> bool:
        """Whether some have not caught up with the present run."""
        return any(pin.owed for pin in self._pins)

    def owe(self, epochs: int) -> None:
        """The present run has trained so many epochs."""
        if self.training:
            for pin in self._pins:
                pin.owed += epochs

    def step(self, unit: str) -> None:
        """The present run has made one step of slow motion."""
        if self.training:
            for pin in self._pins:
                pin.step(unit)

    def train(self, seconds: float, stop: Callable[[], bool]) -> None:
        """Catch up with the present run, for about so long; the one that is furthest behind first."""
        end = perf_counter() + seconds
        while self.behind and (left := end - perf_counter()) > 0 and not stop():
            waiting = sum(1 for pin in self._pins if pin.owed)
            max(self._pins, key=lambda pin: pin.owed).train(left / waiting, stop)

    def stop(self) -> None:
        """Train in step no more."""
        self.training = False
        for pin in self._pins:
            pin.owed = 0

    # --- What the page is told -------------------------------------------------

    def told(self, shown: Experiment) -> list[messages.Pin]:
        """All pins, as the state tells them."""
        return [
            messages.Pin(
                pin=pin.number,
                label=pin.label,
                differences=list(differences(pin.run.experiment, shown)),
                epoch=pin.run.epoch,
                train_loss=pin.run.train_loss,
                test_loss=pin.run.test_loss,
            )
            for pin in self._pins
        ]

    def forget_page(self) -> None:
        """Another page looks: it has no picture yet."""
        self._pictured = {}

    def report(self, page: Page, *, moving: bool) -> None:
        """Send the curve and the picture of each pin that is new or has trained; while they move, not too often."""
        now = perf_counter()
        pictured = {}
        for pin in self._pins:
            moment = (pin.run.epoch, pin.run.position)
            before = self._pictured.get(pin.number)
            due = before is None or (before[1] != moment and (not moving or now - before[0] > PICTURE_EVERY))
            if due:
                page.post(picture_of(pin))
            pictured[pin.number] = (now, moment) if due or before is None else before
        self._pictured = pictured


def picture_of(pin: Pin) -> bytes:
    """A pin's curve and picture, as bytes."""
    run = pin.run
    rows = run.history.since(-1)
    kept = rows[:, 0] % frames.curve_stride(run.epoch) == 0
    kept[-1:] = True
    return frames.encode_pin(pin.number, rows[kept], run.fields(PICTURE_CELLS, [(run.layout.layers, 0)]))
