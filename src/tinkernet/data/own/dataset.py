"""Dataset: points and labels that a person brings. Immutable, comparable by content, JSON without loss."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from os import PathLike
from typing import Any, Self

import msgspec
import numpy as np
from msgspec import structs
from numpy import ndarray

from tinkernet import checks
from tinkernet.arrays import Float64
from tinkernet.data.own.limits import LARGEST_VALUE, LONGEST_SOURCE, MOST_COLUMNS, MOST_ROWS
from tinkernet.data.own.names import one_line
from tinkernet.data.own.parts import Column, Target, TargetKind
from tinkernet.data.own.scaling import Scaling, checked_range
from tinkernet.data.slices import Slice
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count, figure
from tinkernet.html import table

OWN_DATA = "own"
"""The name that an experiment has for a person's own data, where it has the name of a built-in data set otherwise."""


class Dataset(msgspec.Struct, frozen=True, kw_only=True, dict=True, eq=False, forbid_unknown_fields=True):
    """A person's own data: input columns and a target, immutable. Make it with `from_arrays`, `from_frame`, `from_csv`.

    Two data sets are equal if their columns, target and ranges are; the source does not count.

    Args:
        columns: the inputs.
        target: what is predicted.
        source: where the data is from, such as the name of a file.
        notes: sentences about what was recognized or not used.

    Raises:
        ExperimentError: a value is invalid; the message names the field, the value and what is allowed.

    Example:
        >>> data = Dataset.from_arrays([[0, 0], [0, 1], [1, 0], [1, 1]], ["no", "yes", "yes", "no"])
        >>> data.classes, data.labels
        (('no', 'yes'), array([-1.,  1.,  1., -1.]))
    """

    columns: tuple[Column, ...]
    target: Target
    source: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check that the parts fit together. The source is only shown: of it, what can be is kept."""
        structs.force_setattr(self, "source", one_line(self.source[:LONGEST_SOURCE]))
        if not 1 <= len(self.columns) <= MOST_COLUMNS:
            raise ExperimentError("columns", f"{len(self.columns)} columns", f"1 to {MOST_COLUMNS} input columns")
        names = [*self.names, self.target.name]
        repeated = next((name for name in names if names.count(name) > 1), None)
        if repeated is not None:
            raise ExperimentError("the name of a column", repeated, "different from all other names")
        rows = len(self.columns[0].data) // 8
        if not 2 <= rows <= MOST_ROWS:
            raise ExperimentError("points", f"{count(rows)} rows", f"2 to {count(MOST_ROWS)} rows")
        for column in self.columns:
            if len(column.data) != 8 * rows:
                raise ExperimentError(column.name, f"{count(len(column.data) // 8)} values", f"{count(rows)} values")
        width = 8 if self.target.kind == "numbers" else 1
        if len(self.target.data) != width * rows:
            found = len(self.target.data) // width
            raise ExperimentError(self.target.name, f"{count(found)} values", f"{count(rows)}, one for each row")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the inputs."""
        return tuple(column.name for column in self.columns)

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes; empty for a target of numbers."""
        return self.target.classes

    @cached_property
    def scaling(self) -> Scaling:
        """From the columns' own units to the plane and back."""
        ranges = [column.range for column in self.columns]
        return Scaling(tuple(low for low, _ in ranges), tuple(high for _, high in ranges))

    @property
    def values(self) -> Float64[ndarray, "n columns"]:
        """The inputs in their own units: shape (rows, columns)."""
        return np.stack([column.values for column in self.columns], axis=1)

    @cached_property
    def points(self) -> Float64[ndarray, "n columns"]:
        """The inputs scaled to the plane, −6 to 6 for the range of a column: shape (rows, columns); read-only."""
        return _fixed(self.scaling.forward(self.values))

    @cached_property
    def labels(self) -> Float64[ndarray, " n"]:
        """What the network learns, shape (rows,); read-only.

        −1 and 1 for two classes, 0 … n−1 for more, otherwise numbers scaled to −1 … 1.
        """
        values = self.target.values
        if self.target.kind == "numbers":
            return _fixed(self.target.scaling.forward(values[:, None])[:, 0])
        return _fixed(2.0 * values - 1.0 if len(self.classes) == 2 else values.astype(np.float64))

    @cached_property
    def medians(self) -> tuple[float, ...]:
        """The median of each input, on the scale of the plane."""
        return tuple(np.median(self.points, axis=0).tolist())

    @cached_property
    def extents(self) -> tuple[tuple[float, float], ...]:
        """The smallest and the largest value of each input, in its own units."""
        return tuple((float(column.values.min()), float(column.values.max())) for column in self.columns)

    def slice(self, axes: Sequence[str] | None = None, held: Mapping[str, float] | None = None) -> Slice:
        """What is drawn of the space of the inputs: two columns along the sides, all others held.

        Args:
            axes: the names of two columns, across and up; by default the first two. One name where there is one column.
            held: values of other columns, in their own units; by default their medians.

        Raises:
            ExperimentError: a column does not exist, or a value is not a finite number.

        Example:
            >>> data = Dataset.from_arrays([[0, 1, 5], [10, 2, 6], [20, 3, 7]], [0, 1, 0], names=("a", "b", "c"))
            >>> data.slice(("a", "c"), {"b": 3}).drawn
            (0, 2)
        """
        names = self.names
        chosen = names[:2] if axes is None else checks.sequence(axes)
        if chosen is None or len(chosen) != min(2, len(names)) or len(set(chosen)) < len(chosen):
            raise ExperimentError("axes", axes, "the names of two different columns")
        across, *up = (names.index(checks.one_of("axes", name, names)) for name in chosen)
        values = list(self.medians)
        for name, value in (held or {}).items():
            k = names.index(checks.one_of("held", name, names))
            number = checks.number(f"held {name}", value, -LARGEST_VALUE, LARGEST_VALUE)
            low, high = self.columns[k].range
            values[k] = float(Scaling((low,), (high,)).forward(np.array([[number]]))[0, 0])
        return Slice(across, up[0] if up else None, tuple(values))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the columns, the target and the ranges, in hexadecimal: equal data has an equal digest."""
        target = self.target
        content = (
            "tinkernet data 1",
            [(column.name, column.unit, column.range, column.data) for column in self.columns],
            (target.name, target.kind, target.classes, target.range, target.data),
        )
        return sha256(msgspec.msgpack.encode(content)).hexdigest()

    @property
    def label(self) -> str:
        """What it is called: its source, or how many points it has."""
        return self.source or f"{count(len(self))} points"

    @property
    def description(self) -> str:
        """One sentence: rows, inputs, the target, and why it is read as classes or as numbers."""
        names = ", ".join(self.names[:6]) + f" and {len(self.names) - 6} more" * (len(self.names) > 6)
        inputs = "1 input" if len(self.names) == 1 else f"{len(self.names)} inputs"
        target, of = self.target, f" of {self.source}" if self.source else ""
        low, high = (figure(end, 4) for end in target.range)
        what = (
            f"{len(self.classes)} classes ({', '.join(self.classes)})"
            if target.kind == "classes"
            else f"numbers, {low} to {high} scaled to −1 to 1"
        )
        because = f", {target.reason}" if target.reason else ""
        return f"{count(len(self))} rows{of}: {inputs} ({names}); target {target.name} is {what}{because}."

    def with_ranges(self, ranges: Mapping[str, Sequence[float]]) -> Self:
        """A copy in which these columns have other ranges: what is scaled to −6 and 6, or to −1 and 1 of the target.

        Args:
            ranges: two numbers, low and high, for the name of a column, or of a target of numbers.

        Raises:
            ExperimentError: a column does not exist, or a range is not two numbers, low and high.

        Example:
            >>> data = Dataset.from_arrays([[0, 1], [10, 2]], [0, 1], names=("a", "b"))
            >>> data.with_ranges({"a": (0, 40)}).points[:, 0]
            array([-6., -3.])
        """
        known = (*self.names, self.target.name) if self.target.kind == "numbers" else self.names
        checked = {
            checks.one_of("the column", name, known): checked_range(f"range of {name}", ends)
            for name, ends in ranges.items()
        }
        columns = tuple(structs.replace(one, range=checked.get(one.name, one.range)) for one in self.columns)
        target = structs.replace(self.target, range=checked.get(self.target.name, self.target.range))
        return structs.replace(self, columns=columns, target=target)

    def to_json(self) -> str:
        """As JSON, without loss.

        Example:
            >>> data = Dataset.from_arrays([[0, 1], [10, 2]], [0, 1])
            >>> Dataset.from_json(data.to_json()) == data
            True
        """
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The data set of `to_json()`.

        Args:
            text: the JSON.

        Raises:
            ExperimentError: the text is not a data set.

        Example:
            >>> data = Dataset.from_arrays([[0, 1], [10, 2]], ["no", "yes"])
            >>> Dataset.from_json(data.to_json()).classes
            ('no', 'yes')
        """
        try:
            return msgspec.json.decode(text, type=cls)
        except msgspec.MsgspecError as error:
            raise ExperimentError("data", text, f"the JSON of a data set ({error})") from None

    @classmethod
    def from_arrays(
        cls,
        points: object,
        labels: object,
        *,
        names: Sequence[str] | None = None,
        classes: Sequence[str] | None = None,
        kind: TargetKind | None = None,
        target: str = "label",
        source: str = "",
    ) -> "Dataset":
        """From an array with a row for each point and a column for each input, and one label for each row.

        Args:
            points: finite numbers, shape (rows, columns).
            labels: texts or numbers, shape (rows,).
            names: the names of the columns; by default x1, x2, x3 and so on.
            classes: the names of the classes. Labels are these names; or 0, 1, 2 and so on, or −1 and 1.
            kind: "classes" or "numbers". By default, texts are classes, and so are whole numbers if they have at most
                ten different values, and either two or at most half as many as there are rows.
            target: the name of what is predicted.
            source: where the data is from, for its description.

        Raises:
            ExperimentError: a value is invalid, missing or not finite.

        Example:
            >>> data = Dataset.from_arrays([[150, 51], [181, 83]], ["short", "tall"], names=("height", "weight"))
            >>> data.names, data.classes
            (('height', 'weight'), ('short', 'tall'))
        """
        from tinkernet.data.own.arrays import dataset_of_arrays

        return dataset_of_arrays(points, labels, names, classes, kind, target, source)

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        *,
        target: str,
        columns: Sequence[str] | None = None,
        classes: Sequence[str] | None = None,
        kind: TargetKind | None = None,
        missing: str = "leave-out",
        source: str = "",
    ) -> "Dataset":
        """From a data frame (pandas, polars, Narwhals, a pyarrow table), or any mapping of names to columns.

        Args:
            frame: the data frame.
            target: the name of the column that is predicted.
            columns: the names of the inputs; by default all columns of numbers except the target.
            classes: the names of the classes, as in `from_arrays`.
            kind: "classes" or "numbers", as in `from_arrays`.
            missing: rows with a missing value are not used ("leave-out"), or the input gets the column's "median". Rows
                without a target are never used. `notes` says how many.
            source: where the data is from, for its description.

        Raises:
            ExperimentError: a column does not exist or has no numbers.

        Example:
            >>> frame = {"a": [1.5, 2.5, 4.5], "b": [3, 1, 2], "species": ["x", "y", "x"]}
            >>> Dataset.from_frame(frame, target="species").names
            ('a', 'b')
        """
        from tinkernet.data.own.frames import dataset_of_frame

        return dataset_of_frame(frame, target, columns, classes, kind, missing, source)

    @classmethod
    def from_csv(cls, path: str | PathLike[str], **choices: Any) -> "Dataset":
        """From a text file with a table: separator, encoding, header and target are recognized, or chosen by name.

        Args:
            path: the file.
            choices: what is chosen: any argument of `Choices`, such as target="species", columns=("a", "b"),
                separator=";", decimal=",", encoding="cp1252", header=1, target_kind="classes", missing="median",
                text_columns="one-per-value".

        Warns:
            UserWarning: some rows cannot be used; the warning names the first ones with their reason.

        Raises:
            ExperimentError: the file cannot be read, a choice is invalid, or there is no target or input.

        Example:
            >>> from pathlib import Path
            >>> rows = ["length;width;species", "5,1;3,5;a", "4,9;3,0;b", "6,2;2,9;a"]
            >>> Path("flowers.csv").write_text(chr(10).join(rows))
            50
            >>> Dataset.from_csv("flowers.csv", target="species").names
            ('length', 'width')
        """
        from tinkernet.data.own.files import dataset_of_file

        return dataset_of_file(path, choices)

    def __len__(self) -> int:
        return len(self.columns[0].data) // 8

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and (self is other or self.digest == other.digest)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Dataset({self.description})"

    def _repr_html_(self) -> str:
        rows: dict[str, object] = {
            column.name: f"{figure(column.range[0], 4)} to {figure(column.range[1], 4)} {column.unit}".strip()
            for column in self.columns
        }
        return table(self.description, rows | {f"note {k + 1}": note for k, note in enumerate(self.notes)})


def _fixed(values: ndarray) -> ndarray:
    values.flags.writeable = False
    return values
