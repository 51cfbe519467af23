"""A lesson over a real connection: opened by an address, and shown again when its author saves the file."""

from pathlib import Path

from lesson_files import STEP, written
from serving import running

from tinkernet.lessons.shelf import BUILT_IN, Shelf


def test_every_page_is_sent_the_lessons_that_it_can_open(tmp_path: Path) -> None:
    path = tmp_path / "my lesson.md"
    path.write_text(written())
    with running(tmp_path, shelf=Shelf(path)) as server, server.tab() as tab:
        names = [entry["name"] for entry in tab.welcome["lessons"]]
        assert names == ["my-lesson", *BUILT_IN]
        assert (tab.welcome["lessons"][0]["title"], tab.welcome["lessons"][0]["steps"]) == ("A test", 1)


def test_an_address_opens_a_lesson_and_a_saved_file_is_shown_at_once(tmp_path: Path) -> None:
    path = tmp_path / "test.md"
    path.write_text(written())
    with running(tmp_path, shelf=Shelf(path)) as server, server.tab("lesson=test") as tab:
        tab.until(lambda: tab.lesson and tab.progress)
        assert tab.state["experiment"]["dataset"] == "gauss"
        assert tab.progress["rows"][0]["sentence"] == "Training loss below 0.05"
        path.write_text(written(STEP.replace("## One", "## Another title")))
        tab.until(lambda: tab.lesson["steps"][0]["title"] == "Another title")
        path.write_text("nonsense")
        tab.until(lambda: tab.lesson["problem"])
        assert tab.lesson["problem"].startswith("test.md, line 1, column 1: a lesson begins with")
        assert tab.lesson["steps"][0]["title"] == "Another title"


def test_an_address_cannot_name_a_file_or_another_host(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(written())
    with running(tmp_path) as server:
        for name in ("secret.md", "../secret", str(tmp_path / "secret"), "https://example.org/a.md"):
            with server.tab(f"seed=0.5&lesson={name}") as tab:
                assert tab.state["view"]["lesson"] == ""
                assert not tab.lesson
