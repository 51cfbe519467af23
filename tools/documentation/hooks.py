"""The events of MkDocs at which pages are added that are made from the code (mkdocs.yml names this file)."""

import posixpath
import re
from pathlib import Path
from typing import Any

import gallery_page
import glossary_places
import lesson_pages
import reference_pages
import version_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
COPIED = {
    "changes.md": ROOT / "CHANGELOG.md",
    "contributing.md": ROOT / "CONTRIBUTING.md",
    "measured-data.md": ROOT / "src/tinkernet/data/datasets/measured/SOURCES.md",
}
"""Pages of the site whose file is not in docs/."""
MADE = {
    "src/tinkernet/lessons/built_in": "lessons/index.md",
    "src/tinkernet/__init__.py": "reference/index.md",
    "pyproject.toml": version_page.PAGE,
}
"""What a link in docs/ leads to in the repository, and the page that is made from it here."""
UNLISTED = ("measured-data.md",)
LINK = re.compile(r"\]\(([^):\s#]+)(#[^)\s]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the lists of lessons and of the reference into the navigation."""
    sections: dict[str, list[Any]] = {"LESSONS": lesson_pages.navigation(), "REFERENCE": reference_pages.navigation()}
    config.nav = [_section(entry, sections) for entry in config.nav or []]
    return config


def _section(entry: dict[str, Any], sections: dict[str, list[Any]]) -> dict[str, Any]:
    [(title, content)] = entry.items()
    return {title: content if isinstance(content, list) else sections.get(content, content)}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and pictures that are made from the code."""
    made: dict[str, str | bytes] = {
        **{name: path.read_text(encoding="utf-8") for name, path in COPIED.items()},
        **lesson_pages.pages(),
        **reference_pages.pages(),
        **gallery_page.files(),
        version_page.PAGE: version_page.page(),
    }
    for name, content in made.items():
        inclusion = InclusionLevel.NOT_IN_NAV if name in UNLISTED else InclusionLevel.UNDEFINED
        files.append(File.generated(config, name, content=content, inclusion=inclusion))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Lead links between files of the repository to the pages that these files are here, and terms to their rows."""
    source = COPIED.get(page.file.src_uri, ROOT / "docs" / page.file.src_uri)
    folder = source.parent.relative_to(ROOT).as_posix() if source.is_relative_to(ROOT) else "docs"
    pages = {path.relative_to(ROOT).as_posix(): name for name, path in COPIED.items()} | MADE

    def target(match: re.Match[str]) -> str:
        path, anchor = match[1], match[2] or ""
        named = posixpath.normpath(posixpath.join(folder, path))
        if named in pages:
            path = posixpath.relpath(pages[named], posixpath.dirname(page.file.src_uri) or ".")
        elif named.startswith("docs/") and folder != "docs":
            path = posixpath.relpath(named.removeprefix("docs/"), posixpath.dirname(page.file.src_uri) or ".")
        return f"]({path}{anchor})"

    if page.file.src_uri == glossary_places.PAGE:
        markdown = glossary_places.with_places(markdown)
    return LINK.sub(target, markdown)
