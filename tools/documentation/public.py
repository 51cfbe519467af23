"""What is public, as griffe reads it from the sources, without importing anything but tinkernet itself."""

from functools import cache
from importlib import import_module
from pathlib import Path

import griffe
from griffe_extension import Structs

SOURCES = Path(__file__).resolve().parents[2] / "src"
EXPORT = "tinkernet.export"
HIDDEN = ("__version__", "export")


def names() -> list[str]:
    """The public names of tinkernet that have docstrings."""
    return [name for name in import_module("tinkernet").__all__ if name not in HIDDEN]


def exported() -> list[str]:
    """The public names of `tinkernet.export`."""
    return list(getattr(import_module(EXPORT), "__all__", ()))


@cache
def package() -> griffe.Object:
    """The package as read by griffe."""
    found = griffe.load(
        "tinkernet",
        search_paths=[str(SOURCES)],
        docstring_parser="google",
        allow_inspection=False,
        extensions=griffe.load_extensions(Structs),
    )
    return found.final_target if isinstance(found, griffe.Alias) else found


def member(path: str) -> griffe.Object | None:
    """The object with this full path, where it is defined; None where the sources do not say so."""
    try:
        found = package()[path.removeprefix("tinkernet.")]
        return found.final_target if isinstance(found, griffe.Alias) else found
    except (KeyError, griffe.AliasResolutionError):
        return None


def summary(path: str) -> str:
    """The first sentence of a docstring, for a row of a table."""
    found = member(path)
    if found is None or found.docstring is None:
        return ""
    first = found.docstring.value.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
    return first.split(". ")[0].rstrip(".:") + "."
