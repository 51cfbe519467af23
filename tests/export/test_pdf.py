"""PDF: a small writer, so the file itself is checked, and what a viewer shows of it."""

import io
import re
import zlib

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFont

from tinkernet import Run
from tinkernet.export.pictures.drawing import Box, Disc, Drawing, Marker, Raster, Shape, Strokes, Words, pdf, png
from tinkernet.export.pictures.drawing.typeface import drawable, fitted, font, glyphs, width_of
from tinkernet.export.pictures.figure import figure
from tinkernet.export.pictures.marks import SHAPES
from tinkernet.export.pictures.styles import STYLES

PIXELS = np.tile(np.arange(0, 250, 25, dtype=np.uint8)[:, None, None], (1, 10, 3))
EVERY_SHAPE: list[Shape] = [
    Raster((5, 5), (40, 40), PIXELS, corner=8, opacity=0.5),
    Raster((50, 5), (40, 40), PIXELS, smooth=False),
    Strokes([[(5, 60), (45, 55), (90, 60)], [(5, 65), (90, 65)]], 2, "#B9500A", 0.6),
    Strokes([[(5, 72), (90, 72)]], 2, "#0C5BAE", 1.0, (6, 4)),
    Disc((20, 90), 8, "#0B4F9A", "#FFFFFF", 2),
    Marker((45, 90), 8, SHAPES[7], "#A4470A", "#16181B", 1),
    Box((60, 80), (30, 18), 5, "#D9DADB", "#16181B", 1),
    Box((62, 84), (26, 10)),
    Words((50, 118), "Čížek x₁² − µ", 11, "#16181B", "middle"),
]


def drawing(unit: str = "px") -> Drawing:
    return Drawing(100, 130, "#FFFFFF", "A (title) — ü", EVERY_SHAPE, unit)  # type: ignore[arg-type]


def objects_of(file: bytes) -> dict[int, bytes]:
    """The objects by number, found through the table of their places, as a reader does."""
    (start,) = re.findall(rb"startxref\n(\d+)\n%%EOF\n$", file)
    lines = file[int(start) :].splitlines()
    assert lines[0] == b"xref"
    count = int(lines[1].split()[1])
    found = {}
    for number, line in enumerate(lines[3 : 2 + count], 1):
        place = int(line.split()[0])
        head = b"%d 0 obj\n" % number
        assert file[place : place + len(head)] == head
        found[number] = file[place + len(head) : file.index(b"\nendobj\n", place)]
    return found


def stream_of(body: bytes) -> bytes:
    head, content = body.split(b"\nstream\n", 1)
    (length,) = re.findall(rb"/Length (\d+)", head)
    assert content[int(length) :] == b"\nendstream"
    return zlib.decompress(content[: int(length)])


@pytest.mark.parametrize("style", STYLES)
def test_every_reference_leads_to_an_object_and_every_stream_is_whole(style: str) -> None:
    objects = objects_of(pdf(figure(Run(dataset="iris", seed="0.5").train(5), STYLES[style])))
    references = {
        int(number) for body in objects.values() for number in re.findall(rb"(\d+) 0 R", body.split(b"stream")[0])
    }
    assert references == set(objects) - {1, 10}  # the catalog and the information, which the trailer names
    for body in objects.values():
        if b"\nstream\n" in body:
            stream_of(body)


def test_text_can_be_copied_and_its_font_is_embedded_with_the_letters_it_needs() -> None:
    objects = objects_of(pdf(drawing()))
    codes = dict(re.findall(rb"<(\w{4})> <(\w{4})>", stream_of(objects[9])))
    (shown,) = re.findall(rb"<(\w+)> Tj", stream_of(objects[4]))
    text = "".join(chr(int(codes[shown[k : k + 4]], 16)) for k in range(0, len(shown), 4))
    assert text == "Čížek x₁² − µ"
    letters = ImageFont.truetype(io.BytesIO(stream_of(objects[8])), 100, layout_engine=ImageFont.Layout.BASIC)
    assert letters.getmask("ž").size == font(100).getmask("ž").size
    assert 0 in letters.getmask("é").size
    assert objects[10].decode().startswith(f"<< /Title <FEFF{'A (title) — ü'.encode('utf-16-be').hex().upper()}>")


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert pdf(drawing()) == pdf(drawing())


def test_a_paper_is_measured_in_points_and_a_screen_in_pixels() -> None:
    boxes = [re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", pdf(drawing(unit))) for unit in ("pt", "px")]
    assert boxes == [[(b"100", b"130")], [(b"75", b"97.5")]]


def test_a_viewer_shows_what_the_png_shows() -> None:
    document = pypdfium2.PdfDocument(pdf(drawing("pt")))
    assert document.get_metadata_value("Title") == "A (title) — ü"
    (page,) = document
    assert page.get_textpage().get_text_range() == "Čížek x₁² − µ"
    one = np.asarray(page.render(scale=2).to_pil().convert("RGB"), dtype=float)
    other = np.asarray(Image.open(io.BytesIO(png(drawing("pt"), 2))).convert("RGB"), dtype=float)
    assert one.shape == other.shape
    assert np.abs(one - other).mean() < 4
    # Shape by shape: each part of the picture is alike, also where most is empty.
    for top in range(0, 260, 20):
        assert np.abs(one[top : top + 20] - other[top : top + 20]).mean() < 9


def test_letters_that_the_font_does_not_have_are_question_marks() -> None:
    assert drawable("naïve Ωж −1.5 × 10⁻⁶ x₁x₂ “ü”…") == "naïve Ωж −1.5 × 10⁻⁶ x₁x₂ “ü”…"
    assert drawable("漢字 a") == "?? a"
    assert ord("漢") not in glyphs()


def test_a_text_is_shortened_to_its_room() -> None:
    assert fitted("petal length", 11, 200) == "petal length"
    short = fitted("petal length", 11, 40)
    assert short.endswith("…")
    assert width_of(short, 11) <= 40
    assert fitted("petal", 11, 0) == "…"
