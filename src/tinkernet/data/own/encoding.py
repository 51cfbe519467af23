"""The encoding of a file: by its byte order mark, else UTF-8 if it is valid, else as chardet recognizes it."""

import codecs

from tinkernet.checks import suggestion
from tinkernet.data.own.content import TABLE
from tinkernet.errors import ExperimentError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; that of UTF-32 begins like that of UTF-16."""

ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "ascii"),
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("iso8859-1", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "iso8859-15", "mac-roman"),
    *("cp437", "cp850", "cp852", "cp866", "koi8-r", "koi8-u", "shift_jis", "cp932", "euc_jp", "gbk", "gb18030"),
    *("big5", "euc_kr", "cp949"),
)
"""Encodings of tables; Python has others that are not encodings of texts."""

FALLBACK = "cp1252"
"""What Windows wrote in Western Europe and America before UTF-8; chardet's answer is unsure for a few letters."""
BLOCK = 1 << 20
SAMPLE = 16_384


def encoding_of(name: str, content: bytes) -> str:
    """The name of the encoding, one of ENCODINGS.

    Raises:
        ExperimentError: the content is not text.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    if b"\x00" in content[:SAMPLE]:
        wide = _recognized(content[:SAMPLE])
        if wide.startswith(("utf-16", "utf-32")) and _is_text(content[:SAMPLE].decode(wide, "replace")):
            return wide
        raise ExperimentError("file", name, f"{TABLE}; this file is not text")
    place = _first_not_utf8(content)
    if place is None:
        return "utf-8"
    # The letters that decide may be few, and far from the beginning.
    return _recognized(content[:SAMPLE] + content[max(SAMPLE, place - SAMPLE) : place + SAMPLE])


def checked_encoding(encoding: str) -> str:
    """A chosen encoding under its usual name.

    Raises:
        ExperimentError: it is not known.
    """
    try:
        known = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        known = ""
    for name in ENCODINGS:
        if codecs.lookup(name).name == known:
            return name
    raise ExperimentError(
        "encoding", encoding, f"an encoding such as {', '.join(ENCODINGS[:4])}, cp1252{suggestion(encoding, ENCODINGS)}"
    )


def _is_text(sample: str) -> bool:
    """Whether there are lines of printable characters: two bytes of any file can be a character of UTF-16."""
    printable = sum(one.isprintable() or one in "\t\r\n" for one in sample)
    several = "\n" in sample or "\r" in sample
    return several and "\ufffd" not in sample[:-1] and printable >= 0.95 * len(sample)


def _first_not_utf8(content: bytes) -> int | None:
    """The position of the first byte that UTF-8 does not allow."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(content), BLOCK):
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(content[start : start + BLOCK], final=start + BLOCK >= len(content))
        except UnicodeDecodeError as error:
            return start - waiting + error.start
    return None


def _recognized(sample: bytes) -> str:
    import chardet

    # Encodings of the web: of others, chardet finds more in a few letters than there is.
    found = chardet.detect(sample, encoding_era=chardet.EncodingEra.MODERN_WEB)["encoding"]
    try:
        return checked_encoding(found or FALLBACK)
    except ExperimentError:
        return FALLBACK
