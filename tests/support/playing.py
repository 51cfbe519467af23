"""Sessions without a server: tabs are connected by a queue, and the scheduler's threads run the turns."""

import queue
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from tabs import Tab

from tinkernet import __version__
from tinkernet.protocol import facts, intentions
from tinkernet.protocol.catalog import catalog
from tinkernet.protocol.reading import MalformedMessageError, read_message
from tinkernet.server.registry import Registry
from tinkernet.server.store import Store
from tinkernet.session.scheduler import Scheduler
from tinkernet.session.session import Session


@dataclass
class QueuePage:
    """A page that keeps received messages in a queue."""

    posted: "queue.SimpleQueue[str | bytes]" = field(default_factory=queue.SimpleQueue)

    def post(self, payload: str | bytes) -> None:
        """Keep a message."""
        self.posted.put(payload)


@dataclass(kw_only=True)
class SessionTab(Tab):
    """A tab that calls its session directly."""

    registry: Registry
    page: QueuePage = field(default_factory=QueuePage)
    open_session: Session | None = None

    def connect(self) -> None:
        """Nothing to open: the first message creates the session."""

    def close(self) -> None:
        """Disconnect the page."""
        if self.open_session is not None:
            self.registry.leave(self.open_session, self.page)

    def send(self, text: str) -> None:
        """Pass a message to the session, as a connection does."""
        try:
            message = read_message(text)
        except MalformedMessageError as error:
            self.page.post(facts.text(facts.Trouble(message=str(error))))
            return
        if isinstance(message, intentions.Hello):
            session, attached = self.registry.join(message, self.page)
            self.open_session = session
            welcome = facts.Welcome(session=session.name, version=__version__, catalog=catalog(), lessons=[])
            self.page.post(facts.text(welcome))
            session.receive(attached)
        elif self.open_session is not None and isinstance(message, intentions.Drawn):
            self.open_session.note_drawn(message.frame)
        elif self.open_session is not None:
            self.open_session.receive(message)

    def receive(self, patience: float) -> str | bytes:
        """The next message."""
        try:
            return self.page.posted.get(timeout=patience)
        except queue.Empty:
            raise TimeoutError from None


@dataclass
class Sessions:
    """Opens sessions for tests."""

    registry: Registry

    def tab(self, link: str = "seed=0.5", **values: Any) -> SessionTab:
        """A tab that opens this link."""
        return SessionTab(registry=self.registry, link=link, **values)


@pytest.fixture(scope="module")
def sessions() -> Iterator[Sessions]:
    """The sessions of a test file; some tests leave theirs playing."""
    scheduler = Scheduler(2)
    registry = Registry(scheduler, Store(None))
    scheduler.start()
    try:
        yield Sessions(registry)
    finally:
        registry.close()
        scheduler.close()
