"""Using the page with the keyboard only."""

from browsing import Opener, Tab
from playwright.sync_api import expect

FOCUSED = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const name = e.getAttribute("aria-label") ?? e.closest("label")?.textContent ?? e.textContent;
  const group = e.type === "radio" ? e.closest("[role=radiogroup]").getAttribute("aria-label") : null;
  return (group ?? name).trim();
}"""

STOPS = {
    *("Rewind", "Reset", "Play", "Step", "Speed", "Stop at", "Share", "Theme", "More"),
    *("Dataset", "More data", "Training data", "Noise", "Batch size", "New points", "Keep weights"),
    *("Learning rate", "Activation", "Regularization", "Regularization rate", "Problem"),
    *("Add hidden layer", "Remove hidden layer", "Add neuron to layer 1", "Remove neuron from layer 2"),
    *("Feature X1", "Feature X2 squared", "Feature sin X2", "Neuron 1 of layer 1"),
    *("Show test data", "Discretize", "Log scale"),
}


def walk(tab: Tab, most: int = 100) -> list[str]:
    """The elements that the tab key reaches, up to the end of the page."""
    stops: list[str] = []
    for _ in range(most):
        tab.press("Tab")
        name = tab.page.evaluate(FOCUSED)
        if name is None:
            break
        stops.append(name)
    return stops


def tab_to(tab: Tab, name: str) -> None:
    """Move to a control with the tab key."""
    for _ in range(100):
        if tab.page.evaluate(FOCUSED) == name:
            return
        tab.press("Tab")
    raise AssertionError(f"the tab key does not come to {name}")


def test_the_tab_key_reaches_every_control_once(open_page: Opener) -> None:
    stops = walk(open_page())
    assert sorted(STOPS - set(stops)) == []
    assert len(stops) == len(set(stops))


def test_the_keyboard_focus_is_visible(open_page: Opener) -> None:
    tab = open_page()
    unseen = []
    for _ in range(100):
        tab.press("Tab")
        if tab.page.evaluate(FOCUSED) is None:
            break
        # An outline, a ring or a line, on the element or on its label.
        seen = tab.page.evaluate(
            """() => [document.activeElement, document.activeElement.closest("label")].filter(e => e).some(e => {
                 const s = getComputedStyle(e);
                 return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none"
                   || getComputedStyle(e, "::after").outlineStyle !== "none"
                   || [...e.children].some(c => getComputedStyle(c).outlineStyle !== "none");
               })"""
        )
        if not seen:
            unseen.append(tab.page.evaluate(FOCUSED))
    assert unseen == []


def test_the_page_can_be_used_without_a_pointer(open_page: Opener) -> None:
    tab = open_page()
    tab_to(tab, "Dataset")
    tab.press("ArrowRight")
    tab.holds(dataset="xor")
    tab_to(tab, "Keep weights")
    tab.press("Space")
    expect(tab.switch("Keep weights")).to_be_checked()
    tab_to(tab, "Activation")
    tab.press("ArrowDown")
    tab.holds(activation="relu")
    tab_to(tab, "Add hidden layer")
    tab.press("Enter")
    tab.holds(networkShape="4,2,2")
    tab_to(tab, "Feature X1 times X2")
    tab.press("Space")
    tab.holds(xTimesY="true")
    tab_to(tab, "Discretize")
    tab.press("Space")
    tab.holds(discretize="true")


def test_a_weight_can_be_edited_with_the_keyboard(open_page: Opener) -> None:
    tab = open_page()
    tab_to(tab, "Neuron 1 of layer 1")
    tab.press("ArrowDown", "ArrowRight", "ArrowRight")
    assert tab.page.evaluate(FOCUSED) == "Output neuron"
    tab.press("ArrowLeft", "ArrowLeft")
    assert tab.page.evaluate(FOCUSED) == "Neuron 1 of layer 1"
    tab.press("Enter")
    expect(tab.page.get_by_text("Neuron 1 of 4, layer 1")).to_be_visible()
    tab_to(tab, "Weight from X2 to neuron 1 of layer 1")
    tab.press("Enter")
    panel = tab.dialog("Weight from X2 to neuron 1 of layer 1")
    tab.has_focus(panel.get_by_role("textbox", name="Value"))
    tab.page.keyboard.type("-0.75")
    tab.press("Enter", "Escape")
    expect(panel).to_have_count(0)
    assert tab.page.evaluate(FOCUSED) == "Weight from X2 to neuron 1 of layer 1"
    expect(tab.page.locator(".formula")).to_contain_text("0.75")
    tab.press("Escape")
    expect(tab.page.get_by_text("Neuron 1 of 4, layer 1")).to_have_count(0)


def test_each_shortcut_does_what_the_help_says(open_page: Opener) -> None:
    tab = open_page()
    start, seed = tab.number("train-loss"), tab.link()["seed"]
    tab.press("Space")
    expect(tab.button("Pause")).to_be_visible()
    tab.comes_past(3)
    tab.press("Space")
    expect(tab.button("Play")).to_be_visible()
    tab.press("Shift+R")
    tab.sees("epoch", 0)
    tab.sees_exactly("train-loss", start)
    tab.press("ArrowRight", "ArrowRight")
    tab.sees("epoch", 2)
    tab.press("r")
    tab.holds(start=1, seed=seed)
    tab.press("t", "d")
    tab.holds(showTestData="true", discretize="true")
    tab.press("Control+z")
    tab.holds(discretize="")
    tab.press("Control+Shift+z")
    tab.holds(discretize="true")
    for number, speed in enumerate(("Point by point", "Batch by batch", "Normal", "Fast", "Full speed"), 1):
        tab.press(str(number))
        expect(tab.radio(speed)).to_be_checked()
    tab.press("n")
    tab.holds(start="")
    assert tab.link()["seed"] != seed
    for key, title in [
        ("?", "Help and keys"),
        ("o", "Open a link"),
        ("i", "Copy picture"),
        ("c", "Python code of this run"),
    ]:
        tab.press(key)
        expect(tab.dialog(title)).to_be_visible()
        tab.press("Escape")
        expect(tab.page.locator("dialog")).to_have_count(0)


def test_the_focus_stays_in_a_panel_and_returns_when_it_closes(open_page: Opener) -> None:
    tab = open_page()
    tab_to(tab, "Stop at")
    tab.press("Enter")
    panel = tab.dialog("Stop at")
    tab.has_focus(panel.get_by_role("textbox", name="Epoch"))
    for _ in range(7):
        tab.press("Tab")
        inside = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        assert tab.page.evaluate(inside)
    tab.press("Escape")
    expect(panel).to_have_count(0)
    assert tab.page.evaluate(FOCUSED) == "Stop at"


def test_shortcuts_are_inactive_while_typing_in_a_field(open_page: Opener) -> None:
    tab = open_page()
    tab.press("o")
    tab.page.keyboard.type("r n 5 ?")
    expect(tab.dialog("Open a link").get_by_role("textbox", name="Link")).to_have_value("r n 5 ?")
    tab.press("Escape")
    tab.holds(start="", seed="0.5")
    expect(tab.radio("Normal")).to_be_checked()


def test_the_menu_follows_the_arrow_keys(open_page: Opener) -> None:
    tab = open_page()
    items = tab.page.get_by_role("menu").locator("button:enabled")
    tab_to(tab, "More")
    tab.press("Enter")
    tab.has_focus(items.first)
    tab.press("ArrowDown", "ArrowDown", "ArrowUp")
    tab.has_focus(items.nth(1))
    tab.press("End", "Enter")
    expect(tab.dialog("Help and keys")).to_be_visible()
    tab.press("Escape")
    tab_to(tab, "More")
    tab.press("Enter", "Escape")
    expect(tab.page.get_by_role("menu")).to_have_count(0)
    tab.has_focus(tab.button("More"))


def test_no_key_is_lost_after_a_dialog_was_closed(open_page: Opener) -> None:
    tab = open_page()
    tab.button("Neuron 1 of layer 1").click()
    for _ in range(10):
        tab.press("?")
        expect(tab.dialog("Help and keys")).to_be_visible()
        tab.press("Escape", "m")
        expect(tab.dialog("Many starts")).to_be_visible()
        tab.press("Escape")
        expect(tab.dialog("Many starts")).to_have_count(0)
    expect(tab.button("Neuron 1 of layer 1")).to_have_attribute("aria-pressed", "true")
