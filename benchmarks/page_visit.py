"""A page of the playground in headless Chromium: opened, played, edited and painted on, with its frames recorded."""

import math
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WARM_UP = 1.0
EFFECTS = 60
MAP_SECONDS = 600.0
"""A map of a million runs is complete after so long at most."""
COMPLETE = "() => /^[^a-z]* pixels$/.test(document.querySelector('dialog .progress + p').innerText.trim())"

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

    def __init__(self, browser: Any, url: str, link: str, *, pixels: int = 1) -> None:
        """Open the page with a link; `pixels` are those of the screen for one of the page, along a side."""
        viewport = {"width": 1440, "height": 900}
        self._context = browser.new_context(viewport=viewport, device_scale_factor=pixels)
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

    def use_file(self, path: Path) -> None:
        """Replace the data by a person's own, through the dialog."""
        self.page.get_by_role("button", name="Your own data").first.click()
        self.page.locator("input[type=file]").set_input_files(path)
        use = self.page.get_by_role("button", name="Use this data")
        self.page.locator(".use button:not([aria-disabled=true])").wait_for()
        use.click()
        use.wait_for(state="detached")

    def paint(self, strokes: int) -> float:
        """Sprays across the output during training, and returns the longest time between two frames in ms."""
        self.page.get_by_role("button", name="Paint points", exact=True).click()
        plane = self.page.get_by_role("application", name="Plane to paint on").bounding_box()
        self.page.get_by_role("button", name="Play", exact=True).click()
        self.page.wait_for_timeout(1000 * WARM_UP)
        self.page.evaluate("() => { seen.frames.length = 0; }")
        mouse = self.page.mouse
        for stroke in range(strokes):
            y = plane["y"] + plane["height"] * (stroke + 0.5) / strokes
            mouse.move(plane["x"] + 10, y)
            mouse.down()
            mouse.move(plane["x"] + plane["width"] - 10, y, steps=40)
            mouse.up()
        frames = self.page.evaluate("() => seen.frames")
        self.page.get_by_role("button", name="Pause", exact=True).click()
        return float(max(one - other for one, other in zip(frames[1:], frames, strict=False)))

    def move_map(self, seconds: float) -> tuple[int, float, float]:
        """Moves and zooms a complete map of two settings: its cells, frames per second, and the longest frame in ms."""
        self.page.get_by_role("button", name="More", exact=True).click()
        self.page.get_by_role("menuitem", name="Map of two settings").click()
        self.page.get_by_role("combobox", name="Up", exact=True).select_option(label="Batch size")
        epochs = self.page.get_by_role("textbox", name="Epochs", exact=True)
        epochs.fill("1")
        epochs.press("Enter")
        self.page.wait_for_timeout(1000 * WARM_UP)
        self.page.wait_for_function(COMPLETE, timeout=1000 * MAP_SECONDS)
        cells = int("".join(filter(str.isdigit, self.page.locator("dialog").get_by_text("pixels").inner_text())))
        plane = self.page.get_by_test_id("map").bounding_box()
        x, y = plane["x"] + plane["width"] / 2, plane["y"] + plane["height"] / 2
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.wheel(0, -150)
        mouse.down()
        self.page.evaluate("() => { seen.frames.length = 0; }")
        end = time.monotonic() + seconds
        step = 0
        while time.monotonic() < end:
            step += 1
            mouse.move(x + 60 * math.sin(step / 9), y + 60 * math.cos(step / 13))
            if step % 8 == 0:
                mouse.wheel(0, 20 if step % 16 == 0 else -20)
        frames = self.page.evaluate("() => seen.frames")
        mouse.up()
        longest = max(one - other for one, other in zip(frames[1:], frames, strict=False))
        return cells, 1000 * (len(frames) - 1) / (frames[-1] - frames[0]), longest

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
