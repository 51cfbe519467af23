"""What is wrong in a lesson's file, and where."""

from typing import NamedTuple


class Place(NamedTuple):
    """A place in a file, both numbers from 1."""

    line: int
    column: int = 1


class LessonError(Exception):
    """Something in a lesson's file is not as it must be. The message is one line that begins with the place."""

    def __init__(self, place: Place, message: str) -> None:
        self.place, self.message = place, message
        super().__init__(f"line {place.line}, column {place.column}: {message}")

    def __reduce__(self) -> tuple[type["LessonError"], tuple[Place, str]]:
        """Pickle by its two attributes, so that the error can cross processes."""
        return type(self), (self.place, self.message)
