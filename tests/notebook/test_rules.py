"""The widget by the rules of VS Code's notebook: no network, scripts as blobs only, and messages that take their time.

A model as anywidget gives it to a view is connected to a real widget in this process, without a notebook.
"""

import base64
import json
import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import PATIENCE, Watcher
from notebooks import Widget
from playwright.sync_api import Browser, Page, Route, expect

import tinkernet

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; style-src 'unsafe-inline'; "
    "img-src data: https:; font-src https:; connect-src https:"
)
DOCUMENT = f"""<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="{POLICY}"></head>
<body class="vscode-dark" data-vscode-theme-kind="vscode-dark"><div id="output"></div></body></html>"""

START = """async ([source, state]) => {
  const listeners = new Map();
  const model = {
    get: (name) => state[name],
    on: (name, call) => listeners.set(name, [...(listeners.get(name) ?? []), call]),
    off: (name, call) => listeners.set(name, (listeners.get(name) ?? []).filter((one) => one !== call)),
    send: (content, _callbacks, buffers) => void window.toKernel(JSON.stringify(content), (buffers ?? []).length),
  };
  window.fromKernel = (content, buffers) => {
    const views = buffers.map((one) => new DataView(Uint8Array.from(atob(one), (c) => c.charCodeAt(0)).buffer));
    for (const call of listeners.get("msg:custom") ?? []) call(JSON.parse(content), views);
  };
  const { default: widget } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  widget.render({ model, el: document.getElementById("output") });
}"""
DELIVER = "([content, buffers]) => window.fromKernel(content, buffers)"


class Notebook:
    """Carries messages between a view and a widget, when the test asks for it."""

    def __init__(self, page: Page, widget: tinkernet.Playground) -> None:
        self.page, self.widget = page, widget
        self._lock = threading.Lock()
        self._sent: list[tuple[dict[str, Any], list[bytes]]] = []
        # A widget without a notebook has no comm: what it sends is kept here.
        widget.send = self._keep
        page.expose_function("toKernel", lambda content, _buffers: widget._receive(widget, json.loads(content), []))

    def _keep(self, content: dict[str, Any], buffers: list[bytes]) -> None:
        with self._lock:
            self._sent.append((content, buffers))

    def carry(self, seconds: float) -> None:
        """Carry messages for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with self._lock:
                sent, self._sent = self._sent, []
            for content, buffers in sent:
                self.page.evaluate(DELIVER, [json.dumps(content), [base64.b64encode(one).decode() for one in buffers]])
            self.page.wait_for_timeout(10)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A document with VS Code's rules."""
    watcher = Watcher()
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    context.set_default_timeout(PATIENCE)
    watcher.watch(context)

    def document(route: Route) -> None:
        route.fulfill(body=DOCUMENT, content_type="text/html")

    context.route(re.compile("127.0.0.1"), document)
    one = context.new_page()
    one.goto("http://127.0.0.1:9/")
    yield one
    context.close()
    assert watcher.left() == []


def test_the_widget_plays_under_a_policy_that_allows_no_request(page: Page) -> None:
    shown = tinkernet.Playground(dataset="circle", seed="0.5")
    notebook = Notebook(page, shown)
    state = {"saved": None}
    page.evaluate(START, [shown._esm, state])
    notebook.carry(5)
    widget = Widget(page.locator("#output")).ready()
    expect(widget.within.locator("[data-theme=dark]").first).to_be_attached()
    widget.button("Play").click()
    notebook.carry(3)
    assert widget.epoch() > 3
    assert shown.run.epoch >= widget.epoch()
    shown.close()
