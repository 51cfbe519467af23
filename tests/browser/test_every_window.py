"""In every window every control can be reached and pressed: a walk over all of them, whatever the page is doing."""

from collections.abc import Iterator

import pytest
from browsing import Opener, Tab
from mapping import pointed_at_run
from own_links import fish
from playwright.sync_api import Page, expect
from windows import WINDOWS, window

from tinkernet.data import DATASETS

DEFAULT = "seed=0.5"
LARGEST = "&".join(
    ["seed=0.5", "dataset=spiral", "networkShape=8,8,8,8,8,8"]
    + [f"{name}=true" for name in ("xSquared", "ySquared", "xTimesY", "sinX", "sinY")]
)
CLASSES = "seed=0.5&data=iris&showTestData=true"
CHIPS = DEFAULT + "&optimizer=adam,beta1:0.8&schedule=one-cycle&loss=cross-entropy&dropout=0.2&activations=relu,tanh"
LARGER_TEXT = "() => { document.documentElement.style.fontSize = '150%' }"

# Scrolls to each control, and asks whether its middle is its own. A weight is a curve: one of its points must be.
WALK = """(where) => {
  const room = where ? document.querySelector(where) : document;
  const problems = [];
  const kinds = "button, select, textarea, input, a[href], [role=slider], [role=tab], [role=button]";
  const owns = (element, x, y) => {
    const at = document.elementFromPoint(x, y);
    return at !== null && (element === at || element.contains(at));
  };
  for (const control of room.querySelectorAll(kinds)) {
    if (control.closest("[inert]") !== null) continue;
    // Lines may cross and hide each other where they are many: then a neuron is focused first.
    const line = control instanceof SVGGeometryElement;
    if (line && room.querySelectorAll("[data-weight]").length >= 40) continue;
    const check = control.matches("[type=checkbox], [type=radio]");
    const drawn = check ? control.closest("label") ?? control : control;
    if (!drawn.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const name = control.getAttribute("aria-label") ?? drawn.textContent.trim();
    drawn.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    if (line) {
      const length = drawn.getTotalLength();
      const to = drawn.getScreenCTM();
      const reached = Array.from({ length: 19 }, (_, i) => (i + 1) / 20).some((t) => {
        const at = drawn.getPointAtLength(t * length).matrixTransform(to);
        return owns(drawn, at.x, at.y);
      });
      if (!reached) problems.push(`${name}: nothing of it`);
      continue;
    }
    const box = drawn.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const at = document.elementFromPoint(x, y);
    if (!owns(drawn, x, y)) {
      const other = at === null ? "nothing" : `${at.tagName}.${at.className} ${at.getAttribute("aria-label") ?? ""}`;
      problems.push(`${name} at ${Math.round(x)}, ${Math.round(y)}: ${other}`);
    }
  }
  return problems;
}"""

# Targets by their size: what is smaller than the least, in pixels of the screen.
SMALL = """(least) => {
  const small = [];
  for (const control of document.querySelectorAll("button, select, textarea, input, [role=slider], [role=tab]")) {
    if (control.closest("[inert]") !== null || control.dataset.bias !== undefined) continue;
    const check = control.matches("[type=checkbox], [type=radio]");
    const drawn = check ? control.closest("label") ?? control : control;
    if (!drawn.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const { width, height } = drawn.getBoundingClientRect();
    const name = control.getAttribute("aria-label") ?? drawn.textContent.trim();
    if (Math.min(width, height) < least - 0.6) small.push(`${name}: ${width.toFixed(1)} x ${height.toFixed(1)}`);
  }
  return small;
}"""

SIDEWAYS = """() => {
  const root = document.scrollingElement;
  return root.scrollWidth > root.clientWidth || [...document.querySelectorAll(".middle")].some(
    (part) => getComputedStyle(part).overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1);
}"""

# Of an open dialog: whether it scrolls sideways, and what of its foot is out of sight while nothing has been scrolled.
DIALOG = """() => {
  const dialog = document.querySelector("dialog[open]");
  const problems = dialog.scrollWidth > dialog.clientWidth ? ["scrolls sideways"] : [];
  for (const button of dialog.querySelectorAll(".foot button")) {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!button.contains(at) || bottom > innerHeight) problems.push(`${button.textContent}: out of sight`);
  }
  return problems;
}"""

IN_SIGHT = """() => [".net", "[data-slide]"].map((part) => {
  const box = document.querySelector(part).getBoundingClientRect();
  const inside = box.top >= -1 && box.left >= -1 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1;
  return inside && box.width > 100 && box.height > 100;
})"""


def walk(tab: Tab, where: str = "") -> list[str]:
    """What cannot be reached and pressed, once nothing moves."""
    tab.page.evaluate("() => Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))")
    found: list[str] = tab.page.evaluate(WALK, where)
    # The walk has scrolled; what is far out of sight in a network is not in the document.
    tab.page.evaluate("() => document.querySelector('.stage')?.scrollTo({ top: 0, left: 0, behavior: 'instant' })")
    return found


def is_compact(page: Page) -> bool:
    """Whether what is needed less often is in tabs and in the menu."""
    return page.locator("[data-compact]").count() > 0


def tabs_of(tab: Tab) -> Iterator[str]:
    """Each of the page's tabs, shown; one nameless where there are none."""
    if not is_compact(tab.page):
        yield ""
        return
    for name in ("Data", "Settings", "Network"):
        tab.page.get_by_role("tab", name=name).click()
        yield name


def focus_neuron(tab: Tab) -> None:
    """Focus the first neuron."""
    neuron = tab.button("Neuron 1 of layer 1")
    neuron.click()
    expect(neuron).to_have_attribute("aria-pressed", "true")


def shut(tab: Tab, dialog: str) -> None:
    """Close what is open."""
    tab.press("Escape")
    expect(tab.dialog(dialog)).to_have_count(0)


def problems_of_training(tab: Tab) -> dict[str, list[str]]:
    """What cannot be pressed while it is still, plays, and a neuron is looked at."""
    found: dict[str, list[str]] = {}
    page = tab.page
    for part in tabs_of(tab):
        found[f"still {part}"] = walk(tab)
    tab.press("Space")
    expect(tab.button("Pause")).to_be_visible()
    for part in tabs_of(tab):
        found[f"playing {part}"] = walk(tab)
    tab.press("Space")
    expect(tab.button("Play")).to_be_visible()
    curve = tab.button("Loss curve")
    if curve.count() > 0:
        curve.click()
        expect(tab.slider("Epoch")).to_be_visible()
        found["loss curve open"] = walk(tab)
        curve.click()
    focus_neuron(tab)
    found["neuron focused"] = walk(tab)
    tab.button("Bias of neuron 1 of layer 1").click()
    expect(tab.dialog("Bias of neuron 1 of layer 1")).to_be_visible()
    found["bias edited"] = walk(tab, "[role=dialog]") + walk(tab, ".top")
    shut(tab, "Bias of neuron 1 of layer 1")
    page.locator("[data-weight='0']").press("Enter")
    expect(tab.dialog("Weight from X1 to neuron 1 of layer 1")).to_be_visible()
    found["weight edited"] = walk(tab, "[role=dialog]") + walk(tab, ".top") + walk(tab, ".out")
    shut(tab, "Weight from X1 to neuron 1 of layer 1")
    if is_compact(page):
        tab.button("What it does").click()
        found["neuron studied"] = walk(tab, "dialog")
        shut(tab, "Neuron 1 of layer 1")
    tab.press("Escape")
    return found


def problems_of_more_data(tab: Tab) -> dict[str, list[str]]:
    """What cannot be pressed among the further data sets."""
    found: dict[str, list[str]] = {}
    for _ in filter("Data".startswith, tabs_of(tab)):
        tab.button("More data").click()
        expect(tab.dialog("More data")).to_be_visible()
        found["more data"] = walk(tab, "[popover]:popover-open")
        shut(tab, "More data")
    return found


def problems_of_dialog(tab: Tab) -> list[str]:
    """What is not as it should be in the dialog that is open."""
    tab.page.evaluate("() => Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))")
    found: list[str] = tab.page.evaluate(DIALOG)
    return found + walk(tab, "dialog")


def problems_of_sharing(tab: Tab) -> dict[str, list[str]]:
    """What cannot be pressed in the dialog for sharing, and in those that it leads to."""
    tab.share()
    found = {"share": problems_of_dialog(tab)}
    focused = "document.activeElement.getAttribute('aria-label')"
    for item, title in (("Save animation…", "Save animation"), ("Export network…", "Export network")):
        tab.button(item).click()
        expect(tab.dialog(title)).to_be_visible()
        if title == "Export network":
            expect(tab.page.get_by_label("The exported network")).to_be_visible()
        found[title] = problems_of_dialog(tab)
        shut(tab, title)
        # Not the dialog that has led to it, which is gone: the button that has opened that.
        found[f"focus after {title}"] = [] if tab.page.evaluate(focused) in ("Share", "More") else ["lost"]
        tab.share()
    shut(tab, "Share")
    return found


def problems_of_what_opens(tab: Tab) -> dict[str, list[str]]:
    """What cannot be pressed in menus, dialogs and the drawer."""
    found = problems_of_more_data(tab)
    tab.button("More").click()
    expect(tab.page.get_by_role("menu")).to_be_visible()
    found["menu"] = walk(tab, "[role=menu]")
    tab.press("Escape")
    expect(tab.page.get_by_role("menu")).to_have_count(0)
    for key in ("?", "o", "i", "c"):
        tab.press(key)
        expect(tab.page.locator("dialog")).to_be_visible()
        found[f"dialog of {key}"] = problems_of_dialog(tab)
        tab.press("Escape")
        expect(tab.page.locator("dialog")).to_have_count(0)
    found |= problems_of_sharing(tab)
    for item in ("Stop at", "Hide controls for a class"):
        tab.menu(item)
        dialog = tab.page.locator("dialog, .sheet[role=dialog]")
        expect(dialog).to_be_visible()
        found[item] = walk(tab, "dialog, .sheet[role=dialog]")
        tab.press("Escape")
        expect(dialog).to_have_count(0)
    found |= problems_of_more_settings(tab)
    for state, part in (("panel open", "aside"), ("panel folded", "aside")):
        if state == "panel open":
            tab.menu("What is this?")
        else:
            tab.button("Collapse panel").click()
        expect(tab.page.get_by_role("complementary", name="What is this?")).to_be_visible()
        found[state] = walk(tab, part)
        for name in tabs_of(tab):
            found[f"{state} {name}"] = walk(tab, ".proper")
    tab.page.get_by_role("complementary").get_by_role("button", name="Close", exact=True).click()
    expect(tab.page.get_by_role("complementary")).to_have_count(0)
    why = tab.button("Why?")
    why.click()
    expect(tab.dialog("Diagnosis")).to_be_visible()
    found["diagnosis"] = walk(tab, "[role=dialog]")
    shut(tab, "Diagnosis")
    tab.press("p")
    if tab.page.locator("[data-narrow]").count() > 0:
        tab.menu("Pinned runs (1)")
    else:
        tab.button("Pinned runs: 1").click()
    expect(tab.dialog("Pinned runs")).to_be_visible()
    found["pins"] = walk(tab, "dialog, .sheet[role=dialog]")
    shut(tab, "Pinned runs")
    found["with a pinned run"] = walk(tab)
    tab.press("m")
    expect(tab.dialog("Many starts")).to_be_visible()
    found["many starts"] = walk(tab)
    expect(tab.page.locator("[data-start]").first).to_be_visible()
    found["many starts with a wall"] = walk(tab)
    shut(tab, "Many starts")
    return found


def problems_of_more_settings(tab: Tab) -> dict[str, list[str]]:
    """What cannot be pressed in the panel of further settings, and beside it."""
    compact = is_compact(tab.page)
    if compact:
        tab.page.get_by_role("tab", name="Settings").click()
    found = {"settings": walk(tab, ".settings")}
    tab.button("More settings").click()
    expect(tab.dialog("More settings")).to_be_visible()
    found["more settings"] = walk(tab, ".sheet[role=dialog]")
    shut(tab, "More settings")
    if compact:
        tab.page.get_by_role("tab", name="Network").click()
    return found


def diagnosed(tab: Tab) -> None:
    """Train until the diagnosis has something to say."""
    tab.press("4", "Space")
    tab.comes_past(300)
    tab.press("Space")
    expect(tab.button("Why?")).to_be_visible()


def problems(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Only the states that have some."""
    return {state: some for state, some in found.items() if some}


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_every_control_can_be_reached_and_pressed(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    diagnosed(tab)
    assert problems(problems_of_training(tab) | problems_of_what_opens(tab)) == {}
    assert not tab.page.evaluate(SIDEWAYS)


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_every_control_of_the_largest_network_can_be_pressed(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(LARGEST, **window(size))
    assert problems(problems_of_training(tab)) == {}
    assert not tab.page.evaluate(SIDEWAYS)


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_every_chip_and_its_panel_can_be_pressed(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(CHIPS, **window(size))
    assert problems(problems_of_more_settings(tab)) == {}
    if is_compact(tab.page):
        tab.page.get_by_role("tab", name="Settings").click()
    tab.page.locator(".chips .text").last.click()
    expect(tab.dialog("More settings")).to_be_visible()
    assert tab.page.evaluate(SMALL, 44 if is_compact(tab.page) else 24) == []
    assert not tab.page.evaluate(SIDEWAYS)


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_every_tool_for_painting_can_be_pressed(open_page: Opener, size: tuple[int, int]) -> None:
    for link in (DEFAULT, "problem=regression&seed=0.5"):
        tab = open_page(link, **window(size))
        tab.button("Paint points").click()
        plane = tab.page.get_by_role("application")
        expect(plane).to_be_visible()
        assert walk(tab) == []
        assert tab.page.evaluate(SMALL, 44 if is_compact(tab.page) else 24) == []
        assert not tab.page.evaluate(SIDEWAYS)
        box = plane.bounding_box()
        assert box is not None
        assert abs(box["width"] - box["height"]) < 1
        assert box["width"] > 180
        tab.button("Done").click()
        expect(plane).to_have_count(0)
        assert walk(tab) == []


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_every_control_of_a_slice_can_be_pressed(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(fish(), **window(size))
    assert walk(tab) == []
    tab.button("Choose axes").click()
    expect(tab.choice("Across")).to_be_visible()
    assert walk(tab) == []
    assert tab.page.evaluate(SMALL, 44 if is_compact(tab.page) else 24) == []
    assert not tab.page.evaluate(SIDEWAYS)
    tab.button("Done").click()
    assert walk(tab) == []


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_every_control_of_the_map_can_be_pressed(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    tab.menu("Map of two settings")
    dialog = tab.dialog("Map of two settings")
    expect(dialog).to_be_visible()
    plane = dialog.get_by_role("application")
    pointed_at_run(tab.page, dialog, 100)
    assert walk(tab, "dialog") == []
    assert tab.page.evaluate(SMALL, 44 if is_compact(tab.page) else 24) == []
    assert not tab.page.evaluate(SIDEWAYS)
    box = plane.bounding_box()
    assert box is not None
    assert abs(box["width"] - box["height"]) < 1
    assert box["width"] >= 160
    dialog.get_by_role("combobox", name="Map of").select_option(label="The edge of trainability")
    expect(dialog.get_by_role("textbox", name="Steps")).to_be_visible()
    assert walk(tab, "dialog") == []
    assert not tab.page.evaluate(SIDEWAYS)


def problems_of_classes(tab: Tab) -> dict[str, list[str]]:
    """What cannot be pressed while an output is looked at, and with the confusion matrix open."""
    found: dict[str, list[str]] = {}
    for name in DATASETS["iris"].classes:
        output = tab.button(f"Output neuron of {name}")
        output.click()
        expect(output).to_have_attribute("aria-pressed", "true")
        found[f"output of {name}"] = walk(tab)
        bias = tab.button(f"Bias of output neuron of {name}")
        bias.click()
        expect(tab.dialog(f"Bias of output neuron of {name}")).to_be_visible()
        found[f"bias of {name}"] = walk(tab, "[role=dialog]")
        shut(tab, f"Bias of output neuron of {name}")
        output.click()
    # On a desk a neuron under the pointer takes the place of the accuracy.
    tab.page.mouse.move(1, 1)
    tab.page.locator("[data-part=accuracy] .value").click()
    expect(tab.dialog("Confusion matrix")).to_be_visible()
    found["confusion matrix"] = walk(tab, "[popover]:popover-open")
    shut(tab, "Confusion matrix")
    return found


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_every_control_of_three_classes_can_be_pressed(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(CLASSES, **window(size))
    assert problems(problems_of_training(tab) | problems_of_classes(tab)) == {}
    assert not tab.page.evaluate(SIDEWAYS)
    small = tab.page.evaluate(SMALL, 44 if is_compact(tab.page) else 24)
    assert small == []


@pytest.mark.parametrize("enlarge", ["browser", "text"])
def test_every_control_can_be_reached_on_an_enlarged_page(open_page: Opener, enlarge: str) -> None:
    if enlarge == "browser":
        tab = open_page(viewport={"width": 683, "height": 384}, device_scale_factor=2)
    else:
        tab = open_page(viewport={"width": 1366, "height": 768})
        tab.page.evaluate(LARGER_TEXT)
        expect(tab.page.locator("[data-layout=side]")).to_have_count(1)
    diagnosed(tab)
    assert problems(problems_of_training(tab) | problems_of_what_opens(tab)) == {}


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_every_target_is_large_enough(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    least = 44 if is_compact(tab.page) else 24
    small = {part: tab.page.evaluate(SMALL, least) for part in tabs_of(tab)}
    tab.button("More").click()
    expect(tab.page.get_by_role("menu")).to_be_visible()
    assert problems(small | {"menu": tab.page.evaluate(SMALL, least)}) == {}


@pytest.mark.parametrize("link", [DEFAULT, LARGEST, CLASSES], ids=["default", "largest", "classes"])
@pytest.mark.parametrize(
    "size", [size for size in WINDOWS if size[0] >= 700 and size[1] >= 420], ids="{0[0]}x{0[1]}".format
)
def test_network_and_output_are_in_sight_while_it_plays(open_page: Opener, size: tuple[int, int], link: str) -> None:
    tab = open_page(link, **window(size))
    tab.press("Space")
    tab.comes_past(3)
    assert tab.page.evaluate(IN_SIGHT) == [True, True]


EARLIER = "(epoch) => Number(document.querySelector('[data-testid=epoch]').dataset.value) < epoch"
STUDIED = """() => {
  const out = document.querySelector("section.out");
  const parts = [...out.querySelectorAll(".formula .term, .report p span, .switches label")];
  return parts.filter((part) => {
    const box = part.getBoundingClientRect();
    return !out.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
  }).map((part) => part.textContent);
}"""


@pytest.mark.parametrize("link", [DEFAULT, LARGEST], ids=["default", "largest"])
@pytest.mark.parametrize(
    "size", [size for size in WINDOWS if size[0] >= 1024 and size[1] >= 600], ids="{0[0]}x{0[1]}".format
)
def test_a_focused_neuron_is_read_without_scrolling(open_page: Opener, size: tuple[int, int], link: str) -> None:
    tab = open_page(link, **window(size))
    tab.train_to(30)
    tab.button("Neuron 1 of layer 2").click()
    expect(tab.page.locator(".report")).to_contain_text("training loss")
    assert tab.page.evaluate(STUDIED) == []
    assert tab.page.locator(".under").evaluate("(e) => e.scrollHeight <= e.clientHeight + 1")
    expect(tab.page.locator(".formula .term")).to_have_count(8 + 1 if link == LARGEST else 4 + 1)


def test_a_projector_enlarges_everything(open_page: Opener) -> None:
    tab = open_page()
    width = tab.button("Play").evaluate("(e) => e.getBoundingClientRect().width")
    tab.button("More").click()
    tab.page.get_by_role("menuitemradio", name="Size: projector").click()
    expect(tab.page.locator("[data-page]")).to_have_css("zoom", "1.4")
    assert tab.button("Play").evaluate("(e) => e.getBoundingClientRect().width") > 1.2 * width
    tab.page.reload()
    tab.ready()
    expect(tab.page.locator("[data-page]")).to_have_css("zoom", "1.4")
    tab.button("More").click()
    tab.page.get_by_role("menuitemradio", name="Size: automatic").click()
    expect(tab.page.locator("[data-page]")).to_have_css("zoom", "1")


@pytest.mark.parametrize("size", [(1440, 900), (2560, 1440)], ids="{0[0]}x{0[1]}".format)
def test_a_pointer_is_where_it_points_on_an_enlarged_page(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    tab.train_to(100)
    slide = tab.page.locator("[data-slide]").bounding_box()
    assert slide is not None
    tab.page.mouse.move(slide["x"] + 0.75 * slide["width"], slide["y"] + 0.25 * slide["height"])
    expect(tab.page.locator(".reading")).to_contain_text("(3.0, 3.0)")
    curve = tab.page.locator(".time canvas").bounding_box()
    assert curve is not None
    tab.page.mouse.click(curve["x"] + 0.5 * curve["width"], curve["y"] + 0.5 * curve["height"])
    tab.page.wait_for_function(EARLIER, arg=100)
    assert 60 <= tab.number("epoch") <= 85  # the axis ends at 150
