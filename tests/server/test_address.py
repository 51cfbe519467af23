"""The address and port of the server."""

import contextlib
import errno
import socket

import pytest

from tinkernet.server import address


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Three free ports to replace the default port and the next ones."""
    with contextlib.ExitStack() as held:
        found = [held.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(3)]
    monkeypatch.setattr(address, "DEFAULT_PORT", found[0])
    monkeypatch.setattr(address, "FALLBACK_PORTS", found[1:])
    return found


def test_the_default_port_is_fixed() -> None:
    assert address.DEFAULT_PORT == 8357
    assert list(address.FALLBACK_PORTS)[:2] == [8358, 8359]


def test_each_server_uses_the_next_free_port_and_then_any(ports: list[int]) -> None:
    with contextlib.ExitStack() as servers:
        taken = [servers.enter_context(address.listen("127.0.0.1", None)).getsockname()[1] for _ in range(4)]
    assert taken[:3] == ports
    assert taken[3] not in ports


def test_a_requested_port_is_not_replaced_by_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(address.AddressError, match=f"Port {port} is in use by another program"):
            address.listen("127.0.0.1", port)


def test_a_port_that_needs_administrator_rights_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(address.AddressError, match="Port 80 needs administrator rights"):
        address.listen("127.0.0.1", 80)
