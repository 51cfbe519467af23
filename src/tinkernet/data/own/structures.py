"""The plain structures of a reading: what the caller chooses, what was recognized, and which rows cannot be used."""

from typing import Literal

import msgspec

from tinkernet.data.own.dataset import Dataset
from tinkernet.data.own.parts import TargetKind

ColumnKind = Literal["number", "text", "date", "constant", "index", "empty"]
Missing = Literal["leave-out", "median"]
TextColumns = Literal["leave-out", "one-per-value"]
MISSING: tuple[Missing, ...] = ("leave-out", "median")
TEXT_COLUMNS: tuple[TextColumns, ...] = ("leave-out", "one-per-value")


class Choices(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the person decides about a file; None leaves it to recognition.

    Args:
        name: the name of the file, for messages and the description of the data set.
        encoding: such as "utf-8", "cp1252" or "utf-16".
        separator: one character between columns; " " also stands for several spaces.
        quote: the quote mark, or "" for none.
        decimal: the decimal mark, "." or ",".
        thousands: the mark between thousands, or "" for none.
        comment: how a line begins that is not part of the table, or "" for none.
        header: the number of header lines, 0 to 5.
        names: a name for each column, all different; an empty one keeps that of the header.
        kinds: for a column's name, "number" or "text".
        target: the name of the target column.
        target_kind: "classes" or "numbers".
        columns: the names of the input columns, in their order.
        missing: rows without a value are not used ("leave-out"), or get the column's median ("median").
        text_columns: "one-per-value" turns each chosen text column into one input per value.
        ranges: for a column's name, the two values that are scaled to −6 and 6 (of a target of numbers: to −1 and 1).
    """

    name: str = "the file"
    encoding: str | None = None
    separator: str | None = None
    quote: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    comment: str | None = None
    header: int | None = None
    names: tuple[str, ...] | None = None
    kinds: dict[str, Literal["number", "text"]] = {}
    target: str | None = None
    target_kind: TargetKind | None = None
    columns: tuple[str, ...] | None = None
    missing: Missing = "leave-out"
    text_columns: TextColumns = "leave-out"
    ranges: dict[str, tuple[float, float]] = {}


class RecognizedColumn(msgspec.Struct, frozen=True):
    """A column of the file. `low` and `high` are the least and the largest number, None if it has none.

    `name_in_file` differs from `name` if another one was chosen. `values` are its different texts, at most
    MOST_TEXT_INPUTS of them; `distinct` counts them, None if there are too many to count. `unit` is a sign after or
    before every number, such as %.
    """

    name: str
    kind: ColumnKind
    reason: str
    missing: int
    low: float | None = None
    high: float | None = None
    unit: str = ""
    distinct: int | None = None
    values: tuple[str, ...] = ()
    name_in_file: str = ""


class Recognized(msgspec.Struct, frozen=True):
    """How a file was read: all of it can be changed by `Choices`.

    `rows` are the first rows of the table as texts, `row_count` how many it has, `comments` the number of comment
    lines, which are skipped. `notes` are sentences about anything unusual.
    """

    encoding: str
    separator: str
    quote: str
    decimal: str
    thousands: str
    comment: str
    header: int
    columns: tuple[RecognizedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    comments: int
    target: str
    target_reason: str
    inputs: tuple[str, ...]
    notes: tuple[str, ...]


class UnusableRow(msgspec.Struct, frozen=True):
    """A row that is not part of the data set: its first line in the file (from 1), why, and its text."""

    line: int
    reason: str
    text: str


def unusable_row_text(row: UnusableRow) -> str:
    """A row as in the file of all unusable rows: after a comment with its line and the reason."""
    return f"# line {row.line}: {row.reason}\n{row.text}\n"


class Problem(msgspec.Struct, frozen=True):
    """Why there is no data set yet, in the parts of an `ExperimentError`; `sentence` is all of it."""

    field: str
    value: str
    allowed: str
    sentence: str


class Reading(msgspec.Struct, frozen=True):
    """The result of reading a file: either the data set, or the problem because of which there is none yet.

    `unusable` are the rows that the data set does not have, `filled` is how many missing values are a median.
    """

    recognized: Recognized
    dataset: Dataset | None
    problem: Problem | None
    unusable: tuple[UnusableRow, ...]
    filled: int = 0

    def unusable_text(self) -> str:
        """The unusable rows as a file to download: the rows as they are, each after a comment with line and reason."""
        return "".join(map(unusable_row_text, self.unusable))
