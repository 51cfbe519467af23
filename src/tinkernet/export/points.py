"""The points of a run as a table, in the units of the data, with what the network answers for each."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import numpy as np
from numpy import ndarray

from tinkernet.data import Points
from tinkernet.files import write_atomically
from tinkernet.run import Run
from tinkernet.tables import Table

SETS = ("training", "test")


def points_table(run: Run) -> Table:
    """All points of a run, the training points first.

    The columns are those of the data, the target (a class by its name), `set` (training or test), and the network's
    answer: `output`, or a probability for each class; of classes also `predicted`, the class that it chooses.
    """
    parts = [_columns(run, data, which) for data, which in zip((run.train_data, run.test_data), SETS, strict=True)]
    return Table({name: _joined([part[place] for part in parts]) for place, name in enumerate(_names(run))})


def points_csv(run: Run) -> str:
    """All points of a run as CSV: `points_table`."""
    return points_table(run).csv()


def save_points(run: Run, path: str | PathLike[str]) -> None:
    """Write the points to a file, atomically: as Parquet if its name ends in .parquet, otherwise as CSV.

    Raises:
        ExperimentError: the file cannot be written.
        MissingExtraError: it is a Parquet file, and pyarrow is not installed.
    """
    if Path(path).suffix.lower() == ".parquet":
        points_table(run).save(path)
    else:
        write_atomically("points", Path(path), points_csv(run).encode())


def _columns(run: Run, data: Points, which: str) -> list[Sequence[object] | ndarray]:
    experiment, head = run.experiment, run.experiment.head
    outputs = np.atleast_2d(run.predict(data.points).T) if len(data) else np.zeros((run.layout.sizes[-1], 0))
    classes = experiment.classes
    columns: list[Sequence[object] | ndarray] = [*data.points.T]
    if not classes:
        values = [data.labels, outputs[0]]
        if experiment.data is not None:
            scaling = experiment.data.target.scaling
            values = [scaling.backward(numbers[:, None])[:, 0] for numbers in values]
        return [*columns, values[0], [which] * len(data), values[1]]
    actual = data.labels if len(classes) > 2 else (data.labels + 1) / 2
    predicted = head.classes_of(outputs)
    named = [[classes[int(code)] for code in codes] for codes in (actual, predicted)]
    return [*columns, named[0], [which] * len(data), *outputs, named[1]]


def _names(run: Run) -> list[str]:
    experiment = run.experiment
    data, classes = experiment.data, experiment.classes
    names = [*run.train_data.names, "label" if data is None else data.target.name]
    answers = [f"probability of {name}" for name in classes] if experiment.head.several else ["output"]
    for name in ["set", *answers, *(["predicted"] if classes else [])]:
        number, unique = 2, name
        while unique in names:
            unique, number = f"{name} {number}", number + 1
        names.append(unique)
    return names


def _joined(parts: Sequence[Sequence[object] | ndarray]) -> ndarray | list[str]:
    if isinstance(parts[0], ndarray):
        return np.concatenate([np.asarray(part) for part in parts])
    return [str(text) for part in parts for text in part]
