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

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tinkernet import checks
from tinkernet.data.drawing.limits import LONGEST_TEXT, MOST_POINTS, MOST_STROKES, STEPS
from tinkernet.data.drawing.recent import Recent
from tinkernet.data.drawing.strokes import Clear, Dot, Erase, Move, Place, Spray, Stroke
from tinkernet.errors import ExperimentError
from tinkernet.formatting import count

SEPARATOR = "_"
DONE = {
    "s": "sprayed points",
    "d": "added points",
    "e": "erased points",
    "m": "moved points",
    "c": "removed all points",
}
"""By the first letter of a stroke, what it has done."""
_LABEL, _SIZE, _PATH = r"(-?\d(?:\.\d{1,2})?)", r"(\d{1,3})", r"((?:,-?\d{1,4},-?\d{1,4})+)"
_SHAPES = {
    "s": re.compile(f"s{_LABEL},{_SIZE},{_SIZE}{_PATH}", re.ASCII),
    "d": re.compile(f"d{_LABEL}{_PATH}", re.ASCII),
    "e": re.compile(f"e{_SIZE}{_PATH}", re.ASCII),
    "m": re.compile(f"m{_SIZE}((?:,-?\\d{{1,4}}){{4}})", re.ASCII),
    "c": re.compile("c"),
}
_EXAMPLES = {
    "s": "a spray as s1,50,20,120,-250 (label, radius, count, x, y)",
    "d": "points as d1,120,-250 (label, x, y)",
    "e": "an eraser as e80,120,-250 (radius, x, y)",
    "m": "a move as m80,120,-250,100,0 (radius, x, y, right, up)",
    "c": "c, which removes all points",
}


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
        added, text = _added(stroke), written(stroke)
        whole = f"{self.text}{SEPARATOR}{text}" if self.text else text
        if len(self.strokes) >= MOST_STROKES:
            raise FullError("drawing", whole, f"at most {count(MOST_STROKES)} strokes")
        if len(whole) > LONGEST_TEXT:
            raise FullError("drawing", whole, f"at most {count(LONGEST_TEXT)} characters")
        if self.points + added > MOST_POINTS:
            raise FullError("drawing", whole, f"strokes that add at most {count(MOST_POINTS)} points")
        labels = self.labels if added == 0 else self.labels | {stroke.label}  # type: ignore[union-attr]
        return Drawing(whole, (*self.strokes, stroke), labels, self.points + added)


NO_DRAWING = Drawing("", (), frozenset(), 0)


def read(value: object, field: str = "drawing") -> Drawing:
    """The drawing in a text, or of a list of strokes, each as a value or a text.

    Raises:
        ExperimentError: a stroke is invalid, or there are too many; the error names the stroke, counted from 0.
    """
    if isinstance(value, str):
        return _read_text(field, value)
    items = checks.sequence(value) if not isinstance(value, Stroke) else [value]
    if items is None or not all(isinstance(item, Stroke | str) for item in items):
        raise ExperimentError(field, value, "a list of strokes, or their text as s1,50,20,120,-250_e80,0,0")
    return _read_text(field, text_of(items))  # type: ignore[arg-type]  # checked in the line before


def text_of(strokes: Iterable[Stroke | str]) -> str:
    """The text of these strokes."""
    return SEPARATOR.join(stroke if isinstance(stroke, str) else written(stroke) for stroke in strokes)


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


# --- Reading ---------------------------------------------------------------------


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
        drawing = drawing.followed_by(_stroke(f"{field}[{len(drawing.strokes)}]", part))
    _RECENT.keep(text, drawing)
    return drawing


def _stroke(field: str, text: str) -> Stroke:
    shape = _SHAPES.get(text[:1])
    if shape is None:
        letters = ", ".join(_SHAPES)
        raise ExperimentError(field, text, f"a stroke that begins with a letter of {letters}, as s1,50,20,120,-250")
    found = shape.fullmatch(text)
    if found is None:
        raise ExperimentError(field, text, _EXAMPLES[text[0]])
    try:
        match text[0], found.groups():
            case "s", (label, radius, points, path):
                return Spray(float(label), _places(path), int(radius) / STEPS, int(points))
            case "d", (label, path):
                return Dot(float(label), _places(path))
            case "e", (radius, path):
                return Erase(_places(path), int(radius) / STEPS)
            case "m", (radius, numbers):
                x, y, right, up = (int(number) / STEPS for number in numbers[1:].split(","))
                return Move(((x, y),), (right, up), int(radius) / STEPS)
            case _:
                return Clear()
    except ExperimentError as error:
        raise ExperimentError(f"{field}.{error.field}", error.value, error.allowed) from error


def _places(path: str) -> tuple[Place, ...]:
    numbers = list(map(int, path[1:].split(",")))
    x = y = 0
    places = []
    for across, up in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + across, y + up
        places.append((x / STEPS, y / STEPS))
    return tuple(places)


def done_in_words(text: str) -> str:
    """What the last stroke of this part of a drawing has done, as “sprayed points”."""
    return DONE.get(text.rpartition(SEPARATOR)[2][:1], "changed the drawing")


# --- Writing -----------------------------------------------------------------------


def written(stroke: Stroke) -> str:
    """The stroke as text."""
    match stroke:
        case Spray():
            return f"s{stroke.label:g},{_steps(stroke.radius)},{stroke.count},{_path(stroke.at)}"
        case Dot():
            return f"d{stroke.label:g},{_path(stroke.at)}"
        case Erase():
            return f"e{_steps(stroke.radius)},{_path(stroke.at)}"
        case Move():
            return f"m{_steps(stroke.radius)},{_path(stroke.at[:1])},{_steps(stroke.by[0])},{_steps(stroke.by[1])}"
        case Clear():
            return "c"


def _steps(length: float) -> int:
    return round(length * STEPS)


def _path(places: tuple[Place, ...]) -> str:
    numbers, x, y = [], 0, 0
    for place in places:
        to_x, to_y = _steps(place[0]), _steps(place[1])
        numbers += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return ",".join(map(str, numbers))


def _added(stroke: Stroke) -> int:
    match stroke:
        case Spray():
            return stroke.count * len(stroke.at)
        case Dot():
            return len(stroke.at)
        case _:
            return 0
