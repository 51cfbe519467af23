"""Splitting lines into rows with their line numbers. A quote that is never closed costs its line, not the file."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from io import BytesIO, TextIOWrapper
from itertools import chain

from tinkernet.data.own.dialect import Dialect, is_comment, is_excel_line
from tinkernet.data.own.limits import LONGEST_LINE, MOST_LINES, MOST_OPEN_QUOTES, MOST_RECORD_LINES
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

Row = tuple[int, list[str] | str]
"""A row's first line, from 1, and its cells; or why it cannot be split."""

BLANKS = re.compile(r"[ \t]+")
UNMARKED = {
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
}
"""Encodings that Python refuses without one of these marks; a person may choose them for any file."""
SPLIT_OFF = "a quote is opened here and never closed"


class _OpenQuoteError(Exception):
    """The quotes of a row have not been closed."""


def lines_of(content: bytes, encoding: str) -> Iterator[str]:
    """The lines of a file, decoded one after the other; each with its line end, whichever it is."""
    if encoding in UNMARKED and not content.startswith(UNMARKED[encoding]):
        encoding += "-le"
    return iter(TextIOWrapper(BytesIO(content), encoding, errors="replace", newline=""))


class _LongLineError(Exception):
    """A line is longer than any row of a table."""


class Rows:
    """The rows of a table, without blank lines and comments. `comments` counts the comment lines read so far.

    `last_comment` is the last comment before the first row: it may hold the names of the columns.
    """

    def __init__(self, lines: Iterable[str], dialect: Dialect) -> None:
        self.comments = 0
        self.last_comment = ""
        self._dialect = dialect
        self._source: Iterator[tuple[int, str]] = enumerate(lines, 1)
        self._pending: list[tuple[int, str]] = []
        self._by_blanks = dialect.separator == " "
        self._form = _form(dialect)

    def __iter__(self) -> Iterator[Row]:
        open_quotes = 0
        while True:
            self._pending.clear()
            try:
                for cells in csv.reader(self._fed(), self._form):
                    line = self._pending[0][0]
                    self._pending.clear()
                    yield line, cells
            except _LongLineError:
                line = self._pending[0][0]
                self._source = chain(self._pending[1:], self._source)
                yield line, f"it has more than {count(LONGEST_LINE)} characters"
            except (_OpenQuoteError, csv.Error) as error:
                line, text = self._pending[0]
                if len(self._pending) == 1 and not isinstance(error, _OpenQuoteError):
                    yield line, self._leniently(text)
                    continue
                open_quotes += 1
                if open_quotes > MOST_OPEN_QUOTES:
                    quote = self._dialect.quote
                    allowed = "a mark that is closed again in each row; choose another one, or none"
                    raise ExperimentError("quote", quote, allowed) from None
                # The lines after it are read again.
                self._source = chain(self._pending[1:], self._source)
                yield line, SPLIT_OFF
            else:
                return

    def _leniently(self, text: str) -> list[str] | str:
        """A line with something between a closing quote and the next separator, such as a blank."""
        try:
            return next(csv.reader([text], self._form, strict=False), [])
        except csv.Error as error:
            return f"it cannot be split: {error}"

    def _fed(self) -> Iterator[str]:
        """The lines for the CSV reader; `_pending` has those of the row that it is reading."""
        pending, comment, by_blanks = self._pending, self._dialect.comment, self._by_blanks
        source = self._source
        for number, line in source:
            if number > MOST_LINES:
                raise ExperimentError("file", "a file of more lines", f"at most {count(MOST_LINES)} lines long")
            if not pending:
                if line.isspace():
                    continue
                if is_comment(line, comment):
                    self.comments += 1
                    self.last_comment = line
                    continue
                if number == 1 and is_excel_line(line):
                    continue
            elif len(pending) >= MOST_RECORD_LINES:
                self._source = chain([(number, line)], source)
                raise _OpenQuoteError
            pending.append((number, line))
            if len(line) > LONGEST_LINE:
                raise _LongLineError
            yield f"{BLANKS.sub(' ', line.strip())}\n" if by_blanks else line
        if pending:
            raise _OpenQuoteError


def _form(dialect: Dialect) -> type[csv.Dialect]:
    """The dialect for the CSV reader."""

    class Form(csv.Dialect):
        # A file of one column needs a separator that no line has.
        delimiter = dialect.separator or "\x1f"
        quotechar = dialect.quote or None
        quoting = csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE
        escapechar = dialect.escape or None
        doublequote = True
        # Finds the line of a quote that is not closed before the next one is opened.
        strict = True
        lineterminator = "\n"

    return Form


def texts_of(content: bytes, encoding: str, starts: list[int], ends: list[int]) -> list[str]:
    """The text of each row that begins on a line of `starts` and ends before the one in `ends`; both ascending."""
    found: list[list[str]] = [[] for _ in starts]
    place = 0
    for number, line in enumerate(lines_of(content, encoding), 1):
        while place < len(starts) and number >= ends[place]:
            place += 1
        if place == len(starts):
            break
        if number >= starts[place]:
            found[place].append(line)
    return ["".join(lines).rstrip("\r\n") for lines in found]
