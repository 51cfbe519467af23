"""The interface of a connected page, independent of the transport: a WebSocket, a notebook, or a test."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Page(Protocol):
    """A connected page; may be called from any thread."""

    def post(self, payload: str | bytes) -> None:
        """Send text or bytes, in order."""


class IntentionError(Exception):
    """An intention that cannot be carried out; the message is shown on the page."""
