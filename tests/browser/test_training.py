"""Play, pause, step and restarting; the losses on the page equal the original's."""

from typing import Any

import originals
import pytest
from browsing import Opener
from playwright.sync_api import expect

CLOSE = 1e-9
CHOSEN = ("default", "dataset-spiral", "l1-kills-weights", "regression-reg-gauss", "ratio-90")
CASES = [case for case in originals.read("cases.jsonl") if case["name"] in CHOSEN]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_run_from_a_link_has_the_originals_losses(open_page: Opener, case: dict[str, Any]) -> None:
    tab = open_page(case["hash"])
    last = case["snapshots"][-1]
    for name, loss in (("train-loss", "train_loss"), ("test-loss", "test_loss")):
        assert originals.distance(tab.number(name), case["snapshots"][0][loss]) < CLOSE
    tab.train_to(last["epoch"])
    for name, loss in (("train-loss", "train_loss"), ("test-loss", "test_loss")):
        assert originals.distance(tab.number(name), last[loss]) < CLOSE


def test_each_step_equals_an_epoch_of_the_original(open_page: Opener) -> None:
    case = next(case for case in CASES if case["name"] == "default")
    tab = open_page(case["hash"])
    early = [snapshot for snapshot in case["snapshots"] if 0 < snapshot["epoch"] <= 10]
    assert early
    epoch = 0
    for snapshot in early:
        while epoch < snapshot["epoch"]:
            tab.button("Step").click()
            epoch += 1
            tab.sees("epoch", epoch)
        assert originals.distance(tab.number("train-loss"), snapshot["train_loss"]) < CLOSE


def test_play_trains_until_pause_and_the_button_shows_the_state(open_page: Opener) -> None:
    tab = open_page()
    tab.button("Play").click()
    tab.comes_past(20)
    expect(tab.button("Play")).to_have_count(0)
    tab.button("Pause").click()
    expect(tab.button("Play")).to_be_visible()
    expect(tab.page.get_by_text("Paused at epoch")).to_be_visible()
    epoch = tab.number("epoch")
    tab.button("Step").click()
    tab.sees("epoch", epoch + 1)


def test_the_picture_changes_during_training(open_page: Opener) -> None:
    tab = open_page()
    first = tab.picture()
    tab.button("Play").click()
    tab.comes_past(10)
    tab.shows_another_picture_than(first)
    expect(tab.page.get_by_test_id("output-field")).to_be_visible()


def test_rewind_reset_and_resampling_data_differ(open_page: Opener) -> None:
    tab = open_page()
    start, points = tab.number("train-loss"), tab.link()["seed"]
    tab.train_to(5)
    tab.button("Rewind").click()
    tab.sees("epoch", 0)
    assert tab.number("train-loss") == start
    tab.button("Reset").click()
    tab.holds(start=1, seed=points)
    tab.page.wait_for_function(
        "loss => Number(document.querySelector('[data-testid=train-loss]').dataset.value) !== loss", arg=start
    )
    tab.button("New points").click()
    tab.holds(start="")
    assert tab.link()["seed"] != points


def test_slow_motion_steps_by_points_and_batches(open_page: Opener) -> None:
    tab = open_page()
    tab.radio("Point by point").check(force=True)
    tab.button("Step").click()
    expect(tab.page.get_by_text("Paused in epoch 1, after 1 point")).to_be_visible()
    tab.radio("Batch by batch").check(force=True)
    tab.button("Step").click()
    expect(tab.page.get_by_text("Paused in epoch 1, after 10 points")).to_be_visible()
    tab.radio("Normal").check(force=True)
    tab.button("Step").click()
    tab.sees("epoch", 1)


def test_full_speed_is_faster_than_the_picture(open_page: Opener) -> None:
    tab = open_page()
    tab.radio("Full speed").check(force=True)
    tab.button("Play").click()
    tab.comes_past(3000)
    tab.button("Pause").click()
    expect(tab.button("Play")).to_be_visible()


def test_training_pauses_automatically_at_a_loss_with_a_notice(open_page: Opener) -> None:
    tab = open_page()
    tab.button("Stop at").click()
    panel = tab.dialog("Stop at")
    panel.get_by_role("textbox", name="Training loss").fill("lots")
    panel.get_by_role("button", name="Set", exact=True).click()
    expect(panel.get_by_text("Enter a number of at least 0.")).to_be_visible()
    panel.get_by_role("textbox", name="Training loss").fill("0.1")
    panel.get_by_role("button", name="Set", exact=True).click()
    tab.press("4")
    tab.button("Play").click()
    expect(tab.page.get_by_text("Paused: the training loss")).to_be_visible()
    tab.page.wait_for_function(
        "loss => Number(document.querySelector('[data-testid=train-loss]').dataset.value) <= loss", arg=0.1
    )
    expect(tab.button("Play")).to_be_visible()
