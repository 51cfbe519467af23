"""One server for all browser tests; a test fails if the page logs errors or contacts another host."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import DESK, Opener, Profile, Profiles, Server, Tab, Watcher
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize


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
        context = browser.new_context(**{"viewport": DESK, **settings})
        watcher.watch(context)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser, server: Server) -> Profiles:
    """The profiles for pages of the shared server."""
    return Profiles(browser, server)


@pytest.fixture
def open_page(context_of: Any, server: Server, profiles: Profiles, watcher: Watcher) -> Iterator[Opener]:
    """Opens the page with a link in a profile in which nothing is stored."""
    taken: list[tuple[dict[str, Any], Profile]] = []

    def new_page(viewport: ViewportSize | None = None, **settings: Any) -> Page:
        profile = profiles.take(settings)
        taken.append((settings, profile))
        watcher.watch(profile.context)
        page = profile.context.new_page()
        if viewport is not None:
            page.set_viewport_size(viewport)
        return page

    def opened(link: str = "seed=0.5", *, at: Server = server, **settings: Any) -> Tab:
        # A separate profile for permissions, which would remain, and for a server that the test may stop.
        separate = at is not server or "permissions" in settings
        page = context_of(**settings).new_page() if separate else new_page(**settings)
        page.goto(f"{at.url}#{link}")
        return Tab(page).ready()

    yield opened
    for settings, profile in taken:
        profiles.give_back(settings, profile)
        watcher.leave(profile.context)
