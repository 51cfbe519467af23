"""The command line: `tinkernet` opens the page, `tinkernet COMMAND` does one thing in the terminal."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from tinkernet import __version__
from tinkernet.checks import suggestion
from tinkernet.cli import output
from tinkernet.cli.parser import Parser
from tinkernet.errors import shown

COMMANDS = {
    "train": "train a network in the terminal",
    "lesson": "open a lesson, list them, or check one",
    "sweep": "train with many different settings, and compare",
    "export": "write a saved network for another library",
}
"""Every command is the module of that name here, with `add_arguments(parser)` and `main(arguments) -> int`."""

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    output.prepare()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
    except SystemExit as end:  # argparse has printed its help, or what is wrong
        code = int(end.code or 0)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        code = output.failed(error)
    return output.finish(code)


def _run(words: list[str]) -> int:
    # Only the module of the command that is meant is loaded, so that help comes at once.
    if words and words[0] in COMMANDS:
        name = words.pop(0)
        module = importlib.import_module(f"tinkernet.cli.{name}")
        parser = Parser(prog=f"tinkernet {name}", description=module.__doc__)
    elif words and _is_word(words[0]):
        known = suggestion(words[0], COMMANDS)
        output.complain(f"there is no command {shown(words[0])}{known}; see tinkernet --help")
        return output.FAILED
    else:
        module = importlib.import_module("tinkernet.cli.page")
        commands = "\n".join(f"  tinkernet {name:<10} {words}" for name, words in COMMANDS.items())
        parser = Parser(
            prog="tinkernet",
            description="The neural-network playground for Python: open the page, with the network of a link if given.",
            epilog=f"commands:\n{commands}\n  tinkernet COMMAND --help shows its options",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("--version", action="version", version=f"tinkernet {__version__}")
    module.add_arguments(parser)
    return int(module.main(parser.parse_args(words)))


def _is_word(text: str) -> bool:
    """Whether this can only be meant as a command: no option, no address, no part of one."""
    return text.replace("-", "").replace("_", "").isalnum() and not text.startswith("-")
