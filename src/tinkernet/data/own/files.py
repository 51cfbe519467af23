"""Reading a file from the disk: its size is checked before it is read."""

import warnings
from os import PathLike
from pathlib import Path
from typing import Any

from msgspec import ValidationError, convert

from tinkernet import checks
from tinkernet.data.own.content import check_size
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.own.limits import MOST_BYTES
from tinkernet.data.own.reading import read
from tinkernet.data.own.structures import Choices, Reading
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

NAMED_ROWS = 3
"""A warning names this many rows."""


def read_file(path: str | PathLike[str], choices: Choices) -> Reading:
    """The reading of a file; its name is that of the choices, if they have one.

    Raises:
        ExperimentError: it cannot be read, is too large or not a table, or a choice is not possible.
    """
    file = Path(path)
    try:
        if not file.is_file():
            raise ExperimentError("file", str(path), "a file that exists")
        check_size(str(path), file.stat().st_size)
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise ExperimentError("file", str(path), f"a file that can be read ({error.strerror})") from None
    except ValueError as error:
        if isinstance(error, ExperimentError):
            raise
        raise ExperimentError("file", str(path), f"the path of a file ({error})") from None
    return read(content, choices)


def dataset_of_file(path: str | PathLike[str], given: dict[str, Any]) -> Dataset:
    """The data set of `Dataset.from_csv`."""
    if not isinstance(path, str | PathLike):
        raise ExperimentError("path", path, "the path of a file")
    reading = read_file(path, choices_of({"name": Path(path).name} | given))
    if reading.problem is not None:
        raise ExperimentError(reading.problem.field, reading.problem.value, reading.problem.allowed)
    if reading.dataset is None:  # for type checkers: one of the two is given
        raise ExperimentError("file", str(path), "a table")
    if reading.unusable:
        rows = [f"line {row.line}: {row.reason}" for row in reading.unusable[:NAMED_ROWS]]
        more = ["…"] if len(reading.unusable) > NAMED_ROWS else []
        total = len(reading.unusable)
        what = "1 row" if total == 1 else f"{count(total)} rows"
        message = f"{what} of {Path(path).name} cannot be used ({'; '.join([*rows, *more])})"
        warnings.warn(message, UserWarning, stacklevel=3)
    return reading.dataset


def choices_of(given: dict[str, Any]) -> Choices:
    """Choices by name, with lists for tuples.

    Raises:
        ExperimentError: a name is not known, or a value has another type.
    """
    for name in given:
        checks.one_of("the argument", name, Choices.__struct_fields__)
    try:
        return convert(given, Choices)
    except ValidationError as error:
        text, _, place = str(error).partition(" - at `$.")
        name = place.rstrip("`").split("[")[0].split(".")[0]
        raise ExperimentError(name or "choices", given.get(name, given), f"valid ({text})") from None
