"""Reading an uploaded file in the background, and what of the reading the page is sent."""

from collections.abc import Callable
from typing import Any, get_args

import msgspec

from tinkernet.data.own import Choices, Reading, Recognized, RecognizedColumn, StoppedError, read
from tinkernet.data.own.description import ALL_NUMBERS
from tinkernet.data.own.encoding import ENCODINGS
from tinkernet.data.own.limits import MOST_TEXT_INPUTS
from tinkernet.errors import ExperimentError
from tinkernet.formatting import shortened
from tinkernet.protocol.own_data import (
    FileColumn,
    ProblemFact,
    ProblemPlace,
    ReadingChoices,
    Role,
    TableFact,
    UnusableFact,
)
from tinkernet.session import sentences

MOST_ROWS_ON_A_PAGE = 100_000
"""More rows can only be used in Python: all points are sent to the page and drawn there."""
SHOWN_UNUSABLE = 50
"""So many unusable rows are listed on the page; all of them can be downloaded."""
SHOWN_TEXT, SHOWN_CELL = 200, 60
"""The characters that are shown of a row, and of a cell."""
PLACES: tuple[str, ...] = get_args(ProblemPlace)
PLACE_OF: dict[str, ProblemPlace] = {"target_kind": "target", "kinds": "columns", "a row": "separator"}
"""The control for a field whose name is not that of a control."""


class FileRead(msgspec.Struct, frozen=True):
    """A file has been read, or could not be, or the reading was stopped."""

    upload: int
    request: int
    reading: Reading | None = None
    problem: ProblemFact | None = None
    stopped: bool = False


def read_file(
    upload: int, request: int, name: str, content: bytes, choices: ReadingChoices, stop: Callable[[], bool]
) -> FileRead:
    """Read the content of a file with these choices."""
    if stop():
        return FileRead(upload, request, stopped=True)
    try:
        reading = read(content, choices_of(name, choices), stop)
    except StoppedError:
        return FileRead(upload, request, stopped=True)
    except ExperimentError as error:
        return FileRead(upload, request, problem=problem_of(error.field, error.value, error.allowed, choices.target))
    return FileRead(upload, request, reading, _problem(reading))


def choices_of(name: str, choices: ReadingChoices) -> Choices:
    """The choices of a message as those of a reading."""
    values: dict[str, Any] = msgspec.structs.asdict(choices)
    for field in ("names", "columns"):
        values[field] = None if values[field] is None else tuple(values[field])
    return Choices(name=name or sentences.PASTED, **values)


def problem_of(field: str, value: object, allowed: str, target: str | None) -> ProblemFact:
    """The problem of an error: which control it is about, and a sentence for it."""
    sentence = sentences.data_problem(field, value, allowed)
    if field.startswith("range of "):
        return ProblemFact("range", sentence, field.removeprefix("range of "))
    if field == "names":
        return ProblemFact("names", sentence, str(value))
    about_target = target is not None and field in {target, f"the target {target}"}
    place = "target" if about_target else PLACE_OF.get(field, "columns" if field.startswith("the kind of") else field)
    return ProblemFact(place if place in PLACES else "file", sentence)  # type: ignore[arg-type]


def table_fact(reading: Reading) -> TableFact:
    """A reading as a message."""
    found, dataset = reading.recognized, reading.dataset
    ranges = {} if dataset is None else {column.name: column.range for column in dataset.columns}
    if dataset is not None and dataset.target.kind == "numbers":
        ranges[dataset.target.name] = dataset.target.range
    return TableFact(
        encoding=found.encoding,
        separator=found.separator,
        quote=found.quote,
        decimal=found.decimal,
        thousands=found.thousands,
        comment=found.comment,
        header=found.header,
        columns=[
            FileColumn(
                name=column.name,
                name_in_file=column.name_in_file,
                kind=column.kind,
                # What goes without saying is not said for each column.
                reason="" if column.reason == ALL_NUMBERS else column.reason,
                missing=column.missing,
                role=_role(column.name, reading),
                as_input=_as_input(column),
                distinct=column.distinct,
                range=ranges.get(column.name),
                unit=column.unit,
            )
            for column in found.columns
        ],
        first_rows=[[shortened(cell, SHOWN_CELL) for cell in row] for row in found.rows],
        row_count=found.row_count,
        comments=found.comments,
        target=found.target,
        target_reason=found.target_reason,
        target_kind=None if dataset is None else dataset.target.kind,
        kind_reason="" if dataset is None else dataset.target.reason,
        notes=list(found.notes),
        filled=reading.filled,
        unusable_count=len(reading.unusable),
        unusable=[
            UnusableFact(row.line, shortened(row.reason, SHOWN_TEXT), shortened(row.text, SHOWN_TEXT))
            for row in reading.unusable[:SHOWN_UNUSABLE]
        ],
        used_rows=0 if dataset is None else len(dataset),
        used_inputs=0 if dataset is None else len(dataset.columns),
        classes=[] if dataset is None else list(dataset.classes),
        encodings=list(ENCODINGS),
    )


def _problem(reading: Reading) -> ProblemFact | None:
    """Why the data of a reading cannot be used on a page; None if it can."""
    problem, found, rows = reading.problem, reading.recognized, 0 if reading.dataset is None else len(reading.dataset)
    if problem is None and rows > MOST_ROWS_ON_A_PAGE:
        return ProblemFact("file", sentences.too_many_rows(rows, MOST_ROWS_ON_A_PAGE))
    if problem is None:
        return None
    if len(found.columns) == 1:
        return ProblemFact("separator", sentences.ONE_COLUMN)
    if problem.field == "file" and not found.target:
        return ProblemFact("target", sentences.NO_TARGET)
    if (problem.field, problem.value) == ("columns", "empty") and not _has_numbers(found):
        return ProblemFact("columns", sentences.NO_NUMBERS)
    return problem_of(problem.field, problem.value, problem.allowed, found.target)


def _has_numbers(found: Recognized) -> bool:
    return any(column.low is not None and column.name != found.target for column in found.columns)


def _role(name: str, reading: Reading) -> Role:
    found = reading.recognized
    return "target" if name == found.target else "input" if name in found.inputs else "unused"


def _as_input(column: RecognizedColumn) -> Any:
    if column.low is not None and column.kind in {"number", "index", "constant"}:
        return "number"
    few = column.kind == "text" and column.distinct is not None and 2 <= column.distinct <= MOST_TEXT_INPUTS
    return "one-per-value" if few else "no"
