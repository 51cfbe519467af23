"""Generates docs/command-line.md from the commands' help, so that the two cannot differ.

python tools/generate_help.py           writes it
python tools/generate_help.py --check   only reports whether it is stale
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "command-line.md"
WIDTH = 100


def help_of(*command: str) -> str:
    """The output of `tinkernet … --help` at a fixed width."""
    environment = {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    words = [sys.executable, "-m", "tinkernet", *command, "--help"]
    return subprocess.run(words, env=environment, check=True, capture_output=True, encoding="utf-8").stdout


def written() -> str:
    """The whole page."""
    from tinkernet.cli import COMMANDS

    parts = [
        "# The command line\n",
        "This page is generated from the commands' help by `make generate`.\n",
        "## tinkernet\n",
        f"```text\n{help_of().rstrip()}\n```\n",
    ]
    for name in COMMANDS:
        parts += [f"## tinkernet {name}\n", f"```text\n{help_of(name).rstrip()}\n```\n"]
    # Line breaks in help depend on the version of Python; the words do not.
    return "\n".join(parts)


def words(text: str) -> list[str]:
    """The words of a text, for comparison without line breaks."""
    return re.split(r"\s+", text)


def main() -> int:
    """The command line."""
    if "--check" in sys.argv[1:]:
        stale = not PAGE.exists() or words(PAGE.read_text(encoding="utf-8")) != words(written())
        if stale:
            print("docs/command-line.md is stale: run make generate", file=sys.stderr)
        return int(stale)
    PAGE.write_text(written(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
