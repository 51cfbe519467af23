"""Serving the page until the server is stopped."""

import asyncio
import logging
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from tinkernet.lessons.shelf import Shelf
from tinkernet.protocol.reading import MOST_MESSAGE_BYTES
from tinkernet.protocol.uploads import MOST_CHUNK_MESSAGE_BYTES
from tinkernet.server.app import PAGE, make_app
from tinkernet.server.guard import Guard, own_hosts
from tinkernet.server.keys import Keys, sessions_directory
from tinkernet.server.launch import Launch
from tinkernet.server.limits import ACCEPTED_AT_ONCE
from tinkernet.server.logs import make_handler
from tinkernet.server.protocols import HttpProtocol, LimitedState, WebSocketProtocol

SHUTDOWN_SECONDS = 1
"""For open requests and pages to end when the server is stopped."""
WAITING_CONNECTIONS = 2048
"""Connections that the system keeps for us until we accept them."""


def make_server(app: Guard, started: Callable[[], None] | None = None) -> uvicorn.Server:
    """The web server around the application."""
    config = uvicorn.Config(
        app,
        http=HttpProtocol,
        ws=WebSocketProtocol,
        # One event loop and one parser, the ones that our limits are written for, whatever else is installed.
        loop="asyncio",
        backlog=ACCEPTED_AT_ONCE,
        # Compressing a frame costs time, and saves nothing on one machine.
        ws_per_message_deflate=False,
        # The connection is closed before a message longer than any of ours is in memory.
        ws_max_size=max(MOST_MESSAGE_BYTES, MOST_CHUNK_MESSAGE_BYTES) + 16_384,
        ws_max_queue=16,
        access_log=False,
        log_config=None,
        log_level="warning",
        # There is no proxy before a person's own machine: headers that claim one are ignored.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    return _Server(config, started)


class _Server(uvicorn.Server):
    """A server with our limits on connections, which calls back when it is ready."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None] | None) -> None:
        super().__init__(config)
        self.server_state = LimitedState()
        self._on_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and then call back."""
        await super().startup(sockets)
        # asyncio takes the backlog both for how many connections to accept at once and for how many may wait.
        for listening in sockets or ():
            listening.listen(WAITING_CONNECTIONS)
        if self._on_started is not None and self.started:
            await asyncio.to_thread(self._on_started)


def serve(
    listening: socket.socket,
    names: tuple[str, ...],
    keys: Keys,
    launch: Launch,
    started: Callable[[], None],
    page: Path = PAGE,
    shelf: Shelf | None = None,
) -> None:
    """Serve the page on this socket until Ctrl-C; `started` is called in a thread once the page can be opened."""
    # On the root logger's handler, the filters apply to whatever is logged in this process.
    logging.getLogger().addHandler(make_handler())
    port = listening.getsockname()[1]
    app = make_app(own_hosts(names, port), keys, page, launch=launch, store=sessions_directory(), shelf=shelf)
    make_server(app, started).run(sockets=[listening])
