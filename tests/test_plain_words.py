"""Plain English: phrases that are quaint, or not the field's term, do not come back."""

import subprocess
from pathlib import Path

import pytest
from plain_words import phrases_in

ROOT = Path(__file__).resolve().parent.parent
ENDINGS = {".py", ".md", ".svelte", ".ts", ".js", ".c", ".h", ".toml"}
LIST = "tests/support/plain_words.py"
GLOSSARY = "docs/glossary.md"


def files() -> list[str]:
    """Every text in the repository that people read, except the list of phrases."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return [
        name
        for name in listed
        if (Path(name).suffix in ENDINGS or name == "Makefile") and name not in {LIST, "tests/test_plain_words.py"}
    ]


def text_of(name: str) -> str:
    """The text of a file; of the glossary without its last column, which lists what a term is not called."""
    text = (ROOT / name).read_text(encoding="utf-8")
    if name != GLOSSARY:
        return text
    return "\n".join(line.rsplit("|", 2)[0] if line.startswith("|") else line for line in text.split("\n"))


def complaints(names: list[str]) -> list[str]:
    return [
        f"{name}:{line}: “{phrase}”; say instead: {instead}"
        for name in names
        for line, phrase, instead in phrases_in(text_of(name))
    ]


def test_all_texts_are_in_plain_english() -> None:
    found = complaints(files())
    assert not found, "\n" + "\n".join(found) + "\nThe phrases are listed in tests/support/plain_words.py."


@pytest.mark.parametrize(
    ("text", "line", "phrase"),
    [
        ("It learns\nthe points by heart.", 2, "by heart"),
        ("def test_the_very_same_weights() -> None:", 1, "the very"),
        ("# The numbers have run\n# their course; nothing is left at\n# all.", 2, "at # all"),
    ],
)
def test_phrases_are_found_in_sentences_names_and_across_lines(text: str, line: int, phrase: str) -> None:
    assert [(found, words) for found, words, _ in phrases_in(text)] == [(line, phrase)]


def test_the_glossary_may_list_what_a_term_is_not_called() -> None:
    assert "by heart" in (ROOT / GLOSSARY).read_text(encoding="utf-8")
    assert "by heart" not in text_of(GLOSSARY)
