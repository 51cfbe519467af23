"""The address contains the experiment and the view; links of the original work; copied links work elsewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import Opener, Server
from playwright.sync_api import expect

ORIGINAL = "https://playground.tensorflow.org/#activation=relu&batchSize=7&dataset=xor&networkShape=3&seed=0.123"


def test_back_and_forward_go_through_the_experiments(open_page: Opener) -> None:
    tab = open_page()
    tab.choice("Activation").select_option(label="ReLU")
    tab.holds(activation="relu")
    tab.radio("Spiral").check(force=True)
    tab.holds(dataset="spiral")
    tab.page.go_back()
    tab.holds(dataset="", activation="relu")
    expect(tab.radio("Circle")).to_be_checked()
    tab.page.go_back()
    tab.holds(activation="")
    expect(tab.choice("Activation")).to_have_value("tanh")
    tab.page.go_forward()
    expect(tab.choice("Activation")).to_have_value("relu")
    tab.page.go_forward()
    expect(tab.radio("Spiral")).to_be_checked()


def test_a_copied_address_opens_the_same_experiment_elsewhere(open_page: Opener) -> None:
    one = open_page("dataset=spiral&networkShape=5,3&noise=20&sinX=true&discretize=true&seed=0.7")
    one.train_to(40)
    other = open_page(one.page.url.partition("#")[2])
    assert other.link() == one.link()
    expect(other.radio("Spiral")).to_be_checked()
    expect(other.switch("Discretize")).to_be_checked()
    other.train_to(40)
    assert other.number("test-loss") == one.number("test-loss")


@pytest.mark.parametrize(
    "pasted",
    [ORIGINAL, ORIGINAL.replace("&", "&amp;"), ORIGINAL.replace("&", r"\&"), ORIGINAL.partition("#")[2]],
    ids=["as it is", "from HTML", "from Markdown", "the part after #"],
)
def test_a_link_of_the_original_can_be_pasted(open_page: Opener, pasted: str) -> None:
    tab = open_page()
    tab.open_link(pasted)
    tab.holds(activation="relu", batchSize=7, dataset="xor", networkShape=3, seed="0.123")
    expect(tab.radio("XOR")).to_be_checked()
    expect(tab.choice("Activation")).to_have_value("relu")


def test_a_link_after_the_hash_of_the_page_is_opened(open_page: Opener) -> None:
    tab = open_page()
    tab.page.evaluate("link => { location.hash = link }", ORIGINAL.partition("#")[2])
    expect(tab.radio("XOR")).to_be_checked()
    tab.holds(dataset="xor", batchSize=7)


def test_unknown_settings_of_a_link_are_reported(open_page: Opener) -> None:
    tab = open_page()
    tab.open_link("seed=0.2&dataset=clouds&networkShape=3")
    expect(tab.page.get_by_role("status").get_by_text("clouds")).to_be_visible()
    tab.button("Dismiss").click()
    expect(tab.page.get_by_text("clouds")).to_have_count(0)
    tab.holds(networkShape=3, dataset="")
    other = open_page("seed=0.2&wormhole=7")
    expect(other.page.get_by_role("status").get_by_text("wormhole")).to_be_visible()


@pytest.mark.parametrize("text", ["https://example.com/", "hello world"])
def test_a_text_without_an_experiment_is_refused_in_the_dialog_and_changes_nothing(
    open_page: Opener, text: str
) -> None:
    tab = open_page("seed=0.2&networkShape=3")
    tab.train_to(4)
    tab.open_link(text)
    panel = tab.dialog("Open a link")
    expect(panel.get_by_text("There is no experiment in this text.")).to_be_visible()
    tab.sees("epoch", 4)
    tab.holds(networkShape=3, seed="0.2")
    # Another text is another question.
    panel.get_by_role("textbox", name="Link").fill("seed=0.3&dataset=xor")
    expect(panel.get_by_text("There is no experiment")).to_have_count(0)
    panel.get_by_role("button", name="Open", exact=True).click()
    expect(panel).to_have_count(0)
    tab.holds(dataset="xor", seed="0.3")


def test_all_that_a_link_says_and_nobody_knows_can_be_read(open_page: Opener) -> None:
    tab = open_page()
    tab.open_link("seed=0.2&moon=1&sun=2&star=3")
    for name in ("moon", "sun", "star"):
        expect(tab.page.get_by_role("status").get_by_text(f"“{name}”")).to_be_visible()


def test_full_speed_does_not_carry_over_into_the_next_link(open_page: Opener) -> None:
    tab = open_page("seed=0.2")
    tab.press("5")
    expect(tab.radio("Full speed")).to_be_checked()
    tab.open_link("seed=0.3")
    expect(tab.radio("Normal")).to_be_checked()
    tab.press("5")
    expect(tab.radio("Full speed")).to_be_checked()
    tab.page.go_back()
    tab.holds(seed="0.2")
    expect(tab.radio("Full speed")).to_be_checked()


def test_a_link_with_an_unreadable_number_opens_with_a_notice(open_page: Opener) -> None:
    tab = open_page("seed=0.2&networkShape=3")
    tab.open_link("learningRate=fast&networkShape=5&seed=0.3")
    expect(tab.page.get_by_role("status").get_by_text("Cannot read")).to_be_visible()
    tab.holds(networkShape=5, learningRate="", seed="0.3")


HIDEABLE = {
    "playButton": "Play",
    "stepButton": "Step",
    "resetButton": "Reset",
    "learningRate": "Learning rate",
    "activation": "Activation",
    "regularization": "Regularization",
    "regularizationRate": "Regularization rate",
    "problem": "Problem",
    "dataset": "Dataset",
    "percTrainData": "Training data",
    "noise": "Noise",
    "batchSize": "Batch size",
    "numHiddenLayers": "Add hidden layer",
    "showTestData": "Show test data",
    "discretize": "Discretize",
    "xSquared": "Feature X1 squared",
}


def test_a_link_hides_each_control_for_a_class(open_page: Opener) -> None:
    shown = open_page()
    for label in HIDEABLE.values():
        expect(shown.page.get_by_label(label, exact=True).first).to_be_attached()
    hidden = open_page("seed=0.5&" + "&".join(f"{name}_hide=true" for name in HIDEABLE))
    for label in HIDEABLE.values():
        expect(hidden.page.get_by_label(label, exact=True)).to_have_count(0)
    # Hidden controls cannot be reached with the keyboard either.
    hidden.press("Space", "ArrowRight", "r")
    expect(hidden.page.get_by_role("heading", name="tinkernet")).to_be_visible()
    hidden.sees("epoch", 0)


def test_keys_of_hidden_controls_do_nothing(open_page: Opener) -> None:
    names = ("speed", "newPoints", "pins", "manyStarts", "showTestData", "discretize")
    tab = open_page("seed=0.5&" + "&".join(f"{name}_hide=true" for name in names))
    speed = tab.page.get_by_role("radio", name="Full speed")
    tab.press("5", "n", "p", "m", "t", "d", "ArrowRight")
    tab.sees("epoch", 1)
    tab.holds(seed="0.5", showTestData="", discretize="", newPoints_hide="true")
    for heading in ("Pins", "Many starts"):
        expect(tab.dialog(heading)).to_have_count(0)
    expect(speed.and_(tab.page.locator(":checked"))).to_have_count(0)


def test_a_panel_builds_the_link_for_a_class(open_page: Opener) -> None:
    tab = open_page(permissions=["clipboard-read", "clipboard-write"])
    tab.menu("Hide controls for a class")
    panel = tab.dialog("Hide controls for a class")
    panel.get_by_role("checkbox", name="Learning rate", exact=True).uncheck()
    tab.holds(learningRate_hide="true")
    expect(tab.choice("Learning rate")).to_have_count(0)
    original = panel.get_by_role("textbox", name="TensorFlow Playground link")
    expect(original).to_have_value("https://playground.tensorflow.org/#seed=0.5&learningRate_hide=true")
    expect(panel.get_by_text("For everyone")).to_be_visible()
    panel.get_by_role("button", name="Copy: Command").click()
    expect(panel.get_by_text("Command copied.")).to_be_visible()
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    assert copied == 'tinkernet "seed=0.5&learningRate_hide=true"'
    panel.get_by_role("button", name="Show all").click()
    tab.holds(learningRate_hide="")
    tab.press("Escape")
    expect(tab.choice("Learning rate")).to_be_visible()


def test_the_page_behind_the_panel_for_a_class_is_neither_dimmed_nor_closed_off(open_page: Opener) -> None:
    tab = open_page()
    tab.menu("Hide controls for a class")
    panel = tab.dialog("Hide controls for a class")
    expect(tab.page.locator("dialog[open]")).to_have_count(0)
    box, before = panel.bounding_box(), tab.choice("Activation")
    before.scroll_into_view_if_needed()
    assert box is not None
    panel.get_by_role("button", name="Move to the left").click()
    moved = panel.bounding_box()
    assert moved is not None
    assert moved["x"] + moved["width"] <= box["x"]


def test_what_the_original_cannot_open_is_said_instead_of_its_link(open_page: Opener) -> None:
    tab = open_page("seed=0.5&start=2&newPoints_hide=true")
    tab.menu("Hide controls for a class")
    panel = tab.dialog("Hide controls for a class")
    expect(panel.get_by_text("these come after 2 Resets")).to_be_visible()
    expect(panel.get_by_role("textbox", name="TensorFlow Playground link")).to_have_count(0)
    expect(panel.get_by_role("textbox", name="Command")).to_have_value(re.compile("^tinkernet .*start=2"))


def test_a_key_copies_the_address(open_page: Opener, server: Server) -> None:
    tab = open_page("seed=0.5&dataset=gauss", permissions=["clipboard-read", "clipboard-write"])
    tab.press("s")
    expect(tab.page.get_by_text("Link copied.")).to_be_visible()
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"http://127.0.0.1:{server.port}/")
    assert "dataset=gauss" in copied
    assert "token" not in copied


def test_the_token_is_removed_from_the_address_and_a_reload_shows_the_same_run(open_page: Opener) -> None:
    tab = open_page("seed=0.5&dataset=gauss")
    assert "token" not in tab.page.url
    tab.train_to(7)
    loss = tab.number("train-loss")
    tab.page.reload()
    tab.ready()
    tab.sees("epoch", 7)
    assert tab.number("train-loss") == loss


def test_the_copied_python_code_reproduces_the_run(open_page: Opener, tmp_path: Path) -> None:
    tab = open_page("seed=0.5&dataset=xor&networkShape=3", permissions=["clipboard-read", "clipboard-write"])
    tab.train_to(5)
    weight = tab.button("Weight from X1 to neuron 1 of layer 1")
    weight.focus()
    weight.press("Enter")
    value = tab.page.get_by_role("textbox", name="Value")
    value.fill("-1.25")
    value.press("Enter")
    value.press("Escape")
    tab.choice("Learning rate").select_option(label="0.1")
    tab.holds(learningRate="0.1")
    tab.train_to(12)
    loss = tab.number("train-loss")
    tab.menu("Copy Python")
    panel = tab.dialog("Python code of this run")
    panel.get_by_role("button", name="Copy", exact=True).click()
    expect(panel.get_by_text("Copied.")).to_be_visible()
    code = tab.page.evaluate("navigator.clipboard.readText()")
    with tab.page.expect_download() as saved:
        panel.get_by_role("button", name="Save as a file").click()
    assert Path(saved.value.path()).read_text() == code
    script = tmp_path / "pasted.py"
    script.write_text(code + "\nprint(repr(run.train_loss))\n")
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    assert float(ran.stdout.split()[-1]) == loss


@pytest.mark.parametrize("subject", ["Output", "Whole network"])
def test_a_picture_is_saved_as_svg_and_png(open_page: Opener, subject: str) -> None:
    tab = open_page()
    tab.train_to(3)
    tab.menu("Copy picture")
    panel = tab.dialog("Copy picture")
    panel.get_by_role("radio", name=subject).check()
    for kind, beginning in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with tab.page.expect_download() as saved:
            panel.get_by_role("button", name=f"Save {kind}").click()
        assert Path(saved.value.path()).read_bytes().startswith(beginning)
