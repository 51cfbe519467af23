"""Registry: all sessions by name, and which page is connected to which."""

import secrets
import threading
import time
from dataclasses import dataclass, field

from tinkernet import link
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.lessons.shelf import Shelf
from tinkernet.protocol import facts, intentions
from tinkernet.run import Run
from tinkernet.server.store import Store
from tinkernet.session import sentences
from tinkernet.session.background import Background
from tinkernet.session.lessons import LessonChanged
from tinkernet.session.messages import Attached, Detached, EngineReady
from tinkernet.session.page import Page
from tinkernet.session.restoring import Saved
from tinkernet.session.scheduler import Scheduler
from tinkernet.session.session import Session
from tinkernet.session.source import Source
from tinkernet.session.wording import ignored_address, link_notices

MOST_UNWATCHED = 32
"""Sessions kept that no page is connected to; beyond that the longest unwatched ones go."""
KEPT_SECONDS = 12 * 3600.0
"""After which a session that no page has come back to is dropped."""
SHOWN = "run="
"""The text after '#' of an address that leads to a session which Python shows, before the name of the session."""
TRAINS_ALONE_SECONDS = 3600.0
"""For which a run without a page continues to train; then it pauses, and is kept."""


@dataclass(slots=True)
class Entry:
    """A session, and the page that it belongs to just now."""

    session: Session
    owner: Page | None = None
    last_seen: float = field(default_factory=time.monotonic)
    saved: Saved | None = None
    """What the store has of it."""
    shown: bool = False
    """Whether Python shows it: it is kept until Python ends it."""
    passing: bool = False
    """Whether it ends with its page's connection: only its owner sees it, and the store never does."""


class Registry:
    """The sessions of this server. Safe to use from any thread."""

    def __init__(self, scheduler: Scheduler, store: Store, shelf: Shelf | None = None) -> None:
        self.shelf = shelf or Shelf()
        """The lessons that its sessions can open."""
        self._background = Background(scheduler)
        self._store = store
        self._lock = threading.Lock()
        self._entries: dict[str, Entry] = {}

    def __len__(self) -> int:
        with self._lock:
            return len(self._entries)

    def join(self, hello: intentions.Hello, page: Page) -> tuple[Session, Attached]:
        """The session that this page finds its run in, and what to send to it once the page is welcomed."""
        opened: link.Reading | None = None
        missing = False
        first: list[facts.Trouble | facts.Notice] = []
        shown = hello.link.removeprefix(SHOWN) if hello.link.startswith(SHOWN) else ""
        try:
            if hello.link and not shown:
                opened = link.read(hello.link, self._store.known.find)
        except link.DataMissingError:
            missing = True  # the session says which, once the page is there
        except ExperimentError as error:
            first.append(ignored_address(error))

        # A passing page has no earlier session: what it had ended with its connection.
        name = "" if hello.passing else shown or hello.session
        session = self._session_for(name, page)
        if session is None:
            session = self._stored_session(name)
            if session is None:
                session = self._new_session(opened, first)
                if name:
                    first.append(facts.Notice(message=sentences.LOST))
            with self._lock:
                self._entries[session.name] = Entry(session, page, passing=hello.passing)
        opens = missing or (opened is not None and not session.shows(opened.experiment, opened.view))
        if opened is not None and not opens:
            first += link_notices(opened.notices)
        return session, Attached(page, tuple(first), hello.link if opens else "", hello.passing)

    def _session_for(self, name: str, page: Page) -> Session | None:
        """The session of this name, or a copy of it where another page has it; None where there is none."""
        with self._lock:
            entry = self._entries.get(name)
            if entry is None or entry.passing:
                return None
            if entry.owner is None:
                entry.owner = page
                return entry.session
        # A tab that was duplicated brings the name of the one it was made from, which is still there: two tabs are
        # two runs, and this one starts where the other is.
        session = entry.session.copy(_unguessable())
        with self._lock:
            self._entries[session.name] = Entry(session, page)
        return session

    def show(self, run: Run, view: View, source: Source | None = None) -> Session:
        """A session with this run, for the page that opens the address with its name; a `source` trains it.

        Raises:
            ExperimentError: its network is too large for a page.
        """
        if run.experiment.data is not None:
            self._store.known.remember(run.experiment.data)
        session = Session.of_run(
            _unguessable(),
            run,
            view,
            self._background,
            shelf=self.shelf,
            known=self._store.known,
            source=source,
        )
        with self._lock:
            self._entries[session.name] = Entry(session, shown=True)
        return session

    def withdraw(self, session: Session) -> None:
        """Python no longer shows this session: it ends, or is like any other where a page has it just now."""
        with self._lock:
            entry = self._entries.get(session.name)
            if entry is None:
                return
            entry.shown = False
            if entry.owner is not None:
                return
            del self._entries[session.name]
        session.receive(intentions.Pause(), urgent=False)

    def leave(self, session: Session, page: Page) -> None:
        """The page is gone; the run continues, unless the page was a passing one."""
        with self._lock:
            entry = self._entries.get(session.name)
            ends = entry is not None and entry.passing
            if ends:
                del self._entries[session.name]
            elif entry is not None and entry.owner is page:
                entry.owner = None
                entry.last_seen = time.monotonic()
        if ends:
            # Nobody can pause it later: the scheduler would train it as long as the server runs.
            session.receive(intentions.Pause(), urgent=False)
        session.receive(Detached(page), urgent=False)

    def notify_engine_ready(self) -> None:
        """The compiled engine has taken over."""
        with self._lock:
            sessions = [entry.session for entry in self._entries.values()]
        for session in sessions:
            session.receive(EngineReady(), urgent=False)

    def refresh_lessons(self) -> None:
        """Where the lesson from a file has been saved: let all sessions know."""
        if not self.shelf.refresh():
            return
        with self._lock:
            sessions = [entry.session for entry in self._entries.values()]
        for session in sessions:
            session.receive(LessonChanged(), urgent=False)

    def tidy(self) -> None:
        """Pause and drop the sessions that no page has come back to."""
        now = time.monotonic()
        with self._lock:
            unwatched = [entry for entry in self._entries.values() if entry.owner is None]
            unwatched.sort(key=lambda entry: entry.last_seen)
            dropped = [
                entry
                for place, entry in enumerate(unwatched)
                if not entry.shown and (len(unwatched) - place > MOST_UNWATCHED or now - entry.last_seen > KEPT_SECONDS)
            ]
            for entry in dropped:
                del self._entries[entry.session.name]
                self._store.remove(entry.session.name)
        for entry in unwatched:
            if entry.session.playing and (entry in dropped or now - entry.last_seen > TRAINS_ALONE_SECONDS):
                entry.session.receive(intentions.Pause())

    def save(self) -> None:
        """Keep all sessions that have changed since the last time, so that their runs come back after a restart."""
        with self._lock:
            entries = [entry for entry in self._entries.values() if not entry.passing]
        for entry in entries:
            saved = entry.session.saved
            if saved != entry.saved:
                entry.saved = saved
                self._store.save(entry.session.name, saved)

    def _stored_session(self, name: str) -> Session | None:
        """The session of this name that an earlier server had; None where the store has none."""
        saved = self._store.load(name) if name else None
        if saved is None:
            return None
        try:
            return Session.restore(name, saved, self._background, self.shelf, self._store.known)
        except ExperimentError:
            return None

    def close(self) -> None:
        """Begin no more background work."""
        self._background.close()

    def _new_session(self, opened: link.Reading | None, first: list[facts.Trouble | facts.Notice]) -> Session:
        """A new session with what the link says, or with the default where that is not possible."""
        name = _unguessable()
        try:
            if opened is not None:
                return Session.start(
                    name, opened.experiment, opened.view, self._background, shelf=self.shelf, known=self._store.known
                )
        except ExperimentError as error:
            first.append(ignored_address(error))
        return Session.start(name, Experiment(), View(), self._background, shelf=self.shelf, known=self._store.known)


def _unguessable() -> str:
    return secrets.token_urlsafe(24)
