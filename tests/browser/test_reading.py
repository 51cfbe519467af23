"""The page for everyone: forced colours, more contrast, on paper, on a first visit."""

import re
from io import BytesIO

import pytest
from browsing import Opener, Tab
from PIL import Image
from playwright.sync_api import expect
from windows import WINDOWS, window

SHEETS = re.compile(rb"/Type\s*/Page[^s]")
CLUE = "A neuron:"
WELCOME = "Press Play and watch a neural network learn."
CALL_OUTS = "() => [...document.querySelectorAll('[data-clue]')].map((e) => e.dataset.clue)"

# What a call-out lies over: controls, numbers, labels, points of weights; or a text that is larger than its place.
COVERED = """() => {
  const texts = [...document.querySelectorAll("[data-clue]")];
  const marks = [...document.querySelectorAll(
    ".page button:not([data-term]), [data-term] .words, .page select, .page input, .page .label, .page .symbol, " +
    "[data-testid], [data-slide]")]
    .filter((e) => !e.matches("[data-weight]") && e.checkVisibility({ visibilityProperty: true }))
    .map((e) => [e.getAttribute("aria-label") ?? e.textContent.trim(), e.getBoundingClientRect()]);
  for (const line of document.querySelectorAll("path[data-weight], [data-weight] path")) {
    const to = line.getScreenCTM();
    for (let t = 0; t <= 1; t += 0.02) {
      const { x, y } = line.getPointAtLength(t * line.getTotalLength()).matrixTransform(to);
      marks.push(["a weight", new DOMRect(x, y, 0, 0)]);
    }
  }
  return texts.flatMap((text) => {
    const box = text.getBoundingClientRect();
    const over = marks.filter(([, other]) => other.left < box.right - 1 && other.right > box.left + 1 &&
      other.top < box.bottom - 1 && other.bottom > box.top + 1).map(([name]) => name);
    return [...over, ...(text.scrollHeight > text.clientHeight + 1 ? ["too long"] : [])]
      .map((what) => `${text.dataset.clue}: ${what}`);
  });
}"""


@pytest.mark.parametrize("theme", ["light", "dark", "forced"])
@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_axe_finds_nothing_in_any_window(open_page: Opener, axe: str, size: tuple[int, int], theme: str) -> None:
    look = {"forced_colors": "active"} if theme == "forced" else {"color_scheme": theme}
    tab = open_page(**window(size), **look)
    assert tab.violations(axe) == []


def test_forced_colours_show_what_is_chosen_by_lines(open_page: Opener) -> None:
    tab = open_page(forced_colors="active", color_scheme="dark")
    expect(tab.page.locator("[role=radiogroup][aria-label=Speed] label.chosen")).to_have_css(
        "border-top-style", "solid"
    )
    expect(tab.page.locator("[aria-label=Dataset] .chosen .picture")).to_have_css("outline-style", "solid")
    expect(tab.page.locator(".scale .bar")).to_have_css("forced-color-adjust", "none")
    with Image.open(BytesIO(tab.slider("Noise").screenshot())) as slider:
        assert len(slider.convert("RGB").getcolors() or []) > 2


def test_forced_colours_follow_the_system_and_not_the_chosen_theme(open_page: Opener) -> None:
    tab = open_page(color_scheme="dark")
    tab.button("Theme").click()
    page = tab.page.locator("[data-page]")
    expect(page).to_have_attribute("data-theme", "light")
    tab.page.emulate_media(forced_colors="active")
    expect(page).to_have_attribute("data-theme", "dark")


def test_more_contrast_leaves_nothing_faint(open_page: Opener) -> None:
    tab = open_page(color_scheme="light")
    label = tab.page.get_by_text("Learning rate", exact=True)
    before = label.evaluate("(e) => getComputedStyle(e).color")
    tab.page.emulate_media(contrast="more")
    assert label.evaluate("(e) => getComputedStyle(e).color") != before
    expect(label).to_have_css("color", "rgb(43, 45, 49)")


@pytest.mark.parametrize("size", [(1440, 900), (1366, 625), (2560, 1440)], ids="{0[0]}x{0[1]}".format)
def test_it_prints_on_one_sheet_with_its_link(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page("seed=0.5&dataset=xor", **window(size))
    tab.train_to(20)
    tab.page.emulate_media(media="print")
    expect(tab.page.get_by_text("tinkernet 'dataset=xor&seed=0.5'")).to_be_visible()
    for part in ("Learning rate", "Test loss"):
        expect(tab.page.get_by_text(part, exact=True)).to_be_visible()
    for control in ("Play", "More", "Many starts", "New points"):
        expect(tab.button(control)).to_have_count(0)
    assert len(SHEETS.findall(tab.page.pdf(prefer_css_page_size=True))) == 1


def test_the_first_visit_is_greeted_and_what_was_used_does_not_come_back(open_page: Opener) -> None:
    tab = open_page()
    expect(tab.page.get_by_text(WELCOME)).to_be_visible()
    expect(tab.page.get_by_text(CLUE)).to_be_visible()
    expect(tab.page.get_by_text("A weight:")).to_be_visible()
    tab.button("Neuron 2 of layer 1").click()
    expect(tab.page.get_by_text(CLUE)).to_have_count(0)
    tab.press("Escape")
    tab.press("Space")
    tab.comes_past(2)
    tab.press("Space", "Shift+R")
    tab.sees("epoch", 0)
    expect(tab.page.get_by_text(WELCOME)).to_have_count(0)
    tab.page.reload()
    tab.ready()
    expect(tab.page.get_by_text("A weight:")).to_be_visible()
    expect(tab.page.get_by_text(CLUE)).to_have_count(0)
    expect(tab.page.get_by_text(WELCOME)).to_have_count(0)


@pytest.mark.parametrize("size", WINDOWS, ids="{0[0]}x{0[1]}".format)
def test_the_call_outs_cover_nothing(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    expect(tab.page.get_by_text(WELCOME)).to_be_visible()
    assert tab.page.evaluate(COVERED) == []
    shown = tab.page.evaluate(CALL_OUTS)
    if size[0] >= 1280:
        assert set(shown) == {"play", "neuron", "weight", "output"}
    elif size in {(820, 1180), (390, 844)}:
        assert len(shown) == 2
        assert "play" in shown


def test_call_outs_go_while_training_and_return_only_when_asked_for(open_page: Opener) -> None:
    tab = open_page()
    assert len(tab.page.evaluate(CALL_OUTS)) == 4
    tab.press("Space")
    expect(tab.page.locator("[data-clue]")).to_have_count(0)
    tab.press("Space")
    expect(tab.page.locator("[data-clue]")).to_have_count(3)
    tab.page.locator("[data-slide]").hover()
    expect(tab.page.locator("[data-clue]")).to_have_count(2)
    tab.press("?")
    tab.button("Show the first-visit call-outs again").click()
    expect(tab.dialog("Help and keys")).to_have_count(0)
    expect(tab.page.locator("[data-clue]")).to_have_count(4)


def test_the_greeting_leads_to_the_explanation(open_page: Opener) -> None:
    tab = open_page(**window((360, 640)))
    expect(tab.page.get_by_text(WELCOME)).to_be_visible()
    tab.button("What is this?").click()
    expect(tab.page.get_by_role("complementary", name="What is this?")).to_be_visible()


@pytest.mark.parametrize("button", ["Reset", "Step", "Add hidden layer", "New points"])
def test_space_plays_after_a_button_was_clicked(open_page: Opener, button: str) -> None:
    tab = open_page()
    tab.button(button).click()
    tab.press("Space")
    expect(tab.button("Pause")).to_be_visible()
    tab.press("Space")
    expect(tab.button("Play")).to_be_visible()


def test_space_plays_after_a_tick_and_a_choice_were_clicked(open_page: Opener) -> None:
    tab = open_page()
    tab.switch("Discretize").click()
    tab.press("Space")
    expect(tab.button("Pause")).to_be_visible()
    expect(tab.switch("Discretize")).to_be_checked()
    tab.choice("Activation").select_option(label="ReLU")
    tab.press("Space")
    expect(tab.button("Play")).to_be_visible()


def test_a_weight_that_is_not_a_number_is_said_and_changes_nothing(open_page: Opener) -> None:
    tab = open_page()
    tab.button("Neuron 1 of layer 1").click()
    tab.button("Bias of neuron 1 of layer 1").click()
    value = tab.dialog("Bias of neuron 1 of layer 1").get_by_role("textbox", name="Value")
    value.fill("a lot")
    tab.press("Enter")
    expect(value).to_have_value("a lot")
    expect(value).to_have_attribute("aria-invalid", "true")
    expect(tab.page.get_by_text("Type a number")).to_be_visible()
    value.fill("0.5")
    tab.press("Enter")
    expect(value).to_have_value("0.500")
    expect(tab.page.get_by_text("Type a number")).to_have_count(0)


def solved(tab: Tab) -> None:
    """Train until it is solved."""
    tab.press("5", "Space")
    expect(tab.page.get_by_text("Solved.", exact=True)).to_be_visible()
    tab.press("Space")


def test_solving_it_is_a_quiet_moment_of_joy(open_page: Opener) -> None:
    tab = open_page()
    expect(tab.page.locator(".joy")).to_have_count(0)
    solved(tab)
    expect(tab.page.locator(".joy")).to_have_count(1)


def test_speed_buttons_stay_in_place_while_the_epoch_grows(open_page: Opener) -> None:
    tab = open_page()
    speed = tab.page.get_by_role("radiogroup", name="Speed")
    before = speed.evaluate("(e) => e.getBoundingClientRect().left")
    tab.press("5", "Space")
    tab.comes_past(10_000)
    tab.press("Space")
    assert speed.evaluate("(e) => e.getBoundingClientRect().left") == before


EMPTY = "&".join(
    f"{name}_hide=true"
    for name in ("dataset", "percTrainData", "noise", "batchSize", "newPoints", "playButton", "numHiddenLayers")
)


def test_a_part_that_a_link_empties_is_not_headed_and_has_no_tab(open_page: Opener) -> None:
    desk = open_page(f"seed=0.5&{EMPTY}")
    expect(desk.page.get_by_role("heading", name="Data")).to_have_count(0)
    expect(desk.switch("Keep weights")).to_have_count(0)
    expect(desk.page.get_by_text("Press Play")).to_have_count(0)
    phone = open_page(f"seed=0.5&{EMPTY}", **window((390, 844)))
    expect(phone.page.get_by_role("tab", name="Network")).to_be_visible()
    expect(phone.page.get_by_role("tab", name="Settings")).to_be_visible()
    expect(phone.page.get_by_role("tab", name="Data")).to_have_count(0)
