"""One Jupyter server for all tests of the widget; a test fails if a page logs errors or contacts another host."""

from collections.abc import Iterator

import pytest
from browsing import PATIENCE, Watcher
from notebooks import Jupyter, NotebookTab, Opened
from playwright.sync_api import Browser, BrowserContext

# JupyterLab says the first when a kernel is restarted, and Notebook the others whenever it opens a notebook,
# but the last only if it has looked for a saved widget too early.
NOT_OURS = (
    "Connection lost, reconnecting in",
    "Menu entry for command '[a-z:-]+' is duplicated",
    r"\[yjs#509\] Not same Y.Doc",
    "error: Cannot read properties of undefined \\(reading 'schema'\\)",
    "error: Command 'filebrowser:open-path' not registered",
    "widget model not found",
    # On a busy machine.
    r"Plugin @jupyterlab/[a-z:-]+ \(with \d+ dependants\) took [\d.]+ms to activate",
)


@pytest.fixture(scope="session")
def jupyter(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    """The shared Jupyter server; it is not started without a browser."""
    assert browser.is_connected()
    started = Jupyter.start(tmp_path_factory.mktemp("jupyter"))
    yield started
    started.process.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """An empty browser profile, in which a notebook of several widgets fits into the window."""
    watcher = Watcher()
    for pattern in NOT_OURS:
        watcher.forgive(pattern)
    one = browser.new_context(viewport={"width": 1500, "height": 3200})
    one.set_default_timeout(PATIENCE)
    watcher.watch(one)
    yield one
    one.close()
    assert not watcher.left(), "\n".join(watcher.left())


@pytest.fixture
def open_lab(jupyter: Jupyter, context: BrowserContext) -> Opened:
    """Opens a notebook in JupyterLab."""

    def opened(name: str) -> NotebookTab:
        page = context.new_page()
        page.goto(jupyter.lab(f"{name}.ipynb"))
        return NotebookTab(page).ready()

    return opened
