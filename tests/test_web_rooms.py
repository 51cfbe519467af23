"""The house rules of the page: the order of its folders, no circles, and a shell that alone knows the window."""

import os
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parent.parent / "web" / "src"

# A folder may import the folders before it, and itself. There are no exceptions.
ROOMS = [
    "numbers",
    "protocol",
    "color",
    "field",
    "ui",
    "model",
    "network",
    "output",
    "curve",
    "data",
    "settings",
    "training",
    "pins",
    "starts",
    "diagnosis",
    "picture",
    "shell",
]
RANK = {room: rank for rank, room in enumerate(ROOMS)}

IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^"';]*["'](\.{1,2}/[^"']+)["'];?|\bimport\(\s*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE
)
ENDINGS = ("", ".ts", ".svelte.ts")

# What belongs to the whole window or to the whole browser, and not to one page of perhaps several in a document.
OF_THE_WINDOW = re.compile(
    r"\b(?:window\.|globalThis\.)?(?:location|history)\.\w|\b(?:localStorage|sessionStorage|matchMedia)\b"
    r"|\bdocument\.(?:documentElement|body|head|title|cookie|addEventListener|getElementById|querySelector)\b"
    r"|(?<![.\w])(?:window\.)?addEventListener\(|<svelte:(?:window|document|body|head)\b|:root\b"
)


def files() -> list[Path]:
    return sorted(path for path in SOURCES.rglob("*") if path.suffix in {".ts", ".svelte", ".css"})


def name_of(path: Path) -> str:
    return path.relative_to(SOURCES).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(SOURCES).parts[0]


def imports_of(path: Path) -> Iterator[Path]:
    """The files of the page that this one imports, types included."""
    for match in IMPORT.finditer(path.read_text(encoding="utf-8")):
        target = os.path.normpath(path.parent / (match[1] or match[2]))
        found = next((Path(target + ending) for ending in ENDINGS if Path(target + ending).is_file()), None)
        assert found is not None, f"{name_of(path)} imports {match[0]!r}, which is not there"
        yield found


def test_every_folder_is_a_room() -> None:
    assert {path.name for path in SOURCES.iterdir()} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_before_it(room: str) -> None:
    wrong = [
        f"{name_of(path)} imports {name_of(target)}"
        for path in files()
        if room_of(path) == room
        for target in imports_of(path)
        if RANK[room_of(target)] > RANK[room]
    ]
    assert not wrong


def test_no_file_imports_itself_in_a_circle() -> None:
    graph = {name_of(path): {name_of(target) for target in imports_of(path)} for path in files()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_only_the_shell_touches_what_belongs_to_the_whole_window() -> None:
    wrong = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in files()
        if room_of(path) != "shell" and ".test." not in path.name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if OF_THE_WINDOW.search(line)
    ]
    assert not wrong


def test_no_two_files_have_one_name() -> None:
    names = [path.name.partition(".")[0].lower() for path in files() if ".test." not in path.name]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
