"""The tools of drawings: how the strokes of each are written and read; one entry each in TOOLS."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tinkernet.data.drawing.limits import STEPS
from tinkernet.data.drawing.strokes import Clear, Dot, Erase, Move, Place, Spray, Stroke
from tinkernet.errors import ExperimentError

_LABEL, _SIZE, _NUMBER = r"(-?\d(?:\.\d{1,2})?)", r"(\d{1,3})", r"(-?\d{1,4})"
_PATH = r"((?:,-?\d{1,4},-?\d{1,4})+)"


@dataclass(frozen=True)
class Tool:
    """How the strokes of a tool are written: its letter, followed by the numbers that `read` gets and `write` makes."""

    letter: str
    stroke: type[Stroke]
    pattern: str
    read: Callable[..., Stroke]
    write: Callable[[Any], str]
    example: str
    """What a stroke must be, for errors."""
    done: str
    """What a stroke has done, as “sprayed points”."""

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """What the text of a stroke looks like."""
        return re.compile(self.letter + self.pattern, re.ASCII)


def _places(path: str) -> tuple[Place, ...]:
    """The centres of a path that begins with a comma."""
    numbers = list(map(int, path[1:].split(",")))
    x = y = 0
    places = []
    for across, up in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + across, y + up
        places.append((x / STEPS, y / STEPS))
    return tuple(places)


def _length(steps: str) -> float:
    """The length of so many hundredths."""
    return int(steps) / STEPS


def _steps(length: float) -> int:
    """A length in hundredths."""
    return round(length * STEPS)


def _path(places: tuple[Place, ...]) -> str:
    """The first place, and the way to each of the others."""
    numbers, x, y = [], 0, 0
    for place in places:
        to_x, to_y = _steps(place[0]), _steps(place[1])
        numbers += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return ",".join(map(str, numbers))


TOOLS: dict[str, Tool] = {
    tool.letter: tool
    for tool in (
        Tool(
            letter="s",
            stroke=Spray,
            pattern=f"{_LABEL},{_SIZE},{_SIZE}{_PATH}",
            read=lambda label, radius, count, path: Spray(float(label), _places(path), _length(radius), int(count)),
            write=lambda spray: f"{spray.label:g},{_steps(spray.radius)},{spray.count},{_path(spray.at)}",
            example="a spray as s1,50,20,120,-250 (label, radius, count, x, y)",
            done="sprayed points",
        ),
        Tool(
            letter="d",
            stroke=Dot,
            pattern=f"{_LABEL}{_PATH}",
            read=lambda label, path: Dot(float(label), _places(path)),
            write=lambda dot: f"{dot.label:g},{_path(dot.at)}",
            example="points as d1,120,-250 (label, x, y)",
            done="added points",
        ),
        Tool(
            letter="e",
            stroke=Erase,
            pattern=f"{_SIZE}{_PATH}",
            read=lambda radius, path: Erase(_places(path), _length(radius)),
            write=lambda erase: f"{_steps(erase.radius)},{_path(erase.at)}",
            example="an eraser as e80,120,-250 (radius, x, y)",
            done="erased points",
        ),
        Tool(
            letter="m",
            stroke=Move,
            pattern=f"{_SIZE},{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}",
            read=lambda radius, x, y, right, up: Move(
                (_length(x), _length(y)), (_length(right), _length(up)), _length(radius)
            ),
            write=lambda move: f"{_steps(move.radius)},{_path(move.at)},{_steps(move.by[0])},{_steps(move.by[1])}",
            example="a move as m80,120,-250,100,0 (radius, x, y, right, up)",
            done="moved points",
        ),
        Tool(
            letter="c",
            stroke=Clear,
            pattern="",
            read=Clear,
            write=lambda _: "",
            example="c, which removes all points",
            done="removed all points",
        ),
    )
}
"""The tools by the letter with which their strokes begin."""
_TOOL_OF = {tool.stroke: tool for tool in TOOLS.values()}


def written(stroke: Stroke) -> str:
    """The stroke as text."""
    tool = _TOOL_OF[type(stroke)]
    return tool.letter + tool.write(stroke)


def stroke_in(field: str, text: str) -> Stroke:
    """The stroke in a text.

    Raises:
        ExperimentError: it is none, or one of its values is invalid.
    """
    tool = TOOLS.get(text[:1])
    if tool is None:
        letters = ", ".join(TOOLS)
        raise ExperimentError(field, text, f"a stroke that begins with a letter of {letters}, as s1,50,20,120,-250")
    found = tool.shape.fullmatch(text)
    if found is None:
        raise ExperimentError(field, text, tool.example)
    try:
        return tool.read(*found.groups())
    except ExperimentError as error:
        raise ExperimentError(f"{field}.{error.field}", error.value, error.allowed) from error


def added_points(stroke: Stroke) -> int:
    """How many points a stroke adds."""
    match stroke:
        case Spray():
            return stroke.count * len(stroke.at)
        case Dot():
            return len(stroke.at)
        case _:
            return 0
