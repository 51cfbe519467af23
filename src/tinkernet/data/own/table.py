"""The table of a file: every row split into columns, the line of each row, and rows that could not be split."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tinkernet.data.own.columns import ColumnReader, TableColumn
from tinkernet.data.own.header import Header, trimmed
from tinkernet.data.own.limits import MOST_ROWS, MOST_VALUES, SHOWN_ROWS
from tinkernet.data.own.notation import Notation
from tinkernet.data.own.rows import Row
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

CHUNK = 10_000
"""Rows that are turned into columns at a time."""


@dataclass
class Table:
    """`lines` has the line of each row; `unusable` lines that are not in the columns, with their reason."""

    names: tuple[str, ...]
    columns: list[TableColumn] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    sample: list[tuple[str, ...]] = field(default_factory=list)
    unusable: list[tuple[int, str]] = field(default_factory=list)

    def column(self, name: str) -> TableColumn:
        """The column with this name."""
        return self.columns[self.names.index(name)]


def table_of(rows: Iterator[Row], header: Header, notation: Notation, name: str) -> Table:
    """Every row below the header; `name` is that of the file.

    Raises:
        ExperimentError: the table has too many rows or columns.
    """
    width = header.width
    if not width:
        raise ExperimentError("file", name, "a table with columns; choose another separator or quote mark")
    readers = [ColumnReader(notation) for _ in range(width)]
    table = Table(header.names)
    chunk: list[list[str]] = []
    most = min(MOST_ROWS, MOST_VALUES // width)
    for line, row in _below(rows, header, table):
        cells = _cells(row, width)
        if isinstance(cells, str):
            table.unusable.append((line, cells))
        elif any(cells):
            if len(table.lines) == most:
                allowed = f"a table of at most {count(most)} rows of {count(width)} columns; use a part of it"
                raise ExperimentError("file", name, allowed)
            if len(table.lines) < SHOWN_ROWS:
                table.sample.append(tuple(cell.strip()[:100] for cell in cells))
            table.lines.append(line)
            chunk.append(cells)
            if len(chunk) == CHUNK:
                _add(readers, chunk)
    _add(readers, chunk)
    table.columns = [reader.finish() for reader in readers]
    return table


def _below(rows: Iterator[Row], header: Header, table: Table) -> Iterator[Row]:
    """The rows below the header; those above it cannot be used."""
    skipped = 0
    for line, row in rows:
        # What cannot be split is not counted: the header was looked for among the other rows.
        if skipped == header.before + header.lines or isinstance(row, str):
            yield line, row
            continue
        if skipped < header.before:
            table.unusable.append((line, "it is above the table"))
        skipped += 1


def _cells(row: list[str] | str, width: int) -> list[str] | str:
    """The cells of a row of this width, or why there are none."""
    if isinstance(row, str) or len(row) == width:
        return row
    cells = trimmed(row, width)
    if len(cells) == width or not any(cell.strip() for cell in cells):
        return cells if len(cells) == width else []
    columns = "1 column" if len(cells) == 1 else f"{count(len(cells))} columns"
    return f"it has {columns} instead of {width}"


def _add(readers: list[ColumnReader], chunk: list[list[str]]) -> None:
    if chunk:
        for reader, cells in zip(readers, zip(*chunk, strict=True), strict=True):
            reader.add(cells)
    chunk.clear()
