"""Time travel, pinned runs, many starts, diagnosis and neuron reports."""

import re

import pytest
from browsing import Opener, Tab
from playwright.sync_api import expect


def played(open_page: Opener, epochs: int, **settings: str) -> Tab:
    tab = open_page(**settings)
    tab.train_to(epochs)
    return tab


def test_the_play_head_moves_to_earlier_epochs_and_back(open_page: Opener) -> None:
    tab = open_page()
    losses = [tab.number("train-loss")]
    for epoch in range(1, 4):
        tab.button("Step").click()
        tab.sees("epoch", epoch)
        losses.append(tab.number("train-loss"))
    now = tab.picture()
    head = tab.slider("Epoch")
    head.press("ArrowLeft")
    tab.sees("epoch", 2)
    tab.sees_exactly("train-loss", losses[2])
    tab.shows_another_picture_than(now)
    head.press("Home")
    tab.sees_exactly("train-loss", losses[0])
    head.press("End")
    tab.sees("epoch", 3)
    tab.sees_exactly("train-loss", losses[3])
    tab.shows_picture(now)


def test_a_pinned_run_is_kept_and_can_be_opened(open_page: Opener) -> None:
    tab = played(open_page, 8)
    loss = tab.number("train-loss")
    tab.press("p")
    pins = tab.button("Pinned runs: 1")
    expect(pins).to_be_visible()
    tab.choice("Activation").select_option(label="ReLU")
    tab.holds(activation="relu")
    pins.click()
    tab.page.get_by_role("button", name=re.compile("^Open ")).first.click()
    tab.holds(activation="")
    tab.sees("epoch", 8)
    tab.sees_exactly("train-loss", loss)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_pins_and_many_starts_visible(open_page: Opener, axe: str, theme: str) -> None:
    tab = played(open_page, 8, color_scheme=theme)
    tab.press("p", "m")
    expect(tab.button("Pinned runs: 1")).to_be_visible()
    expect(tab.dialog("Many starts")).to_be_visible()
    assert tab.violations(axe) == []
    tab.press("m")
    expect(tab.dialog("Many starts")).to_have_count(0)
    tab.button("Pinned runs: 1").click()
    expect(tab.page.get_by_role("button", name=re.compile("^Open ")).first).to_be_visible()
    assert tab.violations(axe) == []


def test_many_starts_show_each_run_and_open_one_of_them(open_page: Opener, axe: str) -> None:
    tab = open_page("seed=0.5&dataset=xor&networkShape=2")
    tab.button("Many starts").click()
    drawer = tab.dialog("Many starts")
    drawer.get_by_role("combobox", name="Number of starts").select_option(index=0)
    epochs = drawer.get_by_role("textbox", name="Epochs of each start")
    epochs.fill("30")
    epochs.press("Enter")
    drawer.get_by_role("button", name="Start", exact=True).click()
    starts = drawer.get_by_role("button", name=re.compile(r"^Start \d+, training loss \d"))
    expect(starts.first).to_be_visible()
    expect(drawer.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
    assert tab.violations(axe) == []
    assert tab.link()["startsEpochs"] == "30"
    tab.page.reload()
    tab.ready().button("Many starts").click()
    expect(epochs).to_have_value("30")
    expect(starts.first).to_be_visible()
    starts.first.click()
    tab.page.wait_for_function("() => new URLSearchParams(location.hash.slice(1)).has('start')")


def test_the_diagnosis_says_why_it_does_not_learn_and_one_click_tries_the_cure(open_page: Opener) -> None:
    tab = open_page("seed=0.3&initZero=true")
    tab.train_to(8)
    line = tab.page.get_by_role("group", name="Diagnosis")
    expect(line).to_contain_text("All weights are 0")
    line.get_by_role("button", name="Set the initial weights to Random").click()
    tab.holds(initZero="")
    expect(tab.button("Pinned runs: 1")).to_be_visible()
    tab.sees("epoch", 8)  # it has continued up to the earlier limit
    tab.button("Undo").click()
    tab.holds(initZero="true")


def test_playing_from_an_earlier_epoch_branches_and_pins_the_latest_state(open_page: Opener) -> None:
    tab = played(open_page, 8)
    tab.slider("Epoch").press("Home")
    tab.sees("epoch", 0)
    expect(tab.button("Return to the latest epoch")).to_be_visible()
    tab.button("Step").click()
    tab.sees("epoch", 1)
    expect(tab.button("Pinned runs: 1")).to_be_visible()
    expect(tab.button("Return to the latest epoch")).to_have_count(0)


def test_a_neuron_report_is_shown_and_the_neuron_is_switched_off_and_frozen(open_page: Opener) -> None:
    tab = played(open_page, 20)
    loss = tab.number("train-loss")
    tab.button("Neuron 1 of layer 1").click()
    output = tab.page.get_by_role("region", name="Output")
    expect(output).to_contain_text("without it")
    expect(output).to_contain_text("on its own classifies")
    tab.switch("Switched on").uncheck()
    tab.page.wait_for_function(
        "before => Number(document.querySelector('[data-testid=train-loss]')?.dataset.value ?? before) !== before",
        arg=loss,
    )
    tab.button("Undo").click()
    expect(tab.switch("Switched on")).to_be_checked()
    tab.switch("Freeze").check()
    tab.button("Step").click()
    expect(tab.switch("Freeze")).to_be_checked()
