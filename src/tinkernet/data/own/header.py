"""Where the table begins, how many header lines it has, and the names of its columns."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from tinkernet import checks
from tinkernet.data.own.limits import MOST_FIELDS, MOST_HEADER_LINES
from tinkernet.data.own.names import different, one_line, shortened
from tinkernet.data.own.notation import MISSING_NUMBERS, Notation, is_date
from tinkernet.data.own.parts import check_name
from tinkernet.data.own.rows import Row
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

CHECKED_ROWS = 60
MOST_RECOGNIZED = 2
NUMERIC_SHARE = 0.75
"""A column is one of numbers if at least this share of its cells are."""


@dataclass(frozen=True)
class Header:
    """The table's shape: `before` rows above it, then `lines` header lines; a row has `width` cells."""

    before: int
    lines: int
    width: int
    names: tuple[str, ...]
    found: tuple[str, ...]
    """The names without those that were chosen."""
    row_names: bool = False
    """Whether the first column has no name because the header is one cell short, as R writes it."""


def header_of(
    rows: list[Row], comment: list[str], notation: Notation, lines: int | None, names: Sequence[str] | None
) -> Header:
    """The header of a table, from its first rows; `comment` has the cells of the last comment line before them.

    Raises:
        ExperimentError: the number of lines is not possible, or there is not one valid name for each column.
    """
    if lines is not None:
        lines = checks.whole("header", lines, 0, MOST_HEADER_LINES)
    cells = [row for _, row in rows[:CHECKED_ROWS] if isinstance(row, list)]
    width = width_of(cells)
    before = next((k for k, row in enumerate(cells) if len(trimmed(row, width)) in {width, width - 1}), 0)
    while before < len(cells) - 1 and sum(1 for cell in cells[before] if cell.strip()) <= 1 < width - 1:
        before += 1  # a title
    table = [trimmed(row, width) for row in cells[before:]]
    row_names = width > 1 and len(table) > 1 and len(table[0]) == width - 1 and len(table[1]) == width
    if row_names:
        table[0] = ["", *table[0]]
    table = [row for row in table if len(row) == width]
    if lines is None:
        lines = _recognized(table, notation)
    top = table[:lines]
    named_in_comment = not top and len(comment) == width and not _is_data(comment, notation)
    found = distinct(comment if named_in_comment else _joined(top, width))
    chosen = found if names is None else _renamed(found, names)
    return Header(before, lines, width, tuple(chosen), tuple(found), row_names and lines > 0)


def width_of(cells: list[list[str]]) -> int:
    """The number of cells in most rows, without cells at the end that are empty in all of them.

    Raises:
        ExperimentError: rows are too wide.
    """
    counts = Counter(len(row) for row in cells)
    width = max(counts, key=lambda one: (counts[one], one), default=0)
    if width > MOST_FIELDS:
        raise ExperimentError("a row", f"{count(width)} columns", f"1 to {count(MOST_FIELDS)} columns wide")
    usual = [row for row in cells if len(row) == width]
    while width > 1 and all(not row[width - 1].strip() for row in usual):
        width -= 1
    return width


def trimmed(row: list[str], width: int) -> list[str]:
    """A row without the empty cells that it has beyond the width of the table."""
    end = len(row)
    while end > width and not row[end - 1].strip():
        end -= 1
    return row[:end]


def distinct(names: Sequence[str]) -> list[str]:
    """Names on one line and not too long; a repeated one gets a number, a missing one “column 3”."""
    return different(
        [shortened(one_line(name.replace("\ufeff", ""))) or f"column {place}" for place, name in enumerate(names, 1)]
    )


def _renamed(found: list[str], names: Sequence[str]) -> list[str]:
    """The names that are chosen, and those that were found for the empty ones."""
    listed = checks.sequence(names)
    if listed is None or len(listed) != len(found):
        raise ExperimentError("names", names, f"{count(len(found))} names, one for each column")
    for name in listed:
        if name != "":
            check_name("names", name)
    chosen = [str(name) or before for name, before in zip(listed, found, strict=True)]
    repeated = next((name for name, times in Counter(chosen).items() if times > 1), None)
    if repeated is not None:
        raise ExperimentError("names", repeated, "a name that no other column has")
    return chosen


def _recognized(table: list[list[str]], notation: Notation) -> int:
    """The number of rows at the top that have texts where the rows below have numbers or dates."""
    lines = 0
    while lines < MOST_RECOGNIZED and len(table) > lines + 1:
        below = table[lines + 1 :]
        numeric = [k for k in range(len(table[0])) if _is_numeric([row[k] for row in below], notation)]
        if not numeric:
            return 1 if lines else _all_text(table)
        top = [table[lines][k].strip() for k in numeric]
        if all(cell.lower() in MISSING_NUMBERS for cell in top) or any(_is_value(cell, notation) for cell in top):
            break
        if lines and sum(cell.lower() not in MISSING_NUMBERS for cell in top) < (len(top) + 1) // 2:
            break  # a broken row rather than a second header line
        lines += 1
    if len(table) == 1 and table[0] and not _is_data(table[0], notation):
        return 1
    return lines


def _all_text(table: list[list[str]]) -> int:
    """Without numbers, CleverCSV compares the lengths of the cells; it is unsure for few rows."""
    from clevercsv.detect import Detector
    from clevercsv.exceptions import Error, NoDetectionResult

    if len({len(table)} & {1, 2}) or not table[0]:
        return 1
    draft = StringIO()
    csv.writer(draft).writerows([[cell[:100] for cell in row[:20]] for row in table[:30]])
    try:
        return int(Detector().has_header(draft.getvalue()) or _is_unlike(table))
    except (Error, NoDetectionResult, StopIteration, ValueError, IndexError):
        return 1


def _is_unlike(table: list[list[str]]) -> bool:
    """Whether the first row has texts that none of the rows below has."""
    return all(row[k] not in {below[k] for below in table[1:]} for row in table[:1] for k in range(len(row)))


def _is_numeric(cells: list[str], notation: Notation) -> bool:
    present = [cell for cell in cells if cell.strip().lower() not in MISSING_NUMBERS]
    return bool(present) and sum(_is_value(cell, notation) for cell in present) >= NUMERIC_SHARE * len(present)


def _is_value(cell: str, notation: Notation) -> bool:
    return notation.number(cell) is not None or (any(one.isdigit() for one in cell) and is_date(cell))


def _is_data(row: list[str], notation: Notation) -> bool:
    return any(_is_value(cell, notation) for cell in row)


def _joined(top: list[list[str]], width: int) -> list[str]:
    """The names from all header lines; in the upper of several, a name holds for the empty cells after it."""
    if not top:
        return [""] * width
    upper = [list(row) for row in top]
    for row in upper[:-1]:
        for k in range(1, width):
            row[k] = row[k] if row[k].strip() else row[k - 1]
    return [" ".join(part for row in upper if (part := row[k].strip())) for k in range(width)]
