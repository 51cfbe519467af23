"""A data set from a data frame.

pandas, polars, Narwhals and pyarrow share what is needed here: a list of names, a column for each name, and
`to_numpy()` of a column. So none of them is required, and a plain mapping of names to arrays works as well.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.data.own.arrays import number_array, target_of_labels
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.own.limits import MOST_COLUMNS
from tinkernet.data.own.parts import TargetKind, check_name
from tinkernet.data.own.structures import MISSING
from tinkernet.data.own.targets import column_of
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count


def dataset_of_frame(
    frame: Any,
    target: str,
    columns: Sequence[str] | None,
    classes: Sequence[str] | None,
    kind: TargetKind | None,
    missing: str,
    source: str,
) -> Dataset:
    """The data set of `Dataset.from_frame`."""
    checks.one_of("missing", missing, MISSING)
    names = _names_of(frame)
    checks.one_of("target", target, names)
    numbers = {
        name: number_array(f"the column {name}", _without_none(array))
        for name, array in _inputs(frame, names, target, columns).items()
    }
    labels = _without_none(_column(frame, target))
    # Only NaN differs from itself.
    usable = np.array([label == label for label in labels.tolist()], bool)  # noqa: PLR0124
    notes = []
    filled = _fill(numbers, usable) if missing == "median" else 0
    if filled:
        notes.append(f"{count(filled)} missing values are the median of their column.")
    for values in numbers.values():
        usable &= ~np.isnan(values)
    if not usable.any():
        raise ExperimentError("the frame", f"{len(usable)} rows", "two or more rows without a missing value")
    if not usable.all():
        dropped = int((~usable).sum())
        what = "1 row with a missing value is" if dropped == 1 else f"{count(dropped)} rows with a missing value are"
        notes.append(f"{what} not used.")
    for name in numbers:
        check_name("the name of a column", name)
    return Dataset(
        columns=tuple(column_of(name, values[usable]) for name, values in numbers.items()),
        target=target_of_labels(target, labels[usable], kind, classes),
        source=source,
        notes=tuple(notes),
    )


def _inputs(frame: Any, names: list[str], target: str, columns: Sequence[str] | None) -> dict[str, ndarray]:
    """The chosen columns, or all of numbers except the target."""
    if columns is None:
        found = {name: _column(frame, name) for name in names if name != target}
        found = {name: array for name, array in found.items() if _is_numeric(array)}
        if not found:
            raise ExperimentError("the frame", names, "a frame with a column of numbers apart from the target")
    else:
        listed = checks.sequence(columns)
        if not listed:
            raise ExperimentError("columns", columns, f"a list of 1 to {MOST_COLUMNS} names")
        found = {checks.one_of("columns", name, names): _column(frame, str(name)) for name in listed}
    if len(found) > MOST_COLUMNS:
        raise ExperimentError("columns", f"{len(found)} columns", f"at most {MOST_COLUMNS}; choose them with columns=")
    return found


def _fill(numbers: dict[str, ndarray], usable: ndarray) -> int:
    """Replace missing numbers by the median of their column, and count them."""
    filled = 0
    for name, values in numbers.items():
        known, gaps = usable & ~np.isnan(values), usable & np.isnan(values)
        if gaps.any() and known.any():
            numbers[name] = np.where(gaps, np.median(values[known]), values)
            filled += int(gaps.sum())
    return filled


def _names_of(frame: Any) -> list[str]:
    names = getattr(frame, "column_names", None)  # pyarrow
    if names is None:
        names = getattr(frame, "columns", None)
    if names is None and isinstance(frame, Mapping):
        names = frame.keys()
    if names is None or callable(names):
        raise ExperimentError("the frame", type(frame).__name__, "a data frame, or a mapping of names to columns")
    # A name may be a number, as in a frame that was made of an array.
    return [str(name) for name in names]


def _column(frame: Any, name: str) -> ndarray:
    keys = getattr(frame, "columns", None)
    key: Any = name
    if keys is not None and not isinstance(frame, Mapping) and not hasattr(frame, "column_names"):
        key = next(one for one in keys if str(one) == name)
    elif isinstance(frame, Mapping):
        key = next(one for one in frame if str(one) == name)
    column = frame[key]
    array = np.asarray(column.to_numpy() if hasattr(column, "to_numpy") else column)
    if array.ndim != 1:
        raise ExperimentError("the frame", name, "a frame in which each column has another name, and one value per row")
    return array


def _is_numeric(array: ndarray) -> bool:
    if array.dtype.kind in "biuf":
        return True
    if array.dtype.kind != "O":
        return False
    present = [one for one in array.tolist() if not _is_missing(one)]
    return bool(present) and all(isinstance(one, int | float) for one in present)


def _without_none(array: ndarray) -> ndarray:
    """Every kind of missing value as NaN."""
    if array.dtype.kind != "O":
        return array
    plain = np.empty(len(array), object)
    plain[:] = [float("nan") if _is_missing(one) else one for one in array.tolist()]
    return plain


def _is_missing(value: object) -> bool:
    # pandas.NA is compared with itself as neither true nor false.
    return value is None or type(value).__name__ in {"NAType", "NaTType"} or value != value  # noqa: PLR0124
