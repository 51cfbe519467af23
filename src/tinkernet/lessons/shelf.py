"""Shelf: the lessons that can be opened by name: the built-in ones, and one from a file."""

import threading
from functools import cache
from importlib import resources
from pathlib import Path

from tinkernet.lessons.errors import LessonError
from tinkernet.lessons.lesson import Lesson
from tinkernet.lessons.names import name_of
from tinkernet.protocol.lesson import LessonEntry

BUILT_IN = (
    "first-steps",
    "get-a-feeling-for-it",
    "why-it-does-not-learn",
    "features-do-the-work",
    "how-many-neurons",
    "overfitting",
    "your-move",
)
"""In the order to take them."""


def built_in_path(name: str) -> Path:
    """The file of a built-in lesson."""
    return Path(str(resources.files("tinkernet.lessons"))) / "built_in" / f"{name}.md"


@cache
def built_in(name: str) -> Lesson:
    """A built-in lesson."""
    from tinkernet.lessons.reader import read_lesson  # needed for those who open a lesson

    return read_lesson(built_in_path(name))


@cache
def built_in_entry(name: str) -> LessonEntry:
    """A built-in lesson's line in the list, read without the rest: every page is sent the list when it connects."""
    _, head, body = built_in_path(name).read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    steps = sum(line.startswith("## ") for line in body.splitlines())
    return LessonEntry(name=name, title=fields["title"], minutes=int(fields["minutes"]), steps=steps)


class Shelf:
    """The lessons of one server. Safe to use from any thread.

    A lesson from a file comes before a built-in one of the same name. It is read again when `refresh` finds that the
    file has changed; where it cannot be read, the last version that could be stays, with the `problem`.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._written: object = None
        self._own: Lesson | None = None
        self.problem = ""
        """What is wrong in the file; empty if nothing is."""
        self.refresh()

    @property
    def own_name(self) -> str:
        """The name of the lesson from the file; empty if there is none."""
        return "" if self._file is None else name_of(self._file)

    def lesson(self, name: str) -> Lesson | None:
        """The lesson of this name; None if there is none, or none that could be read yet."""
        if self._file is not None and name == self.own_name:
            return self._own
        return built_in(name) if name in BUILT_IN else None

    @property
    def can_change(self) -> bool:
        """Whether there is a file that its author may save."""
        return self._file is not None

    def refresh(self) -> bool:
        """Read the file again if it has changed. Returns whether it had."""
        if self._file is None:
            return False
        from tinkernet.lessons.reader import read_lesson

        with self._lock:
            try:
                status = self._file.stat()
                written: object = (status.st_mtime_ns, status.st_size)
            except OSError as error:
                written = str(error)
            if written == self._written:
                return False
            self._written = written
            try:
                self._own, self.problem = read_lesson(self._file), ""
            except LessonError as error:
                self.problem = f"{self._file.name}, {error}"
            except OSError as error:
                self.problem = f"{self._file.name}: {(error.strerror or str(error)).lower()}"
            return True

    def entries(self) -> list[LessonEntry]:
        """All lessons that can be opened, the one from a file first."""
        own, built_in_ones = self._own, [built_in_entry(name) for name in BUILT_IN if name != self.own_name]
        if own is None:
            return built_in_ones
        entry = LessonEntry(name=own.name, title=own.title, minutes=own.minutes, steps=len(own.steps))
        return [entry, *built_in_ones]
