"""A real server for the tests of this folder."""

from serving import server, start

__all__ = ["server", "start"]
