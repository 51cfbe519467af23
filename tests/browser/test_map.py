"""The map of two settings: it fills in, its runs are looked at and opened, it moves and zooms, it refuses nonsense."""

import re
from typing import Any

import pytest
from browsing import DESK, Opener, Tab
from mapping import pointed_at_run
from playwright.sync_api import Locator, expect

LINK = "seed=0.5&dataset=xor&regularization=L2&networkShape=2"
PIXELS = """(canvas) => {
  const { width, height } = canvas;
  const to = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  to.drawImage(canvas, 0, 0);
  return to.getImageData(0, 0, width, height).data;
}"""
COLOURS = f"(canvas) => new Set(new Uint32Array(({PIXELS})(canvas).buffer)).size"
FILLED = f"(canvas) => ({PIXELS})(canvas).every((byte, i) => i % 4 !== 3 || byte !== 0)"


SMALL = {"width": 640, "height": 360}
"""In a small window a map has few pixels, and is soon complete."""


def opened(open_page: Opener, link: str = LINK, epochs: int = 5, **settings: Any) -> tuple[Tab, Locator, Locator]:
    tab = open_page(link, **{"viewport": SMALL, **settings})
    tab.menu("Map of two settings")
    dialog = tab.dialog("Map of two settings")
    field = dialog.get_by_role("textbox", name="Epochs")
    field.fill(str(epochs))
    field.press("Enter")
    return tab, dialog, dialog.get_by_test_id("map")


def complete(dialog: Locator) -> None:
    """Wait until every pixel is computed."""
    expect(dialog.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "100", timeout=60_000)


def is_filled(tab: Tab, canvas: Locator) -> None:
    """Wait until every pixel has a colour."""
    tab.page.wait_for_function(FILLED, arg=canvas.element_handle())


def number(dialog: Locator, name: str) -> float:
    """A number of the run that is pointed at."""
    return float(dialog.locator("dl div", has_text=re.compile(f"^{name}")).locator("dd").inner_text())


def test_a_map_fills_in_and_a_run_opens_as_it_is_there(open_page: Opener) -> None:
    tab, dialog, canvas = opened(open_page)
    complete(dialog)
    is_filled(tab, canvas)
    assert canvas.evaluate(COLOURS) > 50
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + 0.62 * box["width"], box["y"] + 0.8 * box["height"]
    tab.page.mouse.move(x, y)
    expect(dialog.get_by_text("after 5 epochs")).to_be_visible()
    rate, loss = number(dialog, "Learning rate"), number(dialog, "Test loss")
    assert rate == pytest.approx(10 ** (-3 + 4 * 0.62), rel=0.03)
    tab.page.mouse.click(x, y)
    expect(dialog).to_have_count(0)
    tab.sees("epoch", 5)
    assert tab.number("test-loss") == pytest.approx(loss, abs=0.0006)
    assert float(tab.link()["learningRate"]) == pytest.approx(rate, rel=0.005)
    tab.press("Control+z")
    tab.sees("epoch", 0)


def test_the_map_is_still_there_after_a_run_was_opened(open_page: Opener) -> None:
    tab, dialog, canvas = opened(open_page, epochs=1, viewport={"width": 1024, "height": 640})
    complete(dialog)
    canvas.click(position={"x": 90, "y": 90})
    expect(dialog).to_have_count(0)
    tab.menu("Map of two settings")
    is_filled(tab, canvas)
    expect(dialog.get_by_text("another network")).to_have_count(0)
    tab.press("Escape")
    expect(dialog).to_have_count(0)
    tab.choice("Activation").select_option(label="ReLU")
    tab.holds(activation="relu")
    tab.menu("Map of two settings")
    expect(dialog.get_by_text("This map is of another network")).to_be_visible()
    dialog.get_by_role("button", name="Map the current network").click()
    expect(dialog.get_by_text("another network")).to_have_count(0)
    complete(dialog)


def test_wheel_and_drag_compute_only_what_is_new(open_page: Opener) -> None:
    tab, dialog, canvas = opened(open_page)
    complete(dialog)
    whole = canvas.screenshot()
    box = canvas.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.page.mouse.move(*middle)
    tab.page.mouse.wheel(0, -500)
    expect(dialog.get_by_role("button", name="Whole map")).to_be_enabled()
    complete(dialog)
    is_filled(tab, canvas)
    closer = canvas.screenshot()
    assert closer != whole
    tab.page.mouse.down()
    tab.page.mouse.move(middle[0] + 40, middle[1] - 30, steps=4)
    tab.page.mouse.up()
    expect(dialog).to_be_visible()
    complete(dialog)
    is_filled(tab, canvas)
    assert canvas.screenshot() != closer
    dialog.get_by_role("button", name="Whole map").click()
    complete(dialog)
    tab.page.mouse.move(1, 1)
    expect(dialog.get_by_role("button", name="Whole map")).to_be_disabled()


def test_a_map_is_used_by_keys_alone(open_page: Opener) -> None:
    tab, dialog, _ = opened(open_page)
    complete(dialog)
    plane = dialog.get_by_role("application")
    plane.focus()
    tab.press("ArrowRight")
    expect(dialog.get_by_text("after 5 epochs")).to_be_visible()
    rate = number(dialog, "Learning rate")
    for _ in range(4):
        tab.press("Shift+ArrowRight")
    tab.page.wait_for_function(
        "(before) => Number(document.querySelector('dialog dd').textContent) > 1.2 * before", arg=rate
    )
    tab.press("+", "+", "+")
    expect(dialog.get_by_role("button", name="Whole map")).to_be_enabled()
    tab.press("Enter")
    expect(dialog).to_have_count(0)
    tab.sees("epoch", 5)


def test_pause_axes_and_a_goal(open_page: Opener) -> None:
    tab, dialog, canvas = opened(open_page, LINK.replace("xor", "gauss"), epochs=2000)
    dialog.get_by_role("button", name="Pause").click()
    expect(dialog.get_by_text("paused")).to_be_visible()
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_text("paused")).to_have_count(0)
    dialog.get_by_role("combobox", name="Up").select_option(label="Layer 1: x\u2081 \u2192 neuron 2")
    dialog.get_by_role("textbox", name="Epochs").fill("20")
    goal = dialog.get_by_role("textbox", name="Stop at loss")
    goal.fill("0.1")
    goal.press("Enter")
    dialog.get_by_role("combobox", name="Colour").select_option(label="Epochs until it stops")
    expect(dialog.get_by_text("Did not stop")).to_be_visible()
    complete(dialog)
    is_filled(tab, canvas)
    assert canvas.evaluate(COLOURS) > 3
    high = dialog.get_by_role("textbox", name="Across: to")
    high.fill("nonsense")
    high.press("Enter")
    expect(high).to_have_value("10")
    high.fill("0.0001")
    high.press("Enter")
    expect(high).to_have_value("10")


def test_the_edge_of_trainability_fills_in_and_shows_losses(open_page: Opener) -> None:
    tab, dialog, canvas = opened(open_page)
    dialog.get_by_role("combobox", name="Map of").select_option(label="The edge of trainability")
    dialog.get_by_role("combobox", name="Neurons").select_option("4")
    steps = dialog.get_by_role("textbox", name="Steps")
    steps.fill("30")
    steps.press("Enter")
    complete(dialog)
    is_filled(tab, canvas)
    tab.page.wait_for_function(f"(canvas) => ({COLOURS})(canvas) > 50", arg=canvas.element_handle())
    box = canvas.bounding_box()
    assert box is not None
    for share, verdict in ((0.2, "Converged"), (0.9, "Diverged")):
        tab.page.mouse.move(box["x"] + share * box["width"], box["y"] + (1 - share) * box["height"])
        expect(dialog.locator("dl").get_by_text(verdict)).to_be_visible()
        rate = 10 ** (-3 + 9 * share)
        assert number(dialog, "Input layer") == pytest.approx(rate, rel=0.1)
        assert number(dialog, "Output layer") == pytest.approx(rate, rel=0.1)
        expect(dialog.get_by_role("img", name="Training loss over 30 steps")).to_be_visible()
    tab.page.mouse.click(box["x"] + 50, box["y"] + 50)
    expect(dialog).to_be_visible()
    canvas.press("+")
    complete(dialog)
    is_filled(tab, canvas)
    dialog.get_by_role("combobox", name="Map of").select_option(label="This network")
    complete(dialog)
    is_filled(tab, canvas)
    pointed_at_run(tab.page, dialog, 5)


def test_runs_are_coloured_by_how_they_end_and_by_what_a_diagnosis_finds(open_page: Opener) -> None:
    _, dialog, canvas = opened(open_page, LINK.replace("xor", "gauss"), epochs=20)
    dialog.get_by_role("combobox", name="Up").select_option(label="Initial weights")
    goal = dialog.get_by_role("textbox", name="Stop at loss")
    goal.fill("0.1")
    goal.press("Enter")
    colour = dialog.get_by_role("combobox", name="Colour")
    colour.select_option(label="Whether it stops")
    complete(dialog)
    legend = dialog.locator(".legend .named")
    expect(legend.filter(has_text="Stopped at the loss")).to_be_visible()
    shares = [float(text.split()[-2]) for text in legend.all_inner_texts()]
    assert sum(shares) == pytest.approx(100, abs=0.2)
    assert shares == sorted(shares, reverse=True)
    assert 1 < canvas.evaluate(COLOURS) <= 3
    colour.select_option(label="Diagnosis")
    expect(legend.filter(has_text="Learning rate too")).not_to_have_count(0, timeout=60_000)
    colour.select_option(label="Test loss")
    expect(dialog.get_by_text("Shares of the runs in sight")).to_have_count(0)


def test_parameters_of_the_chosen_optimizer_can_be_axes(open_page: Opener) -> None:
    tab, dialog, canvas = opened(open_page, f"{LINK}&optimizer=momentum")
    up = dialog.get_by_role("combobox", name="Up")
    assert not [text for text in up.locator("option").all_inner_texts() if "Adam" in text]
    up.select_option(label="Momentum: Momentum")
    complete(dialog)
    is_filled(tab, canvas)
    assert canvas.evaluate(COLOURS) > 50


def test_an_axis_that_changes_nothing_is_refused_with_a_reason(open_page: Opener) -> None:
    tab, dialog, canvas = opened(open_page, "seed=0.5")
    dialog.get_by_role("combobox", name="Up").select_option(label="Regularization rate")
    expect(dialog.get_by_role("alert")).to_contain_text("no effect without regularization")
    dialog.get_by_role("combobox", name="Up").select_option(label="Batch size")
    expect(dialog.get_by_role("alert")).to_have_count(0)
    complete(dialog)
    assert tab.page.evaluate("() => document.querySelectorAll('[role=alert]').length") == 0
    is_filled(tab, canvas)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_map(open_page: Opener, axe: str, theme: str) -> None:
    tab, dialog, _ = opened(open_page, viewport=DESK, color_scheme=theme)
    pointed_at_run(tab.page, dialog, 5)
    assert tab.violations(axe) == []


def test_a_tap_looks_and_a_button_opens(open_page: Opener) -> None:
    tab, dialog, canvas = opened(open_page, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    complete(dialog)
    canvas.tap(position={"x": 120, "y": 120})
    expect(dialog.get_by_text("after 5 epochs")).to_be_visible()
    dialog.get_by_role("button", name="Open this run").click()
    expect(dialog).to_have_count(0)
    tab.sees("epoch", 5)
