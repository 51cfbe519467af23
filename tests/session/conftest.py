"""Sessions without a server, for the tests in this folder."""

from playing import sessions

__all__ = ["sessions"]
