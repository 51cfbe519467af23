"""Rows as scikit-learn's users give them: arrays, or frames of pandas and polars, checked and as float64."""

from typing import Any

import numpy as np
from sklearn.utils.validation import validate_data

from tinkernet.errors import ExperimentError


def checked_rows(estimator: Any, rows: Any, *others: Any, reset: bool, **options: Any) -> Any:
    """What scikit-learn's `validate_data` returns; a text among the numbers is an error that names its column.

    Raises:
        ValueError: rows are missing, not finite or have other columns than at the first fit.
        TypeError: they are a sparse matrix.
    """
    try:
        return validate_data(estimator, rows, *others, reset=reset, dtype=np.float64, **options)
    except ValueError as error:
        if "could not convert" in str(error):
            _name_text(rows)
        raise


def _name_text(rows: Any) -> None:
    """Name the first text that is not a number.

    Raises:
        ExperimentError: there is one.
    """
    names = list(getattr(rows, "columns", []))
    table = np.asarray(rows, dtype=object)
    if table.ndim != 2:
        return
    for k in range(table.shape[1]):
        for place, value in enumerate(table[:, k]):
            try:
                float(value)
            except (TypeError, ValueError):
                name = names[k] if k < len(names) else k
                allowed = "a number; encode a column of texts first, for example with scikit-learn's OneHotEncoder"
                raise ExperimentError(f"column {name!r}, row {place},", value, allowed) from None
