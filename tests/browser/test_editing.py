"""Inspecting and editing the network."""

import re

import pytest
from browsing import Opener, Tab
from playwright.sync_api import Locator, expect

WEIGHT = "Weight from X1 to neuron 1 of layer 1"
BIAS = "Bias of neuron 1 of layer 1"
OUTPUT_BIAS = "Bias of output neuron"


def opened(tab: Tab, name: str) -> Locator:
    """The editor of a weight or a bias, opened with the keyboard."""
    handle = tab.button(name)
    handle.focus()
    handle.press("Enter")
    panel = tab.dialog(name)
    expect(panel).to_be_visible()
    return panel


def losses_moved(tab: Tab, before: float) -> None:
    tab.page.wait_for_function(
        "loss => Number(document.querySelector('[data-testid=train-loss]').dataset.value) !== loss", arg=before
    )


@pytest.mark.parametrize("name", [WEIGHT, BIAS, OUTPUT_BIAS])
def test_a_typed_value_can_be_undone_and_redone(open_page: Opener, name: str) -> None:
    tab = open_page()
    loss, look = tab.number("train-loss"), tab.picture()
    panel = opened(tab, name)
    value = panel.get_by_role("textbox", name="Value")
    tab.has_focus(value)
    before = value.input_value()
    value.fill("1.5")
    value.press("Enter")
    losses_moved(tab, loss)
    tab.shows_another_picture_than(look)
    edited = tab.number("train-loss")
    value.press("Escape")
    expect(panel).to_have_count(0)
    tab.button("Undo").click()
    tab.sees_exactly("train-loss", loss)
    expect(opened(tab, name).get_by_role("textbox", name="Value")).to_have_value(before)
    tab.press("Escape")
    tab.button("Redo").click()
    tab.sees_exactly("train-loss", edited)
    expect(opened(tab, name).get_by_role("textbox", name="Value")).to_have_value(re.compile(r"^1\.50*$"))


@pytest.mark.parametrize("name", [WEIGHT, OUTPUT_BIAS])
def test_a_dragged_value_updates_the_picture_and_is_one_undo_step(open_page: Opener, name: str) -> None:
    tab = open_page()
    loss = tab.number("train-loss")
    panel = opened(tab, name)
    slider = panel.get_by_role("slider", name="Value by dragging")
    box = slider.bounding_box()
    assert box is not None
    x, y = box["x"], box["y"] + box["height"] / 2
    tab.page.mouse.move(x + box["width"] / 2, y)
    tab.page.mouse.down()
    seen = tab.picture()
    for part in (0.8, 0.95, 0.1):
        tab.page.mouse.move(x + box["width"] * part, y)
        tab.shows_another_picture_than(seen)  # while the mouse button is still pressed
        seen = tab.picture()
    tab.page.mouse.up()
    tab.press("Escape")
    tab.button("Undo").click()
    tab.sees_exactly("train-loss", loss)
    expect(tab.button("Undo")).to_be_disabled()


def test_a_click_on_a_line_or_a_bias_opens_its_editor(open_page: Opener) -> None:
    tab = open_page()
    handle = tab.button(WEIGHT)
    place = handle.evaluate(
        """path => { const p = path.getPointAtLength(path.getTotalLength() * 0.5);
                     const box = path.ownerSVGElement.getBoundingClientRect();
                     return [p.x + box.left, p.y + box.top]; }"""
    )
    tab.page.mouse.click(*place)
    expect(tab.page.get_by_role("dialog", name=re.compile("^Weight from X[12] to neuron"))).to_be_visible()
    tab.press("Escape")
    tab.button(OUTPUT_BIAS).click()
    expect(tab.dialog(OUTPUT_BIAS)).to_be_visible()


def test_a_value_is_updated_during_training(open_page: Opener) -> None:
    tab = open_page()
    value = opened(tab, WEIGHT).get_by_role("textbox", name="Value")
    first = value.input_value()
    tab.button("Play").click()
    expect(value).not_to_have_value(first)
    tab.comes_past(30)


def test_hovering_over_a_neuron_shows_its_field_and_formula(open_page: Opener) -> None:
    tab = open_page()
    output = tab.picture()
    tab.button("Neuron 1 of layer 1").hover()
    expect(tab.page.get_by_text("Neuron 1 of 4, layer 1")).to_be_visible()
    formula = tab.page.locator(".formula .line")
    expect(formula).to_contain_text("tanh(")
    expect(formula).to_contain_text("x1")
    expect(formula).to_contain_text("x2")
    tab.shows_another_picture_than(output)
    tab.page.mouse.move(2, 2)
    expect(formula).to_have_count(0)
    tab.shows_picture(output)


def test_a_click_selects_a_neuron_and_escape_deselects_it(open_page: Opener) -> None:
    tab = open_page()
    neuron = tab.button("Neuron 2 of layer 1")
    neuron.click()
    expect(neuron).to_have_attribute("aria-pressed", "true")
    tab.page.mouse.move(2, 2)
    expect(tab.page.get_by_text("Neuron 2 of 4, layer 1")).to_be_visible()
    tab.press("Escape")
    expect(neuron).to_have_attribute("aria-pressed", "false")
    expect(tab.page.get_by_text("Neuron 2 of 4, layer 1")).to_have_count(0)


def test_edits_during_training_are_kept_and_training_continues(open_page: Opener) -> None:
    tab = open_page()
    tab.button("Play").click()
    tab.comes_past(5)
    value = opened(tab, BIAS).get_by_role("textbox", name="Value")
    value.fill("2")
    value.press("Enter")
    value.press("Escape")
    expect(tab.button("Pause")).to_be_visible()
    tab.comes_past(tab.number("epoch") + 5)


def test_all_changes_can_be_undone_and_redone(open_page: Opener) -> None:
    tab = open_page()
    tab.choice("Activation").select_option(label="Sigmoid")
    tab.holds(activation="sigmoid")
    tab.radio("Spiral").check(force=True)
    tab.holds(dataset="spiral")
    tab.switch("Discretize").click()
    tab.holds(discretize="true")
    tab.button("Add hidden layer").click()
    tab.holds(networkShape="4,2,2")
    tab.page.get_by_role("heading", name="tinkernet").click()
    for _ in range(4):
        tab.press("Control+z")
    tab.holds(activation="", dataset="", discretize="", networkShape="")
    expect(tab.button("Undo")).to_be_disabled()
    for _ in range(4):
        tab.press("Control+Shift+z")
    tab.holds(activation="sigmoid", dataset="spiral", discretize="true", networkShape="4,2,2")
    expect(tab.button("Redo")).to_be_disabled()
