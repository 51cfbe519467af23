"""A drawing as PDF: vectors, and text that can be selected in an embedded font (PDF 1.7, ISO 32000-1).

The same drawing gives the same bytes: there is no date and no identifier in the file.
"""

import io
import math
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PIL import Image

from tinkernet.export.pictures.drawing.shapes import Box, Disc, Drawing, Marker, Place, Raster, Strokes, Words
from tinkernet.export.pictures.drawing.shapes import short as _n
from tinkernet.export.pictures.drawing.typeface import drawable, font, font_file_with, glyphs, width_of

ARC = 4 / 3 * (math.sqrt(2) - 1)
"""How far the control points of a quarter of a circle are from its ends, in radii."""


@dataclass
class _Page:
    """What a page is made of while it is written."""

    content: list[str] = field(default_factory=list)
    opacities: dict[float, str] = field(default_factory=dict)
    rasters: list[Raster] = field(default_factory=list)
    letters: dict[str, int] = field(default_factory=dict)
    """The characters that are written, with their glyphs."""

    def add(self, operators: str, opacity: float = 1.0) -> None:
        """Add operators in a separate graphics state."""
        name = self.opacities.setdefault(round(opacity, 2), f"O{len(self.opacities)}")
        self.content.append(f"q {'' if opacity == 1 else f'/{name} gs '}{operators} Q")


def pdf(drawing: Drawing) -> bytes:
    """The drawing as a PDF file of one page."""
    page = _Page()
    page.add(f"{_colour(drawing.paper)} rg 0 0 {drawing.width} {drawing.height} re f")
    for shape in drawing.shapes:
        PDF[type(shape)](page, shape)
    # Shapes are measured downwards from the top, in their own unit; a page upwards from the bottom, in points.
    unit = drawing.points
    width, height = drawing.width * unit, drawing.height * unit
    content = f"{unit:g} 0 0 {-unit:g} 0 {height:g} cm\n" + "\n".join(page.content)
    return _file(page, content, (width, height), drawing.title)


FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /TINKER+Inter-Regular /Encoding /Identity-H "
    b"/DescendantFonts [6 0 R] /ToUnicode 9 0 R >>"
)


# --- Shapes -------------------------------------------------------------------


def _words(page: _Page, words: Words) -> None:
    text, known = drawable(words.text), glyphs()
    page.letters |= {letter: known[ord(letter)] for letter in text}
    codes = "".join(f"{known[ord(letter)]:04X}" for letter in text)
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor] * width_of(text, words.size)
    x, y = words.place
    place = f"1 0 0 -1 {_n(x - shift)} {_n(y)} Tm"
    page.add(f"{_colour(words.colour)} rg BT /F {words.size:g} Tf {place} <{codes}> Tj ET")


def _strokes(page: _Page, strokes: Strokes) -> None:
    path = " ".join(_polyline(line) for line in strokes.lines)
    style = "1 J 1 j" if strokes.dashes is None else f"[{_n(strokes.dashes[0])} {_n(strokes.dashes[1])}] 0 d"
    page.add(f"{_colour(strokes.colour)} RG {strokes.width:g} w {style} {path} S", strokes.opacity)


def _disc(page: _Page, disc: Disc) -> None:
    (x, y), r = disc.centre, disc.radius
    path = _rounded((x - r, y - r), (2 * r, 2 * r), r)
    page.add(f"{_filled(disc)} {path} B", disc.opacity)


def _marker(page: _Page, marker: Marker) -> None:
    (x, y), radius = marker.centre, marker.radius
    path = _polyline([(x + radius * dx, y + radius * dy) for dx, dy in marker.corners])
    page.add(f"1 j {_filled(marker)} {path} b", marker.opacity)


def _box(page: _Page, box: Box) -> None:
    fill = "" if box.fill is None else f"{_colour(box.fill)} rg "
    ring = "" if box.ring is None else f"{_colour(box.ring)} RG {box.ring_width:g} w "
    paint = "B" if fill and ring else "f" if fill else "S" if ring else "n"
    page.add(f"{fill}{ring}{_rounded(box.place, box.size, box.corner)} {paint}")


def _raster(page: _Page, raster: Raster) -> None:
    (x, y), (width, height) = raster.place, raster.size
    clip = f"{_rounded(raster.place, raster.size, raster.corner)} W n " if raster.corner else ""
    # An image is a square of one unit that stands upright in a system measured upwards.
    place = f"{_n(width)} 0 0 {_n(-height)} {_n(x)} {_n(y + height)} cm"
    page.add(f"{clip}{place} /I{len(page.rasters)} Do", raster.opacity)
    page.rasters.append(raster)


PDF: dict[type, Callable[..., None]] = {
    Words: _words,
    Strokes: _strokes,
    Disc: _disc,
    Marker: _marker,
    Box: _box,
    Raster: _raster,
}


def _filled(shape: Disc | Marker) -> str:
    return f"{_colour(shape.fill)} rg {_colour(shape.ring)} RG {shape.ring_width:g} w"


def _polyline(line: Sequence[Place]) -> str:
    (x, y), *others = line
    return f"{_n(x)} {_n(y)} m " + " ".join(f"{_n(x)} {_n(y)} l" for x, y in others)


def _rounded(place: Place, size: tuple[float, float], corner: float) -> str:
    """The path of a rectangle with round corners."""
    (x, y), (width, height) = place, size
    if corner == 0:
        return f"{_n(x)} {_n(y)} {_n(width)} {_n(height)} re"
    r = min(corner, width / 2, height / 2)
    k, right, bottom = r * (1 - ARC), x + width, y + height
    return " ".join(
        (
            f"{_n(x + r)} {_n(y)} m {_n(right - r)} {_n(y)} l",
            f"{_n(right - k)} {_n(y)} {_n(right)} {_n(y + k)} {_n(right)} {_n(y + r)} c {_n(right)} {_n(bottom - r)} l",
            f"{_n(right)} {_n(bottom - k)} {_n(right - k)} {_n(bottom)} {_n(right - r)} {_n(bottom)} c",
            f"{_n(x + r)} {_n(bottom)} l",
            f"{_n(x + k)} {_n(bottom)} {_n(x)} {_n(bottom - k)} {_n(x)} {_n(bottom - r)} c {_n(x)} {_n(y + r)} l",
            f"{_n(x)} {_n(y + k)} {_n(x + k)} {_n(y)} {_n(x + r)} {_n(y)} c h",
        )
    )


def _colour(colour: str) -> str:
    """Red, green and blue from 0 to 1 of #RRGGBB."""
    return " ".join(_n(int(colour[k : k + 2], 16) / 255, 3) for k in (1, 3, 5))


# --- The file -----------------------------------------------------------------


def _file(page: _Page, content: str, size: tuple[float, float], title: str) -> bytes:
    """All objects with the table of their places. Objects 1 to 10 are fixed, then come the images."""
    opacities = " ".join(f"/{name} << /ca {one:g} /CA {one:g} >>" for one, name in page.opacities.items())
    images = " ".join(f"/I{k} {11 + k} 0 R" for k in range(len(page.rasters)))
    resources = f"<< /Font << /F 5 0 R >> /ExtGState << {opacities} >> /XObject << {images} >> >>"
    outlines = font_file_with(page.letters)
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_n(size[0])} {_n(size[1])}] "
            f"/Resources {resources} /Contents 4 0 R /Group << /S /Transparency /CS /DeviceRGB >> >>"
        ).encode(),
        _stream(content.encode()),
        FONT,
        _descendant(page.letters),
        _descriptor(),
        _stream(outlines, f"/Length1 {len(outlines)}"),
        _stream(_to_unicode(page.letters).encode()),
        f"<< /Title {_text(title)} /Producer (tinkernet) >>".encode(),
        *(_image(raster) for raster in page.rasters),
    ]
    parts, places = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], []
    for number, body in enumerate(objects, 1):
        places.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = sum(map(len, parts))
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    parts.append(f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode())
    parts.append(f"trailer\n<< /Size {count} /Root 1 0 R /Info 10 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return b"".join(parts)


def _stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content, 9)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"


def _image(raster: Raster) -> bytes:
    """The pixels as a PNG file has them: differences to neighbours, which compress better."""
    rows, columns, _ = raster.pixels.shape
    packed = io.BytesIO()
    Image.fromarray(raster.pixels).save(packed, "PNG", optimize=True)
    file, place, content = packed.getvalue(), 8, b""
    while place < len(file):
        length, kind = struct.unpack_from(">I4s", file, place)
        content += file[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += 12 + length
    entries = (
        f"/Type /XObject /Subtype /Image /Width {columns} /Height {rows} /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        f"/DecodeParms << /Predictor 15 /Colors 3 /Columns {columns} >> "
        f"/Interpolate {'true' if raster.smooth else 'false'} /Length {len(content)} /Filter /FlateDecode"
    )
    return f"<< {entries} >>\nstream\n".encode() + content + b"\nendstream"


def _descendant(letters: dict[str, int]) -> bytes:
    widths = " ".join(f"{glyph} [{font(1000).getlength(letter):.0f}]" for letter, glyph in sorted(letters.items()))
    return (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /TINKER+Inter-Regular /FontDescriptor 7 0 R /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/CIDToGIDMap /Identity /W [{widths}] >>"
    ).encode()


def _descriptor() -> bytes:
    ascent, descent = font(1000).getmetrics()
    return (
        "<< /Type /FontDescriptor /FontName /TINKER+Inter-Regular /Flags 32 /FontBBox [-700 -300 1500 1100] "
        f"/ItalicAngle 0 /Ascent {ascent} /Descent {-descent} /CapHeight 727 /StemV 80 /FontFile2 8 0 R >>"
    ).encode()


def _to_unicode(letters: dict[str, int]) -> str:
    """Which characters glyphs stand for, so that text can be copied and searched; at most 100 in a block."""
    pairs = [f"<{glyph:04X}> <{ord(letter):04X}>" for letter, glyph in sorted(letters.items())]
    blocks = [pairs[k : k + 100] for k in range(0, len(pairs), 100)]
    ranges = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def "
        "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{ranges}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _text(text: str) -> str:
    """A string of the file in UTF-16, with the mark that says so."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
