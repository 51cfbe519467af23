"""A table of results as plain data, for another process or machine, and back with everything checked."""

import msgspec
import numpy as np

from tinkernet.errors import ExperimentError
from tinkernet.sweeps.block import RESULTS, Plan
from tinkernet.tables import Table, Values

FLOAT, INTEGER = "<f8", "<i8"


class Floats(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A column of numbers: eight bytes each, the lowest first."""

    name: str
    content: bytes


class Integers(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A column of whole numbers: eight bytes each, the lowest first."""

    name: str
    content: bytes


class Texts(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A column of texts: those that there are, and for each row the place of its text among them, in four bytes."""

    name: str
    texts: tuple[str, ...]
    places: bytes


Column = Floats | Integers | Texts


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of a table as plain data."""
    return tuple(_column(name, table) for name in table.names)


def _column(name: str, table: Table) -> Column:
    values = table[name]
    if values.dtype == object:
        places = {text: place for place, text in enumerate(dict.fromkeys(values.tolist()))}
        chosen = np.array([places[text] for text in values.tolist()], dtype="<u4")
        return Texts(name, tuple(places), chosen.tobytes())
    if values.dtype.kind == "f":
        return Floats(name, values.astype(FLOAT).tobytes())
    return Integers(name, values.astype(INTEGER).tobytes())


def table_of(columns: tuple[Column, ...], plan: Plan, block: int) -> Table:
    """The table of a block.

    Raises:
        ExperimentError: it is not that of this block.
    """
    first, stop = plan.span(block)
    try:
        table = Table({column.name: _values(column, stop - first) for column in columns})
    except (ValueError, IndexError) as error:
        raise ExperimentError(f"block {block}", str(error), "whole columns") from error
    if table.names != ("run", *plan.design.names, *RESULTS):
        raise ExperimentError(f"block {block}", table.names, "the columns of this sweep")
    if not np.array_equal(table["run"], np.arange(first, stop)):
        raise ExperimentError(f"block {block}", table["run"].tolist(), f"the runs {first} to {stop - 1}")
    return table


def _values(column: Column, rows: int) -> Values:
    content = column.places if isinstance(column, Texts) else column.content
    kind = {Floats: FLOAT, Integers: INTEGER, Texts: "<u4"}[type(column)]
    values = np.frombuffer(content, dtype=kind)
    if len(values) != rows:
        raise ExperimentError(column.name, f"{len(values)} values", f"{rows}, one for each run")
    return [column.texts[place] for place in values.tolist()] if isinstance(column, Texts) else values
