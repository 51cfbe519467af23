"""A channel: one page of a widget, at the other end of the notebook's messages.

A widget may have several views, and a view opens further channels for the figures of its explanation. Each message of a
channel carries its name, which its page has made up.
"""

import time
from collections.abc import Callable
from typing import Any

from tinkernet.protocol import facts, intentions
from tinkernet.protocol.reading import MalformedMessageError, read_binary, read_message
from tinkernet.session.page import Page
from tinkernet.session.session import Session

UNANSWERED_SECONDS = 0.4
"""A page that is seen has drawn a frame after this time; if it has not said so, the kernel is busy in a cell."""
GIVEN_UP_SECONDS = 900.0
"""A page from which nothing has come for so long is gone, as after a reload; each says something once a minute."""
NEWEST = 2**32
"""More than any frame's number."""

Send = Callable[[dict[str, Any], list[bytes]], None]


class Channel:
    """One page, as its session sees it. `send` sends a message to the notebook, with binary parts."""

    def __init__(self, name: str, send: Send) -> None:
        self.name = name
        self.session: Session | None = None
        """The session whose frames it gets."""
        self.passing = False
        """Whether the session is its own, and ends with it."""
        self.received = time.monotonic()
        """When a message of its page was received."""
        self._send = send
        self._seen = True
        self._sent: float | None = None
        """When a frame was sent that its page has not drawn yet."""

    def post(self, payload: str | bytes) -> None:
        """Send a fact or a frame."""
        if isinstance(payload, str):
            self._send({"channel": self.name, "kind": "fact", "text": payload}, [])
        else:
            self._sent = time.monotonic()
            self._send({"channel": self.name, "kind": "frame"}, [payload])

    def say(self, kind: str) -> None:
        """Send what the page's transport needs to know."""
        self._send({"channel": self.name, "kind": kind}, [])

    def read(self, content: dict[str, Any], buffers: list[Any]) -> "intentions.FromPage | Any | None":
        """The message of the page; None if it is about the channel, or malformed, of which the page is informed."""
        self.received = time.monotonic()
        try:
            if content.get("kind") == "seen":
                self._seen = bool(content.get("seen"))
            elif content.get("kind") == "bytes":
                return read_binary(bytes(buffers[0]) if buffers else b"")
            else:
                text = content.get("text")
                return read_message(text if isinstance(text, str) else None)
        except MalformedMessageError as error:
            self.post(facts.text(facts.Trouble(message=str(error))))
        return None

    def drawn(self, page: Page | None, frame: int) -> None:
        """Its page has drawn this frame."""
        self._sent = None
        if self.session is not None:
            self.session.note_drawn(frame, page)

    def tick(self, page: Page | None) -> None:
        """Send the next frame where the page cannot ask for it: no message arrives while a cell runs."""
        now = time.monotonic()
        waits = self._sent is not None and now - self._sent > UNANSWERED_SECONDS
        if waits and self._seen:
            self.drawn(page, NEWEST)
