"""The widget in a real JupyterLab and a real Notebook."""

import json
import subprocess
import sys
import time

from notebooks import Jupyter, NotebookTab, Opened, environment, notebook
from playwright.sync_api import BrowserContext, expect

HOSTILE = """from IPython.display import HTML
HTML('''<style>
.jp-Cell-outputArea * { color: red !important; font: 40px serif !important; display: block !important; margin: 9px; }
.jp-Cell-outputArea button { visibility: hidden !important; }
</style><button>a neighbour</button>''')"""
SCROLL = "heading => heading.scrollIntoView()"
MODULE = """import pathlib, sys, torch, tinkernet
from torch import nn
torch.set_num_threads(1)
points = torch.randn(200, 2, generator=torch.manual_seed(1)) * 3
labels = (points.prod(1) > 0).float()
module = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.Adam(module.parameters(), lr=1e-3)"""
LOOP = """while not pathlib.Path("stop").exists():
    optimizer.zero_grad()
    nn.functional.binary_cross_entropy_with_logits(module(points)[:, 0], labels).backward()
    optimizer.step()"""
STATE = """hooks = sys.modules["torch.optim.optimizer"]._global_optimizer_post_hooks
server = sys.modules["tinkernet.server.opening"]._PROCESS.server
len(hooks), server, w.steps"""
MOST_SAVED = 50_000


def test_views_and_widgets_live_beside_each_other_while_cells_run(jupyter: Jupyter, open_lab: Opened) -> None:
    cells = [
        "import time, tinkernet\nw = tinkernet.Playground(dataset='circle', seed='0.5')\nw",
        "w",
        "v = tinkernet.Playground(dataset='spiral')\nv",
        "w.run.epoch > 0, v.run.epoch, w.experiment.dataset",
        "time.sleep(5)",
        "w.experiment = w.experiment.replace(dataset='xor')",
        HOSTILE,
    ]
    jupyter.write("views", notebook(*cells))
    tab = open_lab("views")
    for cell in (0, 1, 2, 6):
        tab.run(cell)
    one, other, third = (tab.widget(cell).ready() for cell in range(3))
    expect(tab.output(6).get_by_text("a neighbour")).to_be_attached()

    # Styles of a neighbour change nothing, and training is seen in both views of a widget, and not in another widget.
    one.button("Play").click()
    one.comes_past(3)
    other.comes_past(3)
    tab.run(4)
    began = one.epoch()
    one.comes_past(began + 20)
    expect(tab.page.locator(".jp-CodeCell").nth(4).locator(".jp-InputPrompt")).to_have_text("[*]:")
    one.button("Pause").click()
    expect(other.button("Play")).to_be_visible()
    tab.run(3)
    expect(tab.output(3)).to_contain_text("(True, 0, 'circle')")
    assert third.epoch() == 0

    # What is selected in one view is not selected in the other.
    one.button("Neuron 1 of layer 1").click()
    expect(one.within.get_by_text("Neuron 1 of 4, layer 1")).to_be_visible()
    assert other.within.get_by_text("Neuron 1 of 4, layer 1").count() == 0
    tab.page.keyboard.press("Escape")

    # Python changes what is shown, in both views.
    tab.run(5)
    for view in (one, other):
        view.shows_epoch(0)
        expect(view.within.get_by_role("radio", name="XOR")).to_be_checked()


def test_a_view_that_is_scrolled_away_and_back_is_as_it_was(jupyter: Jupyter, open_lab: Opened) -> None:
    cell = "import tinkernet\nw = tinkernet.Playground(dataset='circle', seed='0.5')\nw"
    jupyter.write("far", notebook(cell, *["1\n\n\n\n\n"] * 40))
    tab = open_lab("far")
    tab.page.set_viewport_size({"width": 1900, "height": 900})
    tab.run(0)
    widget = tab.widget(0).ready()
    selected = widget.within.get_by_text("Neuron 1 of 4, layer 1")
    widget.button("Neuron 1 of layer 1").click()
    expect(selected).to_be_visible()
    widget.button("More").click()
    widget.within.get_by_role("menuitem", name="What is this?").click()
    reading = widget.within.get_by_role("heading", name="Neuron", exact=True)
    reading.evaluate(SCROLL)
    widget.button("Play").click()
    widget.comes_past(3)
    for mode in ("contentVisibility", "full"):
        tab.window_cells(mode)
        tab.scroll(end=False)
        widget.comes_past(widget.epoch())
        place = reading.bounding_box()
        tab.scroll(end=True)
        # Nothing is drawn while it cannot be seen. In the second mode it is transparent then.
        away = widget.rests()
        tab.scroll(end=False)
        widget.comes_past(away)
        assert reading.bounding_box() == place
        expect(selected).to_be_visible()
        expect(widget.button("Pause")).to_be_visible()


def test_after_a_restart_the_last_picture_stays_and_the_cell_plays_again(jupyter: Jupyter, open_lab: Opened) -> None:
    jupyter.write("restart", notebook("import tinkernet\nw = tinkernet.Playground(seed='0.5')\nw.run.train(40)\nw"))
    tab = open_lab("restart")
    tab.run_all()
    tab.widget(0).ready().shows_epoch(40)
    tab.restart()
    tab.widget(0).shows_last_picture("40")
    tab.run_all()
    tab.widget(0).ready().button("Play").click()
    tab.widget(0).comes_past(40)


def test_a_saved_notebook_is_small_and_shows_the_last_picture(
    jupyter: Jupyter, open_lab: Opened, context: BrowserContext
) -> None:
    jupyter.write("saved", notebook("import tinkernet\nw = tinkernet.Playground(dataset='iris', seed='0.5')\nw"))
    tab = open_lab("saved")
    tab.run_all()
    tab.widget(0).ready().button("Play").click()
    tab.widget(0).comes_past(20)
    tab.widget(0).button("Pause").click()
    expect(tab.widget(0).button("Play")).to_be_visible()
    time.sleep(1)  # the picture follows the run within half a second
    epoch = tab.widget(0).epoch()
    tab.save()
    states = jupyter.read("saved")["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    assert any(state["model_name"] == "AnyModel" for state in states.values())
    assert len(json.dumps(states)) < MOST_SAVED

    # Opened again, in Notebook and with no kernel that knows it.
    tab.do("kernelmenu:shutdown")
    page = context.new_page()
    page.goto(jupyter.single("saved.ipynb"))
    again = NotebookTab(page).ready().found()
    again.widget(0).shows_last_picture(str(epoch))
    again.run_all()
    again.widget(0).ready().shows_epoch(0)


def test_a_dark_notebook_has_a_dark_page_and_keys_act_only_inside(jupyter: Jupyter, open_lab: Opened) -> None:
    jupyter.write("dark", notebook("import tinkernet\nw = tinkernet.Playground()\nw", "1 + 1"))
    tab = open_lab("dark")
    tab.do("apputils:change-theme", theme="JupyterLab Dark")
    tab.run_all()
    widget = tab.widget(0).ready()
    expect(widget.within.locator("[data-theme=dark]").first).to_be_attached()
    tab.page.locator(".jp-CodeCell").nth(1).locator(".jp-InputPrompt").click()
    tab.page.keyboard.press("Space")
    expect(widget.button("Play")).to_be_visible()
    widget.button("Play").focus()
    tab.page.keyboard.press("d")
    tab.page.keyboard.press("d")
    expect(tab.page.locator(".jp-CodeCell")).to_have_count(2)


def test_nbconvert_runs_a_notebook_and_keeps_its_state(jupyter: Jupyter) -> None:
    jupyter.write("convert", notebook("import tinkernet\nw = tinkernet.Playground(seed='0.5')\nw.run.train(5)\nw"))
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "convert.ipynb"]
    home = jupyter.folder.parent
    subprocess.run(command, cwd=jupyter.folder, env=environment(home), check=True, capture_output=True)
    written = (jupyter.folder / "convert.html").read_text()
    _, _, rest = written.partition('<script type="application/vnd.jupyter.widget-state+json">')
    state = json.loads(rest.partition("</script>")[0])["state"]
    kept = next(one["state"] for one in state.values() if one["model_name"] == "AnyModel")
    assert kept["_saved"]["epoch"] == 5
    assert "Run the cell to play." in kept["_esm"]


def test_a_watched_loop_is_seen_in_a_cell_while_the_kernel_is_busy(jupyter: Jupyter, open_lab: Opened) -> None:
    watched, stop = "w = tinkernet.watch(module, (points, labels))\nw", jupyter.folder / "stop"
    jupyter.write("watch", notebook(MODULE, watched, LOOP, STATE))
    tab = open_lab("watch")
    # All at once: the loop is running before the page in the cell has said anything.
    tab.run_all()
    widget = tab.widget(1).ready()
    widget.comes_past(5)
    loss = widget.within.get_by_test_id("train-loss")
    before = loss.inner_text()
    widget.comes_past(widget.epoch() + 200)
    expect(loss).not_to_have_text(before)
    prompt = tab.page.locator(".jp-CodeCell").nth(2).locator(".jp-InputPrompt")
    expect(prompt).to_have_text("[*]:")
    expect(widget.within.get_by_test_id("watched")).to_contain_text("steps/s, cost")
    expect(widget.button("Play")).to_have_count(0)
    stop.touch()
    expect(prompt).to_have_text("[3]:")
    # There is one hook, and no server, as no browser was opened.
    expect(tab.output(3)).to_contain_text("(1, None,")
    steps = int(tab.output(3).inner_text().rpartition(",")[2].strip(" )"))
    widget.shows_epoch(steps)

    # The cells are run again: the page shows the new module, and there is still one watch.
    tab.run_all()
    expect(prompt).to_have_text("[7]:")
    tab.widget(1).ready().shows_epoch(0)
    stop.unlink()
    tab.run(2)
    tab.widget(1).comes_past(5)
    stop.touch()
    expect(prompt).to_have_text("[9]:")
    tab.run(3)
    expect(tab.output(3)).to_contain_text("(1, None,")
    # A remark, or a connection that begins again, may have its place for a moment.
    expect(tab.page.get_by_test_id("watched")).to_have_count(1)
