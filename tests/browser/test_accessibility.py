"""axe-core finds no problems, in light and dark, on a desktop and on a phone, with and without open panels."""

import pytest
from browsing import Opener
from playwright.sync_api import expect

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_desktop(open_page: Opener, axe: str, theme: str) -> None:
    tab = open_page("seed=0.5&showTestData=true", color_scheme=theme, viewport=DESK)
    tab.train_to(20)
    assert tab.violations(axe) == []
    tab.button("Neuron 1 of layer 1").click()
    expect(tab.page.get_by_text("Neuron 1 of 4, layer 1")).to_be_visible()
    assert tab.violations(axe) == []
    tab.button("Bias of neuron 1 of layer 1").click()
    expect(tab.dialog("Bias of neuron 1 of layer 1")).to_be_visible()
    assert tab.violations(axe) == []
    tab.press("Escape", "Escape")
    tab.button("More").click()
    assert tab.violations(axe) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_a_panel_open(open_page: Opener, axe: str, theme: str) -> None:
    tab = open_page(color_scheme=theme, viewport=DESK)
    for key, title in [
        ("?", "Help and keys"),
        ("o", "Open a link"),
        ("i", "Copy picture"),
        ("c", "Python code of this run"),
    ]:
        tab.press(key)
        expect(tab.dialog(title)).to_be_visible()
        assert tab.violations(axe) == [], title
        tab.press("Escape")
        expect(tab.page.locator("dialog")).to_have_count(0)
    for item, title in [
        ("Save animation", "Save animation"),
        ("Stop at", "Stop at"),
        ("Export network", "Export network"),
        ("Hide controls for a class", "Hide controls for a class"),
    ]:
        tab.menu(item)
        expect(tab.dialog(title)).to_be_visible()
        assert tab.violations(axe) == [], title
        tab.press("Escape")
        expect(tab.page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone(open_page: Opener, axe: str, theme: str) -> None:
    tab = open_page(color_scheme=theme, viewport=PHONE, has_touch=True)
    for part in ("Network", "Data", "Settings"):
        tab.page.get_by_role("tab", name=part).click()
        assert tab.violations(axe) == [], part
    tab.button("More").click()
    tab.page.get_by_role("menuitem", name="Help and keys").click()
    expect(tab.dialog("Help and keys")).to_be_visible()
    assert tab.violations(axe) == []
