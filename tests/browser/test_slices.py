"""Data with more than two columns: which are drawn, and at which values the others are held."""

import csv
import io
import re

import pytest
from browsing import Opener, Tab
from own_links import fish
from playwright.sync_api import expect

AXES = "Choose axes"


@pytest.fixture(scope="module")
def four() -> str:
    return fish()


def open_axes(tab: Tab) -> None:
    tab.button(AXES).first.click()
    expect(tab.button("Done")).to_be_visible()


def test_axes_are_chosen_and_have_names_and_units(open_page: Opener, four: str) -> None:
    tab = open_page(four)
    across, up = (tab.page.get_by_test_id(f"axis-{side}") for side in ("across", "up"))
    expect(across).to_have_text("length")
    expect(up).to_have_text("weight")
    picture = tab.picture()
    open_axes(tab)
    tab.choice("Across").select_option(label="depth")
    expect(across).to_have_text("depth")
    tab.shows_another_picture_than(picture)
    tab.choice("Up").select_option(label="depth")
    expect(up).to_have_text("depth")
    expect(across).to_have_text("weight")
    assert tab.link()["axes"] == "1,2"
    tab.button("Done").click()
    expect(tab.button(AXES)).to_be_visible()


def test_a_held_value_is_dragged_and_undone_in_one_step(open_page: Opener, four: str) -> None:
    tab = open_page(four)
    open_axes(tab)
    tab.page.wait_for_timeout(300)  # the picture gives way to the choices
    picture = tab.picture()
    slider = tab.slider("share")
    slider.focus()
    tab.press("End")
    tab.shows_another_picture_than(picture)
    tab.page.wait_for_function("() => location.hash.includes('held=3:')")
    far = tab.picture()
    tab.button("Use the medians").click()
    tab.shows_picture(picture)
    tab.press("Control+z")
    tab.shows_picture(far)
    tab.press("Control+z")
    tab.shows_picture(picture)


def test_inputs_are_the_columns_and_there_is_no_noise(open_page: Opener, four: str) -> None:
    tab = open_page(four)
    for name in ("length", "weight", "depth", "share"):
        expect(tab.page.locator(f"[data-feature={name}]")).to_have_attribute("aria-checked", "true")
    expect(tab.page.get_by_role("slider", name="Noise")).to_have_count(0)
    expect(tab.button("Paint points")).to_have_count(0)
    tab.button("Split again").click()
    assert "points" in tab.link()


def test_escape_leaves_the_choice_of_axes(open_page: Opener, four: str) -> None:
    tab = open_page(four)
    open_axes(tab)
    tab.press("Escape")
    expect(tab.button(AXES)).to_be_visible()
    tab.has_focus(tab.button(AXES))


def test_data_with_two_columns_has_nothing_to_choose(open_page: Opener) -> None:
    tab = open_page(fish(2))
    expect(tab.page.get_by_test_id("axis-across")).to_have_text("length")
    expect(tab.button(AXES)).to_have_count(0)
    expect(tab.button("Paint points")).to_be_visible()


def test_points_are_saved_as_csv(open_page: Opener, four: str) -> None:
    tab = open_page(four)
    with tab.page.expect_download() as download:
        tab.menu("Save points as CSV")
    assert download.value.suggested_filename == "tinkernet_points.csv"
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text())))
    assert len(rows) == 80
    assert set(rows[0]) >= {"length", "weight", "depth", "share", "label", "set", "predicted", "probability of low"}


WALL = """() => [...document.querySelectorAll(".wall canvas, .pins canvas")].map(c => c.toDataURL()).join()"""


def test_many_starts_and_pins_follow_what_is_chosen(open_page: Opener, four: str) -> None:
    tab = open_page(four)
    tab.press("p", "m")
    tab.page.get_by_text(re.compile("succeed")).first.wait_for()
    expect(tab.page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
    tab.page.wait_for_timeout(500)  # the drawer has come
    before = tab.page.evaluate(WALL)
    tab.press("m")
    open_axes(tab)
    tab.choice("Across").select_option(label="depth")
    tab.choice("Up").select_option(label="share")
    tab.button("Done").click()
    tab.press("m")
    tab.page.locator("[data-start]").first.wait_for()
    tab.page.wait_for_timeout(500)
    assert tab.page.evaluate(WALL) != before
    expect(tab.page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
    tab.press("Control+z", "Control+z")
    tab.page.wait_for_function(f"before => ({WALL})() === before", arg=before)
