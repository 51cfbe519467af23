"""A page's WebSocket: its messages are checked and passed to its session, and the session's messages are sent to it."""

import asyncio
import contextlib
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from websockets.frames import CloseCode

from tinkernet import __version__
from tinkernet.protocol import facts, intentions
from tinkernet.protocol.catalog import catalog
from tinkernet.protocol.reading import MalformedMessageError, read_binary, read_message
from tinkernet.protocol.uploads import UploadChunk
from tinkernet.server.registry import Registry
from tinkernet.session.session import Session

HELLO_SECONDS = 10.0
"""For a page to send its hello."""
GOODBYE_SECONDS = 5.0
"""For a page to make room for the last message, which closes its WebSocket."""
MOST_MALFORMED = 20
"""After this many malformed messages the WebSocket is closed: whatever sends them is not our page."""
MOST_PENDING = 64
"""Messages that the session has not handled yet; the next is read only when there are fewer."""
MOST_PENDING_WITH_CHUNKS = 8
"""The same for a part of a file: these are large."""
PENDING_SECONDS, MOST_WAITS = 0.02, 3000
"""Between two looks at how many are pending, and how many looks until the page is disconnected."""
MESSAGES_PER_SECOND, BURST = 120.0, 240.0
"""Messages that a page may send, and how many of them at once after a rest. A drag sends about 60 a second."""
MOST_UNSENT = 512
MOST_UNSENT_BYTES = 32 * 2**20
"""With more than these unsent, the page is taken to be gone. The largest message is a few MB."""


class Connection:
    """The page at the other end of one WebSocket, as its session sees it."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._unsent: deque[str | bytes] = deque()
        self._unsent_size = 0
        self._posted = asyncio.Event()
        self._overrun = asyncio.Event()

    def post(self, payload: str | bytes) -> None:
        """Send this after all that was posted before; from any thread."""
        with self._lock:
            fits = len(self._unsent) < MOST_UNSENT and self._unsent_size + len(payload) <= MOST_UNSENT_BYTES
            if fits:
                self._unsent.append(payload)
                self._unsent_size += len(payload)
        # The loop is closed when the server is shutting down: then there is no page to notify.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._posted.set if fits else self._overrun.set)

    async def send_posted(self) -> None:
        """Send what is posted, as long as the page is connected."""
        while True:
            await self._posted.wait()
            self._posted.clear()
            while self._unsent:
                with self._lock:
                    payload = self._unsent.popleft()
                    self._unsent_size -= len(payload)
                await _send(self._socket, payload)

    async def overrun(self) -> None:
        """Return once more is unsent than is kept: a message is lost then, so the page must connect again."""
        await self._overrun.wait()


async def serve(socket: WebSocket, registry: Registry) -> None:
    """Serve one page, from its hello until it is gone."""
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect, TimeoutError):
        await _serve_session(socket, registry)
    # A page that does not read would keep us waiting here; its connection then ends by the deadlines of limits.py.
    with contextlib.suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
        await asyncio.wait_for(socket.close(CloseCode.POLICY_VIOLATION), GOODBYE_SECONDS)


async def _serve_session(socket: WebSocket, registry: Registry) -> None:
    """Bring a page and its session together, until one of them ends it."""
    connection = Connection(socket)
    reader = _Reader(socket)
    hello = await asyncio.wait_for(reader.hello(), HELLO_SECONDS)
    if hello is None:
        return
    session, attached = await asyncio.to_thread(registry.join, hello, connection)
    try:
        connection.post(
            facts.text(
                facts.Welcome(
                    session=session.name, version=__version__, catalog=catalog(), lessons=registry.shelf.entries()
                )
            )
        )
        session.receive(attached, urgent=False)
        await _first_to_end(connection.send_posted(), connection.overrun(), _listen(reader, session))
    finally:
        registry.leave(session, connection)


async def _listen(reader: "_Reader", session: Session) -> None:
    """Bring every message to the session, until the page is gone."""
    budget = MessageBudget()
    while (message := await reader.next()) is not None:
        if isinstance(message, intentions.Drawn):
            session.note_drawn(message.frame)
        elif isinstance(message, intentions.Hello):
            await reader.malformed("This page has already sent its hello.")
        else:
            most = MOST_PENDING_WITH_CHUNKS if isinstance(message, UploadChunk) else MOST_PENDING
            if not await _few_pending(session, most):
                return
            await asyncio.sleep(budget.take())
            session.receive(message)


async def _few_pending(session: Session, most: int) -> bool:
    """Wait until the session has handled most of the page's messages; False where that takes too long."""
    for _ in range(MOST_WAITS):
        if session.waiting <= most:
            return True
        await asyncio.sleep(PENDING_SECONDS)
    return False


class MessageBudget:
    """How many messages a page may send: a bucket that fills steadily. A page that floods is read slowly.

    The socket then fills up, and the flood stays with the page that sends it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left, self._filled = BURST, clock()

    def take(self) -> float:
        """Use one up; for how many seconds to wait before it counts."""
        now = self._clock()
        self._left = min(BURST, self._left + (now - self._filled) * MESSAGES_PER_SECOND) - 1.0
        self._filled = now
        return max(0.0, -self._left / MESSAGES_PER_SECOND)


class _Reader:
    """Reads a WebSocket message by message, and gives up on one that sends too many malformed messages."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._malformed = 0

    async def next(self) -> intentions.FromPage | UploadChunk | None:
        """The next well-formed message; None where the page is gone or the WebSocket is to be closed."""
        while self._malformed < MOST_MALFORMED:
            event = await self._socket.receive()
            if event["type"] == "websocket.disconnect":
                return None
            try:
                content = event.get("bytes")
                return read_message(event.get("text")) if content is None else read_binary(content)
            except MalformedMessageError as error:
                await self.malformed(str(error))
        return None

    async def hello(self) -> intentions.Hello | None:
        """The first message, which must be hello."""
        while (message := await self.next()) is not None:
            if isinstance(message, intentions.Hello):
                return message
            await self.malformed("The first message must be hello.")
        return None

    async def malformed(self, message: str) -> None:
        """Send the page what was wrong with its last message."""
        self._malformed += 1
        await _send(self._socket, facts.text(facts.Trouble(message=message)))


async def _send(socket: WebSocket, payload: str | bytes) -> None:
    """Send this, or raise WebSocketDisconnect where another task has found before that the page is gone."""
    if socket.application_state is not WebSocketState.CONNECTED:
        raise WebSocketDisconnect(CloseCode.ABNORMAL_CLOSURE)
    if isinstance(payload, str):
        await socket.send_text(payload)
    else:
        await socket.send_bytes(payload)


async def _first_to_end(*jobs: Awaitable[None]) -> None:
    """Run all until one of them ends, and then cancel the others."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
