"""Sessions for the tests of this folder, without a server."""

from playing import sessions

__all__ = ["sessions"]
