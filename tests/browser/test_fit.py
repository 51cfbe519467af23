"""The page fits its screen: no unnecessary scrolling, no overlapping controls, large touch targets."""

from typing import Any

import pytest
from browsing import Opener, Tab
from own_links import fish
from playwright.sync_api import expect
from windows import window

DEFAULT = "seed=0.5"
LARGEST = "&".join(
    ["seed=0.5", "networkShape=8,8,8,8,8,8"]
    + [f"{name}=true" for name in ("xSquared", "ySquared", "xTimesY", "sinX", "sinY")]
)
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

CONTROLS = """() => {
  const kinds = (e) => e.dataset.bias !== undefined ? "bias" : e.dataset.place !== undefined ? "neuron" : "control";
  const within = (box, room) =>
    box.left > room.left - 1 && box.right < room.right + 1 && box.top > room.top - 1 && box.bottom < room.bottom + 1;
  const scrolls = (e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
  const seen = [];
  for (const e of document.querySelectorAll("button, select, input, textarea, [role=tab], [data-testid]:not(canvas)")) {
    // What is drawn by its label is as large as that.
    const drawn = e.matches("input:not([type=range])") ? e.closest("label") ?? e : e;
    const box = drawn.getBoundingClientRect();
    // The accuracy is inside the button that it is.
    if (e.dataset.testid !== undefined && e.closest("button") !== null) continue;
    if (box.width === 0 || !drawn.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    // What a part of the page has scrolled away, or half away, is not looked at.
    const part = drawn.closest(".stage, .data, .settings");
    if (part !== null && scrolls(part) && !within(box, part.getBoundingClientRect())) continue;
    const name = e.getAttribute("aria-label") ?? drawn.textContent.trim();
    seen.push({ name, kind: e.dataset.testid ?? kinds(e), box: [box.left, box.top, box.right, box.bottom] });
  }
  return seen;
}"""


def controls(tab: Tab) -> list[dict[str, Any]]:
    """All controls and values on the screen, with their bounds: left, top, right, bottom."""
    found: list[dict[str, Any]] = tab.page.evaluate(CONTROLS)
    return found


def overlaps(found: list[dict[str, Any]]) -> list[str]:
    """Pairs that overlap by more than a pixel."""
    return [
        f"{one['name']} / {other['name']}"
        for place, one in enumerate(found)
        for other in found[:place]
        if min(one["box"][2], other["box"][2]) - max(one["box"][0], other["box"][0]) > 1
        and min(one["box"][3], other["box"][3]) - max(one["box"][1], other["box"][1]) > 1
    ]


def outside(tab: Tab, found: list[dict[str, Any]]) -> list[str]:
    """The elements that are clipped by the edge of the screen."""
    size = tab.page.viewport_size
    assert size is not None
    return [
        one["name"]
        for one in found
        if one["box"][0] < -1
        or one["box"][1] < -1
        or one["box"][2] > size["width"] + 1
        or one["box"][3] > size["height"] + 1
    ]


def scrolls(tab: Tab) -> bool:
    """Whether the page can be scrolled."""
    root = "document.scrollingElement"
    return bool(
        tab.page.evaluate(f"{root}.scrollHeight > {root}.clientHeight || {root}.scrollWidth > {root}.clientWidth")
    )


@pytest.mark.parametrize("link", [DEFAULT, LARGEST], ids=["default", "largest"])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1024, 768), (1920, 1080)], ids="{0[0]}x{0[1]}".format)
def test_a_screen_shows_everything_without_scrolling(open_page: Opener, size: tuple[int, int], link: str) -> None:
    tab = open_page(link, viewport={"width": size[0], "height": size[1]})
    found = controls(tab)
    assert not scrolls(tab)
    assert outside(tab, found) == []
    assert overlaps(found) == []
    for name in ("Play", "Learning rate", "Add hidden layer", "Feature sin X2", "Discretize", "New points"):
        assert name in {one["name"] for one in found}


@pytest.mark.parametrize("link", [DEFAULT, LARGEST], ids=["default", "largest"])
def test_a_phone_shows_each_part_with_large_touch_targets(open_page: Opener, link: str) -> None:
    tab = open_page(link, **PHONE)
    for part in ("Network", "Data", "Settings"):
        tab.page.get_by_role("tab", name=part).click()
        found = controls(tab)
        assert not scrolls(tab)
        assert outside(tab, found) == [], part
        # One button floats over a scrollable network: covered content can be scrolled into view.
        assert overlaps([one for one in found if one["name"] != "Network on the full screen"]) == [], part
        small = [
            f"{one['name']}: {one['box'][2] - one['box'][0]:.0f} x {one['box'][3] - one['box'][1]:.0f}"
            for one in found
            if one["kind"] in ("control", "neuron")
            and min(one["box"][2] - one["box"][0], one["box"][3] - one["box"][1]) < 43.5
        ]
        assert small == [], part


def test_a_phone_can_be_used_with_one_thumb(open_page: Opener) -> None:
    tab = open_page(**PHONE)
    tab.button("Play").tap()
    tab.comes_past(5)
    tab.button("Pause").tap()
    tab.page.get_by_role("tab", name="Data").tap()
    tab.radio("Spiral").check(force=True)
    tab.holds(dataset="spiral")
    tab.page.get_by_role("tab", name="Settings").tap()
    tab.choice("Activation").select_option(label="ReLU")
    tab.holds(activation="relu")
    tab.page.get_by_role("tab", name="Network").tap()
    tab.button("Add hidden layer").tap()
    tab.holds(networkShape="4,2,2")
    tab.button("Neuron 1 of layer 1").tap()
    expect(tab.page.locator(".formula")).to_contain_text("max(0")


def test_nothing_is_animated_with_reduced_motion(open_page: Opener) -> None:
    tab = open_page(reduced_motion="reduce")
    tab.button("Step").click()
    tab.sees("epoch", 1)
    moving = tab.page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(e => {
             const s = getComputedStyle(e);
             const long = text => text.split(",").some(t => parseFloat(t) > 0.02);
             return long(s.transitionDuration) || (s.animationName !== "none" && long(s.animationDuration));
           }).map(e => e.className)"""
    )
    assert moving == []
    assert tab.page.evaluate("document.getAnimations().length") == 0


def test_nothing_moves_under_the_pointer_when_training_starts(open_page: Opener) -> None:
    tab = open_page()
    before = {one["name"]: one["box"] for one in controls(tab) if one["kind"] in ("control", "neuron", "bias")}
    tab.press("Space")
    tab.comes_past(30)
    after = {one["name"]: one["box"] for one in controls(tab)}
    moved = [name for name, box in before.items() if name in after and after[name] != box]
    assert moved == []


@pytest.mark.parametrize("size", [(390, 844), (360, 640), (375, 553)], ids="{0[0]}x{0[1]}".format)
def test_tools_beside_the_plane_keep_the_margin_of_a_phone(open_page: Opener, size: tuple[int, int]) -> None:
    for link, opener in ((DEFAULT, "Paint points"), (fish(), "Choose axes")):
        tab = open_page(link, **window(size))
        tab.button(opener).click()
        expect(tab.button("Done")).to_be_visible()
        beyond = tab.page.evaluate(
            """edge => [...document.querySelectorAll(".out button, .out label, .out input[type=range]")]
              .map((e) => [e.getAttribute("aria-label") ?? e.textContent.trim(), e.getBoundingClientRect()])
              .filter(([, box]) => box.width > 1 && box.right > edge + 1)
              .map(([name]) => name)""",
            size[0] - 16,
        )
        assert beyond == []
