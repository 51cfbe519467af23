"""How numbers are written in a file: decimal mark, mark between thousands, units, and what stands for no value."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

MISSING_TEXTS = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "?"})
"""What stands for no value in any column, in lower case."""
MISSING_NUMBERS = MISSING_TEXTS | {
    *("-", "--", "–", "—", ".", "..", "…", "nil", "missing", "n.a.", "k.a.", "#null!", "#div/0!", "#value!"),
    *("<na>", "nat", "-nan", "#ref!", "#num!", "#name?"),
}
"""What stands for no value in a column of numbers, too."""
UNITS = ("%", "€", "$", "£", "¥", "°", "‰")
SPACES = "\u00a0\u202f\u2009 "
MARKS = (".", ",")
THOUSANDS = ("", ",", ".", " ", "'")

_UNIT = re.compile(rf"^[{''.join(UNITS)}]\s*|\s*[{''.join(UNITS)}][CF]?$")
_SIGNS = str.maketrans({"−": "-", "\u2010": "-", "\u2011": "-"} | dict.fromkeys(SPACES, " ") | {"’": "'"})


@dataclass(frozen=True)
class Notation:
    """A decimal mark, and a mark between thousands or an empty text."""

    decimal: str = "."
    thousands: str = ""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        whole = r"[0-9]+"
        if self.thousands:
            whole = rf"(?:[0-9]{{1,3}}(?:{re.escape(self.thousands)}[0-9]{{3}})+|[0-9]+)"
        decimal = re.escape(self.decimal)
        return re.compile(rf"[+-]?(?:{whole}(?:{decimal}[0-9]*)?|{decimal}[0-9]+)(?:[eE][+-]?[0-9]{{1,4}})?")

    @cached_property
    def _table(self) -> dict[int, str | None]:
        table: dict[int, str | None] = {ord(self.decimal): "."}
        return table | ({ord(self.thousands): None} if self.thousands else {})

    def number(self, cell: str) -> float | None:
        """The number in a cell, without its unit; None if the cell is anything else."""
        text = cell.strip()
        if len(text) > 100:
            return None
        text = _UNIT.sub("", text, count=1).translate(_SIGNS)
        if self._pattern.fullmatch(text) is None:
            return None
        return float(text.translate(self._table))

    def plain(self, cells: Iterable[str]) -> list[str]:
        """Cells in Python's notation if they have no thousands mark and no unit, else something that is not a number.

        For columns of a million cells: one translation of all together.
        """
        if self.decimal == ".":
            return list(cells)
        # Python would read 02.06.2023 as 2062023 if the points became underscores.
        return "\0".join(cells).translate({ord(self.decimal): ".", ord("."): "?", ord("_"): "?"}).split("\0")


def unit_of(cell: str) -> str:
    """The unit before or after the number in a cell, such as %, or an empty text."""
    match = _UNIT.search(cell.strip())
    return match[0].strip() if match else ""


def notation_of(cells: list[str], separator: str, decimal: str | None, thousands: str | None) -> Notation:
    """The notation in which most of the cells are numbers; of several, the simplest.

    A single mark before three digits, as in 1,234, can be either. It is the decimal mark if columns are separated by
    semicolons or tabs, and between thousands otherwise.
    """
    candidates = [
        Notation(mark, between)
        for between in (THOUSANDS if thousands is None else (thousands,))
        for mark in (MARKS if decimal is None else (decimal,))
        if mark != between
    ]
    if separator in {";", "\t"}:
        order = [Notation("."), Notation(",")]
    else:
        order = [Notation("."), Notation(".", ","), Notation(",")]
    ranked = sorted(candidates, key=lambda one: order.index(one) if one in order else len(order))
    # Plain digits are numbers in every notation.
    telling = [cell for cell in cells if any(mark in cell for mark in "., '’\u00a0\u202f\u2009")][:5_000]
    return max(ranked, key=lambda one: sum(one.number(cell) is not None for cell in telling), default=Notation())


def is_date(cell: str) -> bool:
    """Whether CleverCSV takes a cell for a date, a time, or both."""
    return _detector().detect_type(cell.strip()) in {"date", "time", "datetime"}


@cache
def _detector() -> Any:
    from clevercsv.detect_type import TypeDetector  # its import and its patterns take 0.1 s

    return TypeDetector()
