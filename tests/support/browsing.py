"""A real server and the page in Chromium, for the tests in tests/browser."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    ViewportSize,
    WebError,
    WebSocket,
    expect,
)

# The first is the same browser without its windows, whose menus and bars would take half of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
HERE = "127.0.0.1"
PATIENCE = 90_000.0
"""The timeout in milliseconds for immediate effects, which allows for a busy machine: tests run beside each other."""
DESK: ViewportSize = {"width": 1440, "height": 900}
"""The window of a test that asks for no other."""

HOLDS = """([name, value]) => (new URLSearchParams(location.hash.slice(1)).get(name) ?? "") === value"""
READY = """() => (document.querySelector("[data-testid=train-loss]")?.dataset.value ?? "") !== ""
  && document.fonts.status === "loaded" """

PICTURE = """() => [...document.querySelectorAll("[data-slide] canvas:not(.glow)")].map(c => c.toDataURL()).join()"""

STILL = f"""async () => {{
  let before = "", same = 0;
  while (same < 3) {{
    await new Promise((go) => setTimeout(go, 40));
    const now = ({PICTURE})();
    same = now === before ? same + 1 : 0;
    before = now;
  }}
  return before;
}}"""

# axe-core is run by then; what it finds, as one line each.
CHECK = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`));
}"""


def chromium() -> str | None:
    """The path of Chromium on this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Server:
    """The real command, with a separate folder for its data; with `arguments`, one that says what to open."""

    def __init__(self, home: Path, port: int = 0, arguments: Sequence[str] = ()) -> None:
        self._home = home
        self._arguments = arguments
        self.port = port
        self.start()

    def start(self) -> None:
        """Start the server, on the same port after the first time."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tinkernet", *self._arguments, "--no-browser", "--port", str(self.port)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "XDG_STATE_HOME": str(self._home)},
        )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found is not None, said
        self.url = found[0].partition("#")[0]
        self.port = urlsplit(self.url).port or 0

    def saves(self, epoch: int, seconds: float = 30) -> None:
        """Wait until a session is saved at this epoch, which takes longer on a busy machine."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for path in self._home.rglob("*.json"):
                with contextlib.suppress(OSError, ValueError):
                    if json.loads(path.read_bytes()).get("epoch") == epoch:
                        return
            time.sleep(0.05)
        raise AssertionError(f"no session was saved at epoch {epoch}")

    def stop(self) -> None:
        """Kill the server, as in a crash."""
        self._process.kill()
        self._process.communicate()


@dataclass
class Watcher:
    """Records errors in a browser's tabs, and requests to other hosts; there must be none."""

    troubles: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Watch every tab of this context, including those opened later."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("page", self._page)

    def leave(self, context: BrowserContext) -> None:
        """Stop watching this context."""
        context.remove_listener("console", self._console)
        context.remove_listener("weberror", self._error)
        context.remove_listener("request", self._request)
        context.remove_listener("page", self._page)

    def forgive(self, pattern: str) -> None:
        """Ignore messages that this test causes deliberately."""
        self.forgiven.append(pattern)

    def left(self) -> list[str]:
        """All messages that are not ignored."""
        return [said for said in self.troubles if not any(re.search(pattern, said) for pattern in self.forgiven)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console {message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.troubles.append(f"error: {error.error}")

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _request(self, request: Request) -> None:
        self._asked(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self._asked(socket.url)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != HERE:
            self.troubles.append(f"a request left the machine: {url}")


@dataclass
class Profile:
    """A browser profile that tests use one after another.

    A page that stays open in it keeps its process alive, in which the next test's page loads in half the time.
    """

    context: BrowserContext
    kept: Page
    used: int = 0

    def empty(self) -> None:
        """Close the pages of the last test, and remove all that they have stored."""
        for page in self.context.pages:
            if page is not self.kept:
                page.close()
        self.context.clear_cookies()
        self.kept.evaluate("() => localStorage.clear()")


class Profiles:
    """Lends empty profiles to tests, by their settings other than the window's size, which a tab has, too."""

    MOST_USES = 30
    MOST_KEPT = 6

    def __init__(self, browser: Browser, server: Server) -> None:
        self._browser = browser
        self._server = server
        self._free: list[tuple[dict[str, Any], Profile]] = []

    def take(self, settings: dict[str, Any]) -> Profile:
        """An empty profile; no other test or tab has it until it is given back."""
        for place, (others, profile) in enumerate(self._free):
            if others == settings:
                del self._free[place]
                return profile
        context = self._browser.new_context(viewport=DESK, **settings)
        kept = context.new_page()
        # The server refuses to answer without a key, so this page is empty. It is of the same site as the tests' pages.
        kept.goto(f"{self._server.url}kept")
        return Profile(context, kept)

    def give_back(self, settings: dict[str, Any], profile: Profile) -> None:
        """Empty a profile, and keep it for the next test."""
        profile.used += 1
        if profile.used == self.MOST_USES:
            profile.context.close()
            return
        profile.empty()
        self._free.insert(0, (settings, profile))
        for _, oldest in self._free[self.MOST_KEPT :]:
            oldest.context.close()
        del self._free[self.MOST_KEPT :]


class Tab:
    """A tab with the page; finds elements by their accessible names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)

    def ready(self) -> "Tab":
        """Wait for the first picture, in the page's font."""
        self.page.wait_for_function(READY)
        return self

    # --- Elements -------------------------------------------------------------

    def button(self, name: str) -> Locator:
        """A button."""
        return self.page.get_by_role("button", name=name, exact=True)

    def choice(self, name: str) -> Locator:
        """A select box."""
        return self.page.get_by_role("combobox", name=name, exact=True)

    def slider(self, name: str) -> Locator:
        """A slider."""
        return self.page.get_by_role("slider", name=name, exact=True)

    def switch(self, name: str) -> Locator:
        """A switch, or a checkbox."""
        either = self.page.get_by_role("switch", name=name, exact=True)
        return either.or_(self.page.get_by_role("checkbox", name=name, exact=True))

    def radio(self, name: str) -> Locator:
        """One of a radio group."""
        return self.page.get_by_role("radio", name=name, exact=True)

    def dialog(self, name: str) -> Locator:
        """An open panel, or the editor of a weight or bias."""
        return self.page.get_by_role("dialog", name=name, exact=True)

    def link(self) -> dict[str, str]:
        """The values in the address."""
        return dict(parse_qsl(urlsplit(self.page.url).fragment, keep_blank_values=True))

    def number(self, name: str) -> float:
        """One of the live numbers: epoch, train-loss, test-loss, accuracy."""
        return float(self.page.get_by_test_id(name).get_attribute("data-value") or "nan")

    def picture(self) -> str:
        """The output's field and points when they no longer change, as text that is equal for equal pictures."""
        return str(self.page.evaluate(STILL))

    def violations(self, axe: str) -> list[str]:
        """The findings of axe-core, given as source code, on the current page when nothing moves."""
        self.page.evaluate("() => Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))")
        self.page.evaluate(axe)
        found: list[str] = self.page.evaluate(CHECK)
        return found

    # --- Actions --------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys in sequence."""
        for key in keys:
            self.page.keyboard.press(key)

    def menu(self, item: str) -> None:
        """Choose an item of the menu."""
        self.button("More").click()
        self.page.get_by_role("menuitem", name=item).click()

    def share(self) -> None:
        """Open the dialog for sharing: by its button, or from the menu where the bar has no room for it."""
        if self.button("Share").count() > 0:
            self.button("Share").click()
        else:
            self.menu("Share…")
        expect(self.dialog("Share")).to_be_visible()

    def open_link(self, text: str) -> None:
        """Paste a link."""
        self.menu("Open a link")
        panel = self.dialog("Open a link")
        panel.get_by_role("textbox", name="Link").fill(text)
        panel.get_by_role("button", name="Open", exact=True).click()

    def train_to(self, epoch: int) -> None:
        """Train at full speed, and pause automatically at an epoch."""
        self.button("Stop at").click()
        panel = self.dialog("Stop at")
        panel.get_by_role("textbox", name="Epoch").fill(str(epoch))
        panel.get_by_role("button", name="Set", exact=True).click()
        self.press("5")
        self.button("Play").click()
        self.sees("epoch", epoch)
        expect(self.button("Play")).to_be_visible()

    # --- Expectations ---------------------------------------------------------

    def holds(self, **values: Any) -> None:
        """Wait until the address has these values; "" stands for a default, which is omitted."""
        for name, value in values.items():
            try:
                self.page.wait_for_function(HOLDS, arg=[name, str(value)], timeout=PATIENCE)
            except Error as error:
                raise AssertionError(f"the address should hold {name}={value}: {self.page.url}") from error

    def sees(self, name: str, value: float) -> None:
        """Wait until a live number is this one."""
        expect(self.page.get_by_test_id(name)).to_have_attribute("data-value", f"{value:g}", timeout=PATIENCE)

    def has_focus(self, what: Locator) -> None:
        """Wait until this has the keyboard focus; Chromium may treat the tab as one in the background."""
        self.page.wait_for_function("e => e === document.activeElement", arg=what.element_handle())

    def sees_exactly(self, name: str, value: float) -> None:
        """Wait until a live number is exactly this one."""
        self.page.wait_for_function(
            "([name, value]) => Number(document.querySelector(`[data-testid=${name}]`).dataset.value) === value",
            arg=[name, value],
        )

    def shows_picture(self, picture: str) -> None:
        """Wait until the output looks like this."""
        self.page.wait_for_function(f"wanted => ({PICTURE})() === wanted", arg=picture)

    def shows_another_picture_than(self, picture: str) -> None:
        """Wait until the output looks different."""
        self.page.wait_for_function(f"other => ({PICTURE})() !== other", arg=picture)

    def comes_past(self, epoch: float) -> None:
        """Wait until training is beyond this epoch."""
        self.page.wait_for_function(
            "e => Number(document.querySelector('[data-testid=epoch]').dataset.value) > e", arg=epoch
        )


Opener = Callable[..., Tab]
"""Opens the page with a link in a fresh browser profile; takes Playwright's settings of a context."""
