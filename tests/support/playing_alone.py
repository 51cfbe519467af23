"""A session without a server: a clock that is moved by hand, a host that works at once, a page that keeps it all."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from tinkernet import Experiment
from tinkernet.fragment import View
from tinkernet.session.background import Notify
from tinkernet.session.scheduler import Actor
from tinkernet.session.session import Attached, Session

SLICE = 0.005


class FakeClock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakePage:
    """A page that keeps what it is sent."""

    def __init__(self) -> None:
        self.facts: list[dict[str, Any]] = []
        self.binary: list[bytes] = []

    def post(self, payload: str | bytes) -> None:
        """Keep it."""
        if isinstance(payload, str):
            self.facts.append(json.loads(payload))
        else:
            self.binary.append(payload)

    def last(self, kind: str) -> dict[str, Any]:
        """The newest fact of this kind; empty where there is none."""
        return next((fact for fact in reversed(self.facts) if fact["type"] == kind), {})


@dataclass
class FakeHost:
    """Does background work at once, or once it is told to."""

    threads: int = 1
    at_once: bool = True
    pending: list[Callable[[], None]] = field(default_factory=list)
    woken: list[Actor] = field(default_factory=list)

    def wake(self, actor: Actor, *, urgent: bool = False) -> None:
        """Note who wants a turn."""
        del urgent
        self.woken.append(actor)

    def compute(
        self, work: Callable[[], msgspec.Struct], failed: msgspec.Struct, notify: Notify, *, asked: bool = True
    ) -> None:
        """Do it now or later; a test has no use for the reports of failures, it wants the failure."""
        del failed, asked
        self.pending.append(lambda: notify(work()))
        if self.at_once:
            self.finish()

    def finish(self) -> None:
        """Do all that is pending."""
        pending, self.pending = self.pending, []
        for do in pending:
            do()


@dataclass
class Alone:
    """One session, its page, its clock and its host."""

    session: Session
    page: FakePage
    clock: FakeClock
    host: FakeHost

    def do(self, *messages: msgspec.Struct) -> None:
        """Send these, and give the session turns until it has followed them all."""
        for message in messages:
            self.session.receive(message)
        self.turn()
        while self.session.waiting:
            self.turn()

    def turn(self, after: float = 0.0, *, slice_seconds: float = SLICE) -> float | None:
        """Let time pass, then a turn; the page draws every frame at once."""
        self.clock.now += after
        due = self.session.turn(slice_seconds)
        self.session.note_drawn(2**32)
        return due

    @property
    def state(self) -> dict[str, Any]:
        """The state as the page has it."""
        return self.page.last("state")


def alone(*, at_once: bool = True, **settings: Any) -> Alone:
    """A session with a page, ready to be driven."""
    clock, host, page = FakeClock(), FakeHost(at_once=at_once), FakePage()
    session = Session.start("alone", Experiment(**{"seed": "0.5", **settings}), View(), host, clock)
    driven = Alone(session, page, clock, host)
    driven.do(Attached(page))
    return driven
