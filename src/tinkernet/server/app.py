"""The server as an ASGI application: the built page's files, its WebSocket, and the guard before both."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketClose

from tinkernet import engine
from tinkernet.lessons.shelf import Shelf
from tinkernet.protocol.catalog import catalog
from tinkernet.server.connection import serve
from tinkernet.server.guard import Guard, Tokens
from tinkernet.server.keys import Keys
from tinkernet.server.limits import most_connections
from tinkernet.server.registry import Registry
from tinkernet.server.store import Store
from tinkernet.session.scheduler import Scheduler

PAGE = Path(__file__).with_name("page")
MOST_PAGES = 256
"""Pages connected at once, where the process may open enough files."""
TIDY_SECONDS = 0.5
"""Between two rounds of tidying up."""
SAVING_BACK_OFF, LONGEST_BACK_OFF = 20.0, 0.4
"""Sessions are kept again only after so many times as long as that took, as many pages may train at once, but no later
than after so many seconds more: a restart loses at most a second."""

NOT_BUILT = """The page has not been built yet.

In a clone of tinkernet run `make run`, which builds the page and opens it.
"""


class PageFiles(StaticFiles):
    """The built page's files. Their names hold a hash of what is in them, so a browser may keep them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; no file is a WebSocket, which older versions of Starlette assert."""
        if scope["type"] == "http":
            await super().__call__(scope, receive, send)
        else:
            await WebSocketClose()(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 404."""
        try:
            response = await super().get_response(path, scope)
        except ValueError:  # a null byte, which no path has
            raise HTTPException(404) from None
        response.headers["cache-control"] = "private, max-age=31536000, immutable"
        return response


def make_app(
    hosts: frozenset[str],
    keys: Keys,
    page: Path = PAGE,
    threads: int | None = None,
    launch: Tokens | None = None,
    store: Path | None = None,
    shelf: Shelf | None = None,
    made: Callable[[Registry], None] = lambda _: None,
) -> Guard:
    """The whole server behind its guard; `store` is the folder where sessions are kept over a restart.

    `made` is called with the registry of its sessions.
    """
    # A page takes more than one connection while it loads.
    most_pages = min(MOST_PAGES, most_connections() // 2)
    scheduler = Scheduler(threads or os.cpu_count() or 1)
    registry = Registry(scheduler, Store(store), shelf)
    made(registry)
    connected = 0

    async def index(_request: object) -> Response:
        if not (page / "index.html").is_file():
            return PlainTextResponse(NOT_BUILT, status_code=503)
        return FileResponse(page / "index.html", headers={"cache-control": "no-cache"})

    async def socket(websocket: WebSocket) -> None:
        nonlocal connected
        if connected >= most_pages:
            await websocket.close(1013, "too many pages are open")
            return
        connected += 1
        try:
            await serve(websocket, registry)
        finally:
            connected -= 1

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        # Threads that wait for the interpreter's lock get it sooner: a frame must not wait 5 ms behind every other.
        switch_interval = sys.getswitchinterval()
        sys.setswitchinterval(0.001)
        engine.prepare()
        scheduler.start()
        # What every page is sent first is built before the first one asks for it.
        jobs = [asyncio.create_task(_tidy_regularly(registry)), asyncio.create_task(_prepare_welcome(registry))]
        try:
            yield
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)
            await asyncio.to_thread(registry.save)
            registry.close()
            await asyncio.to_thread(scheduler.close)
            sys.setswitchinterval(switch_interval)

    app = Starlette(
        routes=[
            Route("/", index),
            WebSocketRoute("/socket", socket),
            Mount("/", PageFiles(directory=page, check_dir=False)),
        ],
        lifespan=lifespan,
    )
    return Guard(app, hosts, keys, launch)


async def _prepare_welcome(registry: Registry) -> None:
    await asyncio.to_thread(lambda: (catalog(), registry.shelf.entries()))


async def _tidy_regularly(registry: Registry) -> None:
    """Regularly drop unused sessions, and notify all pages once the compiled engine has taken over."""
    notified = engine.compiled_ready()
    next_save = 0.0
    while True:
        await asyncio.sleep(TIDY_SECONDS)
        registry.tidy()
        if registry.shelf.can_change:
            await asyncio.to_thread(registry.refresh_lessons)
        began = time.perf_counter()
        if began >= next_save:
            await asyncio.to_thread(registry.save)
            ended = time.perf_counter()
            next_save = ended + min(LONGEST_BACK_OFF, SAVING_BACK_OFF * (ended - began))
        if not notified and engine.compiled_ready():
            notified = True
            registry.notify_engine_ready()
