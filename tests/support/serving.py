"""A real server on a free port, and tabs connected by a WebSocket."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tabs import Tab
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tinkernet.lessons.shelf import Shelf
from tinkernet.server.address import LOOPBACK_NAMES, listen
from tinkernet.server.app import make_app
from tinkernet.server.guard import own_hosts
from tinkernet.server.keys import Keys, make_keys
from tinkernet.server.launch import Launch
from tinkernet.server.serve import make_server


@dataclass(kw_only=True)
class SocketTab(Tab):
    """A tab of a real server."""

    url: str
    origin: Origin
    cookie: str
    socket: ClientConnection = field(init=False)
    closing: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def connect(self) -> None:
        """Open the WebSocket."""
        self.socket = self.closing.enter_context(
            connect(self.url, origin=self.origin, additional_headers={"Cookie": self.cookie}, compression=None)
        )

    def close(self) -> None:
        """Close it."""
        self.closing.close()

    def send(self, text: str) -> None:
        """Send a message."""
        self.socket.send(text)

    def receive(self, patience: float) -> str | bytes:
        """The next message."""
        return self.socket.recv(patience)


@dataclass
class Server:
    """A running server that opens tabs."""

    port: int
    keys: Keys
    launch: Launch

    @property
    def origin(self) -> Origin:
        """The origin of the page."""
        return Origin(f"http://127.0.0.1:{self.port}")

    @property
    def cookie(self) -> str:
        """The cookie header of the browser."""
        return f"{self.keys.cookie_name}={self.keys.cookie}"

    def tab(self, link: str = "seed=0.5", **values: Any) -> "SocketTab":
        """A tab that opens this link."""
        return SocketTab(
            url=f"ws://127.0.0.1:{self.port}/socket", origin=self.origin, cookie=self.cookie, link=link, **values
        )


@contextlib.contextmanager
def running(folder: Path, port: int = 0, shelf: Shelf | None = None) -> Iterator[Server]:
    """A server that runs inside the block."""
    page = folder / "page"
    page.mkdir(exist_ok=True)
    (page / "index.html").write_text("<!doctype html><title>tinkernet</title>")
    (page / "assets").mkdir(exist_ok=True)
    (page / "assets" / "page-1a2b.js").write_text("'use strict'")
    listening = listen("127.0.0.1", port)
    port = listening.getsockname()[1]
    keys = make_keys(port, folder / "state")
    launch = Launch()
    ready = threading.Event()
    hosts = own_hosts(LOOPBACK_NAMES, port)
    app = make_app(hosts, keys, page, threads=2, launch=launch, store=folder / "sessions", shelf=shelf)
    server = make_server(app, ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    assert ready.wait(20)
    try:
        yield Server(port, keys, launch)
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for a test file; each test opens new sessions, and some leave theirs playing."""
    with running(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., contextlib.AbstractContextManager[Server]]:
    """Starts separate servers for a test, one after another, for the same user."""
    return lambda port=0: running(tmp_path, port)
