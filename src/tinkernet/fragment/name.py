"""Name: how one name of a link is read and written; and the kinds of names that there are several of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote

from tinkernet.errors import ExperimentError
from tinkernet.fragment.text import written
from tinkernet.fragment.values import Read, UnusableError, number, one_of, reader
from tinkernet.network.parameters import Option, checked

Fields = Mapping[str, Any]
"""The fields of an experiment."""


@dataclass(frozen=True)
class Name:
    """How a name of the link is read into settings, and written from an experiment's fields (None: not written).

    `fits_original` says whether the original gets the field right from what is written. It ignores names that
    only tinkernet knows, so such a name fits where nothing is written for it.
    """

    field: str
    read: Read
    write: Callable[[Fields], str | None]
    fits_original: Callable[[Fields], bool] = lambda _: True


def only_here(name: Name) -> Name:
    """The name as one that only tinkernet knows."""
    return replace(name, fits_original=lambda fields: name.write(fields) is None)


class Entry(Protocol):
    """An entry of a table, of which the original may have the same."""

    @property
    def in_original(self) -> bool: ...


AnyEntry = TypeVar("AnyEntry", bound=Entry)


def of_original(table: Mapping[str, AnyEntry]) -> dict[str, AnyEntry]:
    """The entries that the original has: it ignores other values under its names, and so does tinkernet."""
    return {name: entry for name, entry in table.items() if entry.in_original}


def word(field: str, choices: Mapping[str, object]) -> Name:
    """A name with a list of possible values; an unknown value is ignored, as in the original."""
    return Name(field, reader(field, one_of(choices)), unless_first(field, choices))


def option(field: str, table: Mapping[str, Option]) -> Name:
    """A name whose value is an option with its parameters; one that cannot be used is ignored."""

    def parse(value: str) -> str | None:
        text = unquote(value)
        try:
            return checked(field, text, table) if text.strip() else None
        except ExperimentError:
            raise UnusableError("unknown-value", text) from None

    return Name(field, reader(field, parse), unless_first(field, table))


def figure(field: str, default: float, admit: Callable[[float], float] = lambda number: number) -> Name:
    """A name whose value is a number; `admit` gives the one that the original uses for it."""

    def write(fields: Fields) -> str | None:
        return None if fields[field] == default else written(fields[field])

    return Name(field, reader(field, lambda value: admit(number(value))), write)


def unless_first(field: str, choices: Mapping[str, object]) -> Callable[[Fields], str | None]:
    """Writes the field, unless it is the first of the choices, which is the default."""
    default = next(iter(choices))
    return lambda fields: None if fields[field] == default else fields[field]
