"""A data set from arrays: NumPy, lists, or anything that NumPy understands."""

import warnings
from collections.abc import Sequence

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.own.limits import MOST_COLUMNS, MOST_ROWS
from tinkernet.data.own.parts import KINDS, Target, TargetKind, check_name
from tinkernet.data.own.targets import column_of, target_of_numbers, target_of_texts
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count


def dataset_of_arrays(
    points: object,
    labels: object,
    names: Sequence[str] | None,
    classes: Sequence[str] | None,
    kind: TargetKind | None,
    target: str,
    source: str,
) -> Dataset:
    """The data set of `Dataset.from_arrays`."""
    values = number_array("points", points)
    if values.ndim == 1:
        values = values[:, None]
    shape = " × ".join(map(str, values.shape))
    if values.ndim != 2 or not 1 <= values.shape[1] <= MOST_COLUMNS:
        raise ExperimentError("points", f"an array of {shape}", f"rows of 1 to {MOST_COLUMNS} numbers")
    if not 2 <= len(values) <= MOST_ROWS:
        raise ExperimentError("points", f"an array of {shape}", f"2 to {count(MOST_ROWS)} rows")
    given = _array("labels", labels)
    given = given[:, 0] if given.ndim == 2 and given.shape[1] == 1 else given
    if given.shape != (len(values),):
        raise ExperimentError(
            "labels", f"an array of {given.shape}", f"one label for each of {count(len(values))} rows"
        )
    columns = [column_of(name, values[:, k]) for k, name in enumerate(_names(names, values.shape[1]))]
    return Dataset(
        columns=tuple(columns), target=target_of_labels(target, given, kind, classes), source=_source(source)
    )


def target_of_labels(
    name: str, labels: ndarray, kind: TargetKind | None, classes: Sequence[str] | None = None
) -> Target:
    """The target of one-dimensional labels: numbers, truth values or texts.

    Raises:
        ExperimentError: the labels or the choices are not possible.
    """
    check_name("the name of the target", name)
    if kind is not None:
        checks.one_of("kind", kind, KINDS)
    if classes is not None:
        listed = checks.sequence(classes)
        if listed is None or not all(isinstance(one, str) for one in listed):
            raise ExperimentError("classes", classes, "a list of names")
        classes = [str(one) for one in listed]
    if labels.dtype.kind in "iuf":
        return target_of_numbers(name, labels.astype(np.float64), kind, classes)
    if labels.dtype.kind == "b" and kind == "numbers":
        return target_of_numbers(name, labels.astype(np.float64), kind)
    if labels.dtype.kind not in "bOUST":
        raise ExperimentError(name, f"an array of {labels.dtype}", "texts or numbers")
    if labels.dtype.kind == "O" and (numbers := _as_numbers(labels)) is not None:
        return target_of_numbers(name, numbers, kind, classes)
    places: dict[object, int] = {}
    try:
        codes = np.array([places.setdefault(label, len(places)) for label in labels.tolist()], np.int64)
    except TypeError:
        raise ExperimentError(name, "a list in a list", "one text or number for each row") from None
    wrong = next((label for label in places if not isinstance(label, str | bool | int | float)), None)
    if wrong is not None:
        raise ExperimentError(name, wrong, "a text or a number")
    return target_of_texts(name, codes, [str(label) for label in places], kind, classes)


def number_array(field: str, values: object) -> ndarray:
    """The values as float64.

    Raises:
        ExperimentError: they are not numbers, or rows differ in length.
    """
    array = _array(field, values)
    if array.dtype.kind == "O":
        # Such as Decimal, or a column of pandas with its own missing value.
        try:
            return array.astype(np.float64)
        except (TypeError, ValueError, OverflowError):
            wrong = next((one for one in array.ravel().tolist() if not isinstance(one, int | float)), "too large")
            raise ExperimentError(field, wrong, "a number") from None
    if array.dtype.kind not in "biuf":
        first = array.ravel()[0] if array.size else ""
        raise ExperimentError(field, str(first), "numbers")
    return array.astype(np.float64)


def _array(field: str, values: object) -> ndarray:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return np.asarray(values)
    except Exception as error:  # noqa: BLE001 (any object may be given; its conversion may raise anything)
        reason = str(error).split(".")[0]
        raise ExperimentError(field, type(values).__name__, f"an array with rows of equal length ({reason})") from None


def _as_numbers(labels: ndarray) -> ndarray | None:
    """Labels of Python numbers as float64; None if one of them is anything else."""
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in labels.tolist()):
        try:
            return labels.astype(np.float64)
        except (OverflowError, ValueError):
            return None
    return None


def _names(names: Sequence[str] | None, width: int) -> list[str]:
    if names is None:
        return [f"x{k + 1}" for k in range(width)]
    listed = checks.sequence(names)
    if listed is None or len(listed) != width:
        raise ExperimentError("names", names, f"a list of {width} names, one for each column")
    for name in listed:
        check_name("the name of a column", name)
    return [str(name) for name in listed]


def _source(source: object) -> str:
    if not isinstance(source, str):
        raise ExperimentError("source", source, "a text")
    return source
