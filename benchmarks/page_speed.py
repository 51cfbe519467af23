"""Performance of the page in headless Chromium: frames, epochs, time to the first picture, effect of a control.

    python benchmarks/page_speed.py [--seconds 5]    needs the built page (`make page`) and a Chromium

A frame counts when the page has drawn all of it with a new epoch, so that every neuron's field in it is new. The table
also has the original page's results in the same browser, on two otherwise idle cores, where they are known.
"""

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FEATURES = "&".join(f"{name}=true" for name in ("xSquared", "ySquared", "xTimesY", "sinX", "sinY"))
DEFAULT = "seed=0.5"
MIDDLE = f"seed=0.5&dataset=spiral&networkShape=8,6&{FEATURES}"
LARGEST = f"seed=0.5&dataset=spiral&networkShape=8,8,8,8,8,8&{FEATURES}"
NETWORKS = [
    ("default network", DEFAULT, 39.5, 55.0, 10_000.0),
    ("layers of 8 and 6, all features", MIDDLE, 16.6, 55.0, None),
    ("six layers of 8, all features", LARGEST, 8.3, 45.0, 1_200.0),
]
"""Name, link, the original's frames per second, the goal, and the goal for epochs per second at full speed."""
WARM_UP = 1.0
LONG_PLAY = 10.0
EFFECTS = 60

RECORD = """
window.seen = { drawn: [], frames: [] };
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
  if (typeof message === "string" && message.startsWith('{"type":"drawn"')) {
    seen.drawn.push([performance.now(), Number(document.querySelector("[data-testid=epoch]")?.dataset.value ?? 0)]);
    window.firstPicture ??= performance.now();
    window.afterDrawing?.();
  }
  return send.call(this, message);
};
const frame = () => { seen.frames.push(performance.now()); requestAnimationFrame(frame); };
requestAnimationFrame(frame);
"""

# From the key press to the end of the frame that shows the new weight in the formula of its neuron.
WEIGHT_EFFECT = """(value) => new Promise((done) => {
  const box = document.querySelector("[role=dialog] input[type=text]");
  const number = document.querySelector(".formula [data-index='0']");
  box.value = String(value);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  const began = performance.now();
  window.afterDrawing = () => {
    if (Math.abs(Number.parseFloat(number.textContent.replace("−", "-")) - value) > 1) return;
    window.afterDrawing = undefined;
    setTimeout(() => done(performance.now() - began));
  };
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
})"""

# From the click to the end of the frame that shows it; the address changes when the page has the new state.
VIEW_EFFECT = """async () => {
  const before = location.hash;
  const began = performance.now();
  document.querySelector("[aria-label=Discretize]").click();
  while (location.hash === before) await new Promise(requestAnimationFrame);
  await new Promise((go) => setTimeout(go));
  return performance.now() - began;
}"""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    found: float
    unit: str
    goal: float | None
    more_is_better: bool
    original: float | None = None

    @property
    def reached(self) -> str:
        """Whether the goal is reached, in one word."""
        if self.goal is None:
            return ""
        return "reached" if (self.found >= self.goal) == self.more_is_better else "MISSED"


@contextmanager
def server() -> Iterator[str]:
    """Start the server; yields its address."""
    command = [sys.executable, "-m", "tinkernet", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            address = re.search(r"http://\S+", said)
            if address is None:
                raise RuntimeError("the server did not start: is the page built? (make page)")
            yield address[0]
        finally:
            process.terminate()


class Visit:
    """One open page."""

    def __init__(self, browser: Any, url: str, link: str) -> None:
        self._context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.page = self._context.new_page()
        self.page.add_init_script(RECORD)
        self.page.goto(f"{url}#{link}")
        self.page.wait_for_function("() => window.firstPicture !== undefined")
        # Since the page was requested.
        self.first_picture = float(self.page.evaluate("firstPicture"))

    def close(self) -> None:
        """Close it."""
        self._context.close()

    def play(self, speed: str, seconds: float) -> tuple[float, float, float]:
        """Plays, and returns frames per second, epochs per second and the longest time between two frames in ms."""
        self.page.get_by_role("radio", name=speed, exact=True).check(force=True)
        self.page.get_by_role("button", name="Play", exact=True).click()
        self.page.mouse.move(700, 20)
        self.page.wait_for_timeout(1000 * WARM_UP)
        self.page.evaluate("() => { seen.drawn.length = seen.frames.length = 0; }")
        self.page.wait_for_timeout(1000 * seconds)
        drawn, frames = self.page.evaluate("() => [seen.drawn, seen.frames]")
        self.page.get_by_role("button", name="Pause", exact=True).click()
        new = sum(one[1] != other[1] for one, other in zip(drawn[1:], drawn, strict=False))
        spent = (drawn[-1][0] - drawn[0][0]) / 1000
        longest = max(one - other for one, other in zip(frames[1:], frames, strict=False))
        return new / spent, (drawn[-1][1] - drawn[0][1]) / spent, longest

    def effects(self) -> tuple[list[float], list[float]]:
        """Milliseconds until an edited weight, and a switch of the view, are visible during training."""
        self.page.get_by_role("button", name="Neuron 1 of layer 1", exact=True).click()
        weight = self.page.get_by_role("button", name="Weight from X1 to neuron 1 of layer 1", exact=True)
        weight.focus()
        weight.press("Enter")
        self.page.get_by_role("textbox", name="Value").wait_for()
        self.page.get_by_role("button", name="Play", exact=True).click()
        weights = []
        for number in range(EFFECTS):
            self._pause_a_moment()
            # Alternates the sign, with values that training cannot reach.
            weights.append(float(self.page.evaluate(WEIGHT_EFFECT, 50.0 if number % 2 == 0 else -50.0)))
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Escape")
        self.page.mouse.move(700, 20)
        self.page.locator("[aria-label=Discretize]").wait_for()
        views = []
        for _ in range(EFFECTS):
            self._pause_a_moment()
            views.append(float(self.page.evaluate(VIEW_EFFECT)))
        return weights, views

    def _pause_a_moment(self) -> None:
        """Wait for a random time, to vary the moment between two frames."""
        self.page.wait_for_timeout(random.uniform(30, 90))  # noqa: S311 - not for cryptography


def late(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def rows_of_networks(browser: Any, url: str, seconds: float) -> Iterator[Row]:
    """Frames and epochs per second of each network."""
    for name, link, original, goal, goal_at_full_speed in NETWORKS:
        visit = Visit(browser, url, link)
        frames, _, _ = visit.play("Normal", seconds)
        yield Row(f"{name}, normal speed", frames, "frames/s", goal, more_is_better=True, original=original)
        frames, epochs, _ = visit.play("Full speed", seconds)
        yield Row(f"{name}, full speed", frames, "frames/s", None, more_is_better=True)
        yield Row(f"{name}, full speed", epochs, "epochs/s", goal_at_full_speed, more_is_better=True, original=original)
        visit.close()


def rows_of_hand(browser: Any, url: str) -> Iterator[Row]:
    """Time to load, response times, and the longest time without a frame."""
    pictures = []
    for _ in range(5):
        visit = Visit(browser, url, DEFAULT)
        pictures.append(visit.first_picture)
        visit.close()
    yield Row("first picture of the network, the slowest of 5", max(pictures), "ms", 1500.0, more_is_better=False)
    visit = Visit(browser, url, DEFAULT)
    _, _, longest = visit.play("Normal", LONG_PLAY)
    yield Row(f"longest frame in {LONG_PLAY:g} s of play", longest, "ms", 50.0, more_is_better=False)
    weights, views = visit.effects()
    yield Row("an edited weight is visible, 95th percentile", late(weights), "ms", 50.0, more_is_better=False)
    yield Row("a switch of the view is seen, 95th percentile", late(views), "ms", 50.0, more_is_better=False)
    visit.close()


def show(rows: list[Row]) -> None:
    """Print the table."""
    print(f"| {'':46} | {'found':>16} | {'goal':>10} | {'':7} | {'the original':>12} |")
    print(f"| {'-' * 46} | {'-' * 15}: | {'-' * 9}: | {'-' * 7} | {'-' * 11}: |")
    for row in rows:
        sign = "≥" if row.more_is_better else "≤"
        goal = f"{sign} {row.goal:,.0f}" if row.goal is not None else ""
        original = f"{row.original:.1f}" if row.original is not None else ""
        found = f"{row.found:,.1f} {row.unit}"
        print(f"| {row.what:46} | {found:>16} | {goal:>10} | {row.reached:7} | {original:>12} |")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the page in a real Chromium.")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each network plays at each speed (5)")
    seconds = parser.parse_args().seconds
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        print("chromium not found: the page was not measured (to install it as root: apt-get install chromium)")
        return 0
    from playwright.sync_api import sync_playwright

    load = os.getloadavg()[0]
    with server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        Visit(browser, url, DEFAULT).close()  # the first page waits for the engine
        rows = [*rows_of_hand(browser, url), *rows_of_networks(browser, url, seconds)]
        print(f"\nthe page at 1440 x 900 in Chromium {browser.version}, headless, on {os.cpu_count()} processors")
        browser.close()
    print(f"load average {load:.1f} before, {os.getloadavg()[0]:.1f} after: over 1 before means a busy machine\n")
    show(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
