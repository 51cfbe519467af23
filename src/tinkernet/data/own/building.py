"""From a table and what was recognized or chosen to the data set, and to the list of rows that it does not have."""

from dataclasses import dataclass, field

import numpy as np
from numpy import ndarray

from tinkernet.data.own.columns import TableColumn
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.own.description import may_be_inputs
from tinkernet.data.own.limits import LARGEST_VALUE, MOST_CLASSES, MOST_COLUMNS, MOST_TEXT_INPUTS
from tinkernet.data.own.names import different, shortened
from tinkernet.data.own.notation import MISSING_TEXTS
from tinkernet.data.own.parts import Column, Target
from tinkernet.data.own.rows import texts_of
from tinkernet.data.own.scaling import checked_range
from tinkernet.data.own.structures import Choices, Problem, Reading, Recognized, RecognizedColumn, UnusableRow
from tinkernet.data.own.table import Table
from tinkernet.data.own.targets import column_of, target_of_numbers, target_of_texts
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count


@dataclass
class _Usable:
    """Which rows are used; `reasons` has the first reason of each other row."""

    rows: ndarray
    reasons: dict[int, str] = field(default_factory=dict)

    def drop(self, which: ndarray, reason: str, wrong: dict[int, str] | None = None) -> None:
        """Do not use these rows; `wrong` quotes the cell of a row."""
        for row in np.flatnonzero(which & self.rows).tolist():
            quoted = wrong.get(row) if wrong else None
            self.reasons[row] = f"{reason.format(cell=f'“{quoted}”' if quoted else 'a text')}"
        self.rows &= ~which


def build(content: bytes, table: Table, recognized: Recognized, choices: Choices) -> Reading:
    """The reading: with the data set, or with the sentence why there is none yet."""
    usable = _Usable(np.ones(len(table.lines), bool))
    dataset, problem, filled = None, None, 0
    try:
        dataset, filled = _dataset(table, recognized, choices, usable)
    except ExperimentError as error:
        problem = Problem(error.field, str(error.value), error.allowed, str(error))
    return Reading(recognized, dataset, problem, _unusable(content, table, recognized.encoding, usable), filled)


def _dataset(table: Table, recognized: Recognized, choices: Choices, usable: _Usable) -> tuple[Dataset, int]:
    columns = {column.name: column for column in recognized.columns}
    name = choices.name
    if len(table.lines) < 2:
        raise ExperimentError("file", name, f"a table with two or more usable rows; it has {len(table.lines)}")
    if not recognized.target:
        allowed = (
            "a table with a column that can be the target (texts of few values, or numbers) and another of numbers"
        )
        raise ExperimentError("file", name, allowed)
    inputs = [columns[one] for one in recognized.inputs]
    if any(one.name == recognized.target for one in inputs):
        raise ExperimentError("columns", recognized.target, "other columns than the target")
    if not inputs:
        raise ExperimentError("columns", "empty", "one column of numbers or more, apart from the target")
    target = columns[recognized.target]
    as_text = target.kind in {"text", "date"} or (target.kind == "constant" and target.low is None)
    _drop_without_target(table.column(target.name), target, usable, as_text=as_text)
    numbers: dict[str, ndarray] = {}
    filled = 0
    for column in inputs:
        read = table.column(column.name)
        if column.kind in {"number", "constant", "index"} and column.low is not None:
            values, gaps = _numbers(read, column, usable, by_median=choices.missing == "median")
            numbers[column.name] = values
            filled += gaps
        else:
            numbers |= _one_per_value(read, column, choices, usable)
    if len(numbers) > MOST_COLUMNS:
        raise ExperimentError("columns", f"{len(numbers)} inputs", f"1 to {MOST_COLUMNS} inputs")
    if usable.rows.sum() < 2:
        raise ExperimentError("file", name, f"a table with two or more usable rows; it has {int(usable.rows.sum())}")
    made = _columns(numbers, columns, choices, usable.rows)
    notes = [*recognized.notes, *_counted(usable, table, filled)]
    return Dataset(
        columns=made,
        target=_target(table.column(target.name), target, choices, usable.rows, as_text=as_text),
        source=name if choices.name != Choices().name else "",
        notes=tuple(notes),
    ), filled


def _drop_without_target(read: TableColumn, target: RecognizedColumn, usable: _Usable, *, as_text: bool) -> None:
    name = target.name
    if as_text:
        usable.drop(read.missing_texts(), f"{_safe(name)} has no value")
        return
    usable.drop(read.missing, f"{_safe(name)} has no value")
    usable.drop(read.not_numbers(), f"{_safe(name)} is {{cell}}, not a number", read.wrong)
    usable.drop(np.abs(read.numbers) > LARGEST_VALUE, f"{_safe(name)} is larger than {LARGEST_VALUE:g}")


def _numbers(read: TableColumn, column: RecognizedColumn, usable: _Usable, *, by_median: bool) -> tuple[ndarray, int]:
    """The numbers of an input, and how many of them are its median."""
    name = _safe(column.name)
    usable.drop(read.not_numbers(), f"{name} is {{cell}}, not a number", read.wrong)
    usable.drop(np.abs(read.numbers) > LARGEST_VALUE, f"{name} is larger than {LARGEST_VALUE:g}")
    gaps = read.missing & usable.rows
    known = ~read.missing & usable.rows
    if not by_median or not gaps.any() or not known.any():
        usable.drop(read.missing, f"{name} has no value")
        return read.numbers, 0
    return np.where(gaps, np.median(read.numbers[known]), read.numbers), int(gaps.sum())


def _one_per_value(
    read: TableColumn, column: RecognizedColumn, choices: Choices, usable: _Usable
) -> dict[str, ndarray]:
    """An input for each value of a text column: 1 in the rows that have it, 0 in the others."""
    if column.kind != "text" or choices.text_columns != "one-per-value":
        allowed = "a column of numbers" + ', or text_columns="one-per-value"' * may_be_inputs(column)
        raise ExperimentError("columns", column.name, f"{allowed}; this is one of kind {column.kind}: {column.reason}")
    if not may_be_inputs(column) or read.codes is None:
        found = column.reason if column.distinct is None else f"{column.distinct} different values"
        raise ExperimentError(
            "columns", column.name, f"a text column of 2 to {MOST_TEXT_INPUTS} values; it has {found}"
        )
    usable.drop(read.missing_texts(), f"{_safe(column.name)} has no value")
    texts = sorted(text for text in read.texts if text.lower() not in MISSING_TEXTS)
    names = different([shortened(f"{column.name}: {text}") for text in texts])
    return {
        name: (read.codes == read.texts.index(text)).astype(np.float64) for name, text in zip(names, texts, strict=True)
    }


def _columns(
    numbers: dict[str, ndarray], known: dict[str, RecognizedColumn], choices: Choices, rows: ndarray
) -> tuple[Column, ...]:
    ranges = _ranges(choices)
    return tuple(
        column_of(name, values[rows], ranges.get(name), known[name].unit if name in known else "")
        for name, values in numbers.items()
    )


def _target(read: TableColumn, column: RecognizedColumn, choices: Choices, rows: ndarray, *, as_text: bool) -> Target:
    if not as_text:
        ends = _ranges(choices).get(column.name)
        return target_of_numbers(column.name, read.numbers[rows], choices.target_kind, None, ends)
    if read.codes is None or column.distinct is None or column.distinct > MOST_CLASSES:
        found = f"{column.distinct} different texts" if column.distinct is not None else "too many different texts"
        raise ExperimentError("target", column.name, f"a column of 2 to {MOST_CLASSES} classes; it has {found}")
    texts = different([shortened(text) for text in read.texts])
    return target_of_texts(column.name, read.codes[rows].astype(np.int64), texts, choices.target_kind)


def _ranges(choices: Choices) -> dict[str, tuple[float, float]]:
    return {name: checked_range(f"range of {name}", ends) for name, ends in choices.ranges.items()}


def _counted(usable: _Usable, table: Table, filled: int) -> list[str]:
    dropped = len(usable.reasons) + len(table.unusable)
    notes = []
    if dropped:
        notes.append("1 row is not used." if dropped == 1 else f"{count(dropped)} rows are not used.")
    if filled:
        values = "1 missing value is" if filled == 1 else f"{count(filled)} missing values are"
        notes.append(f"{values} the median of the column.")
    return notes


def _unusable(content: bytes, table: Table, encoding: str, usable: _Usable) -> tuple[UnusableRow, ...]:
    """The rows that are not used, with their text as it stands in the file."""
    found = sorted([*table.unusable, *((table.lines[row], reason) for row, reason in usable.reasons.items())])
    if not found:
        return ()
    starts = [line for line, _ in found]
    # A row ends where the next one begins: the lines between two rows are blank, comments, or its continuation.
    every = np.array(sorted({*table.lines, *starts, 2**62}), np.int64)
    ends = every[np.searchsorted(every, np.array(starts, np.int64), "right")]
    texts = texts_of(content, encoding, starts, ends.tolist())
    return tuple(UnusableRow(line, reason, text) for (line, reason), text in zip(found, texts, strict=True))


def _safe(name: str) -> str:
    """A name inside a pattern of `str.format`."""
    return name.replace("{", "{{").replace("}", "}}")
