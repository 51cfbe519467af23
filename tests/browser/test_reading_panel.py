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
    panel(tab).get_by_role("group").focus()
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


def test_the_page_is_printed_alone_while_the_panel_is_folded(open_page: Opener) -> None:
    tab = open_page()
    explained(tab)
    tab.button("Collapse panel").click()
    tab.page.emulate_media(media="print")
    expect(tab.page.get_by_role("complementary")).to_have_count(0)
    expect(tab.page.get_by_text("tinkernet 'seed=0.5'")).to_be_visible()
    assert len(SHEETS.findall(tab.page.pdf(prefer_css_page_size=True))) == 1
