"""“What is this?”: every term has its section, and the pictures in it are live networks of separate small sessions."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Opener, Server, Tab, Watcher
from playwright.sync_api import Locator, Page, WebSocket, expect

from tinkernet.protocol.terms import TERMS

MOST_CONNECTED = 3
WINDOWS = [(1440, 900), (390, 844), (640, 360)]

READ = """([figure, of]) => Number(figure.querySelector(`[data-of=${of}]`).textContent.replace(/\\s/g, ""))"""
FALLS = f"""([figure, before]) => {{
  const loss = ({READ})([figure, "training-loss"]);
  return loss < 0.9 * before && ({READ})([figure, "epoch"]) > 20;
}}"""
HAS_ENDED = f"""([figure, epoch]) => ({READ})([figure, "epoch"]) === epoch"""
PICTURE = """(figure) => [...figure.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL()).join()"""
CHANGES = f"""([figure, before]) => ({PICTURE})(figure) !== before"""
# Numbers change up to a frame before the picture does.
DRAWN = "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
# What is wider than its place, or lies beside the figure.
CLIPPED = """(figure) => {
  const { left, right } = figure.getBoundingClientRect();
  const inside = [...figure.querySelectorAll("*")].filter((one) => one.closest(".unseen, .glow") === null);
  return inside.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
  }).map((one) => one.outerHTML.slice(0, 120));
}"""


class Article:
    """The open explanation."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.sockets: list[WebSocket] = []
        tab.page.on("websocket", self._connected)
        tab.menu("What is this?")
        self.article = tab.page.get_by_role("article")
        expect(self.article).to_be_visible()

    def _connected(self, socket: WebSocket) -> None:
        self.sockets.append(socket)

    @property
    def page(self) -> Page:
        return self.tab.page

    def connections(self) -> int:
        """The number of miniatures that are connected: the page connected before."""
        return sum(not socket.is_closed() for socket in self.sockets)

    def figures(self) -> Iterator[Locator]:
        """Each miniature, when it is in sight and connected."""
        figures = self.article.locator("figure")
        for place in range(figures.count()):
            yield self.shown(figures.nth(place))

    def figure(self, term: str) -> Locator:
        """The miniature of a term, in sight and connected."""
        return self.shown(self.article.locator(f"section:has([data-section='{term}']) figure"))

    def shown(self, figure: Locator) -> Locator:
        figure.evaluate("figure => figure.scrollIntoView({ block: 'center', behavior: 'instant' })")
        expect(self.play(figure)).to_be_enabled()
        self.page.wait_for_function(f"figure => !isNaN(({READ})([figure, 'epoch']))", arg=figure.element_handle())
        return figure

    @staticmethod
    def play(figure: Locator) -> Locator:
        return figure.get_by_role("button", name=re.compile("^Play: "))

    @staticmethod
    def again(figure: Locator) -> Locator:
        return figure.get_by_role("button", name=re.compile("^(Start again|Other initial weights): "))

    def read(self, figure: Locator, of: str) -> float:
        """A number beside the picture."""
        return float(self.page.evaluate(READ, [figure.element_handle(), of]))

    def wait(self, holds: str, figure: Locator, value: object) -> None:
        self.page.wait_for_function(holds, arg=[figure.element_handle(), value])

    def picture(self, figure: Locator) -> str:
        """Its picture, which shows what the numbers beside it say."""
        self.page.evaluate(DRAWN)
        return str(figure.evaluate(PICTURE))

    def choose(self, figure: Locator, option: str, until: int) -> tuple[float, float]:
        """Choose an option and wait until its training has ended; its training loss and test loss."""
        figure.get_by_role("radio", name=option, exact=True).check(force=True)
        self.page.wait_for_function(
            f"figure => ({READ})([figure, 'epoch']) < {until}", arg=figure.element_handle(), polling=5
        )
        self.wait(HAS_ENDED, figure, until)
        return self.read(figure, "training-loss"), self.read(figure, "test-loss")


def test_every_term_has_a_section_that_its_links_lead_to(open_page: Opener) -> None:
    tab = open_page()
    link = tab.page.url
    article = Article(tab)
    contents = article.article.get_by_role("navigation", name="Contents")
    for term in TERMS:
        heading = article.article.locator(f"[data-section='{term}']")
        contents.get_by_role("link", name=heading.inner_text(), exact=True).click()
        tab.has_focus(heading)
        expect(heading).to_be_in_viewport()
    reference = article.article.locator("section p a").first
    words = reference.inner_text()
    reference.focus()
    tab.press("Enter")
    focused = tab.page.evaluate("() => document.activeElement.textContent")
    assert words.startswith(focused.lower())
    assert tab.page.url == link


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: f"{window[0]}x{window[1]}")
def test_every_miniature_trains_and_is_all_in_sight(open_page: Opener, window: tuple[int, int]) -> None:
    width, height = window
    tab = open_page(viewport={"width": width, "height": height}, has_touch=width < 1000)
    article = Article(tab)
    count = 0
    for figure in article.figures():
        count += 1
        before = article.read(figure, "training-loss")
        article.play(figure).click()
        expect(figure.get_by_role("button", name=re.compile("^Pause: "))).to_be_visible()
        if "too small" in figure.inner_text():
            article.wait(HAS_ENDED, figure, 300)
        else:
            article.wait(FALLS, figure, before)
        assert figure.evaluate(CLIPPED) == []
        assert article.connections() <= MOST_CONNECTED
    assert count >= 6
    # The page's own run has not been trained.
    tab.sees("epoch", 0)


def test_a_miniature_pauses_at_its_end_and_starts_again(open_page: Opener) -> None:
    article = Article(open_page())
    figure = article.figure("neuron")
    before = article.picture(figure)
    article.play(figure).click()
    article.wait(HAS_ENDED, figure, 100)
    expect(article.play(figure)).to_be_visible()
    article.again(figure).click()
    article.wait(HAS_ENDED, figure, 0)
    assert article.picture(figure) == before
    article.play(figure).click()
    article.wait(HAS_ENDED, figure, 100)
    article.play(figure).click()
    article.page.wait_for_function(f"f => ({READ})([f, 'epoch']) < 100", arg=figure.element_handle(), polling=5)


def test_an_edited_weight_changes_its_picture(open_page: Opener) -> None:
    article = Article(open_page())
    figure = article.figure("neuron")
    before = article.picture(figure)
    slider = figure.get_by_role("slider", name="Weight of x₁", exact=True)
    slider.fill("-2")
    expect(slider).to_have_attribute("aria-valuetext", "−2.00")
    article.wait(CHANGES, figure, before)
    before = article.picture(figure)
    figure.get_by_role("button", name="Bias of output neuron", exact=True).click()
    editor = figure.get_by_role("dialog", name="Bias of output neuron")
    number = editor.get_by_role("textbox", name="Value", exact=True)
    number.fill("1.5")
    number.press("Enter")
    expect(figure.get_by_role("slider", name="Bias", exact=True)).to_have_attribute("aria-valuetext", "1.50")
    article.wait(CHANGES, figure, before)
    number.press("Escape")
    expect(editor).to_have_count(0)
    expect(article.article).to_be_visible()


def test_what_the_captions_say_is_true(open_page: Opener) -> None:
    article = Article(open_page())
    figure = article.figure("activation")
    losses = {name: article.choose(figure, name, 400)[0] for name in ("Linear", "Tanh", "ReLU", "Sigmoid")}
    assert losses["Linear"] > 0.4
    assert max(losses[name] for name in ("Tanh", "ReLU", "Sigmoid")) < 0.05
    figure = article.figure("learning-rate")
    losses = {name: article.choose(figure, name, 300)[0] for name in ("10: too large", "0.1: good", "0.001: too small")}
    assert losses["0.1: good"] < 0.01
    assert min(losses["0.001: too small"], losses["10: too large"]) > 0.1
    figure = article.figure("optimizer")
    losses = {name: article.choose(figure, name, 100)[0] for name in ("Momentum", "Adam", "Gradient descent")}
    assert round(losses["Gradient descent"], 1) == 0.3
    assert round(losses["Momentum"], 2) == round(losses["Adam"], 2) == 0.02
    figure = article.figure("overfitting")
    few, many = article.choose(figure, "3 neurons", 1000), article.choose(figure, "16 neurons", 1000)
    assert many[0] < few[0]
    assert many[1] > few[1] + 0.1


def test_only_a_few_are_connected_at_once_and_none_after_closing(
    open_page: Opener, own_server: Server, tmp_path: Path
) -> None:
    article = Article(open_page(at=own_server))
    for figure in article.figures():
        article.play(figure).click()
        assert 1 <= article.connections() <= MOST_CONNECTED
    assert len(article.sockets) >= 6
    article.page.get_by_role("complementary", name="What is this?").get_by_role("button", name="Close").click()
    expect(article.article).to_have_count(0)
    assert article.connections() == 0
    # The store never had a session besides the page's.
    article.tab.press("ArrowRight")
    article.tab.sees("epoch", 1)
    assert len(list(tmp_path.glob("tinkernet/sessions/*.json"))) == 1


def test_a_miniature_out_of_sight_pauses_and_keeps_its_picture(open_page: Opener) -> None:
    article = Article(open_page())
    figure = article.figure("overfitting")
    article.play(figure).click()
    article.page.wait_for_function(f"f => ({READ})([f, 'epoch']) > 5", arg=figure.element_handle())
    article.figure("neuron")
    expect(article.play(figure)).to_have_count(1)
    article.page.wait_for_timeout(300)
    epoch = article.read(figure, "epoch")
    picture = article.picture(figure)
    article.page.wait_for_timeout(300)
    assert article.read(figure, "epoch") == epoch < 1000
    # Disconnected after some seconds, and connected again when it comes back.
    expect(article.play(figure)).to_be_disabled()
    assert article.picture(figure) == picture
    article.figure("overfitting")


def test_keys_that_are_pressed_in_a_miniature_are_not_the_page_s(open_page: Opener) -> None:
    tab = open_page()
    article = Article(tab)
    figure = article.figure("layer")
    neuron = figure.get_by_role("button", name="Neuron 1 of layer 1", exact=True)
    neuron.focus()
    tab.press("ArrowDown")
    tab.has_focus(figure.get_by_role("button", name="Neuron 2 of layer 1", exact=True))
    tab.press("Enter", "m", "p", "r", "2")
    pressed = figure.get_by_role("button", name="Neuron 2 of layer 1", pressed=True, exact=True)
    expect(pressed).to_be_visible()
    article.play(figure).focus()
    tab.press(" ")
    expect(figure.get_by_role("button", name=re.compile("^Pause: "))).to_be_visible()
    tab.press("Escape")
    expect(pressed).to_have_count(0)
    expect(article.article).to_be_visible()
    tab.sees("epoch", 0)
    expect(tab.dialog("Many starts")).to_have_count(0)
    expect(tab.radio("Normal")).to_be_checked()
    tab.press("Escape")
    expect(article.article).to_have_count(0)


def test_it_stays_readable_without_a_server(open_page: Opener, own_server: Server, watcher: Watcher) -> None:
    watcher.forgive("WebSocket connection to")
    article = Article(open_page(at=own_server))
    figure = article.figure("neuron")
    picture = article.picture(figure)
    own_server.stop()
    expect(figure.get_by_role("status")).to_contain_text("Connection lost")
    expect(article.play(figure)).to_be_disabled()
    assert article.picture(figure) == picture
    own_server.start()
    expect(figure.get_by_role("status")).to_have_count(0)
    article.figure("neuron")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Opener, axe: str, theme: str) -> None:
    tab = open_page(color_scheme=theme)
    article = Article(tab)
    for _ in article.figures():
        pass
    assert tab.violations(axe) == []
    article.figure("neuron").get_by_role("button", name="Bias of output neuron", exact=True).click()
    assert tab.violations(axe) == []


def test_it_is_printed_with_all_text_and_the_pictures_that_were_drawn(open_page: Opener) -> None:
    tab = open_page()
    article = Article(tab)
    drawn = article.figure("layer")
    tab.page.emulate_media(media="print")
    for term in TERMS:
        expect(article.article.locator(f"[data-section='{term}']")).to_be_visible()
    expect(drawn).to_be_visible()
    expect(drawn.get_by_role("button", name=re.compile("^Play: "))).to_be_hidden()
    expect(article.article.locator("section:has([data-term='regularization']) figure")).to_be_hidden()
    tab.page.emulate_media(media="null")
    printed = tab.page.pdf()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 3
