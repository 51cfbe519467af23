"""Separator, quotes and comments of a file: recognized by CleverCSV, or chosen."""

from dataclasses import dataclass

from tinkernet.data.own.limits import SAMPLE_CHARACTERS, SAMPLE_LINE, SAMPLE_LINES
from tinkernet.data.own.structures import Choices
from tinkernet.errors import ExperimentError

SEPARATORS = (",", ";", "\t", "|", " ", ":")
"""What CleverCSV may recognize; any other character can be chosen."""
COMMENTS = ("#", "%", "//")
SPREADSHEET_ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NULL!", "#NUM!", "#NAME?")
EXCEL_SEPARATOR = "sep="
"""Excel reads, and some programs write, a first line such as “sep=;”."""


@dataclass(frozen=True)
class Dialect:
    """How a line is split: an empty `separator` is a file of one column, an empty `quote` no quotes."""

    separator: str
    quote: str
    escape: str
    comment: str


def dialect_of(lines: list[str], choices: Choices) -> Dialect:
    """The dialect of a sample of lines.

    Raises:
        ExperimentError: a choice is not a single character.
    """
    for field, mark in (("separator", choices.separator), ("quote", choices.quote)):
        least = 1 if field == "separator" else 0
        if mark is not None and (not least <= len(mark) <= 1 or mark in "\r\n\0"[: 3 * len(mark)]):
            raise ExperimentError(field, mark, "one character" + " or empty" * (least == 0))
    if choices.separator is not None and choices.separator == choices.quote:
        raise ExperimentError("quote", choices.quote, "another character than the separator")
    comment = choices.comment if choices.comment is not None else _comment_of(lines)
    if len(comment) > 5 or comment != comment.strip():
        raise ExperimentError("comment", comment, "at most five characters without blanks")
    named = lines[0].strip()[len(EXCEL_SEPARATOR) :] if lines and is_excel_line(lines[0]) else ""
    sample = sample_of(lines, comment)
    separators = [choices.separator or named] if choices.separator or named else list(SEPARATORS)
    found = _recognized(sample, separators)
    separator = choices.separator or named or found[0]
    quote = found[1] if found[1] or '"' not in sample else '"'
    quote = quote if choices.quote is None else choices.quote
    return Dialect(separator, "" if quote == separator else quote, found[2], comment)


def is_excel_line(line: str) -> bool:
    """Whether a line only names the separator."""
    return line.lower().startswith(EXCEL_SEPARATOR) and len(line.rstrip("\r\n")) == len(EXCEL_SEPARATOR) + 1


def is_comment(line: str, mark: str) -> bool:
    """Whether a line is a comment; a spreadsheet's errors begin with the same mark."""
    return bool(mark) and line.startswith(mark) and not line.startswith(SPREADSHEET_ERRORS)


def sample_of(lines: list[str], comment: str) -> str:
    """The lines that separator and quotes are recognized from: without blank lines and comments, and not too many."""
    kept: list[str] = []
    size = 0
    for line in lines:
        if line.isspace() or is_comment(line, comment) or is_excel_line(line):
            continue
        size += min(len(line), SAMPLE_LINE)
        if kept and (size > SAMPLE_CHARACTERS or len(kept) >= SAMPLE_LINES):
            break
        kept.append(line[:SAMPLE_LINE])
    # CleverCSV expects one kind of line end.
    return "\n".join(line.rstrip("\r\n").replace("\0", "") for line in kept)


def _comment_of(lines: list[str]) -> str:
    """The mark at the beginning of some lines, but not of most; the first line decides which marks are looked for."""
    for mark in COMMENTS:
        marked = sum(is_comment(line, mark) for line in lines)
        if 0 < 2 * marked < len(lines):
            return mark
    return ""


def _recognized(sample: str, separators: list[str]) -> tuple[str, str, str]:
    """Separator, quote and escape character; a comma and a double quote if CleverCSV finds nothing."""
    from clevercsv.detect import Detector
    from clevercsv.exceptions import Error, NoDetectionResult

    try:
        found = Detector().detect(sample, delimiters=separators)
    except (Error, NoDetectionResult, ValueError, IndexError):
        found = None
    if found is None:
        return separators[0], '"', ""
    quote = found.quotechar if found.quotechar in {'"', "'"} else ""
    # CleverCSV takes other characters for an escape, too, such as the slash in 1/2.
    return found.delimiter or "", quote, "\\" if found.escapechar == "\\" else ""
