"""Shared by all generators: writing a file or checking whether it is stale, and reading docstrings."""

import inspect
import re
import sys
from pathlib import Path


def write_or_check(target: Path, text: str) -> int:
    """Write the file, or with --check only report whether it is stale. Returns the exit code."""
    fresh = target.exists() and target.read_text(encoding="utf-8") == text
    if "--check" in sys.argv[1:]:
        print(f"{target.name} is up to date" if fresh else f"{target.name} is stale: run `make generate`")
        return 0 if fresh else 1
    if not fresh:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        print(f"wrote {target.name}")
    return 0


def field_words(declaration: type) -> dict[str, str]:
    """The docstring below each field, by field name."""
    try:
        source = inspect.getsource(declaration)
    except OSError:
        return {}
    found = re.findall(r'^    (\w+): [^\n]*\n    """(.*?)"""', source, re.MULTILINE | re.DOTALL)
    return {name: one_line(words) for name, words in found}


def one_line(words: str) -> str:
    """The first part of a docstring, without line breaks."""
    return " ".join(words.partition("\nArgs:")[0].split())
