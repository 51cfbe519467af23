"""Points as CSV, in the columns' own units: what was read can be taken to another program again."""

from collections.abc import Mapping, Sequence

from numpy import ndarray

from tinkernet.data.own.dataset import Dataset
from tinkernet.tables import columns_as_csv


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
