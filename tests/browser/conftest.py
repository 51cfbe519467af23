"""One server and one Chromium for all browser tests; a test fails if the page logs errors or contacts another host."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import PATIENCE, Opener, Server, Tab, Watcher, chromium
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tinkernet.server.app import PAGE

AXE = Path(__file__).parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def axe() -> str:
    """The source code of axe-core, from the page's packages."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: `make test` installs the page's packages before the tests")
    return AXE.read_text()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The shared Chromium."""
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


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The shared server; it is not started without a browser."""
    assert browser.is_connected()
    started = Server(tmp_path_factory.mktemp("home"))
    yield started
    started.stop()


@pytest.fixture
def own_server(browser: Browser, tmp_path: Path) -> Iterator[Server]:
    """A server that a test may stop and restart."""
    assert browser.is_connected()
    started = Server(tmp_path)
    yield started
    started.stop()


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    """Checks that no page of this test logged errors, and that no request left the machine."""
    one = Watcher()
    yield one
    assert one.left() == []


@pytest.fixture
def context_of(browser: Browser, watcher: Watcher) -> Iterator[Any]:
    """Creates new browser profiles."""
    contexts: list[BrowserContext] = []

    def make(**settings: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **settings})
        watcher.watch(context)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def open_page(context_of: Any, server: Server) -> Opener:
    """Opens the page with a link in a new profile."""

    def opened(link: str = "seed=0.5", *, at: Server = server, **settings: Any) -> Tab:
        page = context_of(**settings).new_page()
        page.goto(f"{at.url}#{link}")
        return Tab(page).ready()

    return opened
