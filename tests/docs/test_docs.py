"""The docs are correct: every example runs, every link has a target, generated pages are up to date."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import tinkernet
from tinkernet.network import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)\)")
FENCED = re.compile(r"^(`{3,}).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
"""Code, in which nothing is a link of the page."""


def blocks(language: str) -> list[tuple[str, str]]:
    """(name, code) of every code block in this language."""
    return [
        (f"{page.relative_to(ROOT)}:{page.read_text()[: match.start()].count(chr(10)) + 1}", match[2])
        for page in PAGES
        for match in BLOCK.finditer(page.read_text())
        if match[1] == language
    ]


def examples(language: str) -> list[object]:
    return [pytest.param(code, id=name) for name, code in blocks(language)]


@pytest.mark.parametrize("code", examples("python"))
def test_every_python_example_runs(code: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def commands() -> list[object]:
    """Every `tinkernet train …` command in the docs."""
    found = {
        line.split("#")[0] if line.count("'") < 2 else line
        for _, code in [*blocks("sh"), *blocks("text")]
        for line in map(str.strip, code.splitlines())
        if line.startswith("tinkernet train") and ("--epochs" in line or "--until-loss" in line)
    }
    return [pytest.param(line, id=line[:60]) for line in sorted(found)]


@pytest.mark.parametrize("line", commands())
def test_every_command_example_runs(line: str, tmp_path: Path) -> None:
    _, *arguments = shlex.split(line)
    done = subprocess.run(
        # The last --epochs takes effect, so that examples run quickly.
        [sys.executable, "-m", "tinkernet", *arguments, "--epochs", "3"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_has_a_target(page: Path) -> None:
    text = FENCED.sub("", page.read_text())
    targets = [target for target in LINK.findall(text) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("generator", ["generate_help.py", "generate_datasets_page.py", "generate_options_table.py"])
def test_a_generated_page_is_up_to_date(generator: str) -> None:
    subprocess.run([sys.executable, ROOT / "tools" / generator, "--check"], check=True)


def test_every_option_is_listed() -> None:
    page = (ROOT / "docs" / "options.md").read_text(encoding="utf-8")
    for table in (ACTIVATIONS, OPTIMIZERS, SCHEDULES, LOSSES, INITIALIZERS):
        for entry in table.values():
            assert f"| `{entry.name}` | {entry.label} |" in page
            assert entry.formula.replace("|", "\\|") in page


@pytest.mark.parametrize("name", [name for name in tinkernet.__all__ if not name.startswith("_")])
def test_every_public_name_has_a_heading(name: str) -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "docs" / "python.md").read_text(), re.MULTILINE)
    assert name in [one for heading in headings for one in heading.split(", ")]
