"""Opening the page from Python: a server in a thread of this process, with a given run as a session.

One server serves all that a process opens, on a free port of 127.0.0.1, behind the guard. It starts with the first
opening and ends with the last, or with the process. The address of an opening names its session after '#', by an
unguessable name; the registry hands the session to the page that opens that address.
"""

import atexit
import contextlib
import os
import sys
import threading
import webbrowser
from types import TracebackType
from typing import Self

from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.run import Run
from tinkernet.server import address, app
from tinkernet.server.guard import own_hosts
from tinkernet.server.keys import Keys, make_keys
from tinkernet.server.launch import Launch
from tinkernet.server.registry import SHOWN, Registry
from tinkernet.server.serve import make_server
from tinkernet.session.session import Session
from tinkernet.session.source import Source
from tinkernet.session.workspace import check_size

HOST = "127.0.0.1"
START_SECONDS = 30.0
"""For the server to start on a busy machine."""
STOP_SECONDS = 5.0


class Opening:
    """A run that is shown on the page. The page has a copy of the run, which a person can train and change there.

    Use it in a `with` block, or call `close`; otherwise the page can be opened until the process ends.
    """

    def __init__(self, server: "PageServer", session: Session) -> None:
        self._server, self._session = server, session
        self._launch = Launch()
        self._closed = threading.Event()

    @property
    def url(self) -> str:
        """The address of the page, with the token that gives access. Nobody else can open it without the token."""
        return f"{self._server.base}?token={self._server.keys.token}#{SHOWN}{self._session.name}"

    @property
    def run(self) -> Run:
        """A copy of the run as it is on the page now."""
        return self._session.run

    @property
    def session(self) -> Session:
        """The session that shows the run."""
        return self._session

    @property
    def closed(self) -> bool:
        """Whether it is closed."""
        return self._closed.is_set()

    def open_browser(self) -> bool:
        """Open the page in the browser; where there is none, print the address. Returns whether a browser was opened.

        The token is not on the browser's command line, see `launch.py`.
        """
        try:
            opened = webbrowser.open(self._launch.prepare(self._server.base, f"{SHOWN}{self._session.name}"))
        except (OSError, webbrowser.Error):
            opened = False
        if not opened:
            sys.stdout.write(f"No browser could be opened. Open this address in one: {self.url}\n")
            sys.stdout.flush()
        return opened

    def redeem(self, token: str) -> bool:
        """Whether this is the token by which the browser was opened; it is void from then on."""
        return self._launch.redeem(token)

    def wait(self) -> None:
        """Wait, as at the end of a script, until Ctrl-C is pressed or `close` is called; then it is closed."""
        try:
            while not self._closed.wait(0.5):
                pass
        except KeyboardInterrupt:
            self.close()

    def close(self) -> None:
        """End the session; the last one to be closed also stops the server. Closing again does nothing."""
        if not self._closed.is_set():
            self._closed.set()
            self._launch.close()
            self._server.remove(self)

    def end_launch(self) -> None:
        """Remove the file that opens the browser."""
        self._launch.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        # Without the token: the output of a cell is saved with its notebook.
        return f"<page at {self._server.base}{', closed' if self.closed else ''}; .url is its address>"


class PageServer:
    """The server of this process, in a separate thread. It has the openings, and gives each its session."""

    def __init__(self) -> None:
        if not (app.PAGE / "index.html").is_file():
            message = "the page has not been built; in a clone of tinkernet, `make run` builds and opens it"
            raise RuntimeError(message)
        self._listening = address.listen(HOST, 0)
        port = self._listening.getsockname()[1]
        self.base = f"http://{HOST}:{port}/"
        self.keys: Keys = make_keys(port)
        self.openings: list[Opening] = []
        ready = threading.Event()
        registries: list[Registry] = []
        guard = app.make_app(
            own_hosts(address.LOOPBACK_NAMES, port), self.keys, app.PAGE, launch=self, made=registries.append
        )
        self.registry = registries[0]
        self._server = make_server(guard, ready.set)
        # A daemon: it ends with the process, whatever pages are open.
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listening]}, name="tinkernet page", daemon=True
        )
        self._thread.start()
        if not ready.wait(START_SECONDS):
            self.stop()
            raise RuntimeError("the server of the page did not start")

    def redeem(self, token: str) -> bool:
        """Whether this is a token by which a browser was opened for one of the openings."""
        return any(opening.redeem(token) for opening in tuple(self.openings))

    def add(self, run: Run, view: View, source: Source | None = None) -> Opening:
        """Show this run, which a source may train.

        Raises:
            ExperimentError: its network is too large for a page.
        """
        opening = Opening(self, self.registry.show(run, view, source))
        self.openings.append(opening)
        return opening

    def remove(self, opening: Opening) -> None:
        """Stop showing this; stop the server where it was the last."""
        self.registry.withdraw(opening.session)
        with _PROCESS.lock:
            if opening in self.openings:
                self.openings.remove(opening)
            last = not self.openings
            if last:
                _forget(self)
        if last:
            self.stop()

    def stop(self) -> None:
        """Stop the server."""
        self._server.should_exit = True
        if threading.current_thread() is not self._thread:
            self._thread.join(STOP_SECONDS)
        with contextlib.suppress(OSError):
            self._listening.close()


class _Process:
    """What this process has opened."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.server: PageServer | None = None
        self.shown: list[tuple[object, object, Opening]] = []
        """What was opened, its moment then, and its opening."""


_PROCESS = _Process()


def open_run(shown: Run | Experiment, *, browser: bool = True, view: View | None = None) -> Opening:
    """Show a run, or a new run of an experiment, on the page.

    The same run in the same state, opened again, is the same page: a browser opens it again only if no page has it.

    Args:
        shown: what to show. The page gets a copy, so that the run itself stays as it is.
        browser: whether to open a browser; otherwise `.url` of the result is the address to open.
        view: how it is displayed.

    Raises:
        ExperimentError: its network is too large for a page.
        RuntimeError: the page has not been built, in a clone of tinkernet.

    Example:
        >>> page = Run(dataset="circle").train(100).open(browser=False)
        >>> page.run.epoch
        100
        >>> page.close()
    """
    if not isinstance(shown, Run | Experiment):
        raise ExperimentError("run", shown, "a Run or an Experiment")
    with _PROCESS.lock:
        moment = (_moment(shown), view)
        found = next((opening for one, then, opening in _PROCESS.shown if _same(one, shown) and then == moment), None)
        if found is None or found.closed:
            run = Run(shown) if isinstance(shown, Experiment) else shown.copy()
            found = open_session(run, view or View())
            _PROCESS.shown.append((shown, moment, found))
    if browser and not found.session.attended:
        found.open_browser()
    return found


def open_session(run: Run, view: View, source: Source | None = None) -> Opening:
    """Show this run itself, as a new session, without a browser.

    Args:
        run: what to show. Nothing else may use it from now on.
        view: how it is displayed.
        source: the program that trains it, which must then be an ObservedRun.

    Raises:
        ExperimentError: its network is too large for a page.
        RuntimeError: the page has not been built, in a clone of tinkernet.
    """
    check_size(run.experiment)
    with _PROCESS.lock:
        if _PROCESS.server is None:
            _PROCESS.server = PageServer()
        return _PROCESS.server.add(run, view, source)


def _same(one: object, other: object) -> bool:
    """Whether these are the same run, or equal experiments."""
    return one is other or (isinstance(one, Experiment) and one == other)


def _moment(shown: Run | Experiment) -> object:
    """What changes when a run is trained or edited."""
    return None if isinstance(shown, Experiment) else (shown.epoch, shown.position, shown.experiment, shown.events)


def _forget(server: PageServer) -> None:
    """This server is stopped: the next opening starts another."""
    if _PROCESS.server is server:
        _PROCESS.server = None
        _PROCESS.shown.clear()


def _end_launches() -> None:
    """Remove the files that open a browser when the process ends; everything else ends with it."""
    for opening in _PROCESS.server.openings if _PROCESS.server is not None else ():
        opening.end_launch()


def _forget_in_child() -> None:
    """A forked process has none of the threads of its parent, so it has opened nothing."""
    _PROCESS.lock = threading.RLock()
    _PROCESS.server = None
    _PROCESS.shown.clear()


atexit.register(_end_launches)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_in_child)
