"""From the bytes of a file to a `Reading`: recognize, read every row, describe the columns, build the data set."""

from collections.abc import Callable, Iterator
from itertools import chain, islice

from msgspec import structs

from tinkernet import checks
from tinkernet.data.own.building import build
from tinkernet.data.own.content import check_content
from tinkernet.data.own.description import TARGET_NAMES, described, proposed_inputs, proposed_target
from tinkernet.data.own.dialect import Dialect, dialect_of
from tinkernet.data.own.encoding import checked_encoding, encoding_of
from tinkernet.data.own.header import Header, header_of
from tinkernet.data.own.limits import MOST_COLUMNS, MOST_FIELDS, SAMPLE_CHARACTERS, SAMPLE_LINES
from tinkernet.data.own.notation import MARKS, THOUSANDS, notation_of, unit_of
from tinkernet.data.own.rows import Rows, lines_of
from tinkernet.data.own.structures import (
    MISSING,
    TEXT_COLUMNS,
    Choices,
    Reading,
    Recognized,
    RecognizedColumn,
)
from tinkernet.data.own.table import Table, table_of
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

HEAD_ROWS = 100
CHECK_LINES = 2_000
"""So many lines are read between two looks at whether to stop."""


class StoppedError(Exception):
    """A reading that nobody wants any longer was stopped."""


def read(content: bytes, choices: Choices | None = None, stop: Callable[[], bool] | None = None) -> Reading:
    r"""The table in the content of a file.

    Args:
        content: the bytes of the file.
        choices: what is chosen; all else is recognized.
        stop: asked while the rows are read: whether the reading is no longer wanted.

    Raises:
        StoppedError: `stop` said so.
        ExperimentError: the content is too large or not a table, or a choice is not possible.

    Example:
        >>> reading = read(b"x;y;kind\n1,5;2;red\n3,5;4;blue\n2,5;1;red\n")
        >>> reading.recognized.separator, reading.recognized.decimal, reading.recognized.target
        (';', ',', 'kind')
        >>> reading.dataset.classes
        ('blue', 'red')
    """
    choices = choices or Choices()
    _check(choices)
    check_content(choices.name, content)
    encoding = encoding_of(choices.name, content) if choices.encoding is None else checked_encoding(choices.encoding)
    dialect = dialect_of(_first_lines(content, encoding), choices)
    lines = lines_of(content, encoding)
    rows = Rows(lines if stop is None else _until(lines, stop), dialect)
    stream = iter(rows)
    head = list(islice(stream, HEAD_ROWS))
    if not head:
        raise ExperimentError("file", choices.name, "a text file with a table; this file has no rows")
    cells = [cell for _, row in head if isinstance(row, list) for cell in row[:MOST_FIELDS]]
    notation = notation_of(cells, dialect.separator, choices.decimal, choices.thousands)
    header = header_of(head, _comment_cells(rows, dialect), notation, choices.header, choices.names)
    if choices.target is not None:
        checks.one_of("target", choices.target, header.names)
    table = table_of(chain(head, stream), header, notation, choices.name)
    columns = _described(table, header, choices)
    notes = _notes(table, columns, encoding, rows)
    target, why = proposed_target(columns, table.columns)
    if choices.target is not None:
        target, why = choices.target, "chosen"
    with_texts = choices.text_columns == "one-per-value"
    inputs = proposed_inputs(columns, target, with_texts=with_texts)
    if choices.columns is not None:
        inputs = [checks.one_of("columns", name, header.names) for name in choices.columns]
    recognized = Recognized(
        encoding=encoding,
        separator=dialect.separator,
        quote=dialect.quote,
        decimal=notation.decimal,
        thousands=notation.thousands,
        comment=dialect.comment,
        header=header.lines,
        columns=tuple(columns),
        rows=tuple(table.sample),
        row_count=len(table.lines),
        comments=rows.comments,
        target=target,
        target_reason=why,
        inputs=tuple(inputs),
        notes=tuple(notes),
    )
    return build(content, table, recognized, choices)


def _until(lines: Iterator[str], stop: Callable[[], bool]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number % CHECK_LINES == 0 and stop():
            raise StoppedError
        yield line


def _check(choices: Choices) -> None:
    checks.one_of("missing", choices.missing, MISSING)
    checks.one_of("text_columns", choices.text_columns, TEXT_COLUMNS)
    if choices.decimal is not None:
        checks.one_of("decimal", choices.decimal, MARKS)
    if choices.thousands is not None:
        checks.one_of("thousands", choices.thousands, THOUSANDS)
    if choices.thousands and choices.thousands == (choices.decimal or ""):
        raise ExperimentError("thousands", choices.thousands, "another mark than the decimal mark")
    if choices.target_kind is not None:
        checks.one_of("target_kind", choices.target_kind, ("classes", "numbers"))


def _first_lines(content: bytes, encoding: str) -> list[str]:
    """Lines for recognition: twice as many as are used, because comments and blank lines are among them."""
    found: list[str] = []
    size = 0
    # A line may be as long as the file.
    for line in lines_of(content[: 8 * SAMPLE_CHARACTERS], encoding):
        found.append(line)
        size += len(line)
        if len(found) >= 2 * SAMPLE_LINES or size > 2 * SAMPLE_CHARACTERS:
            break
    return found


def _comment_cells(rows: Rows, dialect: Dialect) -> list[str]:
    """The last comment line split like a row; NumPy writes the names of the columns there."""
    text = rows.last_comment.removeprefix(dialect.comment).strip()
    found = next(iter(Rows([text], Dialect(dialect.separator, dialect.quote, "", ""))), (0, ""))[1] if text else ""
    return [cell.strip() for cell in found] if isinstance(found, list) else []


def _described(table: Table, header: Header, choices: Choices) -> list[RecognizedColumn]:
    for name in choices.kinds:
        checks.one_of("kinds", name, header.names)
        checks.one_of(f"the kind of {name}", choices.kinds[name], ("number", "text"))
    units = [next((unit for row in table.sample if (unit := unit_of(row[k]))), "") for k in range(header.width)]
    return [
        structs.replace(
            described(
                name,
                column,
                named=header.lines > 0 and not (header.row_names and k == 0) and name != f"column {k + 1}",
                first=k == 0,
                chosen=choices.kinds.get(name),
                unit=units[k],
            ),
            name_in_file=header.found[k],
        )
        for k, (name, column) in enumerate(zip(header.names, table.columns, strict=True))
    ]


def _notes(table: Table, columns: list[RecognizedColumn], encoding: str, rows: Rows) -> list[str]:
    notes = []
    if rows.comments:
        lines = "1 comment line is" if rows.comments == 1 else f"{count(rows.comments)} comment lines are"
        notes.append(f"{lines} skipped.")
    if sum(column.kind == "number" for column in columns) > MOST_COLUMNS:
        notes.append(f"Only the first {MOST_COLUMNS} columns of numbers are proposed as inputs.")
    notes += [
        f"{column.name} has the same value in all rows, so it cannot be the target."
        for column in columns
        if column.kind == "constant" and column.name.lower() in TARGET_NAMES
    ]
    if any("\ufffd" in text for column in table.columns for text in column.texts):
        notes.append(f"Some letters cannot be read as {encoding}: choose another encoding.")
    return notes
