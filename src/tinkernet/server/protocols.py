"""Uvicorn's HTTP and WebSocket protocols with our limits, and with answers to what uvicorn only has tracebacks for."""

import asyncio
from typing import Any

import h11
from uvicorn import Config
from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import CloseCode, Frame
from websockets.protocol import State

from tinkernet.server.limits import CLOSING_SECONDS, Connections, Peer

ANSWERING = {h11.SEND_RESPONSE, h11.SEND_BODY}
"""States of our side of HTTP from a request to the end of its answer."""
BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class LimitedState(ServerState):
    """What all connections of a server share: uvicorn's part, and our count."""

    def __init__(self) -> None:
        super().__init__()
        self.peers = Connections()


class CountedProtocol(asyncio.Protocol):
    """A connection that is counted, and whose peer is known not to read."""

    _peer: Peer

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection no longer."""
        self._peer.closed()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The peer does not read."""
        super().pause_writing()
        self._peer.stalled()

    def resume_writing(self) -> None:
        """The peer reads again."""
        super().resume_writing()
        self._peer.flowing()


class HttpProtocol(CountedProtocol, H11Protocol):
    """HTTP with deadlines; it becomes a `WebSocketProtocol` when a page asks for one."""

    def __init__(
        self,
        config: Config,
        server_state: LimitedState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._peer = Peer(server_state.peers)
        # Uvicorn hands this state on to each scope, and to the WebSocket that this connection may become.
        super().__init__(config, server_state, {**app_state, "peer": self._peer}, _loop)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Count the connection."""
        super().connection_made(transport)
        self._peer.opened(transport)

    def handle_events(self) -> None:
        """Handle what has been received; a request that is complete has met its deadline."""
        super().handle_events()
        if self.conn.our_state in ANSWERING and self.transport.get_protocol() is self:
            self._peer.request_received()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._peer.expect_request()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse a malformed request; where an answer has begun (the body was malformed), only end the connection."""
        if self.conn.our_state in ANSWERING:
            # The application is at work on this request. What it sends from now on goes nowhere.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._peer.expect_request(CLOSING_SECONDS)
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            super().send_400_response(msg)
        else:
            self.transport.close()


class WebSocketProtocol(CountedProtocol, WebSocketsSansIOProtocol):
    """A WebSocket that stays bounded when its peer sends nonsense or does not read."""

    def __init__(
        self,
        config: Config,
        server_state: LimitedState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._peer: Peer = app_state["peer"]

    def handle_ping(self) -> None:
        """Answer a ping, unless earlier answers are still unread: else they would pile up without bound.

        RFC 6455, section 5.5.3, lets an endpoint answer only the latest of several pings.
        """
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()

    def handle_cont(self, event: Frame) -> None:
        """Add a fragment; empty ones, which no limit on the size of a message would end, are ignored."""
        if event.data or event.fin:
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        """Hand a complete message to the application; text that is not UTF-8 ends the connection, without a log."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                # The peer's close may have come in the same packet: then it has been answered already.
                if self.conn.state is State.OPEN:
                    self.conn.send_close(CloseCode.INVALID_DATA)
                self.handle_parser_exception()
                return
        super().send_receive_event_to_app()

    def data_received(self, data: bytes) -> None:
        """Take in what was received; a handshake that websockets refuses without an event is answered here."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_complete:
            self.handshake_complete = self.close_sent = True
            self.transport.write(b"".join(self.conn.data_to_send()) or BAD_REQUEST)
            self.transport.close()

    def handle_parser_exception(self) -> None:
        """End a connection that broke the protocol, once."""
        self._peer.expect_request(CLOSING_SECONDS)
        if self.conn.close_sent is None:
            self.transport.close()
        elif not self.close_sent:
            super().handle_parser_exception()

    async def send(self, message: ASGISendEvent) -> None:
        """Send the application's message; it may not know yet that the connection was ended for a fault of the peer."""
        await self.writable.wait()
        if self.close_sent:
            raise ClientDisconnected
        await super().send(message)

    def keepalive_timeout(self) -> None:
        """The peer has not answered a ping."""
        super().keepalive_timeout()
        self._peer.expect_request(CLOSING_SECONDS)

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        """The application is done with this socket: what is still unsent has a last deadline."""
        super().on_task_complete(task)
        if not self.disconnected:
            self._peer.expect_request(CLOSING_SECONDS + self.close_timeout)
