"""Connections are limited, those with access have priority, and all have timeouts."""

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from looping import finished

from tinkernet.server import limits
from tinkernet.server.limits import Connections, Peer


def in_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run this test in an event loop."""

    @functools.wraps(test)
    def run(**values: Any) -> None:
        finished(test(**values))

    return run


class Transport(asyncio.Transport):
    """A connection's transport that records its end."""

    def __init__(self) -> None:
        super().__init__()
        self.aborted = asyncio.Event()

    def abort(self) -> None:
        self.aborted.set()


def opened(connections: Connections, count: int) -> list[tuple[Peer, Transport]]:
    pairs = [(Peer(connections), Transport()) for _ in range(count)]
    for peer, transport in pairs:
        peer.opened(transport)
    return pairs


def aborted(pairs: list[tuple[Peer, Transport]]) -> list[int]:
    return [place for place, (_, transport) in enumerate(pairs) if transport.aborted.is_set()]


@in_a_loop
async def test_beyond_the_limit_the_oldest_connection_without_the_cookie_ends() -> None:
    connections = Connections(most=20, most_anonymous=4)
    pairs = opened(connections, 1)
    pairs[0][0].authorized()
    pairs += opened(connections, 6)
    assert aborted(pairs) == [1, 2]
    assert len(connections) == 5


@in_a_loop
async def test_when_all_connections_have_access_a_new_one_ends() -> None:
    connections = Connections(most=6)
    pairs = opened(connections, 3)
    for peer, _ in pairs:
        peer.authorized()
    pairs += opened(connections, 3)
    for peer, _ in pairs[3:]:
        peer.authorized()
    pairs += opened(connections, 1)
    assert aborted(pairs) == [6]


@in_a_loop
async def test_a_closed_connection_makes_room() -> None:
    connections = Connections(most=4, most_anonymous=2)
    pairs = opened(connections, 2)
    pairs[0][0].closed()
    pairs += opened(connections, 1)
    assert aborted(pairs) == []


@pytest.mark.parametrize("fault", ["sends no request", "does not read"])
@in_a_loop
async def test_a_connection_that_sends_no_request_or_does_not_read_ends(
    monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(limits, "STALLED_SECONDS", 0.0)
    peer, transport = opened(Connections(most=4), 1)[0]
    if fault == "does not read":
        peer.authorized()
        peer.stalled()
    else:
        peer.expect_request(0.0)
    await transport.aborted.wait()
    peer.closed()


@in_a_loop
async def test_a_connection_that_reads_again_continues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STALLED_SECONDS", 0.0)
    peer, transport = opened(Connections(most=4), 1)[0]
    peer.authorized()
    peer.stalled()
    peer.flowing()
    for _ in range(10):
        await asyncio.sleep(0)
    assert not transport.aborted.is_set()


def test_the_limit_leaves_files_for_everything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    for files, most in {256: 128, 1024: 768, 40: limits.FEWEST_CONNECTIONS, resource.RLIM_INFINITY: 768}.items():
        monkeypatch.setattr(resource, "getrlimit", lambda _, files=files: (files, files))
        assert limits.most_connections() == most
