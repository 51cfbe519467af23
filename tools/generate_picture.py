"""Takes the pictures of the page in docs/: the page in a browser, after learning the spiral, in three sizes of window.

Without Chromium on this machine the pictures are not changed.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LINK = "dataset=spiral&networkShape=8,6&sinX=true&sinY=true&learningRate=0.03&seed=0.35022"
EPOCHS = 400
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What a first visit is shown is not what a picture is about.
KNOWN = 'localStorage.setItem("tinkernet-preferences", \'{"used": ["play", "neuron", "weight", "output"]}\')'
LEARNED = "n => Number(document.querySelector('[data-testid=epoch]').dataset.value) >= n"


@dataclass(frozen=True)
class Picture:
    """A file in docs/, and the window that it shows."""

    name: str
    width: int
    height: int
    touch: bool = False


PICTURES = (
    Picture("page.png", 1440, 900),
    Picture("page-phone.png", 390, 844, touch=True),
    Picture("page-phone-on-its-side.png", 844, 390, touch=True),
)


@contextmanager
def server() -> Iterator[str]:
    """The page's address while its server runs."""
    command = [sys.executable, "-m", "tinkernet", "--no-browser", "--port", "0", LINK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            address = re.search(r"https?://\S+", line)
            if address is None:
                raise RuntimeError(line)
            yield address.group()
        finally:
            process.terminate()


def take(browser: Any, address: str, picture: Picture) -> None:
    """Open the page, train it, and save what is on the screen."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="light",
        has_touch=picture.touch,
        is_mobile=picture.touch,
        device_scale_factor=2 if picture.touch else 1,
    )
    page = context.new_page()
    page.add_init_script(KNOWN)
    page.goto(address)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(LEARNED, arg=EPOCHS)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.mouse.move(0, 0)  # where nothing reacts to the pointer
    page.wait_for_timeout(500)
    page.screenshot(path=DOCS / picture.name)
    context.close()


def reduce(file: Path) -> None:
    """256 colours are enough for what is mostly grey, and make the file a third as large."""
    from PIL import Image

    with Image.open(file) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


def main() -> int:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print("chromium not found: the pictures in docs/ are unchanged")
        return 0
    with server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, address, picture)
            reduce(DOCS / picture.name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
