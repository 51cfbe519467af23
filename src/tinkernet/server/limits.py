"""How many connections this server holds, and for how long it waits on each.

Uvicorn answers requests beyond its `limit_concurrency` with 503, but it keeps every open connection, waits without end
for the headers of a request, and keeps a connection whose peer never reads. A few hundred idle connections then use up
the process's file descriptors, and nobody is answered. So:

- The number of connections is bounded, in all and without our cookie, below the number of files that the process may
  open. Beyond a bound the *oldest* connection without our cookie is closed, not the new one: a browser sends its cookie
  within milliseconds of connecting, so the page of the person who owns this server gets through a flood of idle
  connections, each of which merely pushes out an earlier one.
- A connection has `REQUEST_SECONDS` to send its next request with all headers, and `STALLED_SECONDS` to take what it
  has asked for.
"""

import asyncio
import logging
import sys

MOST_CONNECTIONS = 768
"""Connections held in all, where the process may open enough files."""
MOST_ANONYMOUS = 256
"""Connections held that have not shown our cookie: a whole class may open its pages in the same moment."""
RESERVED_FILES = 128
"""File descriptors kept for everything else: page files, the engine's cache, and connections just being accepted."""
ACCEPTED_AT_ONCE = 16
"""Connections accepted in one turn of the event loop; they hold descriptors before they are counted here."""
FEWEST_CONNECTIONS = 16
"""Held even where the process may hardly open any files."""

REQUEST_SECONDS = 10.0
"""From connecting, or from the last answer, to a complete next request."""
STALLED_SECONDS = 30.0
"""For a peer that does not read to make room for what is waiting to be sent to it."""
CLOSING_SECONDS = 5.0
"""For a closed connection to take what is still to be sent."""

logger = logging.getLogger("tinkernet.server")


def most_connections() -> int:
    """How many connections to hold in all: what the limit on open files leaves, and at most MOST_CONNECTIONS."""
    if sys.platform == "win32":
        return MOST_CONNECTIONS
    import resource

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(FEWEST_CONNECTIONS, min(MOST_CONNECTIONS, files - RESERVED_FILES))


class Peer:
    """One TCP connection, whether it speaks HTTP or has become a WebSocket: its deadlines, and whether it has access.

    It is in the `state` of every ASGI scope, under "peer", so that the guard can say that the connection has shown
    our cookie.
    """

    def __init__(self, connections: "Connections") -> None:
        self._connections = connections
        self._transport: asyncio.Transport | None = None
        self._request_deadline: asyncio.TimerHandle | None = None
        self._stalled_deadline: asyncio.TimerHandle | None = None

    def opened(self, transport: asyncio.Transport) -> None:
        """The connection is open: count it, and wait for its first request."""
        self._transport = transport
        self.expect_request()
        self._connections.add(self)

    def authorized(self) -> None:
        """The connection has shown our cookie, with a complete request."""
        self.request_received()
        self._connections.authorize(self)

    def expect_request(self, seconds: float = REQUEST_SECONDS) -> None:
        """End the connection if no request comes in this time."""
        self.request_received()
        self._request_deadline = self._abort_in(seconds)

    def request_received(self) -> None:
        """A request has come: how long its answer takes is up to us."""
        if self._request_deadline is not None:
            self._request_deadline.cancel()
            self._request_deadline = None

    def stalled(self) -> None:
        """More is waiting to be sent than the peer takes: end the connection if that stays so."""
        if self._stalled_deadline is None:
            self._stalled_deadline = self._abort_in(STALLED_SECONDS)

    def flowing(self) -> None:
        """The peer reads again."""
        if self._stalled_deadline is not None:
            self._stalled_deadline.cancel()
            self._stalled_deadline = None

    def abort(self) -> None:
        """End the connection now, without sending what is waiting: `close()` would wait for a peer that never reads."""
        if self._transport is not None:
            self._transport.abort()

    def closed(self) -> None:
        """The connection has ended."""
        self.request_received()
        self.flowing()
        self._connections.remove(self)

    def _abort_in(self, seconds: float) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, self.abort)


class Connections:
    """All open connections, those without our cookie in the order in which they came."""

    def __init__(self, most: int | None = None, most_anonymous: int = MOST_ANONYMOUS) -> None:
        self._most = most_connections() if most is None else most
        self._most_anonymous = min(most_anonymous, self._most // 2)
        self._anonymous: dict[Peer, None] = {}
        self._authorized: set[Peer] = set()

    def __len__(self) -> int:
        return len(self._anonymous) + len(self._authorized)

    def add(self, peer: Peer) -> None:
        """A new connection; where there are too many, the oldest without our cookie is ended."""
        self._anonymous[peer] = None
        if len(self._anonymous) > self._most_anonymous or len(self) > self._most:
            oldest = next(iter(self._anonymous))
            del self._anonymous[oldest]
            oldest.abort()
            logger.warning("Too many connections are open; one that had not shown the page's cookie was closed.")

    def authorize(self, peer: Peer) -> None:
        """This connection has shown our cookie."""
        if peer in self._anonymous:
            del self._anonymous[peer]
            self._authorized.add(peer)

    def remove(self, peer: Peer) -> None:
        """This connection has ended."""
        self._anonymous.pop(peer, None)
        self._authorized.discard(peer)
