"""The server as an ASGI application: the built page's files, its socket, and the guard before both."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from starlette.websockets import WebSocket

from tinkernet import engine
from tinkernet.protocol.catalog import catalog
from tinkernet.server.connection import serve
from tinkernet.server.guard import Guard, Keys
from tinkernet.server.registry import Registry
from tinkernet.session.scheduler import Scheduler

PAGE = Path(__file__).with_name("page")
MOST_PAGES = 256
"""Pages connected at once."""
LOOK_EVERY = 0.5

NOT_BUILT = """The page has not been built yet.

In a clone of tinkernet run `make`, which shows what there is; `make run` builds the page and opens it.
"""


class PageFiles(StaticFiles):
    """The built page's files. Their names hold a hash of what is in them, so a browser may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 404."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "private, max-age=31536000, immutable"
        return response


def make_app(hosts: frozenset[str], keys: Keys, page: Path = PAGE, threads: int | None = None) -> Guard:
    """The whole server behind its guard."""
    scheduler = Scheduler(threads or os.cpu_count() or 1)
    registry = Registry(scheduler)
    connected = 0

    async def index(_request: object) -> Response:
        if not (page / "index.html").is_file():
            return PlainTextResponse(NOT_BUILT, status_code=503)
        return FileResponse(page / "index.html", headers={"cache-control": "no-cache"})

    async def socket(websocket: WebSocket) -> None:
        nonlocal connected
        if connected >= MOST_PAGES:
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
        patience = sys.getswitchinterval()
        sys.setswitchinterval(0.001)
        engine.prepare()
        scheduler.start()
        # What there is to choose from is put together before the first page asks for it.
        jobs = [asyncio.create_task(_look_after(registry)), asyncio.create_task(_prepare_catalog())]
        try:
            yield
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)
            registry.close()
            await asyncio.to_thread(scheduler.close)
            sys.setswitchinterval(patience)

    app = Starlette(
        routes=[
            Route("/", index),
            WebSocketRoute("/socket", socket),
            Mount("/", PageFiles(directory=page, check_dir=False)),
        ],
        lifespan=lifespan,
    )
    return Guard(app, hosts, keys)


async def _prepare_catalog() -> None:
    await asyncio.to_thread(catalog)


async def _look_after(registry: Registry) -> None:
    """From time to time: tidy up, and say it when the compiled engine has taken over."""
    told = engine.compiled_ready()
    while True:
        await asyncio.sleep(LOOK_EVERY)
        registry.tidy()
        if not told and engine.compiled_ready():
            told = True
            registry.notify_engine_ready()
