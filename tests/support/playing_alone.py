"""A session without a server: with a fake clock, a host that works immediately, and a page that keeps all messages."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tinkernet import Experiment
from tinkernet.fragment import View
from tinkernet.lessons.shelf import Shelf
from tinkernet.session.background import Notify
from tinkernet.session.messages import Attached
from tinkernet.session.own_data.room import FileRoom
from tinkernet.session.scheduler import Actor
from tinkernet.session.session import Session

SLICE = 0.005


class FakeClock:
    """A clock that is advanced by the test, and by `tick` whenever somebody looks at it.

    Without a tick no time passes within a turn. At full speed a turn then trains more and more epochs, which seem to
    take no time: a test that may play at full speed for many turns needs a tick.
    """

    def __init__(self, tick: float = 0.0) -> None:
        self.now = 100.0
        self._tick = tick

    def __call__(self) -> float:
        self.now += self._tick
        return self.now


class FakePage:
    """A page that keeps all messages."""

    def __init__(self) -> None:
        self.facts: list[dict[str, Any]] = []
        self.binary: list[bytes] = []

    def post(self, payload: str | bytes) -> None:
        """Keep a message."""
        if isinstance(payload, str):
            self.facts.append(json.loads(payload))
        else:
            self.binary.append(payload)

    def last(self, kind: str) -> dict[str, Any]:
        """The newest fact of this type; empty if there is none."""
        return next((fact for fact in reversed(self.facts) if fact["type"] == kind), {})


@dataclass
class FakeHost:
    """Does background work immediately, or on request."""

    threads: int = 1
    at_once: bool = True
    pending: list[Callable[[], None]] = field(default_factory=list)
    woken: list[Actor] = field(default_factory=list)
    files: FileRoom = field(default_factory=FileRoom)

    def wake(self, actor: Actor, *, urgent: bool = False) -> None:
        """Record which actor wants a turn."""
        del urgent
        self.woken.append(actor)

    def compute(
        self,
        work: Callable[[], msgspec.Struct],
        failed: msgspec.Struct,
        notify: Notify,
        *,
        asked: bool = True,
        long: bool = False,
    ) -> None:
        """Do it now or later; exceptions are raised in the test instead of being reported."""
        del failed, asked, long
        self.pending.append(lambda: notify(work()))
        if self.at_once:
            self.finish()

    def finish(self) -> None:
        """Do all pending work."""
        pending, self.pending = self.pending, []
        for do in pending:
            do()


@dataclass
class Alone:
    """One session with its page, clock and host."""

    session: Session
    page: FakePage
    clock: FakeClock
    host: FakeHost

    def do(self, *messages: msgspec.Struct) -> None:
        """Send messages, and give the session turns until it has handled all of them."""
        for message in messages:
            self.session.receive(message)
        self.turn()
        while self.session.waiting:
            self.turn()

    def turn(self, after: float = 0.0, *, slice_seconds: float = SLICE) -> float | None:
        """Advance the clock, then run a turn; the page draws every frame immediately."""
        self.clock.now += after
        due = self.session.turn(slice_seconds)
        self.session.note_drawn(2**32)
        return due

    @property
    def state(self) -> dict[str, Any]:
        """The last state that the page received."""
        return self.page.last("state")


def alone(
    *, at_once: bool = True, view: View | None = None, shelf: Shelf | None = None, tick: float = 0.0, **settings: Any
) -> Alone:
    """A session with a page, ready to be driven."""
    clock, host, page = FakeClock(tick), FakeHost(at_once=at_once), FakePage()
    experiment = Experiment(**{"seed": "0.5", **settings})
    session = Session.start("alone", experiment, view or View(), host, clock, shelf)
    driven = Alone(session, page, clock, host)
    driven.do(Attached(page))
    return driven
