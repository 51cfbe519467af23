"""A person's own data on the page: chosen, dropped or pasted, corrected, and used."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browsing import Opener, Server, Tab, Watcher
from playwright.sync_api import Locator, expect
from windows import window

from tinkernet import Dataset, Experiment

OWN = "Your own data"
USE = "Use this data"
BROKEN = {12: "four;3,1;1,0;low", 20: "4,4;3,1"}


def flowers(separator: str = ";") -> str:
    rows = [f"{4 + k % 7 / 2};{2 + k % 5 / 4};{k / 20:.2f};{'high' if k >= 30 else 'low'}" for k in range(60)]
    rows = [BROKEN.get(k, row) for k, row in enumerate(rows)]
    return "\n".join(["length;width;height;kind", *rows]).replace(".", ",").replace(";", separator) + "\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    path.write_text(flowers())
    return path


def opened(tab: Tab) -> Locator:
    tab.menu(OWN)
    return tab.dialog(OWN)


def chosen(tab: Tab, path: Path) -> Locator:
    dialog = opened(tab)
    dialog.locator("input[type=file]").set_input_files(path)
    return dialog


def summary(dialog: Locator, text: str) -> None:
    expect(dialog.locator(".use p")).to_have_text(text)


def drop(tab: Tab, name: str, content: str) -> None:
    """Drag a file over the page, look, and drop it."""
    transfer = tab.page.evaluate_handle(
        """([name, content]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([content], name));
          return transfer;
        }""",
        [name, content],
    )
    for event in ("dragenter", "dragover"):
        tab.page.dispatch_event("[data-part=dataset]", event, {"dataTransfer": transfer})
    expect(tab.page.get_by_text("Drop the file to read it")).to_be_visible()
    tab.page.dispatch_event("[data-part=dataset]", "drop", {"dataTransfer": transfer})
    expect(tab.page.get_by_text("Drop the file to read it")).to_have_count(0)


def paste(tab: Tab, where: str, text: str) -> None:
    tab.page.eval_on_selector(
        where,
        """(element, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_a_file_with_semicolons_and_decimal_commas_is_recognized_and_used(open_page: Opener, file: Path) -> None:
    tab = open_page()
    dialog = chosen(tab, file)
    summary(dialog, "58 rows, 3 inputs, 2 classes")
    expect(dialog.get_by_label("Separator")).to_have_value(";")
    expect(dialog.get_by_label("Decimal mark")).to_have_value(",")
    expect(dialog.get_by_label("Target", exact=True)).to_have_value("kind")
    dialog.get_by_role("button", name=USE).click()
    expect(dialog).to_have_count(0)
    expect(tab.radio("flowers.csv 58 rows")).to_be_checked()
    before = tab.number("train-loss")
    tab.train_to(200)
    assert tab.number("train-loss") < before


def test_the_data_in_use_can_be_changed_and_undone(open_page: Opener, file: Path) -> None:
    tab = open_page()
    chosen(tab, file).get_by_role("button", name=USE).click()
    tab.button("Change…").click()
    dialog = tab.dialog(OWN)
    summary(dialog, "58 rows, 3 inputs, 2 classes")
    dialog.get_by_label("Use of width").select_option("unused")
    summary(dialog, "58 rows, 2 inputs, 2 classes")
    dialog.get_by_role("button", name=USE).click()
    expect(dialog).to_have_count(0)
    tab.button("Undo").click()
    tab.button("Undo").click()
    expect(tab.radio("Circle")).to_be_checked()
    expect(tab.button(OWN)).to_be_visible()


def test_a_wrong_separator_is_corrected_by_hand(open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "flowers.csv"
    path.write_text("sep=|\n" + flowers())
    tab = open_page()
    dialog = chosen(tab, path)
    expect(dialog.get_by_label("Separator")).to_have_value("|")
    expect(dialog.get_by_role("button", name=USE)).to_have_attribute("aria-disabled", "true")
    expect(dialog.get_by_text("Each row is read as one column: choose another separator.").first).to_be_visible()
    dialog.get_by_label("Separator").focus()
    dialog.get_by_label("Separator").select_option(";")
    summary(dialog, "58 rows, 3 inputs, 2 classes")
    tab.has_focus(dialog.get_by_label("Separator"))
    dialog.get_by_role("button", name="Undo all corrections").click()
    expect(dialog.get_by_label("Separator")).to_have_value("|")


def test_broken_rows_are_listed_and_downloaded(open_page: Opener, file: Path) -> None:
    tab = open_page()
    dialog = chosen(tab, file)
    expect(dialog.get_by_role("heading", name="2 rows cannot be used")).to_be_visible()
    rows = dialog.get_by_role("region", name="Rows that cannot be used").get_by_role("listitem")
    expect(rows).to_have_text(
        ["Line 14 length is “four”, not a number four;3,1;1,0;low", "Line 22 it has 2 columns instead of 4 4,4;3,1"]
    )
    with tab.page.expect_download() as download:
        dialog.get_by_role("button", name="Download these rows").click()
    assert download.value.suggested_filename == "flowers unusable rows.csv"
    assert download.value.path().read_text() == (
        "# line 14: length is “four”, not a number\nfour;3,1;1,0;low\n"
        "# line 22: it has 2 columns instead of 4\n4,4;3,1\n"
    )


def test_columns_target_ranges_and_missing_values_are_corrected(open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "\n".join(f"{k},{'' if k == 3 else k % 7},{'red' if k % 2 else 'blue'},{k * k % 11}" for k in range(40))
    path.write_text(f"a,b,colour,size\n{rows}\n")
    tab = open_page()
    dialog = chosen(tab, path)
    summary(dialog, "39 rows, 3 inputs, 2 classes")
    dialog.get_by_label("Missing values").select_option("median")
    summary(dialog, "40 rows, 3 inputs, 2 classes")
    dialog.get_by_label("Target", exact=True).select_option("size")
    dialog.get_by_label("Read as", exact=True).select_option("numbers")
    summary(dialog, "40 rows, 2 inputs, predicts a number")
    dialog.get_by_label("Use of colour").select_option("input")
    summary(dialog, "40 rows, 4 inputs, predicts a number")
    low = dialog.get_by_label("a: range from")
    low.fill("-10,5")
    low.press("Enter")
    expect(low).to_have_value("−10.5")
    low.fill("100")
    low.press("Enter")
    expect(dialog.get_by_text("A range needs two numbers, the first below the second.")).to_be_visible()


@pytest.mark.parametrize("size", [(1440, 900), (360, 640)])
def test_a_column_is_renamed(open_page: Opener, file: Path, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    dialog = chosen(tab, file)
    dialog.get_by_label("Name of width").click()
    tab.press("Control+A")
    tab.page.keyboard.type("height")
    tab.press("Enter")
    name = dialog.get_by_label("Name of width")
    expect(name).to_have_accessible_description("Another column has the name “height”.")
    name.fill("breadth of\u202eleaf")
    name.press("Enter")
    expect(name).to_have_accessible_description("A name has at most 100 printable characters.")
    name.press("Escape")
    expect(name).to_have_value("width")
    expect(name).to_have_accessible_description("")
    name.fill(" petal  breadth ")
    name.press("Enter")
    renamed = dialog.get_by_label("Name of petal breadth")
    expect(renamed).to_have_value("petal breadth")
    tab.has_focus(renamed)
    dialog.get_by_label("petal breadth: range from").fill("0")
    dialog.get_by_label("Name of kind").fill("size")
    dialog.get_by_label("Name of kind").press("Tab")
    expect(dialog.get_by_label("Target", exact=True)).to_have_value("size")
    expect(dialog.get_by_label("petal breadth: range from")).to_have_value("0")
    summary(dialog, "58 rows, 3 inputs, 2 classes")
    renamed.fill("")
    renamed.press("Enter")
    expect(dialog.get_by_label("Name of width")).to_have_value("width")
    expect(dialog.get_by_label("width: range from")).to_have_value("0")
    assert dialog.evaluate(FITS) == []
    dialog.get_by_role("button", name=USE).click()
    expect(dialog).to_have_count(0)


def test_a_table_is_pasted_in_the_dialog_and_on_the_page(open_page: Opener) -> None:
    tab = open_page()
    dialog = opened(tab)
    dialog.get_by_label("Or paste a table here").fill(flowers("\t"))
    dialog.get_by_role("button", name="Read this table").click()
    summary(dialog, "58 rows, 3 inputs, 2 classes")
    expect(dialog.get_by_role("heading", name="Pasted table")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    paste(tab, "body", "Dear all,\nthis is not a table")
    expect(dialog).to_have_count(0)
    paste(tab, "body", flowers("\t"))
    summary(tab.dialog(OWN), "58 rows, 3 inputs, 2 classes")
    tab.button("Another file").click()
    paste(tab, "dialog textarea", flowers("\t"))
    summary(tab.dialog(OWN), "58 rows, 3 inputs, 2 classes")


def test_a_file_is_dropped_anywhere_even_over_a_dialog(open_page: Opener) -> None:
    tab = open_page()
    drop(tab, "dropped.csv", flowers())
    summary(tab.dialog(OWN), "58 rows, 3 inputs, 2 classes")
    expect(tab.dialog(OWN).get_by_role("heading", name="dropped.csv")).to_be_visible()
    drop(tab, "other.csv", flowers(","))
    expect(tab.dialog(OWN).get_by_role("heading", name="other.csv")).to_be_visible()


def test_a_folder_is_refused_in_words(open_page: Opener, tmp_path: Path) -> None:
    (tmp_path / "flowers").mkdir()
    tab = open_page()
    devtools = tab.page.context.new_cdp_session(tab.page)
    data = {"items": [], "files": [str(tmp_path / "flowers")], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": 700, "y": 400, "data": data})
    expect(tab.dialog(OWN).get_by_role("alert")).to_have_text("This is a folder. Drop a file that is in it.")


def test_corrections_are_not_lost_when_the_dialog_is_closed(open_page: Opener, file: Path) -> None:
    tab = open_page()
    dialog = chosen(tab, file)
    dialog.get_by_label("Use of width").select_option("unused")
    summary(dialog, "58 rows, 2 inputs, 2 classes")
    tab.press("Escape")
    expect(dialog).to_have_count(0)
    dialog = opened(tab)
    dialog.get_by_role("button", name="Continue with flowers.csv").click()
    summary(dialog, "58 rows, 2 inputs, 2 classes")
    dialog.get_by_role("button", name=USE).click()
    expect(dialog).to_have_count(0)
    tab.menu(OWN)
    expect(tab.dialog(OWN).get_by_role("button", name="Continue with flowers.csv")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "This is a PNG picture."),
        (
            "book.xlsx",
            b"PK\x03\x04" + bytes(100),
            "This is an Excel workbook or a ZIP archive: open it in",
        ),
        ("empty.csv", b"", "This file is empty."),
    ],
)
def test_a_file_that_is_no_table_gets_its_sentence(
    open_page: Opener, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    tab = open_page()
    dialog = chosen(tab, path)
    expect(dialog.get_by_role("alert")).to_contain_text(sentence)
    good = tmp_path / "good.csv"
    good.write_text(flowers())
    dialog.locator("input[type=file]").set_input_files(good)
    summary(dialog, "58 rows, 3 inputs, 2 classes")


def test_a_file_that_is_too_large_is_refused_without_being_sent(open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    tab = open_page()
    sent: list[Any] = []

    def note(frame: Any) -> None:
        sent.append(frame)

    tab.page.on("websocket", lambda socket: socket.on("framesent", note))
    tab.page.reload()
    tab.ready()
    dialog = chosen(tab, path)
    expect(dialog.get_by_role("alert")).to_have_text(
        "This file has 200 MB. At most 100 MB can be read: use a part of its rows or columns."
    )
    assert not any(isinstance(frame, bytes) or "begin-upload" in frame for frame in sent)


def test_a_file_of_many_chunks_arrives_whole(open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("x,y,kind\n" + "".join(f"{k % 97},{k % 89},{'ab'[k % 2]}{'':90}\n" for k in range(20_000)))
    assert path.stat().st_size > 1_500_000
    summary(chosen(open_page(), path), "20\u202f000 rows, 2 inputs, 2 classes")


def test_everything_works_by_keyboard(open_page: Opener, file: Path) -> None:
    tab = open_page()
    tab.page.on("filechooser", lambda chooser: chooser.set_files(file))
    tab.button(OWN).focus()
    tab.press("Enter")
    dialog = tab.dialog(OWN)
    tab.press("Tab", "Tab")
    tab.has_focus(tab.button("Choose a file"))
    tab.press("Enter")
    summary(dialog, "58 rows, 3 inputs, 2 classes")
    tab.has_focus(dialog.get_by_role("heading", name="flowers.csv"))
    tab.press("Tab", "Tab")
    tab.has_focus(dialog.get_by_label("Separator"))
    tab.page.keyboard.type("Bar")
    expect(dialog.get_by_label("Separator")).to_have_value("|")
    tab.has_focus(dialog.get_by_label("Separator"))
    expect(dialog.get_by_role("button", name=USE)).to_have_attribute("aria-disabled", "true")
    tab.press("ArrowUp", "ArrowUp")
    summary(dialog, "58 rows, 3 inputs, 2 classes")
    dialog.get_by_role("button", name=USE).focus()
    tab.press("Enter")
    expect(dialog).to_have_count(0)
    tab.has_focus(tab.button("Change…"))


def test_a_correction_keeps_the_focus_and_the_scroll_position(open_page: Opener, file: Path) -> None:
    tab = open_page(viewport={"width": 1024, "height": 420})
    dialog = chosen(tab, file)
    role = dialog.get_by_label("Use of height")
    role.scroll_into_view_if_needed()
    role.focus()
    place = dialog.evaluate("(one) => one.scrollTop")
    assert place > 0
    role.select_option("unused")
    summary(dialog, "58 rows, 2 inputs, 2 classes")
    tab.has_focus(role)
    assert dialog.evaluate("(one) => one.scrollTop") == place


def test_a_page_that_connects_again_sends_the_file_again(
    open_page: Opener, own_server: Server, watcher: Watcher, file: Path
) -> None:
    watcher.forgive("WebSocket connection to .* failed")
    tab = open_page(at=own_server)
    dialog = chosen(tab, file)
    dialog.get_by_label("Use of width").select_option("unused")
    summary(dialog, "58 rows, 2 inputs, 2 classes")
    own_server.stop()
    own_server.start()
    dialog.get_by_label("Use of height").select_option("unused")
    summary(dialog, "58 rows, 1 input, 2 classes")


def test_the_entry_is_hidden_with_the_data_sets(open_page: Opener) -> None:
    tab = open_page("seed=0.5&dataset_hide=true")
    expect(tab.button(OWN)).to_have_count(0)
    paste(tab, "body", flowers("\t"))
    expect(tab.dialog(OWN)).to_have_count(0)


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_the_dialog_is_accessible(open_page: Opener, file: Path, axe: str, look: dict[str, Any]) -> None:
    tab = open_page(**look)
    dialog = opened(tab)
    assert tab.violations(axe) == []
    dialog.locator("input[type=file]").set_input_files(file)
    summary(dialog, "58 rows, 3 inputs, 2 classes")
    dialog.get_by_text("More about the format").click()
    dialog.get_by_label("Target", exact=True).select_option("width")
    dialog.get_by_label("Read as", exact=True).select_option("classes")
    assert tab.violations(axe) == []
    dialog.get_by_role("button", name="Undo all corrections").click()
    dialog.get_by_role("button", name=USE).click()
    expect(dialog).to_have_count(0)
    assert tab.violations(axe) == []


FITS = """(dialog) => {
  const edge = dialog.getBoundingClientRect().right + 0.5;
  return [...dialog.querySelectorAll("*")]
    .filter((one) => !one.closest(".scroll") && !one.matches(".unseen, .use"))
    .filter((one) => one.getBoundingClientRect().right > edge)
    .map((one) => one.outerHTML.slice(0, 80));
}"""


@pytest.mark.parametrize("size", [(1440, 900), (1024, 640), (390, 844), (360, 640), (844, 390), (640, 360)])
def test_the_preview_fits_every_window(open_page: Opener, file: Path, size: tuple[int, int]) -> None:
    tab = open_page(**window(size))
    dialog = chosen(tab, file)
    summary(dialog, "58 rows, 3 inputs, 2 classes")
    assert dialog.evaluate(FITS) == []
    for name in ("Separator", "Encoding"):
        dialog.get_by_label(name).click(trial=True)
    dialog.get_by_label("Use of height").click(trial=True)
    dialog.get_by_role("button", name="Download these rows").click(trial=True)
    dialog.get_by_role("button", name=USE).click()
    expect(dialog).to_have_count(0)


def test_a_column_beyond_those_shown_as_inputs_is_added_by_its_name(open_page: Opener) -> None:
    values = np.random.default_rng(1).normal(size=(30, 60)).round(2)
    names = [f"sensor {k}" for k in range(60)]
    data = Dataset.from_arrays(values, ["ab"[k % 2] for k in range(30)], names=names)
    experiment = Experiment(data=data, features=("sensor 0", "sensor 1"), hidden=(2,))
    tab = open_page(experiment.to_link())
    expect(tab.switch("Feature sensor 39")).to_have_count(1)
    expect(tab.switch("Feature sensor 50")).to_have_count(0)
    tab.button("Add an input by formula").click()
    panel = tab.dialog("Add an input by formula")
    panel.get_by_label("20 further columns").select_option("sensor 50")
    expect(panel.get_by_role("textbox", name="Formula")).to_have_value("[sensor 50]")
    panel.get_by_role("button", name="Add", exact=True).click()
    expect(tab.switch("Feature sensor 50")).to_be_checked()


def cloud(rows: int) -> str:
    draws = np.random.default_rng(3)
    lines = [f"{x:.3f},{y:.3f},{'ab'[k % 2]}" for k, (x, y) in enumerate(draws.normal(size=(rows, 2)))]
    return "\n".join(["x,y,kind", *lines]) + "\n"


def used(tab: Tab, name: str, content: str) -> None:
    drop(tab, name, content)
    dialog = tab.dialog(OWN)
    expect(dialog.locator(".use p")).to_contain_text("2 inputs, 2 classes")
    dialog.get_by_role("button", name=USE).click()
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize(
    ("rows", "words"), [(2_000, "It holds the points, so it has 1"), (2_001, "The points are too many for a link")]
)
def test_sharing_says_whether_the_points_are_in_the_link(open_page: Opener, rows: int, words: str) -> None:
    tab = open_page(permissions=["clipboard-read", "clipboard-write"])
    used(tab, "cloud.csv", cloud(rows))
    tab.share()
    expect(tab.dialog("Share").get_by_text(words).first).to_be_visible()
    assert ("points" in tab.link()) == (rows <= 2_000)


def test_a_link_that_names_data_asks_for_the_file_and_says_whether_it_is_the_same(
    open_page: Opener, own_server: Server
) -> None:
    first = open_page()
    used(first, "cloud.csv", cloud(2_001))
    first.page.wait_for_function('() => location.hash.includes("pointsDigest=")')
    first.holds(pointsDigest=first.link()["pointsDigest"])
    link = first.page.url.partition("#")[2]
    for rows, words in ((2_000, "This is other data than that of the link"), (2_001, "This is the data of the link")):
        tab = open_page(link, at=own_server)
        expect(tab.dialog(OWN)).to_contain_text("This link names data that it does not hold.")
        used(tab, "cloud.csv", cloud(rows))
        expect(tab.page.get_by_text(words).first).to_be_visible()
