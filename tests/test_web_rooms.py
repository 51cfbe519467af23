"""Rules for the page's code: the order of folders, no circular imports, and only the shell uses the window."""

import os
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parent.parent / "web" / "src"

# A folder may import the folders above it, and itself, without exceptions.
FOLDERS = [
    "words",
    "numbers",
    "protocol",
    "color",
    "field",
    "ui",
    "model",
    "network",
    "painting",
    "output",
    "curve",
    "data",
    "own-data",
    "settings",
    "training",
    "pins",
    "starts",
    "map",
    "diagnosis",
    "picture",
    "explanation",
    "lessons",
    "still",
    "shell",
    "notebook",
]
RANK = {folder: rank for rank, folder in enumerate(FOLDERS)}

IMPORT = re.compile(
    r"""^\s*(?:import|export)\b(?!\.)[^"';]*["'](\.{1,2}/[^"']+)["'];?|\bimport\(\s*["'](\.{1,2}/[^"']+)["']""",
    re.MULTILINE,
)
ENDINGS = ("", ".ts", ".svelte.ts")

# Belongs to the whole window or browser, not to one page; a document may contain several.
OF_THE_WINDOW = re.compile(
    r"\b(?:window\.|globalThis\.)?(?:location|history)\.\w|\b(?:localStorage|sessionStorage|matchMedia)\b"
    r"|\bdocument\.(?:documentElement|body|head|title|cookie|addEventListener|getElementById|querySelector)\b"
    r"|(?<![.\w])(?:window\.)?addEventListener\(|<svelte:(?:window|document|body|head)\b|:root\b"
)


def files() -> list[Path]:
    return sorted(path for path in SOURCES.rglob("*") if path.suffix in {".ts", ".svelte", ".css"})


def name_of(path: Path) -> str:
    return path.relative_to(SOURCES).as_posix()


def folder_of(path: Path) -> str:
    return path.relative_to(SOURCES).parts[0]


def imports_of(path: Path) -> Iterator[Path]:
    """The files of the page that this one imports, including types."""
    for match in IMPORT.finditer(path.read_text(encoding="utf-8")):
        target = os.path.normpath(path.parent / (match[1] or match[2]))
        found = next((Path(target + ending) for ending in ENDINGS if Path(target + ending).is_file()), None)
        assert found is not None, f"{name_of(path)} imports {match[0]!r}, which is not there"
        yield found


def test_every_folder_is_in_the_list() -> None:
    assert {path.name for path in SOURCES.iterdir()} == set(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_imports_only_folders_above_it(folder: str) -> None:
    wrong = [
        f"{name_of(path)} imports {name_of(target)}"
        for path in files()
        if folder_of(path) == folder
        for target in imports_of(path)
        if RANK[folder_of(target)] > RANK[folder]
    ]
    assert not wrong


def test_there_are_no_circular_imports() -> None:
    graph = {name_of(path): {name_of(target) for target in imports_of(path)} for path in files()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_only_the_shell_uses_what_belongs_to_the_whole_window() -> None:
    wrong = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in files()
        if folder_of(path) not in {"shell", "notebook"} and ".test." not in path.name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if OF_THE_WINDOW.search(line)
    ]
    assert not wrong


def test_file_names_are_unique() -> None:
    # A file of words has the name of its topic.
    named = [path for path in files() if ".test." not in path.name and folder_of(path) != "words"]
    names = [path.name.partition(".")[0].lower() for path in named]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
