"""axe-core finds nothing, light and dark, on a desk and on a phone, with and without something open."""

from pathlib import Path

import pytest
from browsing import Opener, Tab
from playwright.sync_api import expect

AXE = Path(__file__).parent.parent.parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
CHECK = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`));
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's source, from the page's own packages."""
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: `make test` installs the page's packages before the tests")
    return AXE.read_text()


def violations(tab: Tab, axe: str) -> list[str]:
    """What axe-core finds on the page as it is now, once nothing moves."""
    tab.page.evaluate("() => Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))")
    tab.page.evaluate(axe)
    found: list[str] = tab.page.evaluate(CHECK)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_found_on_a_desk(open_page: Opener, axe: str, theme: str) -> None:
    tab = open_page("seed=0.5&showTestData=true", color_scheme=theme, viewport=DESK)
    tab.train_to(20)
    assert violations(tab, axe) == []
    tab.button("Neuron 1 of layer 1").click()
    expect(tab.page.get_by_text("Neuron 1 of 4, layer 1")).to_be_visible()
    assert violations(tab, axe) == []
    tab.button("Bias of neuron 1 of layer 1").click()
    expect(tab.dialog("Bias of neuron 1 of layer 1")).to_be_visible()
    assert violations(tab, axe) == []
    tab.press("Escape", "Escape")
    tab.button("More").click()
    assert violations(tab, axe) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_found_with_a_panel_open(open_page: Opener, axe: str, theme: str) -> None:
    tab = open_page(color_scheme=theme, viewport=DESK)
    for key, title in [
        ("?", "Help and keys"),
        ("o", "Open a link"),
        ("p", "Copy picture"),
        ("c", "The Python of this run"),
    ]:
        tab.press(key)
        expect(tab.dialog(title)).to_be_visible()
        assert violations(tab, axe) == [], title
        tab.press("Escape")
    for item, title in [
        ("Stop at", "Stop at"),
        ("Hide controls for a class", "Hide controls for a class"),
    ]:
        tab.menu(item)
        expect(tab.dialog(title)).to_be_visible()
        assert violations(tab, axe) == [], title
        tab.press("Escape")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_found_on_a_phone(open_page: Opener, axe: str, theme: str) -> None:
    tab = open_page(color_scheme=theme, viewport=PHONE, has_touch=True)
    for part in ("Network", "Data", "Settings"):
        tab.page.get_by_role("tab", name=part).click()
        assert violations(tab, axe) == [], part
    tab.button("More").click()
    tab.page.get_by_role("menuitem", name="Help and keys").click()
    expect(tab.dialog("Help and keys")).to_be_visible()
    assert violations(tab, axe) == []
