"""Pages as guests in somebody else's document: in shadow roots, where styles set everything that they can."""

import base64
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from several_pages import LINK, Documents, PageIn, serve_documents, use_everything

from tinkernet import Experiment, Run
from tinkernet.fragment import View
from tinkernet.notebook.saved import saved

PUT = (
    "position: absolute !important; inset: 40px auto auto 8px !important; padding: 0 !important; border: 0 !important;"
)
"""The same place in every document."""


@pytest.fixture(scope="module")
def in_shadow(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Documents]:
    """The server of the document around shadow roots."""
    assert browser.is_connected()
    files = ("in-shadow.html", "hostile.css")
    with serve_documents("in-shadow", tmp_path_factory.mktemp("in-shadow"), *files) as documents:
        yield documents


@pytest.fixture
def opened(context_of: Any, in_shadow: Documents) -> Callable[..., Page]:
    """Opens the document, hostile or with no styles, before pages are mounted."""

    def open_document(*, hostile: bool = True, **settings: Any) -> Page:
        context = context_of(**{"viewport": {"width": 1100, "height": 900}, **settings})
        if not hostile:
            context.route(
                "**/hostile.css", lambda route: route.fulfill(body=".far { height: 3000px }", content_type="text/css")
            )
        return in_shadow.open(context, "in-shadow.html")

    return open_document


def test_styles_of_the_document_do_not_reach_the_page(opened: Callable[..., Page]) -> None:
    pictures = []
    for hostile in (False, True):
        page = opened(hostile=hostile)
        page.evaluate("([put]) => (document.querySelector('#first').style = put + 'width: 1000px !important')", [PUT])
        first = PageIn(page, "first").mount()
        page.mouse.move(0, 0)
        page.evaluate("() => new Promise(done => setTimeout(done, 400))")
        pictures.append(first.target.screenshot())
    assert pictures[0] == pictures[1]


def test_nothing_of_the_page_reaches_the_document(opened: Callable[..., Page]) -> None:
    page = opened()
    around = """() => [
      ...[...document.querySelectorAll("html, body, p, a")].map(element => JSON.stringify(
        [...getComputedStyle(element)].filter(name => !/size|origin/.test(name))
          .map(name => `${name}: ${getComputedStyle(element).getPropertyValue(name)}`)
          .filter(line => !line.includes("px")))),
      document.styleSheets.length, document.adoptedStyleSheets.length, document.fonts.size,
      Object.keys(document.body.dataset).length, document.activeElement.tagName]"""
    before = page.evaluate(around)
    first = PageIn(page, "first").mount()
    assert page.evaluate(around) == before
    first.destroy()
    assert page.evaluate("() => document.querySelector('#first').innerHTML") == ""


def test_keys_are_the_pages_only_while_it_has_the_focus(opened: Callable[..., Page]) -> None:
    page = opened(hostile=False, viewport={"width": 1100, "height": 1500})
    first, second = PageIn(page, "first").mount(), PageIn(page, "second").mount()
    page.evaluate(
        """() => {
          window.received = [];
          for (const type of ["keydown", "keyup"])
            addEventListener(type, event => window.received.push(`${type} ${event.key}`));
        }"""
    )
    page.locator("body").press("ArrowRight")
    assert page.evaluate("() => window.received.splice(0)") == ["keydown ArrowRight", "keyup ArrowRight"]
    first.sees_epoch(0)
    first.target.get_by_role("heading", name="tinkernet").click()
    page.keyboard.press("ArrowRight")
    first.sees_epoch(1)
    page.keyboard.press("z")
    assert page.evaluate("() => window.received.splice(0)") == []
    page.keyboard.press("Control+s")
    received = page.evaluate("() => window.received")
    assert "keydown s" in received
    second.sees_epoch(0)
    page.get_by_role("link", name="between").focus()
    page.keyboard.press("ArrowRight")
    second.sees_epoch(0)


def test_the_tab_key_goes_in_and_out(opened: Callable[..., Page]) -> None:
    page = opened()
    first = PageIn(page, "first").mount()
    before, between = page.get_by_role("link", name="before"), page.get_by_role("link", name="between")
    before.focus()
    page.keyboard.press("Tab")
    expect(first.target.locator("[data-page] :focus")).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    expect(before).to_be_focused()
    between.focus()
    page.keyboard.press("Shift+Tab")
    expect(first.target.locator("[data-page] :focus")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(between).to_be_focused()


def test_the_wheel_scrolls_the_document(opened: Callable[..., Page]) -> None:
    page = opened(hostile=False)
    first = PageIn(page, "first").mount()
    slide = first.target.locator("[data-slide]")
    slide.hover()
    page.mouse.wheel(0, 120)
    page.wait_for_function("() => scrollY > 50")


def test_dialogs_and_menus_work_and_give_the_focus_back(opened: Callable[..., Page]) -> None:
    page = opened()
    first = PageIn(page, "first").mount()
    first.button("More").click()
    first.target.get_by_role("menuitem", name="Open a link…").click()
    dialog = first.target.get_by_role("dialog", name="Open a link")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(first.button("More")).to_be_focused()
    page.keyboard.press("Enter")
    menu = first.target.get_by_role("menu", name="More")
    expect(menu).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(menu.locator(":focus")).to_have_count(1)
    page.evaluate("() => scrollBy(0, 30)")
    expect(menu).to_be_hidden()


def box_inside(page: Page, inner: str) -> bool:
    """Whether an element of the first page is inside this page."""
    inside = """(page, inner) => {
      const [box, around] = [inner, page].map(one => one.getBoundingClientRect());
      return box.left >= around.left && box.right <= around.right && box.top >= around.top
        && box.bottom <= around.bottom;
    }"""
    found = page.locator("#first").evaluate(inside, page.locator(f"#first {inner}").element_handle())
    return bool(found)


def test_a_dialog_is_inside_the_page_whose_rest_waits_and_the_document_does_not(opened: Callable[..., Page]) -> None:
    page = opened(hostile=False, viewport={"width": 1100, "height": 900})
    first = PageIn(page, "first").mount()
    play = first.button("Play").bounding_box()
    assert play is not None
    for key in ("Escape", None):
        first.button("More").click()
        first.target.get_by_role("menuitem", name="Open a link…").click()
        dialog = first.target.get_by_role("dialog", name="Open a link")
        expect(dialog.locator(":focus")).to_have_count(1)
        assert box_inside(page, "dialog")
        page.get_by_role("link", name="between").click(trial=True)
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.locator("#first .table :focus").count() == 0
        dialog.get_by_role("textbox").focus()
        if key is None:
            page.mouse.click(play["x"] + play["width"] / 2, play["y"] + play["height"] / 2)
        else:
            page.keyboard.press(key)
        expect(dialog).to_have_count(0)
        expect(first.button("Play")).to_be_visible()
        first.button("Play").click(trial=True)


def test_files_are_for_the_page_only_where_they_are_over_it(opened: Callable[..., Page]) -> None:
    page = opened(hostile=False, viewport={"width": 1100, "height": 900})
    first = PageIn(page, "first").mount()
    drag = """(target, type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["a,b\\n1,2"], "points.csv", { type: "text/csv" }));
      const event = new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer });
      return !target.dispatchEvent(event);
    }"""
    between = page.get_by_role("link", name="between")
    for kind in ("dragover", "drop"):
        assert not between.evaluate(drag, kind)
    assert first.target.locator("dialog").count() == 0
    assert first.target.locator("[data-slide]").evaluate(drag, "dragover")
    expect(first.target.get_by_text("Drop the file to read it")).to_be_visible()
    assert box_inside(page, ".target")
    assert first.target.locator("[data-slide]").evaluate(drag, "drop")
    expect(first.target.get_by_role("dialog", name="Your own data")).to_be_visible()
    assert box_inside(page, "dialog")


@pytest.mark.parametrize(
    ("mark", "theme"),
    [
        ("document.body.dataset.jpThemeLight = 'false'", "dark"),
        ("document.body.classList.add('vscode-dark')", "dark"),
        ("document.body.classList.add('dark')", "dark"),
        ("document.body.dataset.jpThemeLight = 'true'", "light"),
    ],
)
def test_the_page_matches_the_notebook(opened: Callable[..., Page], mark: str, theme: str) -> None:
    page = opened(color_scheme="light" if theme == "dark" else "dark")
    first = PageIn(page, "first").mount()
    other = "light" if theme == "dark" else "dark"
    expect(first.target.locator("[data-page]")).to_have_attribute("data-theme", other)
    page.evaluate(f"() => {{ {mark} }}")
    expect(first.target.locator("[data-page]")).to_have_attribute("data-theme", theme)


def test_the_page_follows_the_width_that_it_is_given(opened: Callable[..., Page]) -> None:
    page = opened(hostile=False)
    first = PageIn(page, "first").mount()
    for width, layout in ((1300, "desk"), (700, "side"), (420, "thumb")):
        page.set_viewport_size({"width": width, "height": 900})
        shown = first.target.locator("[data-page]")
        expect(shown).to_have_attribute("data-layout", layout)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_page_is_not_higher_than_an_output_that_scrolls(opened: Callable[..., Page]) -> None:
    page = opened(hostile=False, viewport={"width": 1300, "height": 900})
    # As in marimo.
    output = "box-sizing: border-box; max-height: 610px; padding: 16px; overflow: auto;"
    for width in (1250, 721, 400):
        page.evaluate("style => (document.querySelector('#first').style = style)", f"{output} width: {width}px")
        first = PageIn(page, "first").mount()
        assert first.target.evaluate("output => output.scrollHeight <= output.clientHeight")
        first.destroy()


def test_a_page_out_of_sight_asks_for_no_frame(opened: Callable[..., Page]) -> None:
    page = opened(hostile=False)
    frames: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(len(data))))
    first = PageIn(page, "first").mount()
    first.button("Play").click()
    expect(first.target.get_by_test_id("epoch")).to_have_attribute("data-value", re.compile(r"\d\d"))
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(500)
    frames.clear()
    page.wait_for_timeout(700)
    assert len(frames) <= 4
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_timeout(300)
    assert len(frames) > 4
    expect(first.button("Pause")).to_be_visible()


def test_everything_works_and_a_destroyed_page_leaves_nothing_behind(opened: Callable[..., Page]) -> None:
    page = opened(viewport={"width": 1600, "height": 900})
    untouched = page.evaluate("() => window.leftovers()")
    first = PageIn(page, "first").mount(LINK)
    use_everything(first)
    started = page.evaluate("() => window.leftovers()")
    for kind in ("listeners", "observers", "urls", "sockets"):
        assert started[kind] != untouched[kind], f"the instruments see no {kind}"
    first.destroy()
    assert page.evaluate("() => window.leftovers()") == untouched


@pytest.mark.parametrize("settings", [{"hidden": (4, 2)}, {"dataset": "three-rings"}, {"problem": "regression"}])
def test_the_last_picture_is_drawn_from_what_was_saved(opened: Callable[..., Page], settings: dict[str, Any]) -> None:
    run = Run(Experiment(seed="0.5", **settings))
    run.train(3)
    state = saved(run, View())
    in_bytes = [name for name, value in state.items() if isinstance(value, bytes)]
    text = {name: base64.b64encode(state[name]).decode() if name in in_bytes else state[name] for name in state}
    page = opened()
    drawn = set()
    for theme in ("light", "dark"):
        assert page.evaluate("given => window.showSaved('first', ...given)", [text, in_bytes, theme])
        shown = page.locator("#first")
        expect(shown.get_by_role("status")).to_have_text("Run the cell to play.")
        expect(shown.get_by_role("img")).to_have_count(3)
        colours = """pictures => pictures.map(picture => new Set(new Uint32Array(picture.getContext("2d")
            .getImageData(0, 0, picture.width, picture.height).data.buffer)).size)"""
        assert all(count > 20 for count in shown.get_by_role("img").evaluate_all(colours))
        drawn.add(shown.screenshot())
    assert len(drawn) == 2
    for name in state:
        wrong: dict[str, Any] = {**text, name: [[{}]]}
        others = [one for one in in_bytes if one != name]
        assert not page.evaluate("given => window.showSaved('first', ...given)", [wrong, others, "light"])
        expect(shown.get_by_role("status")).to_have_text("Run the cell to play.")
