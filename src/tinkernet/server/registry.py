"""Registry: all sessions by name, and which page is connected to which."""

import secrets
import threading
import time

import msgspec

from tinkernet import link
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.link import View
from tinkernet.protocol import messages
from tinkernet.session.background import Backstage
from tinkernet.session.inbox import Attached, EngineReady, Page
from tinkernet.session.scheduler import Workers
from tinkernet.session.session import Session

MOST_UNWATCHED = 32
"""Sessions kept that no page is connected to; beyond that the longest unwatched ones go."""
PATIENCE = 12 * 3600.0
"""Seconds after which a session that nobody has come back to is dropped."""
TRAINS_ALONE = 3600.0
"""Seconds for which a run without a page goes on training; then it pauses, and is kept."""


class Registry:
    """The sessions of this server. Safe to use from any thread."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._backstage = Backstage(workers)
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def join(self, hello: messages.Hello, page: Page) -> tuple[Session, Attached]:
        """The session that this page finds its run in, and what to put into its inbox once the page is welcomed."""
        reading: link.Reading | None = None
        troubles: tuple[messages.Trouble, ...] = ()
        try:
            if hello.link:
                reading = link.read(hello.link)
        except ExperimentError as error:
            troubles = (messages.Trouble(message=f"This link cannot be opened: {error}", field=error.field),)

        with self._lock:
            session = self._sessions.get(hello.session)
            if session is not None and session.owner is None:
                session.owner = page
        if session is None:
            session, sorry = self._new(reading)
            session.owner = page
            troubles += sorry
        elif session.owner is not page:
            # A tab that was duplicated brings the name of the one it was made from, which is still there: two tabs are
            # two runs, and this one starts where the other is.
            session = session.copy(_unguessable())
            session.owner = page
        with self._lock:
            self._sessions[session.name] = session
        notices = reading.notices if reading else ()
        opens = reading is not None and (reading.experiment, reading.view) != (session.run.experiment, session.view)
        return session, Attached(page, () if opens else notices, troubles, hello.link if opens else "")

    def leave(self, session: Session, page: Page) -> None:
        """The page is gone; the run goes on."""
        with self._lock:
            if session.owner is page:
                session.owner = session.page = None
                session.last_seen = time.monotonic()

    def say(self, session: Session, intention: msgspec.Struct) -> None:
        """Put an intention into the session's inbox and have it followed soon."""
        session.inbox.append(intention)
        self._workers.wake(session, urgent=True)

    def drawn(self, session: Session, frame: int) -> None:
        """The page has drawn this frame: if there is something new, it gets the next."""
        if session.note_drawn(frame):
            self._workers.wake(session)

    def tell_all_engine_ready(self) -> None:
        """The compiled engine has taken over."""
        for session in self._all():
            self.say(session, EngineReady())

    def tidy(self) -> None:
        """Pause and drop what nobody has come back to."""
        now = time.monotonic()
        with self._lock:
            unwatched = [session for session in self._sessions.values() if session.owner is None]
            unwatched.sort(key=lambda session: session.last_seen)
            for place, session in enumerate(unwatched):
                if len(unwatched) - place > MOST_UNWATCHED or now - session.last_seen > PATIENCE:
                    del self._sessions[session.name]
                    session.inbox.append(messages.Pause())
        for session in unwatched:
            if session.inbox:
                self._workers.wake(session)
            elif session.playing and now - session.last_seen > TRAINS_ALONE:
                self.say(session, messages.Pause())

    def close(self) -> None:
        """Begin nothing more backstage."""
        self._backstage.close()

    def _new(self, reading: link.Reading | None) -> tuple[Session, tuple[messages.Trouble, ...]]:
        """A new session with what the link says, or with the default where it says nothing that can be."""
        troubles: tuple[messages.Trouble, ...] = ()
        try:
            if reading is not None:
                return Session(_unguessable(), reading.experiment, reading.view, self._backstage), ()
        except ExperimentError as error:
            troubles = (messages.Trouble(message=str(error), field=error.field),)
        return Session(_unguessable(), Experiment(), View(), self._backstage), troubles

    def _all(self) -> list[Session]:
        with self._lock:
            return list(self._sessions.values())


def _unguessable() -> str:
    return secrets.token_urlsafe(24)
