"""The command `tinkernet lesson` in a terminal."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lesson_files import STEP, written
from starting import built, started, tinkernet

from tinkernet.lessons.shelf import BUILT_IN


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "test.md"
    path.write_text(written())
    return path


def test_without_a_name_it_lists_the_built_in_lessons() -> None:
    done = tinkernet("lesson")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines() if "minutes" in line] == list(BUILT_IN)


def test_a_check_proves_a_lesson_right(file: Path) -> None:
    done = tinkernet("lesson", str(file), "--check", "--starts", "4")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [
        "A test: 1 step",
        "  1  One",
        "     4 of 4 starts reach this in 100 epochs",
        "All goals are missed at first and reached by their solutions.",
    ]


def test_a_check_names_the_line_of_a_step_that_is_wrong(file: Path) -> None:
    file.write_text(written(STEP.replace("play 100 epochs", "reset")))
    done = tinkernet("lesson", str(file), "--check", "--starts", "0")
    assert done.returncode == 1
    assert "     line 9: the solution does not reach the goal; missing: Training loss below 0.05" in done.stdout


@pytest.mark.parametrize("options", [[], ["--check"]])
def test_an_error_in_the_file_is_one_line_with_its_place(file: Path, options: list[str]) -> None:
    file.write_text(written(STEP.replace("play 100", "ply 100")))
    done = tinkernet("lesson", str(file), *options)
    assert done.returncode == 2
    assert done.stderr.startswith("tinkernet: test.md, line 18, column 5: there is no action “ply 100 epochs”")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["nothing", "nothing.md", "a/b.md"])
def test_what_is_not_there_is_named(name: str) -> None:
    done = tinkernet("lesson", name)
    assert done.returncode == 2
    assert done.stderr.startswith(f"tinkernet: neither a file nor a built-in lesson has the name {name!r}")


def test_a_folder_is_not_a_lesson(tmp_path: Path) -> None:
    done = tinkernet("lesson", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_number_of_starts_is_checked(file: Path) -> None:
    done = tinkernet("lesson", str(file), "--check", "--starts", "many")
    assert done.returncode == 2
    assert "is not a whole number from 0 to 1024" in done.stderr


@built
def test_it_opens_the_page_with_the_lesson(file: Path, tmp_path: Path) -> None:
    with started(tmp_path, "lesson", str(file), "--port", "0") as (_, address):
        assert address.endswith("#lesson=test")


def test_the_page_starts_without_what_only_lessons_need() -> None:
    """Start-up is felt: the libraries that read lessons are loaded when somebody opens one."""
    asked = "import sys; import tinkernet.server.app; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    for library in ("yaml", "markdown_it", "PIL"):
        assert not re.search(rf"'{library}'", loaded), library
