"""Turning labels into a target: classes or numbers, by a rule that is stated."""

from collections.abc import Sequence

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64, Int64
from tinkernet.data.own.limits import MOST_CLASSES
from tinkernet.data.own.parts import Column, Target, TargetKind, check_finite
from tinkernet.data.own.scaling import readable_range
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count


def column_of(
    name: str, values: Float64[ndarray, " n"], ends: tuple[float, float] | None = None, unit: str = ""
) -> Column:
    """An input column, by default with a readable range."""
    # −0.0 + 0.0 is 0.0: equal numbers have equal bytes.
    values = values.astype(np.float64) + 0.0
    if not ends:
        _check_numbers(name, values)
        ends = readable_range(float(values.min()), float(values.max()))
    return Column(name, values.astype("<f8").tobytes(), ends, unit)


def target_of_numbers(
    name: str,
    values: Float64[ndarray, " n"],
    kind: TargetKind | None = None,
    classes: Sequence[str] | None = None,
    ends: tuple[float, float] | None = None,
) -> Target:
    """A target whose labels are numbers: the rule of `is_few` decides whether they are classes.

    Raises:
        ExperimentError: the labels do not fit the kind or the names of the classes.
    """
    _check_numbers(name, values)
    values = values + 0.0
    different, codes = np.unique(values, return_inverse=True)
    few = is_few(different, len(values))
    chosen = kind or ("classes" if classes is not None or few else "numbers")
    if chosen == "classes":
        why = _why_classes(different, by_choice=kind is not None or classes is not None)
        if classes is not None:
            places = _places(name, different, classes)
            return _classes(name, places[codes], tuple(classes), why)
        return _classes(name, codes, tuple(written(value) for value in different[: MOST_CLASSES + 1]), why)
    if len(different) < 2:
        raise ExperimentError(f"the target {name}", float(different[0]), "two or more different numbers")
    why = (
        "as chosen"
        if kind
        else f"because it has {count(len(different))} different numbers"
        + ("" if np.all(different == np.floor(different)) else ", not all of them whole")
    )
    ends = ends or readable_range(float(different[0]), float(different[-1]))
    return Target(name, "numbers", values.astype("<f8").tobytes(), (), ends, why)


def target_of_texts(
    name: str,
    codes: Int64[ndarray, " n"],
    texts: Sequence[str],
    kind: TargetKind | None = None,
    classes: Sequence[str] | None = None,
) -> Target:
    """A target whose labels are texts: `codes` are indices into `texts`. Classes are in alphabetical order.

    Raises:
        ExperimentError: numbers are wanted, or the texts do not fit the names of the classes.
    """
    if kind == "numbers":
        raise ExperimentError(f"the target {name}", texts[0] if texts else "", "a number in every row")
    if classes is None:
        used = sorted({texts[code] for code in np.unique(codes)})
        classes = used
    place = {text: index for index, text in enumerate(classes)}
    unknown = next((texts[code] for code in np.unique(codes) if texts[code] not in place), None)
    if unknown is not None:
        raise ExperimentError(f"the target {name}", unknown, f"one of {', '.join(classes[:MOST_CLASSES])}")
    order = np.array([place.get(text, 0) for text in texts], np.int64)
    return _classes(name, order[codes], tuple(classes), "as chosen" if kind else "because it is text")


def is_few(different: Float64[ndarray, " k"], rows: int) -> bool:
    """Whether numbers are read as classes: whole, at most ten different ones, each twice or more on average, or two."""
    whole = bool(np.all(different == np.floor(different)))
    return whole and len(different) <= MOST_CLASSES and (len(different) == 2 or 2 * len(different) <= rows)


def written(value: float) -> str:
    """A number as the name of a class."""
    return f"{value:.0f}" if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _classes(name: str, codes: ndarray, names: tuple[str, ...], why: str) -> Target:
    if len(names) < 2:
        raise ExperimentError(f"the target {name}", names[0] if names else "", "two or more classes")
    if len(names) > MOST_CLASSES:
        raise ExperimentError(
            f"the target {name}", f"{', '.join(names[:3])}, …", f"at most {MOST_CLASSES} classes; choose other rows"
        )
    return Target(name, "classes", codes.astype(np.uint8).tobytes(), names, reason=why)


def _places(name: str, different: ndarray, classes: Sequence[str]) -> Int64[ndarray, " k"]:
    """The index of the class for each of the different labels: 0, 1, 2 and so on; or −1 and 1."""
    if len(classes) == 2 and set(different.tolist()) <= {-1.0, 1.0}:
        return (different > 0).astype(np.int64)
    allowed = set(range(len(classes)))
    wrong = next((value for value in different.tolist() if value not in allowed), None)
    if wrong is not None:
        also = ", or −1 and 1" if len(classes) == 2 else ""
        raise ExperimentError(f"the target {name}", wrong, f"a class's index from 0 to {len(classes) - 1}{also}")
    return different.astype(np.int64)


def _why_classes(different: ndarray, *, by_choice: bool) -> str:
    if by_choice:
        return "as chosen"
    return f"because it has only {len(different)} different whole numbers"


def _check_numbers(name: str, values: ndarray) -> None:
    if len(values) == 0:
        raise ExperimentError(name, "empty", "two or more rows")
    check_finite(name, values)
