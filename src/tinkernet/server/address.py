"""Where the server listens, and under which names a browser may ask for it."""

import contextlib
import errno
import ipaddress
import socket

DEFAULT_PORT = 8357
"""Fixed, so that bookmarks work and a page left open finds a restarted server."""
FALLBACK_PORTS = range(DEFAULT_PORT + 1, DEFAULT_PORT + 10)
"""Tried in order when the default port is in use: a second server mostly gets the same port each time, too."""
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")


class AddressError(Exception):
    """An address that cannot be listened on; the message is for the person who asked for it."""


def listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens there; without a port on the default one, or the next that is free, or else any.

    Raises:
        AddressError: The host is not of this machine, or the port is in use or not permitted.
    """
    if port is not None:
        return _bound(host, port)
    for candidate in (DEFAULT_PORT, *FALLBACK_PORTS):
        try:
            return _bound(host, candidate)
        except PortInUseError:
            continue
    return _bound(host, 0)


class PortInUseError(AddressError):
    """Another program listens on that port."""


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise AddressError(f"“{host}” is not an address of this machine.") from error
    listening = socket.socket(family, kind, protocol)
    try:
        # Not SO_REUSEPORT, nor on Windows SO_REUSEADDR: another program could then listen on the same port and
        # impersonate us.
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(f"Port {port} is in use by another program. Choose another with --port.") from error
        if error.errno == errno.EACCES:
            raise AddressError(
                f"Port {port} needs administrator rights. Choose a port of 1024 or above with --port."
            ) from error
        raise AddressError(f"Cannot listen on {host} port {port}: {error.strerror or error}.") from error
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
