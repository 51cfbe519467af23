"""The panel for further training options, the chips for what is chosen there, and what the output then is."""

import re

import pytest
from browsing import Opener, Tab
from playwright.sync_api import Locator, expect
from windows import window

PANEL = "More settings"
FOUR = "seed=0.5&optimizer=adam,beta1:0.8&schedule=cosine&loss=cross-entropy&dropout=0.2"
PHONE = (390, 844)


def opened(tab: Tab) -> Locator:
    """The panel, opened with its button."""
    tab.button(PANEL).click()
    expect(tab.dialog(PANEL)).to_be_visible()
    return tab.dialog(PANEL)


def chips(tab: Tab) -> Locator:
    """The chips, as the texts on them."""
    return tab.page.locator(".chips .text")


def test_nothing_is_said_of_settings_that_are_as_usual(open_page: Opener) -> None:
    tab = open_page()
    expect(tab.button(PANEL)).to_be_visible()
    expect(chips(tab)).to_have_count(0)
    expect(tab.page.locator(".legend")).to_contain_text("negative")


def test_an_optimizer_is_chosen_changed_removed_and_brought_back(open_page: Opener) -> None:
    tab = open_page()
    opened(tab)
    tab.choice("Optimizer").select_option(label="Adam")
    tab.holds(optimizer="adam")
    expect(chips(tab)).to_have_text(["Adam"])
    expect(tab.button("Optimizer: parameters back to their defaults")).to_be_hidden()
    tab.choice("Optimizer: β₁").select_option(label="0.8")
    tab.holds(optimizer="adam,beta1:0.8")
    expect(chips(tab)).to_have_text(["Adam, β₁ 0.8"])
    tab.button("Play").click()
    tab.comes_past(10)
    tab.button("Pause").click()
    expect(tab.dialog(PANEL)).to_be_visible()
    tab.button("Optimizer: parameters back to their defaults").click()
    tab.holds(optimizer="adam")
    tab.button("Remove optimizer").click()
    tab.holds(optimizer="")
    expect(chips(tab)).to_have_count(0)
    tab.has_focus(tab.button(PANEL))
    tab.button("Undo").click()
    tab.holds(optimizer="adam")
    expect(chips(tab)).to_have_text(["Adam"])


def test_a_value_that_is_not_offered_is_shown_beside_the_others(open_page: Opener) -> None:
    tab = open_page("seed=0.5&optimizer=adam,beta1:0.77")
    opened(tab)
    expect(tab.choice("Optimizer: β₁").locator("option:checked")).to_have_text("0.77")


def test_a_schedule_says_the_rate_of_the_epoch(open_page: Opener) -> None:
    tab = open_page("seed=0.5&schedule=step,every:10")
    panel = opened(tab)
    expect(panel).to_contain_text("Rate after epoch 0: 0.03")
    tab.train_to(10)
    opened(tab)
    expect(panel).to_contain_text("Rate after epoch 10: 0.003")
    tab.choice("Learning rate schedule").select_option(label="Constant")
    expect(panel).not_to_contain_text("Rate after")


def test_a_schedule_is_drawn_with_the_present_epoch_while_it_trains(open_page: Opener) -> None:
    tab = open_page("seed=0.5&schedule=cosine,epochs:100")
    panel = opened(tab)
    plot = panel.get_by_role("img", name="Learning rate over 110 epochs: first 0.03, highest 0.03, last 0")
    expect(plot).to_be_visible()
    assert marked(panel) == pytest.approx(0, abs=0.02)
    tab.button("Play").click()
    expect(tab.page.get_by_test_id("rate-now")).to_have_text(re.compile("after epoch [3-9].: 0.0"))
    tab.comes_past(120)
    tab.button("Pause").click()
    expect(panel.get_by_role("img", name=re.compile("^Learning rate over (220|440|880) epochs"))).to_be_visible()
    expect(tab.page.get_by_test_id("rate-now")).to_have_text(re.compile(": 0$"))
    assert 0.1 < marked(panel) < 1.0


def marked(panel: Locator) -> float:
    """How far to the right the present epoch is on the curve, as a share."""
    plot = panel.get_by_role("img", name=re.compile("^Learning rate over"))
    at, whole = plot.locator(".mark").bounding_box(), plot.bounding_box()
    assert at is not None
    assert whole is not None
    return (at["x"] - whole["x"]) / whole["width"]


# By the name of the button, the term that it leads to.
TERMS = {
    "Optimizer": "optimizer",
    "Learning rate schedule": "learning-rate",
    "Loss": "loss-function",
    "Initial weights": "initial-weights",
    "Dropout": "dropout",
    "Activation by layer": "activation",
}


def test_the_settings_lead_to_their_explanations(open_page: Opener) -> None:
    tab = open_page()
    panel = opened(tab)
    for name, term in TERMS.items():
        expect(panel.get_by_role("button", name=f"{name} (what is this?)", exact=True)).to_have_attribute(
            "data-term", term
        )
    panel.locator("[data-term=dropout]").click()
    expect(tab.page.locator("aside [data-section=dropout]")).to_be_in_viewport()


def test_the_hint_of_the_training_loss_follows_the_loss(open_page: Opener) -> None:
    tab = open_page()
    loss = tab.page.locator("[data-part=training-loss]")
    expect(loss).to_have_attribute("aria-description", re.compile("half the squared error, on average"))
    opened(tab)
    tab.choice("Loss").select_option(label="Hinge")
    expect(loss).to_have_attribute("aria-description", re.compile("short of a margin of 1"))


def test_keeping_weights_keeps_the_epoch_when_the_optimizer_changes(open_page: Opener) -> None:
    tab = open_page()
    tab.train_to(20)
    panel = opened(tab)
    panel.get_by_role("checkbox", name="Keep weights").check()
    tab.choice("Optimizer").select_option(label="Adam")
    expect(chips(tab)).to_have_text(["Adam"])
    tab.sees("epoch", 20)


def test_with_cross_entropy_the_output_is_a_probability(open_page: Opener) -> None:
    tab = open_page()
    opened(tab)
    tab.choice("Loss").select_option(label="Cross-entropy")
    tab.holds(loss="cross-entropy")
    legend = tab.page.locator(".scale .numbers")
    expect(legend).to_have_text(re.compile(r"^\s*0\s+probability of “inside” 0\.5\s+1\s*$"))
    tab.dialog(PANEL).get_by_role("button", name="Close").click()
    tab.train_to(150)
    slide = tab.page.locator("[data-slide]").bounding_box()
    assert slide is not None
    read = tab.page.locator(".reading")
    for x, y, least, most in ((0.5, 0.5, 0.9, 1.0), (0.02, 0.02, 0.0, 0.1)):
        tab.page.mouse.move(slide["x"] + x * slide["width"], slide["y"] + y * slide["height"])
        expect(read).to_be_visible()
        value = float(read.inner_text().split("→")[1])
        assert least <= value <= most


def test_a_loss_is_offered_only_where_it_fits(open_page: Opener) -> None:
    tab = open_page("seed=0.5&problem=regression")
    opened(tab)
    expect(tab.choice("Loss").locator("option")).to_have_text(["Squared error", "Huber"])


def test_layers_may_have_different_activations(open_page: Opener) -> None:
    tab = open_page()
    opened(tab)
    tab.choice("Activation of layer 2").select_option(label="ReLU")
    tab.holds(activations="tanh,relu")
    expect(tab.choice("Activation").locator("option:checked")).to_have_text("Mixed")
    expect(chips(tab)).to_have_text(["Tanh, ReLU"])
    tab.dialog(PANEL).get_by_role("button", name="Close").click()
    for layer, formula in ((1, "tanh("), (2, "max(0,")):
        tab.button(f"Neuron 1 of layer {layer}").click()
        expect(tab.page.locator(".formula .line")).to_contain_text(formula)
    tab.choice("Activation").select_option(label="Sigmoid")
    tab.holds(activations="", activation="sigmoid")
    expect(chips(tab)).to_have_count(0)


def test_dropout_is_one_share_for_all_layers(open_page: Opener) -> None:
    tab = open_page("seed=0.5&dropout=0.2,0.5")
    panel = opened(tab)
    expect(panel).to_contain_text("By layer: 20 %, 50 %")
    tab.slider("Dropout").press("ArrowLeft")
    tab.holds(dropout="0.4")
    expect(chips(tab)).to_have_text(["Dropout 40 %"])
    expect(panel).not_to_contain_text("By layer")


def test_a_chip_opens_the_panel_at_its_setting(open_page: Opener) -> None:
    tab = open_page(FOUR)
    expect(chips(tab)).to_have_text(["Adam, β₁ 0.8", "Cosine", "Cross-entropy", "Dropout 20 %"])
    tab.button("dropout: 20 %").click()
    tab.has_focus(tab.slider("Dropout"))
    tab.button("schedule: Cosine").click()
    tab.has_focus(tab.choice("Learning rate schedule"))


def test_everything_is_done_with_the_keyboard(open_page: Opener) -> None:
    tab = open_page(FOUR)
    tab.button(PANEL).focus()
    tab.press("Enter")
    tab.has_focus(tab.dialog(PANEL))
    tab.press("Tab", "Tab", "Tab")
    tab.has_focus(tab.choice("Optimizer"))
    tab.press("Escape")
    expect(tab.dialog(PANEL)).to_have_count(0)
    tab.has_focus(tab.button(PANEL))
    tab.button("Remove schedule").focus()
    tab.press("Enter")
    expect(chips(tab)).to_have_text(["Adam, β₁ 0.8", "Cross-entropy", "Dropout 20 %"])
    tab.has_focus(tab.button("Remove loss"))


def test_a_link_hides_panel_and_chips(open_page: Opener) -> None:
    tab = open_page(FOUR + "&moreSettings_hide=true")
    expect(tab.choice("Learning rate")).to_be_visible()
    expect(tab.button(PANEL)).to_have_count(0)
    expect(chips(tab)).to_have_count(0)


def test_a_phone_says_on_the_tab_that_there_are_chips(open_page: Opener) -> None:
    tab = open_page(FOUR, **window(PHONE))
    tab.page.get_by_role("tab", name="Settings, 4 further").click()
    expect(chips(tab)).to_have_count(4)
    tab.button("Remove optimizer").click()
    tab.page.get_by_role("tab", name="Settings, 3 further").click()
    panel = opened(tab).bounding_box()
    slide = tab.page.locator("[data-slide]").bounding_box()
    assert panel is not None
    assert slide is not None
    assert panel["y"] >= slide["y"] + slide["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids="{0[0]}x{0[1]}".format)
def test_the_open_panel_is_accessible(open_page: Opener, axe: str, size: tuple[int, int], scheme: str) -> None:
    tab = open_page(FOUR, color_scheme=scheme, **window(size))
    if size == PHONE:
        tab.page.get_by_role("tab", name="Settings").click()
    assert tab.violations(axe) == []
    opened(tab)
    assert tab.violations(axe) == []


WHOLE = """(select) => {
  const copy = select.cloneNode(true);
  copy.value = select.value;
  Object.assign(copy.style, { position: "absolute", width: "max-content", maxWidth: "none" });
  select.parentElement.append(copy);
  const whole = copy.offsetWidth;
  copy.remove();
  return select.offsetWidth >= whole;
}"""


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_the_values_of_all_settings_are_whole_on_a_small_desk(open_page: Opener, *, touch: bool) -> None:
    tab = open_page(viewport={"width": 1024, "height": 768}, has_touch=touch)
    for name in ("Learning rate", "Activation", "Regularization", "Regularization rate", "Problem"):
        assert tab.choice(name).evaluate(WHOLE), name


def test_forced_colours_draw_lines_around_what_is_new(open_page: Opener) -> None:
    tab = open_page(FOUR, forced_colors="active", color_scheme="dark")
    line = re.compile(r"^1px solid rgb\(255, 255, 255\)$")
    expect(tab.page.locator(".chips li").first).to_have_css("border", line)
    expect(opened(tab)).to_have_css("border", line)
    ink = tab.page.evaluate("() => getComputedStyle(document.body).color")
    expect(tab.page.get_by_role("img", name=re.compile("^Learning rate over")).locator("path")).to_have_css(
        "stroke", ink
    )
    tab.press("Escape")
    tab.button("Add an input by formula").click()
    dialog = tab.dialog("Add an input by formula")
    expect(dialog).to_have_css("border", line)
    add = dialog.get_by_role("button", name="Add", exact=True)
    expect(add).to_be_disabled()
    colours = add.evaluate("(e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]")
    assert colours[0] != colours[1] != ink
