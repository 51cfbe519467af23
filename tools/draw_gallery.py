"""Computes and draws the pictures of docs/map-gallery.md: all of them, or those whose names are given.

python tools/draw_gallery.py depth_and_rate
"""

import argparse
import io
import sys
from pathlib import Path
from time import perf_counter, process_time

from PIL import Image

from tinkernet import engine
from tinkernet.gallery.exhibits import EXHIBITS, exhibit

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "maps"


def reduced(png: bytes) -> bytes:
    """The PNG with 256 colours, which are enough, and make it smaller."""
    content = io.BytesIO()
    with Image.open(io.BytesIO(png)) as drawn:
        drawn.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Compute and draw the pictures of the gallery of maps.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"one of {', '.join(EXHIBITS)}; by default all")
    names = parser.parse_args().names or EXHIBITS
    if unknown := set(names) - set(EXHIBITS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose from {', '.join(EXHIBITS)}")
    engine.wait_until_compiled()
    FOLDER.mkdir(exist_ok=True)
    for name in names:
        began, worked = perf_counter(), process_time()
        shown = exhibit(name)
        spent, worked = perf_counter() - began, process_time() - worked
        path = FOLDER / f"{name.replace('_', '-')}.png"
        path.write_bytes(reduced(shown.picture("slide").png))
        size = path.stat().st_size // 1000
        print(f"{name}: {spent:.0f} s, of all cores together {worked:.0f} s; {size} kB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
