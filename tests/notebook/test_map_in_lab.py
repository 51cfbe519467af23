"""The map of two settings in a cell of a real JupyterLab: a run of it becomes the run of the widget."""

import re

from mapping import pointed_at_run
from notebooks import Jupyter, Opened
from notebooks import notebook as of_cells
from playwright.sync_api import Locator, expect

SHOWN = """import tinkernet
w = tinkernet.Playground(dataset="xor", seed="0.5", hidden=(2,), regularization="L2")
w"""
AGAIN = """run = tinkernet.Run(w.experiment).train(5)
same = run.parameters.tobytes() == w.run.parameters.tobytes() and run.test_loss == w.run.test_loss
w.run.epoch, same, f"{w.run.test_loss:.3f}", w.experiment.learning_rate"""


def settled(shown: Locator) -> None:
    """Wait until the numbers are those of the run that was pointed at last."""
    before = ""
    while before != shown.inner_text():
        before = shown.inner_text()
        shown.page.wait_for_timeout(700)


def test_a_run_of_the_map_becomes_the_run_of_the_widget(jupyter: Jupyter, open_lab: Opened) -> None:
    jupyter.write("map", of_cells(SHOWN, AGAIN))
    tab = open_lab("map")
    # In a narrow cell there are few pixels, and the page has one column.
    tab.page.set_viewport_size({"width": 760, "height": 1400})
    tab.do("application:toggle-left-area")
    tab.run(0)
    widget = tab.widget(0).ready()
    widget.button("More").click()
    widget.within.get_by_role("menuitem", name="Map of two settings").click()
    dialog = widget.within.get_by_role("dialog", name="Map of two settings")
    epochs = dialog.get_by_role("textbox", name="Epochs")
    epochs.fill("5")
    epochs.press("Enter")
    # The hint is that for a mouse, however narrow the cell is.
    expect(dialog.get_by_text("click to open it")).to_be_visible()
    plane = dialog.get_by_role("application")
    pointed_at_run(tab.page, dialog, 5)
    for _ in range(3):
        plane.press("Shift+ArrowRight")
    said = dialog.locator("dl div")
    rate = said.filter(has_text=re.compile("^Learning rate")).locator("dd")
    settled(dialog.locator("dl"))
    dialog.get_by_role("button", name="Zoom in").click()
    expect(dialog.get_by_role("button", name="Whole map")).to_be_enabled()
    loss = said.filter(has_text=re.compile("^Test loss")).locator("dd").inner_text()
    learning_rate = float(rate.inner_text())
    plane.press("Enter")
    expect(dialog).to_have_count(0)
    widget.shows_epoch(5)
    tab.run(1)
    expect(tab.output(1)).to_contain_text(f"(5, True, '{loss}', ")
    found = float(tab.output(1).inner_text().rpartition(",")[2].strip(" )"))
    assert abs(found / learning_rate - 1) < 0.01
    # The keys that moved over the map did nothing to the notebook.
    expect(tab.page.locator(".jp-CodeCell")).to_have_count(2)
