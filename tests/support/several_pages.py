"""Documents that hold several pages, their server, and what finds leftovers of a page that was destroyed."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browsing import HERE, PATIENCE
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parent.parent.parent
SUPPORT = ROOT / "tests" / "support"

# Counts listeners, timers and the like, so that a test finds leftovers. Observers count by what they observe.
INSTRUMENTS = """() => {
  const kept = { listeners: new Map(), timers: new Map(), frames: new Map(), urls: new Set(), sockets: new Set() };
  const observed = new Map();
  // The browser's driver has listeners, too: only those of the page's files count.
  const place = () => (new Error().stack ?? "").split("\\n").slice(3, 7).join(" | ");
  const ours = (places) => [...places].filter((at) => at.includes("/assets/") || at.includes("in-shadow.js"));

  const add = EventTarget.prototype.addEventListener;
  const remove = EventTarget.prototype.removeEventListener;
  const numbers = new WeakMap();
  let next = 1;
  const number = (thing) => {
    if (!numbers.has(thing)) numbers.set(thing, next++);
    return numbers.get(thing);
  };
  const outlives = (target) =>
    target === window || target === document || target instanceof MediaQueryList || target instanceof FontFaceSet ||
    target === document.documentElement || target === document.body ||
    (target instanceof Element && !!target.dataset && "target" in target.dataset);
  const key = (target, kind, listener, options) =>
    [number(target), kind, number(listener), typeof options === "boolean" ? options : !!options?.capture].join();
  EventTarget.prototype.addEventListener = function (kind, listener, options) {
    const target = this ?? window;
    if (listener && outlives(target)) {
      const id = key(target, kind, listener, options);
      kept.listeners.set(id, `${target.constructor.name} ${kind}: ${place()}`);
      options?.signal?.addEventListener("abort", () => kept.listeners.delete(id));
    }
    return add.call(target, kind, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (kind, listener, options) {
    const target = this ?? window;
    if (listener && outlives(target)) kept.listeners.delete(key(target, kind, listener, options));
    return remove.call(target, kind, listener, options);
  };

  const { setTimeout: later, clearTimeout: never, setInterval: every, clearInterval: stop } = window;
  window.setTimeout = (act, wait, ...rest) => {
    const id = later((...given) => { kept.timers.delete(id); act(...given); }, wait, ...rest);
    kept.timers.set(id, place());
    return id;
  };
  window.clearTimeout = (id) => { kept.timers.delete(id); never(id); };
  window.setInterval = (...given) => { const id = every(...given); kept.timers.set(id, place()); return id; };
  window.clearInterval = (id) => { kept.timers.delete(id); stop(id); };
  const { requestAnimationFrame: draw, cancelAnimationFrame: spare } = window;
  window.requestAnimationFrame = (act) => {
    const id = draw((time) => { kept.frames.delete(id); act(time); });
    kept.frames.set(id, place());
    return id;
  };
  window.cancelAnimationFrame = (id) => { kept.frames.delete(id); spare(id); };

  for (const name of ["ResizeObserver", "MutationObserver", "IntersectionObserver"]) {
    const { observe, disconnect, unobserve } = window[name].prototype;
    window[name].prototype.observe = function (target, ...rest) {
      if (!observed.has(this)) observed.set(this, new Map());
      observed.get(this).set(target, `${name}: ${place()}`);
      return observe.call(this, target, ...rest);
    };
    window[name].prototype.disconnect = function () { observed.delete(this); return disconnect.call(this); };
    if (unobserve) {
      window[name].prototype.unobserve = function (target) {
        observed.get(this)?.delete(target);
        return unobserve.call(this, target);
      };
    }
  }
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (thing) => { const url = createObjectURL(thing); kept.urls.add(url); return url; };
  URL.revokeObjectURL = (url) => { kept.urls.delete(url); revokeObjectURL(url); };
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      kept.sockets.add(this);
    }
    close(...given) { kept.sockets.delete(this); super.close(...given); }
  };

  window.leftovers = () => ({
    listeners: ours(kept.listeners.values()),
    timers: ours(kept.timers.values()),
    frames: ours(kept.frames.values()),
    observers: ours([...observed.values()].flatMap((targets) => [...targets.values()])),
    urls: [...kept.urls],
    sockets: [...kept.sockets].map((socket) => socket.url),
    elements: [...document.querySelectorAll("[data-target]")].map((target) => target.innerHTML).filter(Boolean),
    root: Object.keys(document.documentElement.dataset),
    storage: [location.hash, ...Object.keys(sessionStorage)].filter(Boolean),
  });
}"""

LINK = "seed=0.5&networkShape=2"


class PageIn:
    """One of the pages, identified by its element."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.target = page.locator(f"#{name}")

    def mount(self, link: str = LINK) -> "PageIn":
        self.page.evaluate("([id, link]) => window.mountPage(id, link)", [self.name, link])
        expect(self.target.get_by_test_id("train-loss")).not_to_have_attribute("data-value", "")
        return self

    def destroy(self) -> None:
        self.page.evaluate("id => window.destroyPage(id)", self.name)

    def button(self, name: str) -> Locator:
        return self.target.get_by_role("button", name=name, exact=True)

    def radio(self, name: str) -> Locator:
        return self.target.get_by_role("radio", name=name, exact=True)

    def sees_epoch(self, epoch: int) -> None:
        expect(self.target.get_by_test_id("epoch")).to_have_attribute("data-value", str(epoch))


def use_everything(page: PageIn) -> None:
    """Open and use everything that starts listeners, timers, frames, observers and object URLs."""
    document = page.page
    page.button("Play").click()
    expect(page.button("Pause")).to_be_visible()
    page.button("Neuron 1 of layer 1").click()
    handle = page.button("Bias of neuron 1 of layer 1")
    handle.focus()
    handle.press("Enter")
    expect(page.target.get_by_role("dialog", name="Bias of neuron 1 of layer 1")).to_be_visible()
    page.button("Pin run").click()
    page.button("Many starts").click()
    expect(page.target.get_by_role("dialog", name="Many starts")).to_be_visible()
    page.target.get_by_role("button", name="Pinned runs: 1").click()
    expect(page.target.get_by_role("dialog", name="Pinned runs")).to_be_visible()
    page.button("More").click()
    page.target.get_by_role("menuitemradio", name="Dark").click()
    page.button("More").click()
    page.target.get_by_role("menuitem", name="What is this?").click()
    figure = page.target.get_by_role("figure").first
    figure.scroll_into_view_if_needed()
    figure.get_by_role("button", name="Play: Neuron").click()
    expect(figure.get_by_role("button", name="Pause: Neuron")).to_be_visible()
    page.button("More").click()
    page.target.get_by_role("menuitem", name="Copy picture").click()
    expect(page.target.get_by_role("img", name="The output and its points")).to_be_visible()
    with document.expect_download():
        page.button("Save SVG").click()


@dataclass
class Documents:
    """A server for a document with several pages."""

    origin: str
    cookie: tuple[str, str]

    def open(self, context: Any, path: str) -> Page:
        """The document before pages are mounted."""
        name, value = self.cookie
        context.add_cookies([{"name": name, "value": value, "url": self.origin}])
        page: Page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(f"({INSTRUMENTS})()")
        page.goto(f"{self.origin}/{path}")
        page.wait_for_function("() => 'mountPage' in window")
        return page


@contextmanager
def serve_documents(mode: str, room: Path, *more: str) -> Iterator[Documents]:
    """A document built from the page's sources in this mode of Vite, with `more` files of web/test, and its server."""
    command = [sys.executable, str(ROOT / "tools" / "build_page.py"), "--npm", "run", f"build:{mode}"]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    folder = shutil.copytree(ROOT / "web" / "dist" / mode, room / "page")
    for name in more:
        shutil.copy(ROOT / "web" / "test" / name, folder)
    command = [sys.executable, str(SUPPORT / "limited_server.py"), str(folder), "1024"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port, cookie = process.stdout.readline().split()
            name, _, value = cookie.partition("=")
            yield Documents(f"http://{HERE}:{port}", (name, value))
        finally:
            process.kill()
