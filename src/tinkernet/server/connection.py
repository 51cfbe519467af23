"""A page's WebSocket: its messages checked and brought to its session, and what the session says brought to it."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from tinkernet import __version__
from tinkernet.protocol import messages
from tinkernet.protocol.catalog import catalog
from tinkernet.server.registry import Registry
from tinkernet.session.session import Session

MOST_MESSAGE_BYTES = 65_536
"""The longest message that a page may send."""
PATIENCE = 10.0
"""Seconds for a page to say hello."""
MOST_MALFORMED = 20
"""So many messages that are none, and the socket is closed: it is no page of ours that speaks."""
MOST_WAITING = 64
"""Intentions that the session has not followed yet; the next is read only when there are fewer."""
WAIT_SECONDS, MOST_WAITS = 0.02, 3000
"""How often it is asked again whether there are fewer; after the last time the page is disconnected."""
MESSAGES_PER_SECOND, BURST = 120.0, 240.0
"""Intentions that a page may send, and how many of them at once after a rest. A drag sends about 60 a second."""
MOST_UNSENT = 512
"""So many messages unsent, and the page is taken for gone."""

decoder = msgspec.json.Decoder(messages.FromPage)

POLICY_VIOLATION = 1008
TRY_AGAIN_LATER = 1013


class Connection:
    """The page at the other end of one WebSocket, as its session sees it."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._loop = asyncio.get_running_loop()
        self._unsent: deque[str | bytes] = deque()
        self._something = asyncio.Event()
        self._overrun = False

    def post(self, payload: str | bytes) -> None:
        """Send this after all that was posted before; from any thread."""
        if len(self._unsent) >= MOST_UNSENT:
            self._overrun = True
        else:
            self._unsent.append(payload)
        # The loop is closed when the server is ending: then there is nobody to tell.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._something.set)

    async def send_posted(self) -> None:
        """Send what is posted, for as long as the page is there."""
        while not self._overrun:
            await self._something.wait()
            self._something.clear()
            while self._unsent:
                payload = self._unsent.popleft()
                if isinstance(payload, str):
                    await self._socket.send_text(payload)
                else:
                    await self._socket.send_bytes(payload)


async def serve(socket: WebSocket, registry: Registry) -> None:
    """One page, from its hello until it is gone."""
    await socket.accept()
    connection = Connection(socket)
    reader = _Reader(socket)
    with contextlib.suppress(WebSocketDisconnect, TimeoutError):
        hello = await asyncio.wait_for(reader.hello(), PATIENCE)
        if hello is None:
            return
        session, attached = await asyncio.to_thread(registry.join, hello, connection)
        try:
            connection.post(
                messages.text(messages.Welcome(session=session.name, version=__version__, catalog=catalog()))
            )
            session.receive(attached)
            await _first_to_end(connection.send_posted(), _listen(reader, session))
        finally:
            registry.leave(session, connection)
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(POLICY_VIOLATION)


async def _listen(reader: "_Reader", session: Session) -> None:
    """Bring every intention to the session, until the page is gone."""
    budget = MessageBudget()
    while (message := await reader.next()) is not None:
        if isinstance(message, messages.Drawn):
            session.note_drawn(message.frame)
        elif isinstance(message, messages.Hello):
            await reader.malformed("This page has said hello before.")
        else:
            if not await _room(session):
                return
            await asyncio.sleep(budget.take())
            session.receive(message)


async def _room(session: Session) -> bool:
    """Wait until the session has followed most of what the page has said; False where it does not come to that."""
    for _ in range(MOST_WAITS):
        if session.waiting <= MOST_WAITING:
            return True
        await asyncio.sleep(WAIT_SECONDS)
    return False


class MessageBudget:
    """How many intentions a page may send: a bucket that fills steadily. A page that floods is read slowly.

    The socket then fills up, and the flood stays with the page that makes it.
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
    """Reads a socket message by message, and loses patience with one that speaks no sense."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._malformed = 0

    async def next(self) -> messages.FromPage | None:
        """The next message that is one; None where the page is to be let go."""
        while self._malformed < MOST_MALFORMED:
            event = await self._socket.receive()
            if event["type"] == "websocket.disconnect":
                return None
            try:
                text = event.get("text")
                if text is None:
                    await self.malformed("Messages are text.")
                elif len(text) > MOST_MESSAGE_BYTES:
                    await self.malformed("The message is too long.")
                else:
                    message: messages.FromPage = decoder.decode(text)
                    return message
            except (msgspec.DecodeError, RecursionError) as error:
                await self.malformed(f"The message was not understood: {error}")
        return None

    async def hello(self) -> messages.Hello | None:
        """The first message, which must be hello."""
        while (message := await self.next()) is not None:
            if isinstance(message, messages.Hello):
                return message
            await self.malformed("The first word must be hello.")
        return None

    async def malformed(self, message: str) -> None:
        """Say what was wrong with the last message."""
        self._malformed += 1
        await self._socket.send_text(messages.text(messages.Trouble(message=message)))


async def _first_to_end(*jobs: Awaitable[None]) -> None:
    """Run all until one of them ends, and then end the others."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
