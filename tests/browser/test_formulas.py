"""Inputs by formula: typed, corrected, added, trained, changed, undone, removed."""

import pytest
from browsing import Opener, Tab
from playwright.sync_api import Locator, expect

ADD = "Add an input by formula"
WAVES = "Input sin(3x₁)·x₂: change or remove"


def typed(tab: Tab, text: str) -> Locator:
    """The dialog in which this formula has been typed."""
    tab.button(ADD).click()
    panel = tab.dialog(ADD)
    field = panel.get_by_role("textbox", name="Formula")
    tab.has_focus(field)
    field.press_sequentially(text)
    return panel


def test_a_formula_is_corrected_added_trained_and_undone(open_page: Opener) -> None:
    tab = open_page("dataset=xor&seed=0.5")
    panel = typed(tab, "sin(3*x*y")
    expect(panel.locator("u")).to_have_text("(")
    expect(panel.get_by_text("“(” is never closed.")).to_be_visible()
    expect(panel.get_by_role("textbox", name="Formula")).to_have_attribute("aria-invalid", "true")
    expect(panel.get_by_role("button", name="Add", exact=True)).to_be_disabled()
    panel.get_by_role("textbox", name="Formula").fill("sin(3x)*y")
    expect(panel.get_by_text("sin(3x1)·x2")).to_be_visible()
    expect(panel.locator("u")).to_have_count(0)
    panel.get_by_role("button", name="Add", exact=True).click()
    expect(panel).to_have_count(0)
    tab.holds(formulas="sin(3*x)*y")
    expect(tab.button(WAVES)).to_be_visible()
    tab.train_to(20)
    tab.page.reload()
    tab.ready()
    expect(tab.button(WAVES)).to_be_visible()
    tab.sees("epoch", 20)
    tab.press("Control+z")
    tab.holds(formulas="")
    expect(tab.button(WAVES)).to_have_count(0)
    tab.press("Control+Shift+z")
    expect(tab.button(WAVES)).to_be_visible()


def test_a_formula_is_added_changed_and_removed_by_keyboard(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    tab.button(ADD).focus()
    tab.press("Enter")
    tab.has_focus(tab.dialog(ADD).get_by_role("textbox", name="Formula"))
    tab.page.keyboard.type("min(x,y)")
    tab.press("Enter")
    tab.holds(formulas="min(x,y)")
    tab.button("Input min(x₁, x₂): change or remove").focus()
    tab.press("Enter")
    panel = tab.dialog("Change the input")
    expect(panel.get_by_role("textbox", name="Formula")).to_have_value("min(x,y)")
    tab.press("Control+a")
    tab.page.keyboard.type("max(x,y)+1")
    tab.press("Enter")
    tab.holds(formulas="max(x,y)+1")
    tab.button("Input max(x₁, x₂) + 1: change or remove").focus()
    tab.press("Enter")
    tab.dialog("Change the input").get_by_role("button", name="Remove", exact=True).press("Enter")
    tab.holds(formulas="")


def test_escape_closes_the_dialog_and_adds_nothing(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    panel = typed(tab, "x*2")
    tab.press("Escape")
    expect(panel).to_have_count(0)
    tab.has_focus(tab.button(ADD))
    tab.holds(formulas="")


def test_a_name_is_inserted_by_its_button(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    panel = typed(tab, "2*")
    panel.get_by_role("button", name="cos", exact=True).click()
    tab.page.keyboard.type("x)")
    expect(panel.get_by_role("textbox", name="Formula")).to_have_value("2*cos(x)")
    expect(panel.get_by_text("2cos(x1)")).to_be_visible()


def test_pointing_at_an_input_by_formula_shows_it_large(open_page: Opener) -> None:
    tab = open_page("seed=0.5&formulas=sin(3*x)*y")
    before = tab.picture()
    tab.button(WAVES).hover()
    tab.shows_another_picture_than(before)


def test_on_a_phone_an_input_is_added_below_all_others(open_page: Opener) -> None:
    tab = open_page("seed=0.5", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    expect(tab.button(ADD)).to_have_count(0)
    tab.button("Show the other 5 features").tap()
    tab.button(ADD).tap()
    panel = tab.dialog(ADD)
    panel.get_by_role("textbox", name="Formula").fill("x*y*y")
    panel.get_by_role("button", name="Add", exact=True).tap()
    tab.holds(formulas="x*y*y")


def test_a_link_can_hide_the_button(open_page: Opener) -> None:
    tab = open_page("seed=0.5&formulas=x*y*y&formulas_hide=true")
    expect(tab.page.locator("[data-feature='x*y*y']")).to_be_visible()
    expect(tab.button(ADD)).to_have_count(0)


@pytest.mark.parametrize("text", ["sin(3x)*y", "sin(3*"])
def test_the_dialog_is_accessible(open_page: Opener, axe: str, text: str) -> None:
    tab = open_page("seed=0.5&formulas=x*y*y,min(x,y)")
    panel = typed(tab, text)
    expect(panel.locator(".said")).not_to_be_empty()
    assert tab.violations(axe) == []
