"""Open the page in a browser, with the network of a link if one is given."""

import argparse
import sys
import webbrowser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on (default: this machine only; "
        "0.0.0.0 lets in others of this network who have the printed address)",
    )
    parser.add_argument(
        "--port", type=_port, default=None, help="port to listen on (default: 8357, or the next free one)"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser, only print the address")


def main(arguments: argparse.Namespace) -> int:
    """Serve the page until Ctrl-C; the exit code."""
    from tinkernet import fragment
    from tinkernet.errors import ExperimentError
    from tinkernet.server import address, app
    from tinkernet.server.keys import make_keys
    from tinkernet.server.launch import Launch
    from tinkernet.server.serve import serve

    try:
        # Only what comes after '#' counts. A text without a link in it is refused here, where it was typed.
        link = fragment.read(arguments.link).text if arguments.link else ""
        listening = address.listen(arguments.host, arguments.port)
    except (ExperimentError, address.AddressError) as error:
        return _sorry(str(error))
    if not (app.PAGE / "index.html").is_file():
        listening.close()
        return _sorry(
            "the page has not been built yet; in a clone of tinkernet run `make run`, which builds and opens it"
        )

    port = listening.getsockname()[1]
    names = address.own_names(arguments.host)
    keys = make_keys(port)
    shown = f"[{names[0]}]" if ":" in names[0] else names[0]
    base = f"http://{shown}:{port}/"
    launch = Launch()

    def started() -> None:
        print(f"tinkernet is at {base}?token={keys.token}{'#' + link if link else ''}  (Ctrl-C ends it)")
        if arguments.port is None and port != address.DEFAULT_PORT:
            print(f"Port {address.DEFAULT_PORT} is in use, so this page is on port {port}.")
        sys.stdout.flush()
        if not arguments.no_browser:
            _open_browser(launch, base, link)

    try:
        serve(listening, names, keys, launch, started)
    except KeyboardInterrupt:
        pass  # Ctrl-C is how it is meant to end
    finally:
        launch.close()
        listening.close()
    return 0


def _open_browser(launch: "Launch", base: str, link: str) -> None:
    """Open the page; where that fails, the person has the printed address."""
    try:
        opened = webbrowser.open(launch.prepare(base, link))
    except OSError:
        opened = False
    if not opened:
        print("No browser could be opened: copy the address into one.", flush=True)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) in PORTS:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a valid port: it must be a whole number from 0 to {PORTS[-1]}")


def _sorry(message: str) -> int:
    print(f"tinkernet: {message}", file=sys.stderr)
    return 2
