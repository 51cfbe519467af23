"""Draws the pictures of docs/pictures.md: one for a paper, one for a dark slide, and a small animation."""

import io
from pathlib import Path

from PIL import Image

from tinkernet import Run
from tinkernet.export.pictures.drawing import image
from tinkernet.export.pictures.figure import figure
from tinkernet.export.pictures.styles import STYLES

DOCS = Path(__file__).resolve().parent.parent / "docs"
# By the name of the file: the style, and how many pixels a unit has.
PICTURES = {"picture-two-columns.png": ("two-columns", 2.0), "picture-dark-slide.png": ("dark-slide", 0.75)}


def run() -> Run:
    """A run that has learned the spiral."""
    features = ("x", "y", "sinX", "sinY")
    return Run(dataset="spiral", hidden=(8, 6), features=features, seed="0.35022").train(400)


def reduced(drawn: Image.Image) -> bytes:
    """A PNG with 256 colours, which are enough, and make it a third as large."""
    content = io.BytesIO()
    drawn.quantize(256, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()


def main() -> None:
    """Draw all of them."""
    learned = run()
    for name, (style, density) in PICTURES.items():
        (DOCS / name).write_bytes(reduced(image(figure(learned, STYLES[style]), density)))
        print(f"drew {name}")
    learned.animate(DOCS / "picture-learning.gif", seconds=2, width=400)
    print("drew picture-learning.gif")


if __name__ == "__main__":
    main()
