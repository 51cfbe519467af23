"""What a session needs of the page at the other end, whatever carries it: a WebSocket, a notebook, or a test."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Page(Protocol):
    """The page at the other end; called from any thread."""

    def post(self, payload: str | bytes) -> None:
        """Send this, text or bytes, after everything that was posted before."""


class IntentionError(Exception):
    """An intention that cannot be followed, with the sentence for the page."""
