"""The documentation as a site: it is built without a warning, and complete in itself."""

import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import glossary_places
import pytest
import reference_pages

import tinkernet
from tinkernet.lessons.shelf import BUILT_IN
from tinkernet.protocol.terms import TERMS

ROOT = Path(__file__).resolve().parents[2]


class _Page(HTMLParser):
    """What a page refers to, and the places in it that can be referred to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.places = {""}
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.words: list[str] = []
        self.prose: list[str] = []
        """The words that are not code."""
        self._code = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what this element refers to."""
        self._code += tag == "code"
        values = {name: value for name, value in attrs if value is not None}
        self.places |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "link" and values.get("rel") not in {"canonical", "prev", "next"}:
            self.loaded.append(values.get("href", ""))
        self.loaded.extend(values[name] for name in ("src", "srcset", "poster", "data") if name in values)

    def handle_data(self, data: str) -> None:
        """Note the words."""
        self.words.append(data)
        if not self._code:
            self.prose.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Note where code ends."""
        self._code -= tag == "code"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, _Page]:
    """All pages of the site, as they were built."""
    found = {path: _Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    assert len(found) > 30
    return found


def test_no_link_is_broken(site: Path, pages: dict[Path, _Page]) -> None:
    broken = []
    for path, page in pages.items():
        for link in page.links + page.loaded:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            base = site if path.name == "404.html" else path.parent
            target = (base / unquote(parts.path).lstrip("/")).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            if not target.exists():
                broken.append(f"{path.relative_to(site)}: {link} leads nowhere")
            elif target in pages and unquote(parts.fragment) not in pages[target].places:
                broken.append(f"{path.relative_to(site)}: {link}: there is no such place on that page")
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, _Page]) -> None:
    elsewhere = [
        f"{path.relative_to(site)}: {address}"
        for path, page in pages.items()
        for address in page.loaded
        if urlsplit(address).netloc
    ]
    assert elsewhere == []
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert "url(http" not in styles
    assert "url(//" not in styles
    assert "@import" not in styles


def test_everything_public_has_its_place_in_the_reference(site: Path, pages: dict[Path, _Page]) -> None:
    for topic in reference_pages.topics():
        places = pages[site / "reference" / f"{topic.file}.html"].places
        assert [path for path in reference_pages.identifiers(topic) if path not in places] == []
    assert "tinkernet.Run.train" in pages[site / "reference" / "run.html"].places
    words = "".join(pages[site / "reference" / "index.html"].words)
    assert [name for name in tinkernet.__all__ if name not in words and not name.startswith("_")] == []


def test_every_page_of_docs_and_every_lesson_is_there(site: Path) -> None:
    wanted = [path.stem for path in (ROOT / "docs").glob("*.md")] + [f"lessons/{name}" for name in BUILT_IN]
    assert [name for name in wanted if not (site / f"{name}.html").exists()] == []


def test_a_lesson_can_lead_to_every_term(site: Path, pages: dict[Path, _Page]) -> None:
    places = pages[site / "glossary.html"].places
    assert [term for term in TERMS if glossary_places.link(term).partition("#")[2] not in places] == []


def test_text_from_lessons_and_docstrings_is_no_markup(site: Path, pages: dict[Path, _Page]) -> None:
    left = [
        f"{path.relative_to(site)}: {sign}"
        for path, page in pages.items()
        for sign in (":::", "](", "```", "**")
        if sign in "".join(page.prose)
    ]
    assert left == []


def test_every_extra_has_a_tested_version(pages: dict[Path, _Page], site: Path) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    words = [word.strip() for word in pages[site / "versions.html"].words]
    assert [name for name in extras if name not in words] == []
    assert "—" not in words
