"""The data sets that the original does not have: chosen by mouse and by keyboard, and always shown when used."""

import pytest
from browsing import Opener, Tab
from playwright.sync_api import Locator, expect
from windows import window

from tinkernet.data import DATASETS

FURTHER = [entry for entry in DATASETS.values() if not entry.in_original]
SIX = [entry.label for entry in DATASETS.values() if entry.in_original]
IN_WINDOW = """() => {
  const box = document.querySelector("[popover]:popover-open").getBoundingClientRect();
  return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
}"""


def opened(tab: Tab) -> Locator:
    """The other data sets, opened."""
    tab.button("More data").click()
    dialog = tab.dialog("More data")
    expect(dialog).to_be_visible()
    return dialog


def tiles(tab: Tab) -> list[str]:
    """The data sets that are shown without opening anything."""
    return tab.page.locator("[data-part=dataset] > label, .further > label").all_inner_texts()


def tile(tab: Tab, label: str) -> Locator:
    """A data set shown without opening anything."""
    return tab.page.locator("[data-part=dataset]").locator("> label, .further > label").get_by_label(label, exact=True)


def test_a_click_chooses_one_of_the_others_and_shows_it_among_the_six(open_page: Opener) -> None:
    tab = open_page()
    assert tiles(tab) == SIX
    dialog = opened(tab)
    assert dialog.get_by_role("radio").count() == len(FURTHER)
    dialog.get_by_text("Moons", exact=True).click()
    expect(dialog).to_have_count(0)
    tab.holds(dataset="moons")
    tab.has_focus(tab.button("More data"))
    assert tiles(tab) == [*SIX, "Moons"]
    expect(tile(tab, "Moons")).to_be_checked()
    tab.button("Undo").click()
    tab.holds(dataset="")
    expect(tile(tab, "Circle")).to_be_checked()
    assert tiles(tab) == SIX
    tab.button("Redo").click()
    tab.holds(dataset="moons")
    tab.page.reload()
    tab.ready()
    expect(tile(tab, "Moons")).to_be_checked()


def test_the_others_can_be_chosen_by_keyboard(open_page: Opener) -> None:
    tab = open_page("seed=0.5&dataset=moons")
    tab.button("More data").focus()
    tab.press("Enter")
    dialog = tab.dialog("More data")
    tab.has_focus(dialog.get_by_label("Moons"))
    tab.press("ArrowRight")
    tab.holds(dataset="rings")
    expect(dialog.get_by_label("Rings")).to_be_checked()
    tab.press("Escape")
    expect(dialog).to_have_count(0)
    tab.has_focus(tab.button("More data"))
    expect(tile(tab, "Rings")).to_be_checked()
    tab.press("Enter")
    tab.has_focus(dialog.get_by_label("Rings"))
    tab.press("ArrowLeft", "Enter")
    tab.holds(dataset="moons")
    expect(dialog).to_have_count(0)
    tile(tab, "Moons").focus()
    tab.press("ArrowRight")
    tab.holds(dataset="")
    tab.has_focus(tile(tab, "Circle"))


def test_a_press_on_the_chosen_one_or_elsewhere_closes_them(open_page: Opener) -> None:
    tab = open_page("seed=0.5&dataset=halves")
    dialog = opened(tab)
    dialog.get_by_text("Halves", exact=True).click()
    expect(dialog).to_have_count(0)
    opened(tab)
    tab.page.mouse.click(5, 5)
    expect(dialog).to_have_count(0)
    tab.holds(dataset="halves")


def test_values_among_them_change_the_problem(open_page: Opener) -> None:
    tab = open_page()
    opened(tab).get_by_text("Sine ridge", exact=True).click()
    tab.holds(regDataset="reg-sine", problem="regression")
    expect(tile(tab, "Sine ridge")).to_be_checked()


@pytest.mark.parametrize("entry", FURTHER, ids=lambda entry: entry.name)
def test_each_of_the_others_opens_by_its_link(open_page: Opener, entry: object) -> None:
    chosen = next(one for one in FURTHER if one is entry)
    name = "regDataset" if not chosen.classes else "dataset"
    tab = open_page(f"seed=0.5&problem={chosen.problem}&{name}={chosen.name}")
    expect(tile(tab, chosen.label)).to_be_checked()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 640), (844, 390), (360, 640)], ids="{0[0]}x{0[1]}".format)
def test_the_others_stay_in_the_window(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page("seed=0.5&dataset=halves", **window(size))
    if tab.page.locator("[data-compact]").count() > 0:
        tab.page.get_by_role("tab", name="Data").click()
    opened(tab)
    assert tab.page.evaluate(IN_WINDOW)


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str)
def test_the_others_are_accessible(open_page: Opener, axe: str, look: dict[str, str]) -> None:
    tab = open_page("seed=0.5&dataset=halves", **look)
    opened(tab)
    assert tab.violations(axe) == []
