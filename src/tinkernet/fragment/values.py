"""Reads the value of a name in a link: it is parsed, or ignored with a remark."""

from collections.abc import Callable, Collection
from typing import Any

from tinkernet.fragment.remarks import Kind, Remark
from tinkernet.fragment.text import number_in

Settings = dict[str, Any]
"""What is read of a link: fields of an experiment or a view; features and data sets have their names in the link."""

Read = Callable[[str, str, Settings, list[Remark]], None]
"""Reads a name and its value into the settings, or adds remarks."""


class UnusableError(Exception):
    """A value cannot be used: what the remark on it says."""

    def __init__(self, kind: Kind, value: str, reason: str = "") -> None:
        super().__init__(kind, value, reason)
        self.kind, self.value, self.reason = kind, value, reason


def reader(key: str, parse: Callable[[str], Any], *, blank: bool = False) -> Read:
    """Reads a value that is parsed into the settings, under this key. A blank one is ignored, unless `blank`.

    `parse` returns None where nothing is given, and raises an UnusableError where a value is to be ignored.
    """

    def read(name: str, value: str, settings: Settings, remarks: list[Remark]) -> None:
        if not value.strip() and not blank:
            return
        try:
            parsed = parse(value)
        except UnusableError as error:
            remarks.append(Remark(error.kind, name, error.value, error.reason))
        else:
            if parsed is not None:
                settings[key] = parsed

    return read


def one_of(choices: Collection[str]) -> Callable[[str], str]:
    """Parses a value that must be one of these."""

    def parse(value: str) -> str:
        if value not in choices:
            raise UnusableError("unknown-value", value)
        return value

    return parse


def switch(value: str) -> bool:
    """Whether a value means "on": everything does but "false", as in the original."""
    return value != "false"


def number(value: str) -> float:
    """The number that a value is."""
    found = number_in(value)
    if found is None:
        raise UnusableError("unreadable", value)
    return found


def numbers(value: str) -> tuple[float, ...]:
    """The numbers of a list, which are separated by commas."""
    found = [number_in(part) for part in value.split(",")]
    if None in found:
        raise UnusableError("unreadable", value)
    return tuple(one for one in found if one is not None)
