"""The command line: `tinkernet` opens the page, `tinkernet COMMAND` does one thing in the terminal."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from tinkernet import __version__

COMMANDS = {
    "train": "train a network in the terminal",
}
"""Every command is the module of that name here, with `add_arguments(parser)` and `main(arguments) -> int`."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """One line, and exit code 2."""
        self.exit(2, f"tinkernet: {' '.join(message.split())} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    # Only the module of the command that is meant is loaded, so that help comes at once.
    if words and words[0] in COMMANDS:
        name = words.pop(0)
        module = importlib.import_module(f"tinkernet.cli.{name}")
        parser = Parser(prog=f"tinkernet {name}", description=module.__doc__)
    else:
        module = importlib.import_module("tinkernet.cli.page")
        commands = "\n".join(f"  tinkernet {name:<10} {words}" for name, words in COMMANDS.items())
        parser = Parser(
            prog="tinkernet",
            description="The neural-network playground for Python: opens the page, with a link's network if given.",
            epilog=f"commands:\n{commands}\n  tinkernet COMMAND --help tells more",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("--version", action="version", version=f"tinkernet {__version__}")
    module.add_arguments(parser)
    return int(module.main(parser.parse_args(words)))
