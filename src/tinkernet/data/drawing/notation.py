"""The notation of drawings: one short text for all strokes, as in `s1,50,20,120,-250,14,10_e80,0,0`.

Strokes are separated by "_" and begin with a letter for their tool:

    s label, radius, count, path    spray
    d label, path                   dot: single points
    e radius, path                  erase
    m radius, place, displacement   move
    c                               clear: remove all points

A path is the first centre x, y and then the way to each of the others. Lengths are in hundredths of the plane's units,
labels in units. All characters may stand in an address as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tinkernet import checks
from tinkernet.data.drawing.limits import LONGEST_TEXT, MOST_POINTS, MOST_STROKES
from tinkernet.data.drawing.recent import Recent
from tinkernet.data.drawing.strokes import Dot, Spray, Stroke
from tinkernet.data.drawing.tools import TOOLS, added_points, stroke_in, written
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

SEPARATOR = "_"


class FullError(ExperimentError):
    """A drawing has too many strokes, points or characters."""


@dataclass(frozen=True)
class Drawing:
    """All strokes of a drawing, with their text."""

    text: str
    strokes: tuple[Stroke, ...]
    labels: frozenset[float]
    points: int
    """How many points the strokes add."""

    def followed_by(self, stroke: Stroke) -> "Drawing":
        """The drawing with one more stroke.

        Raises:
            ExperimentError: it is too large then.
        """
        added, text = added_points(stroke), written(stroke)
        whole = f"{self.text}{SEPARATOR}{text}" if self.text else text
        if len(self.strokes) >= MOST_STROKES:
            raise FullError("drawing", whole, f"at most {count(MOST_STROKES)} strokes")
        if len(whole) > LONGEST_TEXT:
            raise FullError("drawing", whole, f"at most {count(LONGEST_TEXT)} characters")
        if self.points + added > MOST_POINTS:
            raise FullError("drawing", whole, f"strokes that add at most {count(MOST_POINTS)} points")
        labels = self.labels | {stroke.label} if isinstance(stroke, Spray | Dot) else self.labels
        return Drawing(whole, (*self.strokes, stroke), labels, self.points + added)


NO_DRAWING = Drawing("", (), frozenset(), 0)


def read(value: object, field: str = "drawing") -> Drawing:
    """The drawing in a text, or of a list of strokes, each as a value or a text.

    Raises:
        ExperimentError: a stroke is invalid, or there are too many; the error names the stroke, counted from 0.
    """
    if isinstance(value, str):
        return _read_text(field, value)
    items = [value] if isinstance(value, Stroke) else checks.sequence(value)
    strokes = [item for item in items or () if isinstance(item, Stroke | str)]
    if items is None or len(strokes) < len(items):
        raise ExperimentError(field, value, "a list of strokes, or their text as s1,50,20,120,-250_e80,0,0")
    return _read_text(field, text_of(strokes))


def text_of(strokes: Iterable[Stroke | str]) -> str:
    """The text of these strokes."""
    return SEPARATOR.join(stroke if isinstance(stroke, str) else written(stroke) for stroke in strokes)


def done_in_words(text: str) -> str:
    """What the last stroke of this part of a drawing has done, as “sprayed points”."""
    tool = TOOLS.get(text.rpartition(SEPARATOR)[2][:1])
    return "changed the drawing" if tool is None else tool.done


def allowed_labels(classes: tuple[str, ...]) -> tuple[float, ...]:
    """The labels that painted points may have; of a regression, without classes, the lowest and the highest."""
    return (-1.0, 1.0) if len(classes) <= 2 else tuple(map(float, range(len(classes))))


def check_labels(drawing: str, classes: tuple[str, ...]) -> None:
    """Check that all points get labels of these classes, or without classes numbers from −1 to 1.

    Raises:
        ExperimentError: some do not.
    """
    allowed = allowed_labels(classes)
    for label in sorted(read(drawing).labels):
        if classes and label not in allowed:
            labels = ", ".join(f"{one:g}" for one in allowed)
            raise ExperimentError("drawing", drawing, f"one with the labels {labels} only, not {label:g}")
        if not classes and not allowed[0] <= label <= allowed[1]:
            raise ExperimentError("drawing", drawing, f"one with labels from -1 to 1 only, not {label:g}")


_RECENT: Recent[str, Drawing] = Recent(64)


def _read_text(field: str, text: str) -> Drawing:
    if not text:
        return NO_DRAWING
    found = _RECENT.get(text)
    if found is not None:
        return found
    if len(text) > LONGEST_TEXT:
        raise ExperimentError(field, text, f"at most {count(LONGEST_TEXT)} characters")
    head, _, last = text.rpartition(SEPARATOR)
    drawing = _RECENT.get(head) if head else None
    parts = [last] if drawing is not None else text.split(SEPARATOR)
    drawing = drawing or NO_DRAWING
    for place, part in enumerate(parts):
        if place == len(parts) - 1 and head:
            _RECENT.keep(head, drawing)
        drawing = drawing.followed_by(stroke_in(f"{field}[{len(drawing.strokes)}]", part))
    _RECENT.keep(text, drawing)
    return drawing
