"""The panel for reading: beside the page in every window, by pointer and keyboard, folded, closed, printed."""

import re

import pytest
from browsing import Opener, Tab
from playwright.sync_api import Locator, expect
from windows import WINDOWS, window

EXPLANATION = "What is this?"
LESSONS = "Lessons"
SHEETS = re.compile(rb"/Type\s*/Page[^s]")

# The page proper, the panel and the window, as left, top, right and bottom in pixels of the screen.
BOXES = """() => {
  const edges = (part) => {
    const { left, top, right, bottom } = document.querySelector(part).getBoundingClientRect();
    return [left, top, right, bottom].map(Math.round);
  };
  return [edges(".proper"), edges("aside"), [0, 0, innerWidth, innerHeight]];
}"""


def panel(tab: Tab, name: str = EXPLANATION) -> Locator:
    """The panel."""
    return tab.page.get_by_role("complementary", name=name, exact=True)


def explained(tab: Tab) -> Locator:
    """The panel with the explanation, opened from the menu."""
    tab.menu(EXPLANATION)
    expect(panel(tab)).to_be_visible()
    return panel(tab)


def assert_shares_the_window(tab: Tab, *, strip: bool) -> None:
    """Assert that the page proper and the panel fill the window without covering each other."""
    page, side, whole = tab.page.evaluate(BOXES)
    if page[2] < whole[2]:
        assert (page, side) == ([0, 0, side[0], whole[3]], [page[2], 0, *whole[2:]])
    else:
        assert (page, side) == ([0, 0, whole[2], side[1]], [0, page[3], *whole[2:]])
    zoom = float(tab.page.locator("[data-page]").evaluate("(e) => getComputedStyle(e).zoom"))
    thin = min(side[2] - side[0], side[3] - side[1]) / zoom
    assert (abs(thin - 44) < 1) == strip


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_page_and_panel_share_the_window(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    explained(tab)
    assert_shares_the_window(tab, strip=False)
    tab.button("Collapse panel").click()
    expect(tab.button("Expand panel")).to_have_attribute("aria-expanded", "false")
    assert_shares_the_window(tab, strip=True)
    tab.button("Expand panel").click()
    tab.has_focus(tab.button("Collapse panel"))
    assert_shares_the_window(tab, strip=False)
    panel(tab).get_by_role("button", name="Close", exact=True).click()
    expect(panel(tab)).to_have_count(0)
    tab.has_focus(tab.button("More"))


def test_the_list_is_opened_by_its_key_and_leads_to_the_explanation_and_back(open_page: Opener) -> None:
    tab = open_page()
    tab.press("l")
    lessons = panel(tab, LESSONS)
    tab.has_focus(lessons.get_by_role("group", name=LESSONS))
    lessons.get_by_role("button", name=EXPLANATION).click()
    tab.has_focus(panel(tab).get_by_role("group", name=EXPLANATION))
    tab.button("Back").click()
    expect(lessons).to_be_visible()
    tab.press("Escape")
    expect(tab.page.get_by_role("complementary")).to_have_count(0)


def test_escape_closes_the_explanation_from_inside_only(open_page: Opener) -> None:
    tab = open_page()
    explained(tab)
    tab.button("Neuron 1 of layer 1").click()
    tab.press("Escape")
    expect(tab.button("Neuron 1 of layer 1")).to_have_attribute("aria-pressed", "false")
    expect(panel(tab)).to_be_visible()
    panel(tab).get_by_role("group", name="What is this?").focus()
    tab.press("Escape")
    expect(panel(tab)).to_have_count(0)


def test_a_large_window_has_a_button_for_the_lessons(open_page: Opener) -> None:
    tab = open_page()
    tab.button("Learn").click()
    expect(panel(tab, LESSONS)).to_be_visible()
    tab.button("Close").click()
    tab.has_focus(tab.button("Learn"))


def test_keys_work_while_the_text_has_the_focus(open_page: Opener) -> None:
    tab = open_page()
    explained(tab)
    tab.press("ArrowRight")
    tab.sees("epoch", 1)
    tab.press("Space")
    expect(tab.button("Pause")).to_be_visible()


def test_a_hint_of_the_panel_shows_inside_the_window(open_page: Opener) -> None:
    tab = open_page()
    explained(tab)
    tab.page.mouse.move(5, 5)
    tab.button("Print").hover()
    hint = tab.page.locator(".hint span")
    expect(hint).to_have_text("Print")
    box = hint.bounding_box()
    assert box is not None
    assert box["x"] > 1080
    assert box["x"] + box["width"] < 1440


@pytest.mark.parametrize("size", [(1440, 900), (844, 390), (390, 844)], ids="{0[0]}x{0[1]}".format)
def test_a_sheet_stays_beside_the_panel(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    explained(tab)
    tab.menu("Hide controls for a class")
    sheet = tab.dialog("Hide controls for a class").bounding_box()
    text = panel(tab).bounding_box()
    assert sheet is not None
    assert text is not None
    assert sheet["x"] + sheet["width"] <= text["x"] or sheet["y"] + sheet["height"] <= text["y"]


@pytest.mark.parametrize("theme", ["light", "dark", "forced"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844), (640, 360)], ids="{0[0]}x{0[1]}".format)
def test_axe_finds_nothing_beside_the_page(open_page: Opener, axe: str, size: tuple[int, int], theme: str) -> None:
    look = {"forced_colors": "active"} if theme == "forced" else {"color_scheme": theme}
    tab = open_page(**window(size), **look)
    explained(tab)
    assert tab.violations(axe) == []
    tab.button("Collapse panel").click()
    assert tab.violations(axe) == []


# By the name of the button, the term that it leads to.
TERMS = {
    "Learning rate": "learning-rate",
    "Activation": "activation",
    "Regularization": "regularization",
    "Rate": "regularization",
    "Problem": "problem",
    "Hidden layers": "layer",
    "Data": "data",
    "Training data": "data",
    "Noise": "noise",
    "Batch size": "batch",
    "Epoch": "epoch",
    "Test loss": "loss",
    "Training loss": "loss",
    "Test accuracy": "accuracy",
    "Inputs": "input",
    "Output": "output",
}


def test_every_term_leads_to_its_explanation(open_page: Opener) -> None:
    tab = open_page()
    for name, term in TERMS.items():
        button = tab.button(f"{name} (what is this?)")
        expect(button).to_have_attribute("data-term", term)
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 24
    for term in ("neuron", "layer", "loss"):
        tab.page.locator(f".proper [data-term={term}]").first.click()
        expect(panel(tab)).to_be_visible()
        expect(tab.page.locator(f"aside [data-section={term}]")).to_be_in_viewport()
    expect(tab.choice("Learning rate")).to_have_count(1)
    expect(tab.slider("Noise")).to_have_count(1)


def test_a_term_is_reached_and_opened_by_keyboard(open_page: Opener) -> None:
    tab = open_page()
    tab.choice("Learning rate").focus()
    tab.press("Shift+Tab")
    tab.has_focus(tab.button("Learning rate (what is this?)"))
    tab.press("Enter")
    tab.has_focus(panel(tab).get_by_role("heading", name="Learning rate", exact=True))
    tab.press("Escape")
    tab.has_focus(tab.button("Learning rate (what is this?)"))


def test_a_value_and_a_formula_explain_their_terms(open_page: Opener) -> None:
    tab = open_page()
    tab.button("Neuron 1 of layer 1").click()
    for name in ("input", "weight", "bias"):
        expect(tab.page.locator(".formula").get_by_role("button", name=f"{name} (what is this?)")).to_be_visible()
    expect(tab.page.locator(".formula [data-term=activation]")).to_be_visible()
    tab.button("Bias of neuron 1 of layer 1").click()
    popover = tab.dialog("Bias of neuron 1 of layer 1")
    popover.locator("[data-term=bias]").click()
    expect(panel(tab)).to_be_visible()


def test_a_finger_has_no_targets_that_are_too_small(open_page: Opener) -> None:
    tab = open_page(**window((390, 844)))
    expect(tab.page.locator(".proper [data-term]")).to_have_count(0)
    tab.page.get_by_role("tab", name="Settings").click()
    tab.page.get_by_text("Activation", exact=True).click()
    tab.has_focus(tab.choice("Activation"))


@pytest.mark.parametrize(("name", "term"), [("Settings", "learning-rate"), ("Data", "data")])
def test_on_a_phone_settings_and_data_lead_to_what_they_mean(open_page: Opener, name: str, term: str) -> None:
    tab = open_page(**window((390, 844)))
    tab.page.get_by_role("tab", name=name).click()
    link = tab.button("What do these mean?").filter(visible=True)
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    link.click()
    expect(tab.page.locator(f"aside [data-section={term}]")).to_be_in_viewport()


def test_a_lesson_stands_in_the_panel_and_escape_does_not_leave_it(open_page: Opener) -> None:
    tab = open_page("seed=0.5&lesson=first-steps&lessonStep=1")
    lesson = panel(tab, "Lesson")
    expect(lesson).to_be_visible()
    lesson.get_by_role("group", name="Lesson").focus()
    tab.press("Escape")
    expect(lesson).to_be_visible()
    tab.button("Learning rate (what is this?)").click()
    expect(panel(tab)).to_be_visible()
    tab.button("Back").click()
    expect(lesson).to_be_visible()


LONG = """() => {
  const text = document.querySelector("aside .text");
  for (let i = 0; i < 150; i++) {
    const line = document.createElement("p");
    line.textContent = `Line ${i}`;
    text.append(line);
  }
}"""
CLIPPED = """() => {
  const last = document.querySelector("aside .text").lastElementChild.getBoundingClientRect();
  const parts = ["html", "body", "#page", ".page", "aside", "aside .text"].map((name) => document.querySelector(name));
  return parts.filter((part) => {
    const clips = getComputedStyle(part).overflowY !== "visible";
    return clips && part.getBoundingClientRect().bottom < last.bottom - 1;
  }).map((part) => part.className);
}"""


@pytest.mark.parametrize("size", [(1440, 900), (2560, 1440), (390, 844)], ids="{0[0]}x{0[1]}".format)
def test_the_explanation_is_printed_alone_and_all_of_it(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    explained(tab)
    tab.page.evaluate(LONG)
    tab.page.emulate_media(media="print")
    expect(tab.page.locator(".proper")).to_be_hidden()
    expect(tab.page.get_by_text("Line 149", exact=True)).to_be_visible()
    expect(tab.button("Print")).to_have_count(0)
    assert tab.page.evaluate(CLIPPED) == []
    assert len(SHEETS.findall(tab.page.pdf(prefer_css_page_size=True))) >= 3


def test_the_page_is_printed_alone_while_the_panel_is_folded(open_page: Opener) -> None:
    tab = open_page()
    explained(tab)
    tab.button("Collapse panel").click()
    tab.page.emulate_media(media="print")
    expect(tab.page.get_by_role("complementary")).to_have_count(0)
    expect(tab.page.get_by_text("tinkernet 'seed=0.5'")).to_be_visible()
    assert len(SHEETS.findall(tab.page.pdf(prefer_css_page_size=True))) == 1
