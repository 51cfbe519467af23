"""A sweep in a real JupyterLab: it is seen, paused, continued and stopped in its cell, and kept with the notebook."""

import json
import re

import pytest
from notebooks import Jupyter, NotebookTab, Opened
from notebooks import notebook as of_cells
from playwright.sync_api import Locator, expect

SWEEP = """import tinkernet
from tinkernet import Experiment
from tinkernet.engine import wait_until_compiled
wait_until_compiled()
s = tinkernet.sweep(Experiment(dataset="spiral", seed="0.5"), start=range(1600), epochs=600, cores=1).pause()
s"""
"""In four blocks of a few seconds: the first of them is computed."""
OTHER = """t = tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], start=range(4), epochs=5)
t"""
DARK = "[data-theme=dark]"
AXE = """async (element, source) => {
  if (!window.axe) (0, eval)(source);
  const { violations } = await window.axe.run(element, { rules: { region: { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
}"""


class View:
    """The view of a sweep below a cell."""

    def __init__(self, tab: NotebookTab, cell: int) -> None:
        self.within: Locator = tab.output(cell).get_by_role("region", name="Sweep")

    def button(self, name: str) -> Locator:
        return self.within.get_by_role("button", name=name, exact=True)

    def says(self, text: str) -> None:
        """Wait for this state."""
        expect(self.within.get_by_role("status")).to_have_text(text)

    def done(self) -> int:
        """How many runs are done."""
        bar = self.within.get_by_role("progressbar")
        said = bar.get_attribute("aria-valuetext") or ""
        return int(re.sub(r"\D", "", said.partition("of")[0]))


def test_a_sweep_is_paused_continued_and_stopped_in_its_cells(jupyter: Jupyter, open_lab: Opened) -> None:
    jupyter.write("sweep", of_cells(SWEEP, "s", OTHER, "s.wait()", "s.done"))
    tab = open_lab("sweep")
    # The fourth cell waits for the sweep before a view has said anything: it is controlled all the same.
    tab.run_all()
    one, other, third = (View(tab, cell) for cell in range(3))
    for view, state in ((one, "Paused"), (other, "Paused"), (third, "All runs are done")):
        view.says(state)
    expect(third.within.get_by_role("button")).to_have_count(0)
    expect(one.within).to_contain_text("of 1\u202f600 runs")
    prompt = tab.page.locator(".jp-CodeCell").nth(3).locator(".jp-InputPrompt")
    expect(prompt).to_have_text("[*]:")
    other.button("Continue").focus()
    tab.page.keyboard.press("Enter")
    expect(one.within).to_contain_text("per second")
    expect(one.within).to_contain_text("Lowest loss")
    one.button("Pause").click()
    other.says("Paused")
    expect(prompt).to_have_text("[*]:")
    one.button("Stop").click()
    for view in (one, other):
        view.says("Stopped")
        expect(view.within.get_by_role("button")).to_have_count(0)
    expect(prompt).to_have_text("[4]:")
    expect(tab.output(4)).to_have_text(re.compile(rf"\b{one.done()}\b"))
    assert 0 < one.done() < 1600


def test_a_saved_notebook_shows_the_last_state_without_a_kernel(jupyter: Jupyter, open_lab: Opened) -> None:
    jupyter.write("kept", of_cells(SWEEP, OTHER))
    tab = open_lab("kept")
    tab.run_all()
    paused, done = View(tab, 0), View(tab, 1)
    paused.says("Paused")
    done.says("All runs are done")
    tab.save()
    states = jupyter.read("kept")["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    kept = [one["state"]["progress"]["phase"] for one in states.values() if "progress" in one["state"]]
    assert sorted(kept) == ["done", "paused"]
    assert "<caption>Sweep</caption>" in json.dumps(jupyter.read("kept")["cells"])

    tab.restart()
    paused.says("No kernel is connected. This was its last state.")
    done.says("All runs are done")
    for view in (paused, done):
        expect(view.within.get_by_role("progressbar")).to_be_visible()
        expect(view.within.get_by_role("button")).to_have_count(0)
    tab.run_all()
    View(tab, 0).says("Paused")
    View(tab, 0).button("Stop").click()
    View(tab, 0).says("Stopped")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing_in_a_sweep_and_it_has_the_theme(
    jupyter: Jupyter, open_lab: Opened, axe: str, theme: str
) -> None:
    jupyter.write("axe", of_cells(SWEEP, "s"))
    tab = open_lab("axe")
    tab.do("apputils:change-theme", theme=theme)
    tab.run_all()
    views = [View(tab, cell) for cell in range(2)]
    for view in views:
        view.says("Paused")
        expect(view.button("Continue")).to_be_visible()
    expect(tab.page.locator(DARK)).to_have_count(2 if theme.endswith("Dark") else 0)
    found = views[0].within.evaluate(AXE, axe)
    assert found == []
    views[0].button("Stop").click()
    views[0].says("Stopped")
