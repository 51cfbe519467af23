"""Open the page in a browser, with the network of a link if one is given."""

import argparse
import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from tinkernet.cli import output
from tinkernet.errors import shown

if TYPE_CHECKING:
    from tinkernet.lessons.shelf import Shelf
    from tinkernet.server.launch import Launch

PORTS = range(65536)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "link",
        nargs="?",
        default="",
        metavar="LINK",
        help="a playground address, or the text after its '#'; it is read, never fetched",
    )
    add_server_arguments(parser)


def add_server_arguments(parser: argparse.ArgumentParser) -> None:
    """Say how the page can be served."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on (default: this machine only; "
        "0.0.0.0 also lets in others on this network who have the printed link)",
    )
    parser.add_argument(
        "--port", type=_port, default=None, help="port to listen on (default: 8357, or the next free one)"
    )
    parser.add_argument("--no-browser", action="store_true", help="print the link and do not open a browser")


def main(arguments: argparse.Namespace) -> int:
    """Open the page; the exit code."""
    from tinkernet import fragment
    from tinkernet.errors import ExperimentError

    if is_file(arguments.link):
        output.complain(f"{shown(arguments.link)} is a file, not a link; tinkernet train FILE continues a saved run")
        return output.FAILED
    try:
        # Only what comes after '#' counts. A text without a link in it is refused here, where it was typed.
        link = fragment.read(arguments.link).text if arguments.link else ""
    except ExperimentError as error:
        output.complain(error)
        return output.FAILED
    return serve_page(arguments, link)


def serve_page(arguments: argparse.Namespace, link: str, shelf: "Shelf | None" = None) -> int:
    """Serve the page until Ctrl-C; the exit code, 0 for Ctrl-C and 128 + its number for another signal."""
    from tinkernet.server import address, app
    from tinkernet.server.keys import make_keys
    from tinkernet.server.launch import Launch
    from tinkernet.server.serve import serve

    try:
        listening = address.listen(arguments.host, arguments.port)
    except address.AddressError as error:
        output.complain(error)
        return output.FAILED
    if not (app.PAGE / "index.html").is_file():
        listening.close()
        output.complain("the page has not been built; in a clone of tinkernet, `make run` builds and opens it")
        return output.FAILED

    port = listening.getsockname()[1]
    names = address.own_names(arguments.host)
    keys = make_keys(port)
    host = f"[{names[0]}]" if ":" in names[0] else names[0]
    base = f"http://{host}:{port}/"
    launch = Launch()
    unwritten: list[OSError] = []

    def started() -> None:
        lines = [f"tinkernet is running at {base}?token={keys.token}{'#' + link if link else ''}  (Ctrl-C stops it)"]
        if arguments.port is None and port != address.DEFAULT_PORT:
            lines.append(f"Port {address.DEFAULT_PORT} is in use, so this page is on port {port}.")
        try:
            # At once, as a program that reads the address may read no further.
            print("\n".join(lines), flush=True)
        except OSError as error:
            unwritten.append(error)
            signal.raise_signal(signal.SIGTERM)
            return
        if not arguments.no_browser:
            _open_browser(launch, base, link)

    try:
        with _signals_end():
            serve(listening, names, keys, launch, started, shelf=shelf)
    except KeyboardInterrupt:
        pass  # Ctrl-C is how it is meant to end
    except _EndedError as ended:
        return output.failed(unwritten[0]) if unwritten else 128 + ended.number
    finally:
        launch.close()
        listening.close()
    return 0


class _EndedError(Exception):
    """A signal other than Ctrl-C has ended the server."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def _signals_end() -> Iterator[None]:
    """End the server in good order at SIGTERM and, as where its terminal is closed, at SIGHUP."""
    received: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        if number == signal.SIGTERM:  # raised again by the web server, once it has ended
            raise _EndedError(received[0])
        signal.raise_signal(signal.SIGTERM)

    numbers = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _open_browser(launch: "Launch", base: str, link: str) -> None:
    """Open the page; where that fails, the person has the printed address."""
    import webbrowser

    try:
        opened = webbrowser.open(launch.prepare(base, link))
    except OSError:
        opened = False
    if not opened:
        with contextlib.suppress(OSError):
            print("No browser could be opened: copy the link into one.", flush=True)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= len(str(PORTS[-1])) and int(text) in PORTS:
        return int(text)
    raise argparse.ArgumentTypeError(
        f"{shown(text)} is not a valid port: it must be a whole number from 0 to {PORTS[-1]}"
    )


def is_file(text: str) -> bool:
    """Whether there is a file of this name."""
    try:
        return bool(text) and Path(text).exists()
    except (OSError, ValueError):  # too long for a name, or with a character that no name has
        return False
