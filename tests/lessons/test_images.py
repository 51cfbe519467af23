"""Images come from the lesson's own folder only."""

from pathlib import Path

import pytest
from lesson_files import STEP, lesson
from PIL import Image as Pillow

from tinkernet.lessons.errors import LessonError
from tinkernet.lessons.images import LARGEST_BYTES, load_image
from tinkernet.protocol.lesson import Image


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "lesson"
    inner.mkdir()
    Pillow.new("RGB", (30, 20)).save(inner / "a b.png")
    Pillow.new("RGB", (30, 20)).save(tmp_path / "outside.png")
    (inner / "text.png").write_text("<svg onload=alert(1)>")
    (inner / "large.png").write_bytes(b"0" * (LARGEST_BYTES + 1))
    (inner / "link.png").symlink_to(tmp_path / "outside.png")
    return inner


def test_an_image_is_sent_with_the_text(folder: Path) -> None:
    text = STEP.replace("Some text", "Some text ![Two points](a%20b.png)")
    (_, image) = lesson(text, folder=folder).steps[0].text
    assert isinstance(image, Image)
    assert (image.alt, image.width, image.height) == ("Two points", 30, 20)
    assert image.source.startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("../outside.png", "must be in the folder"),
        ("link.png", "must be in the folder"),
        ("/etc/passwd", "must be in the folder"),
        ("%2e%2e/outside.png", "must be in the folder"),
        ("https://example.org/a.png", "must be in the folder"),
        ("file:///a.png", "must be in the folder"),
        ("missing.png", "there is no image"),
        (".", "must be in the folder"),
        ("text.png", "is not a PNG"),
        ("large.png", "larger than 2 MB"),
    ],
)
def test_nothing_else_is_read(folder: Path, address: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_image(folder, address, "A description")


def test_an_image_needs_a_description(folder: Path) -> None:
    with pytest.raises(LessonError, match="line 11, column 15: an image needs a description"):
        lesson(STEP.replace("Some text", "Some text ![](x.png)"), folder=folder)
