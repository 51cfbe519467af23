"""Three classes on the page: every output with its field, legend and markers, and the confusion matrix."""

import re

import pytest
from browsing import Opener, Tab
from playwright.sync_api import Locator, Page, expect
from windows import window

from tinkernet import Dataset, Experiment
from tinkernet.data import DATASETS
from tinkernet.data.own.limits import LONGEST_NAME

IRIS = "seed=0.5&data=iris&networkShape=4,3"
NAMES = DATASETS["iris"].classes
MATRIX = "Confusion matrix"

# Of each output neuron: how many colours its field has, and its mean colour, from the canvas below it.
FIELDS = """() => {
  const canvas = document.querySelector(".stage canvas:not(.glow)");
  const to = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height })
    .getContext("2d", { willReadFrequently: true });
  to.drawImage(canvas, 0, 0);
  const all = canvas.getBoundingClientRect();
  const scale = canvas.width / all.width;
  return [...document.querySelectorAll("[data-place^='2:']")].map((neuron) => {
    const box = neuron.getBoundingClientRect();
    const [x, y] = [(box.left - all.left + 4) * scale, (box.top - all.top + 4) * scale];
    const { data } = to.getImageData(x, y, (box.width - 8) * scale, (box.width - 8) * scale);
    const colours = new Set();
    const mean = [0, 0, 0];
    for (let i = 0; i < data.length; i += 4) {
      colours.add(`${data[i]} ${data[i + 1]} ${data[i + 2]}`);
      for (let c = 0; c < 3; c++) mean[c] += (4 * data[i + c]) / data.length;
    }
    return { colours: colours.size, mean };
  });
}"""
BOXES = """() => ["[popover]:popover-open", "[data-slide]"].map((part) => {
  const { left, top, right, bottom } = document.querySelector(part).getBoundingClientRect();
  return { left, top, right, bottom };
})"""
WINDOW = "() => ({ left: 0, top: 0, right: innerWidth, bottom: innerHeight })"


def accuracy(tab: Tab) -> Locator:
    """What opens the confusion matrix."""
    return tab.page.locator("[data-part=accuracy]").get_by_role("button", name=re.compile("confusion matrix"))


def opened(tab: Tab) -> Locator:
    """The confusion matrix, opened, with its counts."""
    accuracy(tab).click()
    matrix = tab.dialog(MATRIX)
    expect(matrix).to_be_visible()
    expect(matrix.locator("[data-cell]").first).not_to_have_text("–")
    return matrix


def counts(matrix: Locator) -> list[list[int]]:
    """The numbers in the cells."""
    cells = [int(text) for text in matrix.locator("[data-cell]").all_inner_texts()]
    n = round(len(cells) ** 0.5)
    return [cells[row : row + n] for row in range(0, len(cells), n)]


def lit(page: Page) -> Locator:
    """The points over the large picture."""
    return page.locator("[data-points]")


def test_every_output_has_a_field_and_the_name_of_its_class(open_page: Opener) -> None:
    tab = open_page(IRIS)
    tab.train_to(60)
    for name in NAMES:
        expect(tab.button(f"Output neuron of {name}")).to_be_visible()
        expect(tab.button(f"Bias of output neuron of {name}")).to_be_visible()
    fields = tab.page.evaluate(FIELDS)
    assert [field["colours"] > 20 for field in fields] == [True] * 3
    red, _, blue = fields[0]["mean"]
    assert red > blue + 5  # orange
    red, _, blue = fields[1]["mean"]
    assert blue > red + 5
    red, green, _ = fields[2]["mean"]
    assert red > green + 5


def test_the_legend_names_the_classes_each_with_its_own_marker(open_page: Opener) -> None:
    tab = open_page(IRIS)
    legend = tab.page.get_by_role("list", name="Classes")
    assert legend.get_by_role("listitem").all_inner_texts() == list(NAMES)
    shapes = legend.locator("polygon").evaluate_all("(marks) => marks.map((mark) => mark.getAttribute('points'))")
    fills = legend.locator("rect").evaluate_all("(marks) => marks.map((mark) => mark.getAttribute('fill'))")
    assert [len(set(shapes)), len(set(fills))] == [3, 3]


def test_the_class_at_the_pointer_is_read_and_the_probability_of_an_output_that_is_looked_at(open_page: Opener) -> None:
    tab = open_page(IRIS)
    tab.train_to(100)
    slide = tab.page.locator("[data-slide]").bounding_box()
    assert slide is not None
    low_left = slide["x"] + 0.15 * slide["width"], slide["y"] + 0.9 * slide["height"]
    tab.page.mouse.move(*low_left)
    reading = tab.page.locator(".legend .reading")
    expect(reading).to_contain_text(re.compile(rf"→\s*{NAMES[0]}: (0\.[5-9]\d|1\.00)"))
    tab.button(f"Output neuron of {NAMES[0]}").click()
    expect(tab.page.get_by_text("Output 1 of 3")).to_be_visible()
    tab.page.mouse.move(*low_left)
    expect(tab.page.locator(".scale .of")).to_have_text(re.compile(rf"probability of {NAMES[0]}: (0\.[5-9]\d|1\.00)"))
    tab.page.mouse.move(slide["x"] + 0.85 * slide["width"], slide["y"] + 0.05 * slide["height"])
    expect(tab.page.locator(".scale .of")).to_have_text(re.compile(rf"probability of {NAMES[0]}: 0\.[0-4]\d"))


def test_weights_and_biases_of_every_output_can_be_edited(open_page: Opener) -> None:
    tab = open_page(IRIS)
    before = tab.picture()
    tab.button(f"Bias of output neuron of {NAMES[2]}").click()
    editor = tab.dialog(f"Bias of output neuron of {NAMES[2]}")
    editor.get_by_role("textbox", name="Value").fill("5")
    tab.press("Enter", "Escape")
    tab.shows_another_picture_than(before)
    tab.page.locator("[data-link='2:2:1']").press("Enter")
    expect(tab.dialog(f"Weight from neuron 3 of layer 2 to output neuron of {NAMES[1]}")).to_be_visible()


def test_the_confusion_matrix_counts_the_points_and_agrees_with_the_accuracy(open_page: Opener) -> None:
    tab = open_page(IRIS)
    tab.train_to(60)
    matrix = opened(tab)
    test = counts(matrix)
    right = sum(test[k][k] for k in range(3))
    assert sum(map(sum, test)) == 75
    assert right / 75 == pytest.approx(tab.number("accuracy"))
    matrix.get_by_role("radio", name="Training points").check()
    expect(matrix.locator("[data-cell]")).not_to_have_text([str(n) for row in test for n in row])
    assert sum(map(sum, counts(matrix))) == 75
    tab.press("Escape")
    expect(matrix).to_have_count(0)


def test_the_confusion_matrix_stays_while_it_trains_and_follows(open_page: Opener) -> None:
    tab = open_page(IRIS)
    matrix = opened(tab)
    before = counts(matrix)
    tab.button("Play").click()
    tab.comes_past(60)
    expect(matrix.locator("[data-cell]")).not_to_have_text([str(n) for row in before for n in row])
    tab.button("Pause").click()
    expect(tab.button("Play")).to_be_visible()
    right = sum(counts(matrix)[k][k] for k in range(3))
    assert right / 75 == pytest.approx(tab.number("accuracy"))


def test_a_cell_lights_up_its_points(open_page: Opener) -> None:
    tab = open_page(IRIS)
    tab.train_to(60)
    matrix = opened(tab)
    expect(lit(tab.page)).not_to_have_attribute("data-lit", re.compile(r"\d"))
    before = tab.picture()
    cell = matrix.locator("[data-cell='2:2']")
    cell.hover()
    expect(lit(tab.page)).to_have_attribute("data-lit", cell.inner_text())
    tab.shows_another_picture_than(before)
    matrix.get_by_role("heading").hover()
    tab.shows_picture(before)
    cell.click()
    expect(cell).to_have_attribute("aria-pressed", "true")
    matrix.get_by_role("heading").hover()
    tab.page.evaluate("() => document.activeElement.blur()")
    expect(lit(tab.page)).to_have_attribute("data-lit", cell.inner_text())
    cell.click()
    expect(cell).to_have_attribute("aria-pressed", "false")


def test_the_confusion_matrix_works_by_keyboard(open_page: Opener) -> None:
    tab = open_page(IRIS)
    tab.train_to(60)
    accuracy(tab).focus()
    tab.press("Enter")
    matrix = tab.dialog(MATRIX)
    first = matrix.locator("[data-cell='0:0']")
    tab.has_focus(first)
    # The numbers come with the next frame.
    expect(first).to_have_text(re.compile(r"\d"))
    expect(lit(tab.page)).to_have_attribute("data-lit", first.inner_text())
    tab.press("ArrowDown", "ArrowRight")
    cell = matrix.locator("[data-cell='1:1']")
    tab.has_focus(cell)
    expect(cell).to_have_accessible_name(f"{cell.inner_text()} points of {NAMES[1]}, predicted {NAMES[1]}")
    expect(lit(tab.page)).to_have_attribute("data-lit", cell.inner_text())
    epoch = tab.number("epoch")
    tab.press("Enter")
    expect(cell).to_have_attribute("aria-pressed", "true")
    tab.press("Escape")
    expect(matrix).to_have_count(0)
    tab.has_focus(accuracy(tab))
    expect(lit(tab.page)).not_to_have_attribute("data-lit", re.compile(r"\d"))
    assert tab.number("epoch") == epoch


def test_escape_closes_the_confusion_matrix_wherever_the_focus_is(open_page: Opener) -> None:
    tab = open_page(IRIS)
    matrix = opened(tab)
    tab.button(f"Output neuron of {NAMES[1]}").focus()
    tab.press("Escape")
    expect(matrix).to_have_count(0)


def test_two_classes_have_a_confusion_matrix_and_a_regression_has_none(open_page: Opener) -> None:
    tab = open_page("seed=0.5&dataset=xor")
    tab.train_to(30)
    matrix = opened(tab)
    (a, b), (c, d) = counts(matrix)
    assert a + b + c + d == 250
    assert (a + d) / 250 == pytest.approx(tab.number("accuracy"))
    tab.open_link("seed=0.5&problem=regression")
    expect(matrix).to_have_count(0)
    expect(tab.page.locator("[data-part=accuracy]")).to_have_count(0)


@pytest.mark.parametrize(
    "size",
    [(2560, 1440), (1440, 900), (1366, 625), (1024, 768), (820, 1180), (390, 844), (844, 390), (640, 360)],
    ids="{0[0]}x{0[1]}".format,
)
def test_the_confusion_matrix_leaves_the_picture_free(open_page: Opener, size: tuple[int, int]) -> None:
    tab = open_page(IRIS, **window(size))
    opened(tab)
    matrix, slide = tab.page.evaluate(BOXES)
    whole = tab.page.evaluate(WINDOW)
    assert matrix["left"] >= 0
    assert matrix["top"] >= 0
    assert matrix["right"] <= whole["right"]
    assert matrix["bottom"] <= whole["bottom"]
    beside = matrix["right"] <= slide["left"] or matrix["left"] >= slide["right"]
    assert beside or matrix["top"] >= slide["bottom"]


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str)
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_axe_finds_nothing_with_three_classes(
    open_page: Opener, axe: str, look: dict[str, str], *, phone: bool
) -> None:
    tab = open_page(IRIS, **look, **window((390, 844) if phone else (1440, 900)))
    assert tab.violations(axe) == []
    opened(tab).locator("[data-cell='0:0']").click()
    assert tab.violations(axe) == []


def test_forced_colours_keep_the_markers(open_page: Opener) -> None:
    tab = open_page(IRIS, forced_colors="active")
    expect(tab.page.locator("[data-slide] + *, .legend .mark").first).to_have_css("forced-color-adjust", "none")
    matrix = opened(tab)
    expect(matrix).to_have_css("border-top-style", "solid")
    cell = matrix.locator("[data-cell='1:1']")
    cell.click()
    expect(cell).to_have_css("border-top-style", "solid")


def test_discretize_shows_the_predicted_class_only(open_page: Opener) -> None:
    tab = open_page(IRIS)
    tab.train_to(60)
    before = tab.picture()
    tab.press("d")
    tab.shows_another_picture_than(before)
    tab.holds(discretize="true")


def test_many_starts_and_pins_show_classes(open_page: Opener) -> None:
    tab = open_page(IRIS)
    tab.train_to(100)
    tab.press("p")
    expect(tab.button("Pinned runs: 1")).to_be_visible()
    hues = """(part) => {
      const canvas = document.querySelector(part);
      const to = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height })
        .getContext("2d", { willReadFrequently: true });
      to.drawImage(canvas, 0, 0);
      const { data } = to.getImageData(0, 0, canvas.width, canvas.height);
      let [warm, cool] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] > data[i + 2] + 20) warm++;
        if (data[i + 2] > data[i] + 20) cool++;
      }
      return warm > 0 && cool > 0;
    }"""
    tab.page.wait_for_function(hues, arg=".pins canvas, [aria-label='Pinned runs: 1'] canvas")
    tab.press("m")
    expect(tab.page.locator("[data-start]").first).to_be_visible()
    expect(tab.page.locator(".wall canvas")).to_be_visible()
    tab.page.wait_for_function(hues, arg=".wall canvas")


def test_the_page_goes_from_two_classes_to_three_and_back(open_page: Opener) -> None:
    tab = open_page("seed=0.5")
    tab.press("Space")
    tab.comes_past(3)
    for label, outputs in [("Iris", 3), ("Moons", 1), ("Three rings", 3)]:
        tab.button("More data").click()
        tab.dialog("More data").get_by_text(label, exact=True).click()
        expect(tab.page.locator("[data-place^='2:']")).to_have_count(outputs)
    tab.button("Undo").click()
    expect(tab.page.locator("[data-place^='2:']")).to_have_count(1)


def test_the_matrix_stays_in_sight_while_a_neuron_is_pointed_at(open_page: Opener) -> None:
    tab = open_page(IRIS)
    matrix = opened(tab)
    tab.button("Neuron 1 of layer 1").hover()
    expect(tab.page.get_by_text("Neuron 1 of 4, layer 1")).to_be_visible()
    expect(matrix.locator("[data-cell='0:0']")).to_be_visible()


def test_the_picture_of_a_pin_keeps_its_colours_when_the_present_run_has_other_classes(open_page: Opener) -> None:
    points = [(x / 5, y / 5) for x in range(10) for y in range(10)]
    data = Dataset.from_arrays(points, [f"class {k % 9}" for k in range(100)])
    tab = open_page(Experiment(data=data, seed="1", hidden=(2,)).to_link())
    tab.press("p")
    expect(tab.button("Pinned runs: 1")).to_be_visible()
    # Untrained, so that only few of the nine classes win anywhere.
    pin = "() => document.querySelector('.pins canvas').toDataURL()"
    # Not by reading the same canvas again and again, about which the browser would complain.
    tab.page.wait_for_function(
        """() => {
            const pin = document.querySelector('.pins canvas');
            const empty = document.createElement('canvas');
            [empty.width, empty.height] = [pin.width, pin.height];
            return pin.toDataURL() !== empty.toDataURL();
        }"""
    )
    before = tab.page.evaluate(pin)
    tab.button("More data").click()
    tab.dialog("More data").get_by_text("Iris", exact=True).click()
    expect(tab.page.locator("[data-place^='1:']")).to_have_count(3)
    tab.picture()
    assert tab.page.evaluate(pin) == before


def long_names(count: int) -> str:
    """A link with data of so many classes, whose names are as long as they may be."""
    names = [(f"{k} " + "a name that fills a whole line, " * 9)[:LONGEST_NAME] for k in range(count)]
    points = [(x * 3 + 100, y / 5) for x in range(10) for y in range(10)]
    data = Dataset.from_arrays(points, [names[k % count] for k in range(100)], names=("width", "height"))
    return Experiment(data=data, seed="1", hidden=(2,)).to_link()


def within(inner: Locator, outer: Locator) -> bool:
    """Whether an element is between the left and the right side of another."""
    box, around = inner.bounding_box(), outer.bounding_box()
    assert box is not None
    assert around is not None
    return around["x"] - 1 <= box["x"] and box["x"] + box["width"] <= around["x"] + around["width"] + 1


def test_long_names_of_two_classes_fit_below_the_scale(open_page: Opener) -> None:
    tab = open_page(long_names(2))
    numbers = tab.page.locator(".scale .numbers")
    expect(numbers).to_have_text(re.compile("^−1 0 a name .* 0 ?1 a name .* 1$"))
    assert all(within(part, tab.page.locator(".scale .bar")) for part in numbers.locator("> *").all())
    # The place at the pointer is in the units of the data.
    tab.page.locator("[data-slide]").hover()
    expect(numbers).to_contain_text(re.compile(r"\(11[45]\.\d, (0\.9\d|1\.0\d)\) → "))


def test_rows_and_columns_of_a_wide_matrix_keep_their_names_in_sight(open_page: Opener) -> None:
    for size in ((390, 844), (640, 360), (1440, 900)):
        tab = open_page(long_names(10), **window(size))
        matrix = opened(tab)
        scroller, first = matrix.locator("[data-scroller]"), matrix.locator("tbody th").first
        for left in (0, 400):
            scroller.evaluate("(e, left) => { e.scrollLeft = left; }", left)
            assert within(first, scroller), (size, left)
            assert within(matrix.get_by_text("Predicted", exact=True), scroller), (size, left)
