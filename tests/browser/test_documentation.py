"""The documentation in a browser without a network: its search works, nothing is asked for, and it fits on a phone."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import PATIENCE
from playwright.sync_api import Browser, Page


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    """A page on a phone without a network; what it asks for are files, and nothing fails in it."""
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert [address for address in asked if urlsplit(address).scheme not in {"file", "data", "blob"}] == []
    assert errors == []
    context.close()


def test_search_works_in_a_folder_without_a_server(visit: Page, site: Path) -> None:
    visit.goto((site / "index.html").as_uri())
    visit.locator("label[for=__search]").first.click()
    visit.locator(".md-search__input").press_sequentially("learning_rate_now")
    found = visit.locator(".md-search-result__item a").first
    found.wait_for()
    found.click()
    visit.wait_for_url("**/reference/run.html*")


@pytest.mark.parametrize("name", ["index", "tour", "gallery", "reference/run", "lessons/first-steps", "options"])
def test_a_page_fits_on_a_phone(visit: Page, site: Path, name: str) -> None:
    visit.goto((site / f"{name}.html").as_uri())
    assert visit.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "reference/starts", "lessons/first-steps"])
def test_a_page_is_accessible(browser: Browser, axe: str, site: Path, name: str, scheme: str) -> None:
    context = browser.new_context(offline=True, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto((site / f"{name}.html").as_uri())
    page.evaluate(axe)
    # The theme's own structure is not ours; what our colours and pages do to it is.
    found = page.evaluate(
        """async () => {
          const rules = ["color-contrast", "image-alt", "heading-order", "link-name"];
          const found = await axe.run(document, { runOnly: rules });
          return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`));
        }"""
    )
    context.close()
    assert found == []
