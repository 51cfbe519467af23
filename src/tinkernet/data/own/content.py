"""Refusing, in words, what is not a text file with a table: pictures, workbooks, archives, web pages, empty files."""

from tinkernet.data.own.limits import MOST_BYTES
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

TABLE = "a text file with a table, such as a CSV file"
SAVE_AS_CSV = "open it in Excel, choose File → Save As → “CSV UTF-8 (*.csv)”, and use that file"
MEGABYTE = 1_000_000

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", f"this is an Excel workbook or a ZIP archive: {SAVE_AS_CSV}"),
    (b"\xd0\xcf\x11\xe0", f"this is an Excel workbook or another Office document: {SAVE_AS_CSV}"),
    (b"\x89PNG", "this is a PNG picture"),
    (b"\xff\xd8\xff", "this is a JPEG picture"),
    (b"GIF8", "this is a GIF picture"),
    (b"%PDF", "this is a PDF document: save the table as CSV where it was written"),
    (b"\x1f\x8b", "this is compressed with gzip: decompress it first"),
    (b"BZh", "this is compressed with bzip2: decompress it first"),
    (b"\xfd7zXZ", "this is compressed with xz: decompress it first"),
    (b"7z\xbc\xaf", "this is a 7z archive: unpack it first"),
    (b"PAR1", "this is a Parquet file: read it with pandas or polars, and use Dataset.from_frame"),
    (b"\x89HDF", "this is an HDF5 file: read it with another program and save the table as CSV"),
    (b"SQLite format 3", "this is a database: export the table as CSV"),
)
"""How files of other kinds begin, and what to do with them."""

MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "this is a web page: download the file that it links to"),
    (b"<html", "this is a web page: download the file that it links to"),
    (b"<?xml", "this is an XML file"),
    (b"{", "this is a JSON file"),
    (b"[{", "this is a JSON file"),
    (b"[[", "this is a JSON file"),
)
"""The same for text; blanks before it and upper case do not matter."""


def check_size(name: str, size: int) -> None:
    """A file that is small enough to read, and not empty.

    Raises:
        ExperimentError: it is larger than MOST_BYTES, or empty.
    """
    if size > MOST_BYTES:
        allowed = f"at most {MOST_BYTES // MEGABYTE} MB; this file has {count(size / MEGABYTE)} MB"
        raise ExperimentError("file", name, f"{allowed}: use a part of its rows or columns")
    if size == 0:
        raise ExperimentError("file", name, f"{TABLE}; this file is empty")


def check_content(name: str, content: bytes) -> None:
    """Content that can be a table.

    Raises:
        ExperimentError: it is too large, empty, or a file of another kind.
    """
    check_size(name, len(content))
    start = content[:16]
    for signature, what in SIGNATURES:
        if start.startswith(signature):
            raise ExperimentError("file", name, f"{TABLE}; {what}")
    text = content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for opening, what in MARKUP:
        if text.startswith(opening):
            raise ExperimentError("file", name, f"{TABLE}; {what}")
    if not content[:MEGABYTE].strip(b"\x00 \t\r\n"):
        raise ExperimentError("file", name, f"{TABLE}; this file has no text at its beginning")
