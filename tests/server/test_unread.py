"""Data that a page does not read, or sends endlessly, uses bounded memory."""

import asyncio
from typing import Any

from looping import finished
from starlette.websockets import WebSocket
from websockets.frames import Frame, Opcode

from tinkernet.server.connection import MOST_UNSENT, MOST_UNSENT_BYTES, Connection
from tinkernet.server.protocols import WebSocketProtocol


async def nothing(*_: Any) -> Any:
    """An application's `receive` and `send` without effect."""


def kept_of(payload: bytes, count: int) -> tuple[int, bool]:
    """How many of these messages are unsent, and whether the page is disconnected."""

    async def post() -> tuple[int, bool]:
        connection = Connection(WebSocket({"type": "websocket"}, nothing, nothing))
        for _ in range(count):
            connection.post(payload)
        await asyncio.sleep(0)
        return len(connection._unsent), connection._overrun.is_set()

    return finished(post())


def test_a_page_that_does_not_read_is_disconnected_after_some_messages() -> None:
    assert kept_of(b"x", MOST_UNSENT) == (MOST_UNSENT, False)
    assert kept_of(b"x", MOST_UNSENT + 1) == (MOST_UNSENT, True)


def test_a_page_that_does_not_read_is_disconnected_after_some_megabytes() -> None:
    large = bytes(MOST_UNSENT_BYTES // 4)
    assert kept_of(large, 4) == (4, False)
    assert kept_of(large, 5) == (4, True)


def test_empty_fragments_are_not_collected() -> None:
    protocol = WebSocketProtocol.__new__(WebSocketProtocol)
    protocol.frames = [b"x"]
    for _ in range(1000):
        protocol.handle_cont(Frame(Opcode.CONT, b"", fin=False))
    assert protocol.frames == [b"x"]
