"""The typeface of pictures where the viewer has none: Inter, as on the page (`fonts/SOURCES.md`)."""

import io
import struct
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from PIL import ImageFont

UNKNOWN = "?"
"""Stands for a character that the font does not have."""


@lru_cache(maxsize=1)
def font_file() -> bytes:
    """The TrueType file."""
    return (files("tinkernet.export.pictures") / "fonts" / "inter.ttf").read_bytes()


@lru_cache(maxsize=64)
def font(size: float) -> ImageFont.FreeTypeFont:
    """The font for Pillow in this size in pixels."""
    # Without an engine for complex scripts, so that texts are equally long on every machine.
    return ImageFont.truetype(io.BytesIO(font_file()), size, layout_engine=ImageFont.Layout.BASIC)


def width_of(text: str, size: float) -> float:
    """The width of a line of text."""
    return font(1000).getlength(drawable(text)) * size / 1000


def drawable(text: str) -> str:
    """The text with a question mark for every character that the font does not have."""
    known = glyphs()
    return "".join(character if ord(character) in known else UNKNOWN for character in text)


def fitted(text: str, size: float, width: float) -> str:
    """The text, shortened to this width."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def font_file_with(letters: Iterable[str]) -> bytes:
    """The TrueType file with the outlines of these letters; those of others are zeros, which compress to nothing."""
    found, known = tables(), glyphs()
    (long,) = struct.unpack_from(">h", found["head"], 50)
    code, unit = ("I", 1) if long else ("H", 2)
    places = [place * unit for (place,) in struct.iter_unpack(f">{code}", found["loca"])]
    wanted = {0, *(known[ord(letter)] for letter in letters)}
    outlines = b"".join(
        found["glyf"][first:last] if glyph in wanted else bytes(last - first)
        for glyph, (first, last) in enumerate(pairwise(places))
    )
    start = font_file().index(found["glyf"])
    return font_file()[:start] + outlines + font_file()[start + len(outlines) :]


@lru_cache(maxsize=1)
def tables() -> dict[str, bytes]:
    """The tables of the font by name; see the OpenType specification, "Table directory"."""
    data = font_file()
    (count,) = struct.unpack_from(">H", data, 4)
    found = {}
    for place in range(12, 12 + 16 * count, 16):
        name, _sum, start, length = struct.unpack_from(">4sIII", data, place)
        found[name.decode()] = data[start : start + length]
    return found


@lru_cache(maxsize=1)
def glyphs() -> dict[int, int]:
    """The glyph of each character that the font has: its `cmap` table, in format 4."""
    table = tables()["cmap"]
    (count,) = struct.unpack_from(">H", table, 2)
    starts = [struct.unpack_from(">I", table, 8 + 8 * k)[0] for k in range(count)]
    start = next(place for place in starts if struct.unpack_from(">H", table, place) == (4,))
    (twice,) = struct.unpack_from(">H", table, start + 6)

    def column(k: int, code: str) -> tuple[int, ...]:
        """The k-th array of the table, after its head and, from the second on, a filling."""
        return struct.unpack_from(f">{twice // 2}{code}", table, start + 14 + k * twice + (2 if k else 0))

    ends, firsts, shifts, offsets = column(0, "H"), column(1, "H"), column(2, "h"), column(3, "H")
    found = {}
    for k, (first, last) in enumerate(zip(firsts, ends, strict=True)):
        for character in range(first, min(last, 0xFFFE) + 1):
            glyph = character
            if offsets[k]:
                place = start + 16 + 3 * twice + 2 * k + offsets[k] + 2 * (character - first)
                (glyph,) = struct.unpack_from(">H", table, place)
            found[character] = (glyph + shifts[k]) & 0xFFFF
    return found
