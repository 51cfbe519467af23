"""Where the server listens, and under which names a browser may ask for it."""

import contextlib
import errno
import ipaddress
import socket

PREFERRED_PORT = 8357
"""Taken when it is free, so that a page left open finds a restarted server, and so does an address in the history."""
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")


class AddressError(Exception):
    """An address that cannot be listened on, with a line for the person."""


def listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens there; without a port on the preferred one, or else on any that is free."""
    if port is not None:
        return _bound(host, port)
    try:
        return _bound(host, PREFERRED_PORT)
    except PortTakenError:
        return _bound(host, 0)


class PortTakenError(AddressError):
    """Another program listens there."""


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise AddressError(f"“{host}” is not an address of this machine.") from error
    listening = socket.socket(family, kind, protocol)
    try:
        # Not SO_REUSEPORT, nor on Windows SO_REUSEADDR: another program could then listen beside us, and pass for us.
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(f"Port {port} is taken by another program. Choose another with --port.") from error
        if error.errno == errno.EACCES:
            raise AddressError(f"Port {port} is not for everyone. Choose one from 1024 up with --port.") from error
        raise AddressError(f"“{host}” port {port} cannot be listened on: {error.strerror or error}.") from error
    return listening


def own_names(host: str) -> tuple[str, ...]:
    """The names under which this machine's page may be asked for, the one to print first."""
    address = _address(host)
    if host == "localhost" or (address is not None and address.is_loopback):
        first = "localhost" if host == "localhost" else str(address)
        return tuple(dict.fromkeys((first, *LOOPBACK_NAMES)))
    if address is not None and address.is_unspecified:
        return tuple(dict.fromkeys((*_outside_names(), *LOOPBACK_NAMES)))
    return tuple(dict.fromkeys((str(address) if address else host.lower(), *LOOPBACK_NAMES)))


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _outside_names() -> list[str]:
    """This machine's addresses and names in its own network."""
    names: list[str] = []
    # Connecting a UDP socket sends nothing; it only asks the system which of its addresses leads outside.
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        names.append(probe.getsockname()[0])
    own = socket.gethostname().lower()
    with contextlib.suppress(OSError):
        found = socket.getaddrinfo(own, None, type=socket.SOCK_STREAM)
        names += [str(entry[4][0]).partition("%")[0] for entry in found]
    if own.isascii():
        names += [own, f"{own}.local"] if "." not in own else [own]
    return names
