"""One Chromium for all tests that need a browser, which is started when the first of them needs it; and axe-core."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = Path(__file__).parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def axe() -> str:
    """The source code of axe-core, from the page's packages."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: `make test` installs the page's packages before the tests")
    return AXE.read_text()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The shared Chromium."""
    # Most runs of the tests need no browser, and its library takes a while to import.
    from browsing import PATIENCE, chromium
    from playwright.sync_api import expect, sync_playwright

    from tinkernet.server.app import PAGE

    path = chromium()
    if path is None:
        could_be = os.geteuid() == 0 and shutil.which("apt-get") is not None
        (pytest.fail if could_be else pytest.skip)("no chromium here: `make test`, as root, installs Debian's")
    if not (PAGE / "index.html").is_file():
        pytest.fail("the page is not built: `make test` builds it before the tests")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()
