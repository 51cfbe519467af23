"""What each column of a table is, and which ones are proposed as target and inputs."""

import re

import numpy as np

from tinkernet.data.own.columns import TableColumn
from tinkernet.data.own.header import NUMERIC_SHARE
from tinkernet.data.own.limits import MOST_CLASSES, MOST_COLUMNS, MOST_TEXT_INPUTS
from tinkernet.data.own.notation import MISSING_TEXTS, is_date
from tinkernet.data.own.structures import ColumnKind, RecognizedColumn
from tinkernet.data.own.targets import is_few
from tinkernet.formatting import count

INDEX_NAMES = frozenset({"", "id", "index", "no", "no.", "nr", "nr.", "#", "row", "unnamed: 0", "rownames", "lfd. nr."})
TARGET_NAMES = (
    "target",
    "label",
    "labels",
    "class",
    "species",
    "category",
    "outcome",
    "diagnosis",
    "survived",
    "quality",
)
"""Names that a target often has, in lower case."""
ID_ENDING = re.compile(r"(?:^|[^A-Za-z])(?:id|Id|ID)$|[a-z](?:Id|ID)$")
"""How the name of a column ends that numbers the rows, such as customer_id or PassengerId."""
DATE_SAMPLE = 50
ALL_NUMBERS = "all values are numbers"


def described(
    name: str, column: TableColumn, *, named: bool, first: bool, chosen: str | None, unit: str
) -> RecognizedColumn:
    """What a column is, and why. `named` says whether the file names it, `first` whether it is the first one."""
    present = len(column.numbers) - int(column.missing.sum())
    wrong = int(column.not_numbers().sum())
    numbers = column.numbers[np.isfinite(column.numbers)]
    missing_texts = int(column.missing_texts().sum())
    texts = tuple(text for text in column.texts if text.lower() not in MISSING_TEXTS)
    kind: ColumnKind
    if chosen == "text":
        kind, reason = "text", "chosen"
    elif chosen == "number":
        kind, reason = "number", "chosen"
    elif present == 0 or (column.codes is not None and not texts):
        kind, reason = "empty", "no row has a value"
    elif len(numbers) >= NUMERIC_SHARE * present:
        kind, reason = _kind_of_numbers(name, numbers, wrong, named=named, first=first)
    elif _are_dates(column):
        kind, reason = "date", "its values are dates or times, which cannot be inputs"
    elif len(texts) == 1 and missing_texts == 0:
        kind, reason = "constant", f"every row has the value {texts[0][:60]}"
    else:
        kind, reason = "text", f"{count(len(texts))} different texts" if texts else "too many different texts"
    is_text = kind in {"text", "date"} or (kind == "constant" and not len(numbers))
    return RecognizedColumn(
        name=name,
        kind=kind,
        reason=reason,
        missing=missing_texts if is_text else int(column.missing.sum()),
        low=None if is_text or not len(numbers) else float(numbers.min()),
        high=None if is_text or not len(numbers) else float(numbers.max()),
        unit="" if is_text else unit,
        distinct=len(texts) if column.codes is not None else None,
        values=tuple(text[:60] for text in texts[:MOST_TEXT_INPUTS]) if is_text else (),
    )


def proposed_target(columns: list[RecognizedColumn], tables: list[TableColumn]) -> tuple[str, str]:
    """The name of the column that is proposed as the target, and why; two empty texts if none can be."""
    usable = [k for k, column in enumerate(columns) if column.kind in {"number", "text"}]
    classes = [k for k in usable if _may_be_classes(columns[k], tables[k])]
    for k in usable:
        fits = columns[k].kind == "number" or k in classes
        if columns[k].name.lower() in TARGET_NAMES and fits:
            return columns[k].name, "its name is usual for a target"
    texts = [k for k in classes if columns[k].kind == "text"]
    if texts:
        which = "the only" if len(texts) == 1 else "the last"
        return columns[texts[-1]].name, f"it is {which} column of texts with 2 to {MOST_CLASSES} different values"
    ends = [k for k in classes if k in {0, len(columns) - 1}]
    chosen = ends[-1:] or classes[-1:]
    numbers = [k for k in usable if columns[k].kind == "number"]
    # Inputs have to be left.
    if chosen and len(numbers) > 1:
        return columns[chosen[0]].name, "it has few different whole numbers"
    if len(numbers) > 1:
        return columns[numbers[-1]].name, "it is the last column of numbers"
    return "", ""


def proposed_inputs(columns: list[RecognizedColumn], target: str, *, with_texts: bool) -> list[str]:
    """The names of the columns that are proposed as inputs: numbers, and texts with few values if that was chosen."""
    names = [
        column.name
        for column in columns
        if column.name != target and (column.kind == "number" or (with_texts and may_be_inputs(column)))
    ]
    return names[:MOST_COLUMNS]


def may_be_inputs(column: RecognizedColumn) -> bool:
    """Whether a column of texts has few enough different values to become one input for each."""
    return column.kind == "text" and column.distinct is not None and 2 <= column.distinct <= MOST_TEXT_INPUTS


def _may_be_classes(column: RecognizedColumn, table: TableColumn) -> bool:
    if column.kind == "text":
        return column.distinct is not None and 2 <= column.distinct <= MOST_CLASSES
    if column.distinct is None:
        return False
    different = np.unique(table.numbers[np.isfinite(table.numbers)])
    return len(different) > 1 and is_few(different, len(table.numbers))


def _kind_of_numbers(name: str, numbers: np.ndarray, wrong: int, *, named: bool, first: bool) -> tuple[ColumnKind, str]:
    if wrong == 0 and numbers.min() == numbers.max():
        return "constant", f"every row has the value {numbers[0]:g}"
    counts = len(numbers) > 2 and bool(np.all(numbers[1:] - numbers[:-1] == 1)) and numbers[0] in {0, 1}
    is_index_name = name.lower() in INDEX_NAMES or ID_ENDING.search(name) is not None
    usual = is_index_name or not named
    if wrong == 0 and counts and first and usual:
        return "index", f"it counts the rows from {numbers[0]:g}"
    whole = bool(np.all(numbers == np.floor(numbers)))
    if named and whole and is_index_name and len(np.unique(numbers)) == len(numbers) > 2:
        return "index", "its name, and each row has another whole number"
    if wrong:
        return "number", "1 value is not a number" if wrong == 1 else f"{count(wrong)} values are not numbers"
    return "number", ALL_NUMBERS


def _are_dates(column: TableColumn) -> bool:
    cells = list(column.wrong.values())[:DATE_SAMPLE]
    return bool(cells) and sum(map(is_date, cells)) >= NUMERIC_SHARE * len(cells)
