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
    expect(tab.page.get_by_text("Build a small neural network and watch it learn.")).to_be_visible()
    expect(tab.page.get_by_text(CLUE)).to_be_visible()
    expect(tab.page.get_by_text("A weight:")).to_be_visible()
    tab.button("Neuron 2 of layer 1").click()
    expect(tab.page.get_by_text(CLUE)).to_have_count(0)
    tab.press("Escape")
    tab.press("Space")
    tab.comes_past(2)
    tab.press("Space", "Shift+R")
    tab.sees("epoch", 0)
    expect(tab.page.get_by_text("Build a small neural network")).to_have_count(0)
    tab.page.reload()
    tab.ready()
    expect(tab.page.get_by_text("A weight:")).to_be_visible()
    expect(tab.page.get_by_text(CLUE)).to_have_count(0)
    expect(tab.page.get_by_text("Build a small neural network")).to_have_count(0)


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
