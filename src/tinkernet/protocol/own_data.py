"""A person's own data on the page: the upload, what was recognized in it, what is chosen, and what cannot be used."""

from typing import Annotated, Literal

from msgspec import Meta, field

from tinkernet.data.own.limits import MOST_FIELDS, MOST_HEADER_LINES
from tinkernet.protocol.message import Index, Message, Name

Mark = Annotated[str, Meta(max_length=5)]
ColumnName = Annotated[str, Meta(max_length=120)]
FileName = Annotated[str, Meta(max_length=255)]
TargetKindName = Literal["classes", "numbers"]
ReadAs = Literal["number", "text"]
ColumnKindName = Literal["number", "text", "date", "constant", "index", "empty"]
Role = Literal["input", "target", "unused"]
ProblemPlace = Literal[
    "file",
    "encoding",
    "separator",
    "quote",
    "decimal",
    "thousands",
    "comment",
    "header",
    "names",
    "columns",
    "target",
    "range",
]
"""The control that a problem is about; “file” is the whole."""


class ReadingChoices(Message, frozen=True, omit_defaults=True):
    """What the person decides about a file, as in `tinkernet.data.own.Choices`; null leaves it to recognition."""

    encoding: Name | None = None
    separator: Mark | None = None
    quote: Mark | None = None
    decimal: Mark | None = None
    thousands: Mark | None = None
    comment: Mark | None = None
    header: Annotated[int, Meta(ge=0, le=MOST_HEADER_LINES)] | None = None
    names: Annotated[list[ColumnName], Meta(max_length=MOST_FIELDS)] | None = None
    kinds: dict[ColumnName, ReadAs] = field(default_factory=dict)
    target: ColumnName | None = None
    target_kind: TargetKindName | None = None
    columns: list[ColumnName] | None = None
    missing: Literal["leave-out", "median"] = "leave-out"
    text_columns: Literal["leave-out", "one-per-value"] = "leave-out"
    ranges: dict[ColumnName, tuple[float, float]] = field(default_factory=dict)


# --- From the page --------------------------------------------------------------


class BeginUpload(Message, frozen=True, tag="begin-upload"):
    """Begin to send a file of `size` bytes, which binary messages follow (`uploads.py`); ends any upload before it.

    Once all is there, it is read with these choices, and the answer is a ReadingFact with request 0.
    """

    upload: Index
    name: FileName
    size: Annotated[int, Meta(ge=0, le=2**53)]
    choices: ReadingChoices = field(default_factory=ReadingChoices)


class ChooseReading(Message, frozen=True, tag="choose-reading"):
    """Read the uploaded file with these choices. The latest request wins: an earlier one may have no answer."""

    upload: Index
    request: Index
    choices: ReadingChoices


class AskUnusable(Message, frozen=True, tag="ask-unusable"):
    """Ask for the rows that cannot be used, from this one on; the answer is an UnusableText."""

    upload: Index
    start: Annotated[int, Meta(ge=0, le=10_000_000)]


class UseData(Message, frozen=True, tag="use-data"):
    """Restart with the data of this reading; the answer is a DataUsed."""

    upload: Index
    request: Index


class ForgetData(Message, frozen=True, tag="forget-data"):
    """The dialog is closed: forget the upload."""


# --- To the page ----------------------------------------------------------------


class UploadFact(Message, frozen=True, tag="upload"):
    """How much of a file has been received. If it is `gone`, the page may send it again."""

    upload: int
    received: int
    gone: bool = False


class FileColumn(Message, frozen=True):
    """A column of the file: what it is and why, and what it is used for."""

    name: str
    name_in_file: str
    kind: ColumnKindName
    reason: str
    """Why it is of this kind; empty if nothing needs to be said."""
    missing: int
    """How many rows have no value in it."""
    role: Role
    as_input: Literal["number", "one-per-value", "no"]
    """How it can be an input: as its numbers, or as one input for each of its values."""
    distinct: int | None
    """How many different texts it has; null if there are too many to count."""
    range: tuple[float, float] | None
    """The numbers that are scaled to the edges of the plane, or of a target to −1 and 1; null if it is not scaled."""
    unit: str


class UnusableFact(Message, frozen=True):
    """A row that cannot be used."""

    line: int
    reason: str
    text: str


class ProblemFact(Message, frozen=True):
    """Why there is no data set yet, in one sentence, and what it is about; `column` is the name if it is about one."""

    place: ProblemPlace
    sentence: str
    column: str = ""


class TableFact(Message, frozen=True):
    """A file as it was read: what was recognized or chosen, the first rows, and what would be used of it."""

    encoding: str
    separator: str
    quote: str
    decimal: str
    thousands: str
    comment: str
    header: int
    columns: list[FileColumn]
    first_rows: list[list[str]]
    row_count: int
    comments: int
    target: str
    target_reason: str
    """Why this column is the target."""
    target_kind: TargetKindName | None
    """Null while there is no data set."""
    kind_reason: str
    """Why the target is classes or numbers."""
    notes: list[str]
    filled: int
    """Missing values that are replaced by the median."""
    unusable_count: int
    unusable: list[UnusableFact]
    """The first of them."""
    used_rows: int
    used_inputs: int
    classes: list[str]
    encodings: list[str]
    """All that can be chosen."""


class ReadingFact(Message, frozen=True, tag="reading"):
    """The answer to BeginUpload and ChooseReading. Without a table the choices are impossible, or it is no table."""

    upload: int
    request: int
    table: TableFact | None
    problem: ProblemFact | None
    """Null if the data can be used."""


class UnusableText(Message, frozen=True, tag="unusable-text"):
    """A part of the file with the unusable rows; the next part begins at `following`, null if this is the last."""

    upload: int
    start: int
    following: int | None
    text: str


class DataUsed(Message, frozen=True, tag="data-used"):
    """The answer to UseData: the digest of the data if the run has begun, else why not, in one sentence."""

    upload: int
    digest: str
    refusal: str | None
