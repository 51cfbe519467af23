"""Where the results of a sweep are kept, block by block: in memory, or in a folder that outlives the process.

A folder has the plan, and a Parquet file with one row group for each block, which appears under its name only when it
is complete. So whatever ends the process, every block is there whole or is missing, and then computed again.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import msgspec

from tinkernet.errors import ExperimentError
from tinkernet.extras import extra
from tinkernet.files import read_regular, write_atomically
from tinkernet.sweeps.block import Plan
from tinkernet.sweeps.chooser import load_optuna
from tinkernet.sweeps.saved import decoded, difference, encoded, saved_by, versions_of
from tinkernet.tables import Table

PLAN = "sweep.json"
MOST_PLAN = 64 << 20
"""Bytes of a plan, which has all values of its settings, and a person's own data."""


class Store(Protocol):
    """Keeps tables of results by block."""

    def add(self, block: int, table: Table) -> None:
        """Keep the results of a block."""

    def done(self) -> set[int]:
        """The blocks whose results are kept."""

    def read(self, block: int) -> Table:
        """The results of a block."""


class InMemory:
    """Results in memory."""

    def __init__(self) -> None:
        self._tables: dict[int, Table] = {}

    def add(self, block: int, table: Table) -> None:
        self._tables[block] = table

    def done(self) -> set[int]:
        return set(self._tables)

    def read(self, block: int) -> Table:
        return self._tables[block]


class InFolder:
    """Results in the files of a folder."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self._plan = folder, plan

    @classmethod
    def begin(cls, folder: Path, plan: Plan) -> "InFolder":
        """Make the folder, which must not exist or be empty, and write the plan into it.

        Raises:
            ExperimentError: the folder has files, or cannot be made or written to.
            MissingExtraError: pyarrow is not installed.
        """
        extra("pyarrow.parquet", "sweep")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                advice = "an empty or new folder; Sweep.resume(folder) continues a sweep"
                raise ExperimentError("folder", str(folder), advice)
        except OSError as error:
            raise ExperimentError("folder", str(folder), f"a folder that can be made ({error.strerror})") from error
        write_atomically("folder", folder / PLAN, msgspec.json.format(encoded(plan)))
        return cls(folder, plan)

    @classmethod
    def open(cls, folder: Path) -> "tuple[InFolder, Plan]":
        """The results in a folder, and the plan that they belong to.

        Raises:
            ExperimentError: it is no folder of a sweep, or of another version, whose numbers may differ.
            MissingExtraError: pyarrow is not installed, or Optuna, where it chooses the settings.
        """
        extra("pyarrow.parquet", "sweep")
        path = folder / PLAN
        if not path.is_file():
            raise ExperimentError("folder", str(folder), f"the folder of a sweep, with a file {PLAN}")
        content = read_regular("folder", path, MOST_PLAN)
        try:
            versions = saved_by(content)
            here = versions_of(versions)
            if (name := difference(versions, here)) is not None:
                allowed = f"a sweep of {name} {here[name]}, but it was begun by {versions[name]}"
                raise ExperimentError("folder", str(folder), f"{allowed}, whose numbers may differ")
            plan = decoded(content)
        except msgspec.DecodeError as error:
            raise ExperimentError("folder", str(path), f"the plan of a sweep ({error})") from error
        if plan.design.adaptive:
            load_optuna()
        return cls(folder, plan), plan

    def path_of(self, block: int) -> Path:
        """The file of a block."""
        return self.folder / f"runs-{block:08d}.parquet"

    def add(self, block: int, table: Table) -> None:
        content = BytesIO()
        extra("pyarrow.parquet", "sweep").write_table(table.to_arrow(), content)
        write_atomically("folder", self.path_of(block), content.getvalue())

    def done(self) -> set[int]:
        return {block for block in self._blocks() if self._is_whole(block)}

    def _blocks(self) -> Iterator[int]:
        for path in self.folder.glob("runs-*.parquet"):
            number = path.stem.removeprefix("runs-")
            if number.isascii() and number.isdigit() and int(number) < self._plan.blocks:
                yield int(number)

    def _is_whole(self, block: int) -> bool:
        """Whether a block's file has all its rows; one that was damaged is computed again."""
        first, stop = self._plan.span(block)
        try:
            return bool(self._metadata(block).num_rows == stop - first)
        except (OSError, ValueError):
            return False

    def _metadata(self, block: int) -> Any:
        return extra("pyarrow.parquet", "sweep").read_metadata(self.path_of(block))

    def read(self, block: int) -> Table:
        path = self.path_of(block)
        try:
            found = extra("pyarrow.parquet", "sweep").read_table(path)
            return Table({name: _column(found[name]) for name in found.column_names})
        except (OSError, ValueError) as error:
            allowed = "the results of a sweep, but the file is damaged; Sweep.resume(folder) computes them again"
            raise ExperimentError("folder", str(path), allowed) from error


def _column(values: Any) -> Any:
    types = extra("pyarrow", "sweep").types
    is_number = types.is_integer(values.type) or types.is_floating(values.type)
    return values.to_numpy() if is_number else values.to_pylist()
