"""The data that a network from elsewhere is shown and trained with."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet.data import DATASETS
from tinkernet.data.own.dataset import Dataset
from tinkernet.data.plane import EDGE
from tinkernet.errors import ExperimentError
from tinkernet.importing.stack import Stack
from tinkernet.network.activations import LINEAR

LEAST_SPREAD = 2.0
"""Data that reaches from the middle of the plane at least so far, in every column, is shown in its own units."""
SETS_OF_TENSORS = ("dataset", "tensors")
"""What a PyTorch DataLoader and its TensorDataset have."""

Given = Dataset | str | tuple[Any, Any] | list[Any] | None
"""Data as a person gives it: a Dataset, the name of a built-in data set, points and labels, or nothing."""


def data_for(stack: Stack, given: object, problem: str | None = None) -> tuple[str | None, Dataset | None]:
    """The name of a built-in data set or a data set, of which at most one is not None.

    Args:
        stack: the network.
        given: a Dataset, the name of a built-in data set, (points, labels), a PyTorch DataLoader or TensorDataset with
            these, or None.
        problem: "classification" or "regression", where the labels leave it open.

    Raises:
        ExperimentError: it does not fit the inputs of the network, or is needed.
    """
    given = unwrapped(given)
    if given is None:
        return _usual(stack), None
    if isinstance(given, str):
        return given, None
    if isinstance(given, Dataset):
        return None, given
    if isinstance(given, tuple | list) and len(given) == 2:
        return None, _own(stack, plain(given[0]), plain(given[1]), problem)
    raise ExperimentError("data", given, "a tinkernet.Dataset, (points, labels), or the name of a built-in data set")


def unwrapped(given: Any) -> Any:
    """The points and labels of a PyTorch DataLoader or TensorDataset; anything else as it is."""
    for name in SETS_OF_TENSORS:
        given = getattr(given, name, given)
    return given


def plain(values: Any) -> Any:
    """A tensor as an array; anything else as it is."""
    return values.detach().cpu().numpy() if hasattr(values, "detach") else values


def _usual(stack: Stack) -> str:
    """The first built-in data set that fits a network with two inputs."""
    inputs, outputs = stack.sizes[0], stack.sizes[-1]
    classes = max(2, outputs)
    found = next((entry.name for entry in DATASETS.values() if len(entry.classes) == classes), None)
    if inputs != 2 or found is None:
        needs = f"data=(points, labels) or a Dataset, with {inputs} inputs"
        raise ExperimentError("data", None, needs + (f" and {outputs} classes" if outputs > 1 else ""))
    return found


def _own(stack: Stack, points: Any, labels: Any, problem: str | None) -> Dataset:
    """A data set of arrays."""
    array, outputs = np.asarray(labels), stack.sizes[-1]
    if array.ndim == 2 and array.shape[1] > 1:
        array = _codes(array, outputs)
    classes: Sequence[str] | None = None
    if outputs > 2 and array.dtype.kind in "iuf":
        # A class that none of these points has is an output all the same.
        classes = stack.classes or [str(k) for k in range(outputs)]
    elif stack.classes and array.dtype.kind not in "iufb":
        classes = stack.classes
    several = outputs > 1 or stack.layers[-1].activation is not LINEAR
    kind: Any = "classes" if several else {"classification": "classes", "regression": "numbers"}.get(problem or "")
    names = stack.names if len(stack.names) == stack.sizes[0] else None
    data = Dataset.from_arrays(points, array, names=names, classes=classes, kind=kind)
    return _in_own_units(data)


def _codes(labels: ndarray, outputs: int) -> ndarray:
    """The index of the class for one-hot labels."""
    if labels.shape[1] != outputs or not (np.sum(labels == 1, axis=1) == 1).all() or (labels != 0).sum() != len(labels):
        raise ExperimentError("labels", f"an array of {labels.shape}", "one label for each row, or one-hot")
    return np.asarray(labels.argmax(axis=1))


def _in_own_units(data: Dataset) -> Dataset:
    """Data whose values fill much of the plane as they are, shown as they are: weights need no scaling then."""
    ranges: dict[str, tuple[float, float]] = {}
    furthest = [max(abs(low), abs(high)) for low, high in data.extents]
    if all(LEAST_SPREAD <= reach <= EDGE for reach in furthest):
        ranges = dict.fromkeys(data.names, (-EDGE, EDGE))
    if data.target.kind == "numbers" and 0.25 <= np.abs(data.target.values).max() <= 1:
        ranges[data.target.name] = (-1.0, 1.0)
    return data.with_ranges(ranges) if ranges else data
