"""Serving the page until it is told to stop."""

import asyncio
import logging
import re
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from tinkernet.server.app import PAGE, make_app
from tinkernet.server.connection import MOST_MESSAGE_BYTES
from tinkernet.server.guard import Guard, Keys, own_hosts

TOKEN = re.compile(r"(token=)[^\s&\"']+")
GOODBYE_SECONDS = 1


class MaskToken(logging.Filter):
    """Keeps the token out of whatever is logged: a log is copied into bug reports."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask it, and let the record pass."""
        message = record.getMessage()
        if "token=" in message:
            record.msg, record.args = TOKEN.sub(r"\1***", message), None
        return True


def make_server(app: Guard, started: Callable[[], None] | None = None) -> uvicorn.Server:
    """The web server around the application."""
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        # A frame is a new picture every time: to compress it costs time, and on one machine saves nothing.
        ws_per_message_deflate=False,
        # A longer message than any intention is never taken into memory.
        ws_max_size=2 * MOST_MESSAGE_BYTES,
        ws_max_queue=16,
        access_log=False,
        log_config=None,
        log_level="warning",
        # No proxy stands before a person's own machine: who says so in a header is not believed.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
    )
    return _Server(config, started)


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._on_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and then say so."""
        await super().startup(sockets)
        if self._on_started is not None and self.started:
            await asyncio.to_thread(self._on_started)


def serve(
    listening: socket.socket, names: tuple[str, ...], keys: Keys, started: Callable[[], None], page: Path = PAGE
) -> None:
    """Serve the page on this socket until Ctrl-C."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logging.getLogger(name).addFilter(MaskToken())
    port = listening.getsockname()[1]
    server = make_server(make_app(own_hosts(names, port), keys, page), started)
    server.run(sockets=[listening])
