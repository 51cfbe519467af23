"""A parser of command lines that says in one line what is wrong, and what was probably meant."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from tinkernet.checks import suggestion
from tinkernet.cli import output
from tinkernet.errors import shown


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` whose errors are one line, with the nearest option for one that does not exist."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """End with one line and exit code 2."""
        self.exit(2, f"tinkernet: {' '.join(message.split())} (see {self.prog} --help)\n")

    def parse_args(  # type: ignore[override]  # without its overloads
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> Any:
        """Parse all arguments; any that is unknown is an error."""
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            option = next((word for word in unknown if word.startswith("-") and word != "-"), None)
            if option is None:
                self.error(f"unexpected argument {shown(unknown[0])}")
            name = str(option).partition("=")[0]
            self.error(f"unknown option {shown(name)}{suggestion(name, self._option_string_actions)}")
        return found

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help or an error; argparse would pass over an output that is full or broken."""
        if file is sys.stdout:
            print(message, end="", flush=True)
        elif message:
            output.complain(message.removeprefix("tinkernet: "))
