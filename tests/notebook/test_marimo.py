"""The widget and the view of a sweep in a real marimo: while it is edited, and as an exported page."""

import contextlib
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import marimo as installed
from browsing import PATIENCE, Watcher
from notebooks import Widget, environment, marimo
from playwright.sync_api import Browser, Error, Locator, Page, Route, expect

SOURCE = """import marimo

app = marimo.App()


@app.cell
def _():
    import tinkernet
    w = tinkernet.Playground(dataset="circle", seed="0.5")
    w.run.train(7)
    w
    return (w,)


if __name__ == "__main__":
    app.run()
"""
SWEEP = """import marimo

app = marimo.App()


@app.cell
def _():
    import tinkernet
    from tinkernet.engine import wait_until_compiled
    wait_until_compiled()
    experiment = tinkernet.Experiment(dataset="spiral", seed="0.5")
    tinkernet.sweep(experiment, start=range(1600), epochs=600, cores=1).pause()
    return


if __name__ == "__main__":
    app.run()
"""
# Outputs around an element that are not high enough for it.
SCROLLING = """element => {
  const found = [];
  for (let one = element.parentElement; one !== null; one = one.parentElement)
    if (getComputedStyle(one).maxHeight !== "none" && one.scrollHeight > one.clientHeight) found.push(one.className);
  return found;
}"""
STATIC = Path(installed.__file__).parent / "_static"


def run_until(page: Page, shown: Locator) -> None:
    """Run the first cell until its output is shown: the button is there before it does anything."""
    for _ in range(10):
        page.get_by_test_id("run-button").first.dispatch_event("click")
        with contextlib.suppress(Error):
            shown.wait_for(timeout=5_000)
            return
    raise AssertionError("the cell shows nothing")


def test_a_cell_of_marimo_shows_and_controls_a_sweep(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    context.set_default_timeout(PATIENCE)
    with marimo(tmp_path, SWEEP) as address:
        page = context.new_page()
        page.goto(address)
        view = page.get_by_role("region", name="Sweep")
        run_until(page, view)
        expect(view.get_by_role("status")).to_have_text("Paused")
        view.get_by_role("button", name="Continue").click()
        expect(view.get_by_text("per second")).to_be_visible()
        view.get_by_role("button", name="Stop").click()
        # No variable holds this sweep: its last state comes all the same.
        expect(view.get_by_role("status")).to_have_text("Stopped")
        expect(view.get_by_role("button")).to_have_count(0)
        context.close()


def test_a_cell_of_marimo_plays(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1300, "height": 1400})
    context.set_default_timeout(PATIENCE)
    with marimo(tmp_path, SOURCE) as address:
        page = context.new_page()
        page.goto(address)
        run_until(page, page.get_by_test_id("train-loss"))
        widget = Widget(page.locator("body")).ready()
        assert page.locator("marimo-anywidget").first.evaluate(SCROLLING) == []
        widget.button("Play").click()
        widget.comes_past(30)
        widget.button("Pause").click()
        context.close()


def test_an_exported_page_of_marimo_shows_the_last_picture(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "notebook.py").write_text(SOURCE)
    command = [sys.executable, "-m", "marimo", "export", "html", "notebook.py", "-o", "page.html"]
    subprocess.run(command, cwd=tmp_path, env=environment(tmp_path), check=True, capture_output=True)

    def from_disk(route: Route) -> None:
        """The files of marimo's own page, which an exported page loads from the network."""
        _, _, name = urlsplit(route.request.url).path.partition("/dist/")
        found = STATIC / name
        route.fulfill(path=found) if name and found.is_file() else route.abort()

    watcher = Watcher()
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(PATIENCE)
    context.route(re.compile("^https:"), from_disk)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    Widget(page.locator("body")).shows_last_picture("7")
    context.close()
    assert watcher.left() == []
