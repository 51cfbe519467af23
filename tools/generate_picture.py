"""Takes the README's picture, docs/page.png: the page in a browser, after learning the spiral.

Without Chromium on this machine the picture is not changed.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "page.png"
LINK = "dataset=spiral&networkShape=8,6&sinX=true&sinY=true&learningRate=0.03&seed=0.35022"
EPOCHS = 400
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def take_screenshot(browser: str) -> None:
    """Open the page, train, and take_screenshot a screenshot."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "tinkernet", "--no-browser", LINK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
        try:
            said = server.stdout.readline() if server.stdout else ""
            address = re.search(r"https?://\S+", said)
            if address is None:
                raise RuntimeError(said)
            chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            page = chromium.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
            page.goto(address.group())
            page.get_by_role("button", name="Play").click()
            page.wait_for_function(
                "n => Number(document.querySelector('[data-testid=epoch]').dataset.value) >= n", arg=EPOCHS
            )
            page.get_by_role("button", name="Pause").click()
            page.mouse.move(960, 660)  # a place without hover effects
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURE)
            chromium.close()
        finally:
            server.terminate()


def reduce_colours() -> None:
    """Reduce the picture to 256 colours, which makes the file a third as large."""
    from PIL import Image

    with Image.open(PICTURE) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


def main() -> int:
    """The command line."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("chromium not found: docs/page.png is unchanged")
        return 0
    take_screenshot(browser)
    reduce_colours()
    return 0


if __name__ == "__main__":
    sys.exit(main())
