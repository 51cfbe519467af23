"""A real server for the tests in this folder."""

from serving import server, start

__all__ = ["server", "start"]
