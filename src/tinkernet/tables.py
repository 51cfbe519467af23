"""Tables: named columns of equal length, for pandas, polars and Arrow, as CSV and as Parquet."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from io import BytesIO, StringIO
from os import PathLike
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy import ndarray

from tinkernet import checks
from tinkernet.errors import ExperimentError
from tinkernet.extras import extra
from tinkernet.files import check_writable, path_of, write_atomically

Values = ndarray | Sequence[str] | Sequence[float]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a text that begins like this for a formula, and a formula may load what it likes."""
SHOWN_ROWS = 10
"""So many rows of a table are shown in a notebook, half of them from its end."""


class Table:
    """Named columns of equal length: numbers as NumPy arrays, texts as arrays of strings. It cannot be changed.

    pandas, polars, DuckDB and others read it through Arrow's PyCapsule interface, for which pyarrow is needed
    (`pip install 'tinkernet[frames]'`); `to_pandas` and `to_polars` need only the library that they are named after.

    Example:
        >>> table = Table({"epoch": [0, 1], "loss": [0.5, 0.25]})
        >>> table["loss"].mean(), len(table), table.names
        (np.float64(0.375), 2, ('epoch', 'loss'))
    """

    __slots__ = ("_columns",)

    def __init__(self, columns: Mapping[str, Values]) -> None:
        _check_lengths(columns)
        self._columns = {name: _fixed(values) for name, values in columns.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    @property
    def columns(self) -> Mapping[str, ndarray]:
        """The columns by name, each a read-only array with a value for each row."""
        return MappingProxyType(self._columns)

    def __getitem__(self, name: str) -> ndarray:
        """The column of this name.

        Raises:
            ExperimentError: there is none.
        """
        return self._columns[checks.one_of("column", name, self._columns)]

    def __len__(self) -> int:
        """The number of rows."""
        return len(next(iter(self._columns.values()), ()))

    # --- Other libraries -------------------------------------------------------

    def to_pandas(self) -> Any:
        """A new pandas.DataFrame.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        return extra("pandas", "frames").DataFrame(self._for_frames())

    def to_polars(self) -> Any:
        """A new polars.DataFrame.

        Raises:
            ImportError: polars is not installed.
        """
        try:
            import polars as pl
        except ModuleNotFoundError as error:
            message = "polars is not installed: pip install polars"
            raise ImportError(message, name="polars") from error
        return pl.DataFrame(self._for_frames())

    def to_arrow(self) -> Any:
        """A new pyarrow.Table.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        return extra("pyarrow", "frames").table(self._for_frames())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table as a stream of Arrow's PyCapsule interface."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _for_frames(self) -> dict[str, Any]:
        """Numbers as copies, which others may change, and texts as lists, of which each library makes its own kind."""
        return {
            name: values.tolist() if values.dtype == object else values.copy() for name, values in self._columns.items()
        }

    # --- Files -----------------------------------------------------------------

    def csv(self) -> str:
        """The table as CSV with a header. Numbers are written so that reading gives the same bits."""
        return columns_as_csv(self._columns)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the table to a file, atomically: Parquet if its name ends in .parquet, CSV if it ends in .csv.

        Raises:
            ExperimentError: the name ends otherwise, or the file cannot be written.
            MissingExtraError: it is a Parquet file, and pyarrow is not installed.
        """
        path = path_of("path", path)
        kind = path.suffix.lower()
        if kind not in (".csv", ".parquet"):
            raise ExperimentError("path", str(path), "a file name that ends in .csv or .parquet")
        check_writable("path", path)
        write_atomically("path", path, self._parquet() if kind == ".parquet" else self.csv().encode())

    def _parquet(self) -> bytes:
        content = BytesIO()
        extra("pyarrow.parquet", "frames").write_table(self.to_arrow(), content)
        return content.getvalue()

    # --- Display ---------------------------------------------------------------

    def __repr__(self) -> str:
        return f"Table({len(self):,} rows: {', '.join(self._columns)})"

    def _repr_html_(self) -> str:
        half, count = SHOWN_ROWS // 2, len(self)
        rows = list(range(count)) if count <= SHOWN_ROWS else [*range(half), *range(count - half, count)]
        head = "".join(f"<th>{escape(name)}</th>" for name in self._columns)
        cells = [
            "".join(f"<td>{escape(_shown(values[row]))}</td>" for values in self._columns.values()) for row in rows
        ]
        if count > SHOWN_ROWS:
            cells.insert(half, "<td>…</td>" * len(self._columns))
        body = "".join(f"<tr>{line}</tr>" for line in cells)
        caption = f"<caption>{count:,} rows</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def columns_as_csv(columns: Mapping[str, Values]) -> str:
    """Columns of equal length as CSV with a header. Numbers are written so that reading gives the same bits.

    Raises:
        ExperimentError: the columns differ in length.
    """
    _check_lengths(columns)
    draft = StringIO()
    writer = csv.writer(draft)
    writer.writerow([_text(name) for name in columns])
    writer.writerows(zip(*(_written(values) for values in columns.values()), strict=True))
    return draft.getvalue()


def _check_lengths(columns: Mapping[str, Values]) -> None:
    lengths = {name: len(values) for name, values in columns.items()}
    first = next(iter(lengths.values()), 0)
    for name, length in lengths.items():
        if length != first:
            raise ExperimentError(name, f"{length} values", f"{first} values, one for each row")


def _fixed(values: Values) -> ndarray:
    """A read-only array with a copy of the values."""
    texts = not isinstance(values, ndarray) and any(isinstance(value, str) for value in values)
    array = np.array(values, dtype=object if texts else None)
    array.flags.writeable = False
    return array


def _written(values: Values) -> Iterable[str]:
    listed = values.tolist() if isinstance(values, ndarray) else values
    return (_text(value) if isinstance(value, str) else repr(value).removesuffix(".0") for value in listed)


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _shown(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float | np.floating) else str(value)
