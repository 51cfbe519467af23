"""Validation of input values: each check returns the converted value, or raises an error that says what is allowed."""

import math
import numbers
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np

from tinkernet.errors import ExperimentError
from tinkernet.formatting import count, listed

MOST_LISTED = 50
"""So many possible values are listed in an error; a person's own data may have 2,000 columns."""


def number(field: str, value: object, least: float = -math.inf, most: float = math.inf, unit: str = "") -> float:
    """A finite number within bounds; `unit` follows the bounds in the error."""
    found = _real(value)
    if found is not None and math.isfinite(found) and least <= found <= most:
        return found
    bounds = f" from {least:g}" * (least > -math.inf) + (f" to {most:g}" if most < math.inf else "")
    up = " up" if least > -math.inf and most == math.inf else ""
    raise ExperimentError(field, value, f"a finite number{bounds}{up}{unit}")


def whole(field: str, value: object, least: int, most: int) -> int:
    """A whole number within bounds; accepts 3.0, rejects True."""
    found = _real(value)
    if found is not None and found.is_integer() and least <= found <= most:
        return int(found)
    raise ExperimentError(field, value, f"a whole number from {count(least)} to {count(most)}")


def array(field: str, value: object, shape: tuple[int, ...]) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """An array of finite numbers with this shape, as float64."""
    try:
        found = np.asarray(value)
    except ValueError:
        # Rows of different lengths.
        found = np.empty(0, dtype=object)
    if found.shape == shape and found.dtype.kind in "iuf" and np.isfinite(found).all():
        return found.astype(np.float64)
    given = value if not isinstance(value, np.ndarray) else f"an array {found.shape} of {found.dtype}"
    raise ExperimentError(field, given, f"an array {shape} of finite numbers")


def index(field: str, value: object, count: int) -> int:
    """An index into `count` items, starting at 0."""
    if count == 0:
        raise ExperimentError(field, value, "an index, but there are none")
    return whole(field, value, 0, count - 1)


def flag(field: str, value: object) -> bool:
    """True or False; other truthy or falsy values are rejected."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    raise ExperimentError(field, value, "True or False")


def flags(**given: object) -> None:
    """Each of these, by its name, is True or False."""
    for name, value in given.items():
        flag(name, value)


def one_of(field: str, value: object, names: Collection[str]) -> str:
    """One of these names."""
    if isinstance(value, str) and value in names:
        return value
    raise ExperimentError(field, value, f"one of {listed(names, MOST_LISTED)}{suggestion(value, names)}")


def sequence(value: object) -> list[object] | None:
    """The items of a list, a tuple or a one-dimensional array; None for anything else."""
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, np.ndarray) and value.ndim == 1:
        return list(value)
    return None


def suggestion(value: object, names: Iterable[str]) -> str:
    """“ (did you mean …?)” if one of the names is close to the value, else an empty string."""
    import difflib  # needed for errors only

    if not isinstance(value, str):
        return ""
    by_lower = {name.lower(): name for name in names}
    close = difflib.get_close_matches(value.lower()[:100], by_lower, n=1)
    return f" (did you mean {by_lower[close[0]]}?)" if close else ""


def _real(value: object) -> float | None:
    """The value as a float; None if it is not a real number, or too large for a float."""
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        try:
            return float(value)
        except (OverflowError, ValueError):
            return None
    return None
