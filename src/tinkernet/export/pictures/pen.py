"""How large and in which colours the parts of a picture are drawn."""

from dataclasses import dataclass

from tinkernet.export.pictures.colours import LIGHT, Theme
from tinkernet.export.pictures.drawing import Anchor, Place, Strokes, Words

Rect = tuple[float, float, float, float]
"""Left, top, width and height."""


@dataclass(frozen=True)
class Pen:
    """A theme and a unit: text is 11 units high, and everything that does not depend on the room is in units."""

    theme: Theme = LIGHT
    unit: float = 1.0

    def words(
        self, place: Place, text: str, size: float = 11, anchor: Anchor = "start", *, strong: bool = False
    ) -> Words:
        """A line of text, whose size is in units; without `strong` in the second ink."""
        return Words(place, text, size * self.unit, self.theme.ink if strong else self.theme.second_ink, anchor)

    def hairline(self, *lines: list[Place]) -> Strokes:
        """Thin lines, as of a grid."""
        return Strokes(lines, self.unit, self.theme.hairline)
