"""Points as CSV, in the columns' own units: what was read can be taken to another program again."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

import numpy as np
from numpy import ndarray

from tinkernet.data.own.dataset import Dataset
from tinkernet.errors import ExperimentError

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a text that begins like this for a formula, and a formula may load what it likes."""


def points_as_csv(
    dataset: Dataset,
    rows: ndarray | None = None,
    extra: Mapping[str, ndarray | Sequence[str] | Sequence[float]] | None = None,
) -> str:
    """The points of a data set as CSV: its columns, its target (a class by its name), and further columns.

    Args:
        dataset: the data set.
        rows: the indices of the rows to write, such as those of the test points; by default all.
        extra: further columns by name, such as the model's output, with one value for each written row.

    Raises:
        ExperimentError: a further column has another length.
    """
    chosen = slice(None) if rows is None else rows
    columns: dict[str, ndarray | Sequence[str] | Sequence[float]] = {
        column.name: column.values[chosen] for column in dataset.columns
    }
    target = dataset.target.values[chosen]
    named = [dataset.classes[code] for code in target.tolist()] if dataset.classes else target
    return columns_as_csv(columns | {dataset.target.name: named} | dict(extra or {}))


def columns_as_csv(columns: Mapping[str, ndarray | Sequence[str] | Sequence[float]]) -> str:
    """Columns of equal length as CSV with a header. Numbers are written so that reading gives the same bits.

    Raises:
        ExperimentError: the columns differ in length.
    """
    lengths = {name: len(values) for name, values in columns.items()}
    first = next(iter(lengths.values()), 0)
    for name, length in lengths.items():
        if length != first:
            raise ExperimentError(name, f"{length} values", f"{first} values, one for each row")
    draft = StringIO()
    writer = csv.writer(draft)
    writer.writerow([_text(name) for name in columns])
    writer.writerows(zip(*(_written(values) for values in columns.values()), strict=True))
    return draft.getvalue()


def _written(values: ndarray | Sequence[str] | Sequence[float]) -> Iterable[str]:
    listed = values.tolist() if isinstance(values, np.ndarray) else values
    return (_text(value) if isinstance(value, str) else repr(value).removesuffix(".0") for value in listed)


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
