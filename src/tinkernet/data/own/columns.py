"""The columns of a table while its rows are read: numbers, texts and missing values, in chunks."""

from dataclasses import dataclass, field

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Bool, Float64, Int
from tinkernet.data.own.limits import MOST_DISTINCT
from tinkernet.data.own.names import one_line
from tinkernet.data.own.notation import MISSING_NUMBERS, MISSING_TEXTS, Notation

MOST_WRONG_CELLS = 1_000
"""So many cells that are not numbers are quoted in messages; the others are only counted."""


@dataclass
class ColumnReader:
    """Takes the cells of a column chunk by chunk.

    A cell is kept as a number, and as the index of its text as long as there are few different texts. `wrong` quotes
    cells that are not numbers by their row.
    """

    notation: Notation
    wrong: dict[int, str] = field(default_factory=dict)
    _numbers: list[ndarray] = field(default_factory=list)
    _missing: list[ndarray] = field(default_factory=list)
    _codes: list[ndarray] | None = field(default_factory=list)
    _texts: dict[str, int] = field(default_factory=dict)
    _rows: int = 0

    def add(self, cells: tuple[str, ...]) -> None:
        """The cells of the next rows."""
        self._add_texts(cells)
        numbers = self._fast(cells)
        if numbers is None:
            numbers, missing = self._slow(cells)
        else:
            missing = np.zeros(len(cells), bool)
        self._numbers.append(numbers)
        self._missing.append(missing)
        self._rows += len(cells)

    def finish(self) -> "TableColumn":
        """The whole column."""
        empty = [np.empty(0)]
        return TableColumn(
            np.concatenate([*empty, *self._numbers]),
            np.concatenate([np.empty(0, bool), *self._missing]),
            None if self._codes is None else np.concatenate([np.empty(0, np.int32), *self._codes]),
            tuple(self._texts) if self._codes is not None else (),
            self.wrong,
        )

    def _fast(self, cells: tuple[str, ...]) -> ndarray | None:
        """All cells as numbers, if Python reads each of them as the notation does."""
        try:
            numbers = np.array(list(map(float, self.notation.plain(cells))))
        except (ValueError, OverflowError):
            return None
        # Python also reads inf, nan and 1_000.
        return None if len(numbers) != len(cells) or not np.isfinite(numbers).all() or _underlined(cells) else numbers

    def _slow(self, cells: tuple[str, ...]) -> tuple[ndarray, ndarray]:
        numbers, missing = np.full(len(cells), np.nan), np.zeros(len(cells), bool)
        known: dict[str, float | None] = {}
        for place, cell in enumerate(cells):
            if cell not in known:
                known[cell] = self.notation.number(cell)
            number = known[cell]
            if number is not None:
                numbers[place] = number
            elif cell.strip().lower() in MISSING_NUMBERS:
                missing[place] = True
            elif len(self.wrong) < MOST_WRONG_CELLS:
                self.wrong[self._rows + place] = cell.strip()[:60]
        return numbers, missing

    def _add_texts(self, cells: tuple[str, ...]) -> None:
        if self._codes is None:
            return
        if len(set(cells)) > MOST_DISTINCT:
            self._codes = None
            return
        texts = self._texts
        stripped = {cell: one_line(cell) for cell in set(cells)}
        codes = [texts.setdefault(stripped[cell], len(texts)) for cell in cells]
        self._codes.append(np.array(codes, np.int32))
        if len(texts) > MOST_DISTINCT:
            self._codes = None


@dataclass(frozen=True)
class TableColumn:
    """A column as it was read: a number, or NaN, for each row; whether the row has no value; and the texts.

    `codes` are indices into `texts`, None if there are too many different texts.
    """

    numbers: Float64[ndarray, " n"]
    missing: Bool[ndarray, " n"]
    codes: Int[ndarray, " n"] | None
    texts: tuple[str, ...]
    wrong: dict[int, str]

    def not_numbers(self) -> Bool[ndarray, " n"]:
        """Where a cell has a value that is not a number, or is too large for one."""
        return np.asarray(~np.isfinite(self.numbers) & ~self.missing)

    def missing_texts(self) -> Bool[ndarray, " n"]:
        """Where a column of texts has no value."""
        if self.codes is None:
            return np.zeros(len(self.numbers), bool)
        blank = np.array([text.lower() in MISSING_TEXTS for text in self.texts], bool)
        return np.asarray(blank[self.codes] if len(blank) else np.zeros(0, bool))


def _underlined(cells: tuple[str, ...]) -> bool:
    return any("_" in cell for cell in cells)
