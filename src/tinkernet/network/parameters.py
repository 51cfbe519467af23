"""Parameters of options, and the notation that writes an option with them as text: `adam`, `adam,beta1:0.8`.

Only parameters that differ from their defaults are written, in the table's order. The text is the same in Python,
links, the command line, files and messages, so that it can be compared, and needs no type for each option.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from tinkernet import checks
from tinkernet.errors import ExperimentError

MOST_PARAMETERS = 4
LONGEST_TEXT = 200
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """A number that an option takes, from `least` to `most`; `offered` are the values that the page offers."""

    name: str
    label: str
    hint: str
    default: float
    least: float
    most: float
    offered: tuple[float, ...]
    whole: bool = False

    def checked(self, field: str, value: object) -> float:
        """The value as a number.

        Raises:
            ExperimentError: it is not a number, or out of range; the error names the field and the parameter.
        """
        name = f"{field}, {self.name}"
        if self.whole:
            return float(checks.whole(name, value, int(self.least), int(self.most)))
        return checks.number(name, value, self.least, self.most)


@dataclass(frozen=True)
class Option:
    """An entry of a table that may take parameters. Calling it gives the text of the option with these parameters.

    Example:
        >>> from tinkernet import Adam, Experiment
        >>> Adam(beta1=0.8)
        'adam,beta1:0.8'
        >>> Experiment(optimizer=Adam(beta1=0.8)).optimizer
        'adam,beta1:0.8'
    """

    name: str
    label: str
    hint: str
    parameters: tuple[Parameter, ...] = ()

    def __post_init__(self) -> None:
        assert len(self.parameters) <= MOST_PARAMETERS, f"{self.name} has too many parameters"  # noqa: S101 (a table's entry, not input)

    def __call__(self, **values: float) -> str:
        """The text of this option with these parameters; the others have their defaults.

        Raises:
            ExperimentError: there is no such parameter, or a value is out of range.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            checks.one_of(f"a parameter of {self.name}", name, known)
        checked = {name: known[name].checked(self.name, value) for name, value in values.items()}
        return self.written(tuple(checked.get(one.name, one.default) for one in self.parameters))

    def written(self, values: tuple[float, ...]) -> str:
        """The text of this option with a value for each parameter."""
        return ",".join(
            [self.name]
            + [
                f"{one.name}:{_written(value)}"
                for one, value in zip(self.parameters, values, strict=True)
                if value != one.default
            ]
        )


AnyOption = TypeVar("AnyOption", bound=Option)


def option_in(table: Mapping[str, AnyOption], text: str) -> AnyOption:
    """The table's entry that a checked text names."""
    return table[text.partition(",")[0]]


def values_in(table: Mapping[str, AnyOption], text: str) -> tuple[float, ...]:
    """The value of each parameter of the entry in a checked text, in the table's order."""
    return _values("", text, option_in(table, text))


def checked(field: str, value: object, table: Mapping[str, AnyOption]) -> str:
    """The text of an option in the notation, from an option, a text, or a dict of its name and parameters.

    Raises:
        ExperimentError: the option or a parameter is unknown, or a value is out of range.
    """
    if isinstance(value, Option):
        value = value.name
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        pairs = [f"{name}:{number!r}" for name, number in value.items() if name != "name"]
        value = ",".join([value["name"], *pairs])
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        checks.one_of(field, value, table)
    text = str(value)
    entry = table[checks.one_of(field, text.partition(",")[0].strip(), table)]
    return entry.written(_values(field, text, entry))


def _values(field: str, text: str, entry: Option) -> tuple[float, ...]:
    known = {parameter.name: parameter for parameter in entry.parameters}
    given: dict[str, float] = {}
    for part in text.split(",")[1:]:
        name, _, number = (piece.strip() for piece in part.partition(":"))
        if not known:
            raise ExperimentError(field, text, f"{entry.name} alone: it has no parameters")
        parameter = known[checks.one_of(f"a parameter of {entry.name}", name, known)]
        given[name] = parameter.checked(field, float(number) if NUMBER.fullmatch(number) else number)
    return tuple(given.get(one.name, one.default) for one in entry.parameters)


def _written(value: float) -> str:
    """The shortest text that gives the same number, without a decimal point for whole ones."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
