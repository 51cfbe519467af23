"""Rows as scikit-learn's users give them: arrays, or frames of pandas and polars, checked and as float64."""

import math
import numbers
from collections import Counter
from typing import Any

import numpy as np
from numpy import ndarray
from sklearn.utils.validation import validate_data

from tinkernet.arrays import Float64
from tinkernet.errors import ExperimentError

CELL_SIGNS = ("could not convert", "could not be promoted", " NaN", " infinity")
"""What scikit-learn and NumPy say of a value that is not a finite number, without its place.

Of other objects than texts and dates, `check_estimator` wants Python's own error.
"""
ENCODE = "encode a column of texts or dates first, for example with scikit-learn's OneHotEncoder"
FILL = "replace NaN and inf first, for example with scikit-learn's SimpleImputer"


def checked_rows(estimator: Any, rows: Any, *others: Any, reset: bool, **options: Any) -> Any:
    """What scikit-learn's `validate_data` returns; a value that is not a finite number is an error with its place.

    Args:
        estimator: the estimator, which learns the names of the columns if `reset`.
        rows: the rows.
        others: the target, if there is one.
        reset: whether this is the first fit.
        options: others of `validate_data`.

    Raises:
        ValueError: rows are missing, not finite or have other columns than at the first fit.
        TypeError: they are a sparse matrix.
    """
    twice = [name for name, times in Counter(getattr(rows, "columns", ())).items() if times > 1]
    if twice:
        raise ExperimentError("columns", f"{twice[0]} twice", "of different names")
    try:
        return validate_data(estimator, rows, *others, reset=reset, dtype=np.float64, **options)
    except (TypeError, ValueError) as error:
        if any(sign in str(error) for sign in CELL_SIGNS):
            _name_cell(rows, *others)
        raise


def _name_cell(rows: Any, target: Any = None) -> None:
    """Name the first value of the rows that is not a finite number, or the first text in the target.

    Raises:
        ExperimentError: there is one.
    """
    names = list(getattr(rows, "columns", []))
    numeric = isinstance(rows, ndarray) and rows.dtype.kind in "biuf"
    table = rows if numeric else np.asarray(rows, dtype=object)
    if table.ndim != 2:
        return
    for k in range(table.shape[1]):
        for place, value in enumerate(table[:, k]):
            if not _is_finite(value):
                name = names[k] if k < len(names) else k
                gap = value is None or isinstance(value, numbers.Real)
                allowed = f"a finite number; {FILL}" if gap else f"a number; {ENCODE}"
                shown = value.item() if isinstance(value, np.generic) else value
                raise ExperimentError(f"column {name!r}, row {place},", shown, allowed)
    _name_text(target)


def numbers_of(target: ndarray) -> Float64[ndarray, " n"]:
    """The target of a regression as float64.

    Raises:
        ExperimentError: a value is a text; the message names its row.
    """
    try:
        return np.asarray(target, np.float64)
    except ValueError:
        _name_text(target)
        raise


def _name_text(target: Any) -> None:
    for place, value in enumerate(np.asarray(target, dtype=object).ravel()):
        if isinstance(value, str):
            raise ExperimentError(f"y, row {place},", str(value), "a number; for classes use TinkerClassifier")


def _is_finite(value: Any) -> bool:
    """Whether it is a finite number; one that is not real is somebody else's error."""
    if isinstance(value, complex):
        return True
    try:
        return math.isfinite(float(value))
    except (TypeError, ValueError):
        return False
    except OverflowError:
        return True
