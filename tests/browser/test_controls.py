"""Every control changes its setting, in the address and on the page."""

import re

import pytest
from browsing import Opener, Tab
from playwright.sync_api import Locator, expect


@pytest.mark.parametrize(
    ("control", "option", "name", "value"),
    [
        ("Learning rate", "0.3", "learningRate", "0.3"),
        ("Activation", "ReLU", "activation", "relu"),
        ("Regularization", "L1", "regularization", "L1"),
        ("Regularization rate", "0.01", "regularizationRate", "0.01"),
        ("Problem", "Regression", "problem", "regression"),
    ],
)
def test_a_select_box_changes_its_setting(open_page: Opener, control: str, option: str, name: str, value: str) -> None:
    tab = open_page()
    tab.choice(control).select_option(label=option)
    tab.holds(**{name: value})
    expect(tab.choice(control).locator("option:checked")).to_have_text(option)


def test_every_dataset_can_be_chosen(open_page: Opener) -> None:
    tab = open_page()
    for label, name, value in [
        ("XOR", "dataset", "xor"),
        ("Gauss", "dataset", "gauss"),
        ("Spiral", "dataset", "spiral"),
        ("Circle", "dataset", ""),
        ("Hills", "regDataset", "reg-gauss"),
        ("Plane", "problem", "regression"),
    ]:
        tab.radio(label).check(force=True)
        tab.holds(**{name: value})
        expect(tab.radio(label)).to_be_checked()
    expect(tab.choice("Problem").locator("option:checked")).to_have_text("Regression")
    expect(tab.page.get_by_test_id("accuracy")).to_have_count(0)


@pytest.mark.parametrize(
    ("control", "key", "name", "value", "shown"),
    [
        ("Training data", "ArrowRight", "percTrainData", "60", "60 %"),
        ("Noise", "ArrowRight", "noise", "5", "5 %"),
        ("Batch size", "End", "batchSize", "30", "30"),
    ],
)
def test_a_slider_follows_the_keyboard(
    open_page: Opener, control: str, key: str, name: str, value: str, shown: str
) -> None:
    tab = open_page()
    tab.slider(control).press(key)
    tab.holds(**{name: value})
    expect(tab.slider(control)).to_have_attribute("aria-valuetext", shown)


def test_a_slider_follows_the_pointer_and_a_drag_is_one_undo_step(open_page: Opener) -> None:
    tab = open_page()
    box = tab.slider("Noise").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    tab.page.mouse.move(box["x"] + 6, middle)
    tab.page.mouse.down()
    for part in (0.3, 0.6, 0.98):
        tab.page.mouse.move(box["x"] + box["width"] * part, middle)
    tab.page.mouse.up()
    tab.holds(noise="50")
    tab.button("Undo").click()
    tab.holds(noise="")
    expect(tab.button("Undo")).to_be_disabled()


def test_every_feature_can_be_switched_on_and_off(open_page: Opener) -> None:
    tab = open_page()
    for label, name in [
        ("X1 squared", "xSquared"),
        ("X2 squared", "ySquared"),
        ("X1 times X2", "xTimesY"),
        ("sin X1", "sinX"),
        ("sin X2", "sinY"),
    ]:
        feature = tab.switch(f"Feature {label}")
        expect(feature).not_to_be_checked()
        feature.click()
        expect(feature).to_be_checked()
        tab.holds(**{name: "true"})
        expect(tab.page.get_by_role("button", name=f"Weight from {label} to neuron 1 of layer 1")).to_be_attached()
    for label, name in [("X1", "x"), ("X2", "y")]:
        tab.switch(f"Feature {label}").click()
        expect(tab.switch(f"Feature {label}")).not_to_be_checked()
        tab.holds(**{name: "false"})


def test_layers_can_be_added_and_removed_from_none_to_six(open_page: Opener) -> None:
    tab = open_page("seed=0.5&networkShape=")
    add, remove = tab.button("Add hidden layer"), tab.button("Remove hidden layer")
    expect(remove).to_be_disabled()
    for layers in range(1, 7):
        add.click()
        expect(neurons(tab)).to_have_count(2 * layers)
    expect(add).to_be_disabled()
    tab.holds(networkShape="2,2,2,2,2,2")
    for layers in range(5, -1, -1):
        remove.click()
        expect(neurons(tab)).to_have_count(2 * layers)
    tab.holds(networkShape="")
    expect(tab.button("Output neuron")).to_be_visible()


def test_neurons_can_be_added_and_removed_from_one_to_eight(open_page: Opener) -> None:
    tab = open_page("seed=0.5&networkShape=7,2")
    tab.button("Add neuron to layer 1").click()
    tab.holds(networkShape="8,2")
    expect(tab.button("Add neuron to layer 1")).to_be_disabled()
    tab.button("Remove neuron from layer 2").click()
    tab.holds(networkShape="8,1")
    expect(tab.button("Remove neuron from layer 2")).to_be_disabled()
    tab.button("Remove neuron from layer 1").click()
    tab.holds(networkShape="7,1")
    expect(neurons(tab)).to_have_count(8)


@pytest.mark.parametrize(("control", "name"), [("Show test data", "showTestData"), ("Discretize", "discretize")])
def test_a_switch_of_the_view_changes_the_picture_and_not_the_run(open_page: Opener, control: str, name: str) -> None:
    tab = open_page()
    tab.train_to(3)
    before = (tab.picture(), tab.number("train-loss"))
    tab.switch(control).click()
    tab.holds(**{name: "true"})
    expect(tab.switch(control)).to_be_checked()
    tab.shows_another_picture_than(before[0])
    tab.sees("epoch", 3)
    assert tab.number("train-loss") == before[1]
    tab.switch(control).click()
    tab.holds(**{name: ""})
    tab.shows_picture(before[0])


def test_keep_weights_continues_the_run_after_a_change(open_page: Opener) -> None:
    tab = open_page()
    tab.train_to(3)
    tab.switch("Keep weights").click()
    tab.choice("Regularization").select_option(label="L2")
    tab.holds(regularization="L2")
    tab.sees("epoch", 3)
    tab.switch("Keep weights").click()
    tab.choice("Regularization").select_option(label="L1")
    tab.sees("epoch", 0)


def test_a_new_learning_rate_continues_the_run(open_page: Opener) -> None:
    tab = open_page()
    tab.train_to(3)
    tab.choice("Learning rate").select_option(label="0.1")
    tab.holds(learningRate="0.1")
    tab.sees("epoch", 3)


def test_dark_and_light_and_the_originals_colours_can_be_chosen(open_page: Opener) -> None:
    tab = open_page(color_scheme="light")
    root = tab.page.locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    tab.button("Theme").click()
    expect(root).to_have_attribute("data-theme", "dark")
    tab.page.reload()
    expect(root).to_have_attribute("data-theme", "dark")
    tab.button("More").click()
    tab.page.get_by_role("menuitemradio", name="Theme: match system").click()
    expect(root).to_have_attribute("data-theme", "light")
    tab.page.emulate_media(color_scheme="dark")
    expect(root).to_have_attribute("data-theme", "dark")
    tab.button("More").click()
    tab.page.get_by_role("menuitemradio", name="TensorFlow Playground colours").click()
    tab.holds(colours="original")


def neurons(tab: Tab) -> Locator:
    """All hidden neurons."""
    return tab.page.get_by_role("button", name=re.compile(r"^Neuron \d+ of layer \d+$"))
