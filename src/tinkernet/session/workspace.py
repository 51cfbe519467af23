"""Playground: one person's run, its view, its past, its pins and many starts, and what all intentions do with them.

What it takes is bounded: a run's past by 32 MB (see `run/past.py`), that of the present run and of six pins by seven
times as much, undo by 100 MB (`undo.py`), many starts by about 200 MB (`many_starts.py`); of the default network, all
of it is a few MB.

The intentions themselves are followed in `playing`, `choosing`, `by_hand`, `comparing` and `asking`.
"""

import abc
import copy
import threading
import time
from collections import deque

import msgspec

from tinkernet import link
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.link import View
from tinkernet.network import Layout
from tinkernet.run import Run
from tinkernet.protocol import messages
from tinkernet.session.background import Backstage
from tinkernet.session.diagnosis import Diagnosing
from tinkernet.session.inbox import Page
from tinkernet.session.starts import ManyStarts
from tinkernet.session.pace import Pace
from tinkernet.session.pins import Pins
from tinkernet.session.slices import Slices
from tinkernet.session.time_travel import TimeTravel
from tinkernet.session.undo import Moment, Stack, Step
from tinkernet.session.scheduler import Place

MOST_PARAMETERS = 100_000
"""Larger networks are for Python: a page could not draw them, nor a frame carry them."""


class Playground(abc.ABC):
    """A run under way and everything around it that a page shows."""

    def __init__(self, name: str, experiment: Experiment, view: View, backstage: Backstage) -> None:
        self.name = name
        self.backstage = backstage
        self.place = Place()
        self.lock = threading.Lock()
        """Held during a turn; whoever else looks inside takes it."""
        self.inbox: deque[msgspec.Struct] = deque()
        self.owner: Page | None = None
        """The page whose session this is just now; kept by the registry."""
        self.page: Page | None = None
        """The same page, once it was welcomed: what is told goes there."""
        self.last_seen = time.monotonic()
        """When a page was last connected; kept by the registry."""
        self.drawn = True
        """Whether the page has drawn the last frame, and is free for the next."""
        self.changed = True
        """Whether something that is seen has changed since the last frame."""
        self.state_due = False
        """Whether the page has to be told the state."""
        self.framed = 0.0
        """When the last frame was sent; 0 where the next is urgent."""

        self.run = fresh_run(experiment)
        """The run that is shown: the present one, or as it was at some moment of its past."""
        self.run_number = 1
        self.view = view
        self.watch: messages.Watch | None = None
        self.playing = False
        self.pace = Pace()
        self.slices = Slices(self.run)
        self.stop_epoch: int | None = None
        self.stop_loss: float | None = None
        self.undo, self.redo = Stack(), Stack()
        self.dragged: object = None
        """What is being dragged: more of the same is no other step to undo."""
        self.travel = TimeTravel()
        self.pins = Pins()
        self.many = ManyStarts()
        self.diagnosing = Diagnosing()

    @abc.abstractmethod
    def turn(self, slice_seconds: float) -> float | None:
        """Do a slice of work, as an actor does."""

    def its_own(self) -> dict[str, object]:
        """What another session that is just as far must not share with this one."""
        return {
            "place": Place(),
            "lock": threading.Lock(),
            "inbox": deque(),
            "owner": None,
            "page": None,
            "run": self.run.copy(),
            "undo": self.undo.copy(),
            "redo": self.redo.copy(),
            "pace": copy.copy(self.pace),
            "slices": copy.copy(self.slices),
            "travel": self.travel.copy(),
            "pins": self.pins.copy(),
            "many": ManyStarts(),
            "diagnosing": Diagnosing(),
        }

    @property
    def link(self) -> str:
        """The text after '#' that brings this experiment and view back."""
        return link.write(self.run.experiment, self.view)

    @property
    def present(self) -> Run:
        """The present run, whether it is shown or rests while its past is."""
        return self.travel.present or self.run

    def tell(self, message: messages.ToPage) -> None:
        """Send this to the page, if there is one."""
        if self.page is not None:
            self.page.post(messages.text(message))

    # --- Changing the run ----------------------------------------------------

    def begin(self, run: Run) -> None:
        """Go on with another run, or with this one from elsewhere."""
        self.show(run)
        self.run_number += 1

    def show(self, run: Run) -> None:
        """Show this run, on the same curve."""
        self.run = run
        self.slices = Slices(run)

    def seen(self) -> None:
        """Something has changed that the page shows, and at once."""
        self.state_due = self.changed = True
        self.framed = 0.0
        self.diagnosing.wanted = True

    def pause(self) -> None:
        """Train no more."""
        if self.playing:
            self.playing = False
            self.pace.stop()
            self.seen()

    # --- Undo ----------------------------------------------------------------

    def remember(self, words: str, key: object = None, *, pins: bool = False) -> None:
        """Before the run is changed: keep what it was, unless this goes on with the drag that is under way.

        In the past, the present run becomes a pin, and what is shown goes on. With `pins` they are kept as well.
        """
        if self.go_on_from_here(words):
            return
        dragged, self.dragged = self.dragged, None
        if key is None or key != dragged:
            self._keep(words, self.moment(pins=pins))

    def remember_view(self, words: str) -> None:
        """Before only the view is changed: keep what it was."""
        self.dragged = None
        self._keep(words, Moment(self.view, None))

    def remember_pins(self, words: str) -> None:
        """Before only the pins are changed: keep which there were."""
        self.dragged = None
        self._keep(words, Moment(self.view, None, self.pins.kept()))

    def go_on_from_here(self, words: str) -> bool:
        """Leave the past for good, if that is shown: the present run becomes a pin, and what is shown the present."""
        if self.travel.present is None:
            return False
        self.pins.check_room()
        self.dragged = None
        self._keep(words, self.moment(pins=True))
        present = self.travel.leave()
        if present is not None:
            self.pins.add(present, f"branched at epoch {self.run.epoch:,}")
        self.begin(self.run)
        self.seen()
        return True

    def come_back(self) -> None:
        """Show the present again, if the past was shown."""
        present = self.travel.leave()
        if present is not None:
            self.show(present)
            self.seen()

    def moment(self, *, pins: bool = False) -> Moment:
        """All as it is now, to go back to."""
        return Moment(self.view, self.present.copy(), self.pins.kept() if pins else None)

    def _keep(self, words: str, moment: Moment) -> None:
        self.undo.push(Step(words, moment))
        self.redo.clear()

    def swap(self, source: Stack, target: Stack) -> None:
        """Go to the other side of the newest step of `source`, and keep this side in `target`."""
        step = source.pop()
        if step is None:
            return
        self.dragged = None
        there = step.moment
        whole, pins = there.run is not None, there.pins is not None
        here = self.moment(pins=pins)
        target.push(Step(step.words, here if whole else Moment(here.view, None, here.pins)))
        self.view = there.view
        if there.pins is not None:
            self.pins.restore(there.pins)
        if there.run is not None:
            # What comes back would be gone at once if training went on.
            self.come_back()
            self.pause()
            self.begin(there.run.copy())
        self.seen()


def fresh_run(experiment: Experiment) -> Run:
    """A run of this experiment, if the page can draw it."""
    check_size(experiment)
    return Run(experiment)


def check_size(experiment: Experiment) -> None:
    """That the page can draw such a network."""
    count = Layout((len(experiment.features), *experiment.hidden, 1)).count
    if count > MOST_PARAMETERS:
        allowed = (
            f"a network of at most {MOST_PARAMETERS:,} weights on the page; this one has {count:,} (Python takes it)"
        )
        raise ExperimentError("hidden", experiment.hidden, allowed)
