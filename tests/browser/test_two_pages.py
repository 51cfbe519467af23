"""Several independent pages in one document; a destroyed page leaves nothing behind."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from several_pages import Documents, PageIn, serve_documents, use_everything


@pytest.fixture(scope="module")
def two_pages(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Documents]:
    """The server of the document with two pages."""
    assert browser.is_connected()
    with serve_documents("two-pages", tmp_path_factory.mktemp("two-pages")) as documents:
        yield documents


@pytest.fixture
def document(context_of: Any, two_pages: Documents) -> Page:
    """The document before pages are mounted."""
    return two_pages.open(context_of(viewport={"width": 1440, "height": 900}), "test/two-pages.html")


def test_two_pages_in_one_document_have_independent_runs(document: Page) -> None:
    first, second = PageIn(document, "first").mount(), PageIn(document, "second").mount()
    first.button("Step").click()
    first.sees_epoch(1)
    second.sees_epoch(0)
    second.radio("XOR").check(force=True)
    expect(second.radio("XOR")).to_be_checked()
    expect(first.radio("Circle")).to_be_checked()
    second.button("Step").click()
    second.button("Step").click()
    second.sees_epoch(2)
    first.sees_epoch(1)


def test_shortcuts_apply_to_the_page_that_was_used_last(document: Page) -> None:
    first, second = PageIn(document, "first").mount(), PageIn(document, "second").mount()
    second.target.get_by_role("heading", name="tinkernet").click()
    document.keyboard.press("ArrowRight")
    second.sees_epoch(1)
    first.sees_epoch(0)
    first.button("Step").focus()
    document.keyboard.press("ArrowRight")
    first.sees_epoch(1)
    second.sees_epoch(1)


def test_element_ids_are_unique(document: Page) -> None:
    PageIn(document, "first").mount()
    PageIn(document, "second").mount()
    ids = document.evaluate("() => [...document.querySelectorAll('[id]')].map(element => element.id)")
    assert sorted(ids) == sorted(set(ids))
    groups = document.evaluate(
        """() => ["first", "second"].map(id =>
             [...new Set([...document.querySelectorAll(`#${id} input[type=radio]`)].map(radio => radio.name))])"""
    )
    assert not set(groups[0]) & set(groups[1])


def test_a_destroyed_page_leaves_nothing_behind(document: Page) -> None:
    untouched = document.evaluate("() => window.leftovers()")
    page = PageIn(document, "first").mount()
    use_everything(page)
    started = document.evaluate("() => window.leftovers()")
    for kind in ("listeners", "observers", "urls", "sockets"):
        assert started[kind] != untouched[kind], f"the instruments see no {kind}"
    page.destroy()
    assert document.evaluate("() => window.leftovers()") == untouched


def test_the_other_page_continues_when_one_is_destroyed(document: Page) -> None:
    first, second = PageIn(document, "first").mount(), PageIn(document, "second").mount()
    use_everything(first)
    first.destroy()
    expect(first.target).to_be_empty()
    second.button("Step").click()
    second.sees_epoch(1)
    document.keyboard.press("ArrowRight")
    second.sees_epoch(2)
    slider = second.target.get_by_role("slider", name="Noise", exact=True)
    slider.fill("20")
    expect(slider).to_have_attribute("aria-valuetext", "20 %")
    second.destroy()
    assert document.evaluate("() => Object.values(window.leftovers()).flat()") == []
