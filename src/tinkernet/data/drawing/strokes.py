"""Strokes: what a person paints, as immutable values. Each is one movement of a tool, in units of the plane.

All numbers are rounded to hundredths, so that the text of a stroke (`notation.py`) is short and exact.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec import structs
from numpy import ndarray

from tinkernet import checks
from tinkernet.data.drawing.limits import (
    LARGEST_DISPLACEMENT,
    LARGEST_RADIUS,
    MOST_AT_ONCE,
    MOST_CENTRES,
    SMALLEST_RADIUS,
    STEPS,
)
from tinkernet.data.plane import EDGE
from tinkernet.errors import ExperimentError

Place = tuple[float, float]
"""A point (x, y) of the plane."""
Path = Sequence[float] | Sequence[Sequence[float]] | ndarray
"""What is accepted for one or more places."""
LEAST_LABEL, MOST_LABEL = -1, 9
"""The labels of two classes and of a regression begin at −1; the last of ten classes has the index 9."""


class StrokeBase(msgspec.Struct, frozen=True):
    """The base class of all strokes."""

    def __post_init__(self) -> None:
        """Check and round every value."""
        for name in self.__struct_fields__:
            structs.force_setattr(self, name, _CHECKS[name](name, getattr(self, name)))


class Spray(StrokeBase, frozen=True):
    """Adds `count` points at random places around each of the centres `at`.

    Args:
        label: of the points: −1 or 1 for two classes, an index from 0 for more, −1 to 1 for a regression.
        at: a centre (x, y), or a list of them: the path of the tool.
        radius: how far from a centre the points are at most.
        count: points for each centre.

    Example:
        >>> from tinkernet import Erase, Experiment, Spray
        >>> Experiment(drawing=[Erase((0, 0), radius=2), Spray(1, (0, 0), count=20)]).drawing
        'e200,0,0_s1,50,20,0,0'
    """

    label: float
    at: tuple[Place, ...]
    radius: float = 0.5
    count: int = 5

    if TYPE_CHECKING:

        def __init__(self, label: float, at: Path, radius: float = 0.5, count: int = 5) -> None: ...


class Dot(StrokeBase, frozen=True):
    """Adds a single point at each of the places `at`, with this label.

    Args:
        label: of the points, as in `Spray`.
        at: a place (x, y), or a list of them, in units of the plane (−6 to 6).

    Example:
        >>> from tinkernet import Dot, Experiment
        >>> Experiment(drawing=[Dot(1, (2, 3))]).drawing
        'd1,200,300'
    """

    label: float
    at: tuple[Place, ...]

    if TYPE_CHECKING:

        def __init__(self, label: float, at: Path) -> None: ...


class Erase(StrokeBase, frozen=True):
    """Removes all points, painted or not, within the radius of one of the centres `at`.

    Args:
        at: a centre (x, y), or a list of them: the path of the tool.
        radius: how far from a centre points are removed, in units of the plane.

    Example:
        >>> from tinkernet import Erase, Run
        >>> len(Run(seed="1").paint(Erase((0, 0), radius=3)).train_data)
        123
    """

    at: tuple[Place, ...]
    radius: float = 0.5

    if TYPE_CHECKING:

        def __init__(self, at: Path, radius: float = 0.5) -> None: ...


class Move(StrokeBase, frozen=True):
    """Moves all points, painted or not, within the radius of the centre `at` by (x, y).

    Args:
        at: a single centre (x, y).
        by: how far, as (x, y) in units of the plane.
        radius: how far from the centre points are moved.

    Example:
        >>> from tinkernet import Experiment, Move
        >>> Experiment(drawing=[Move((0, 0), by=(1, 2))]).drawing
        'm50,0,0,100,200'
    """

    at: tuple[Place, ...]
    by: Place
    radius: float = 0.5

    if TYPE_CHECKING:

        def __init__(self, at: Path, by: Sequence[float], radius: float = 0.5) -> None: ...

    def __post_init__(self) -> None:
        """Check and round every value."""
        super().__post_init__()
        if len(self.at) > 1:
            raise ExperimentError("at", self.at, "a single pair (x, y)")


class Clear(StrokeBase, frozen=True):
    """Removes all points.

    Example:
        >>> from tinkernet import Clear, Dot, Run
        >>> run = Run(seed="1").paint(Clear(), Dot(1, (2, 2)), Dot(-1, (-2, -2)))
        >>> len(run.train_data) + len(run.test_data)
        2
    """


Stroke = Spray | Dot | Erase | Move | Clear


def on_grid(value: float) -> float:
    """The number as the nearest hundredth; 0 has no sign."""
    return round(value * STEPS) / STEPS + 0.0


def _number(least: float, most: float) -> Callable[[str, object], float]:
    return lambda field, value: on_grid(checks.number(field, value, least, most))


def _pair(field: str, value: object, most: float) -> Place:
    pair = checks.sequence(value)
    if pair is None or len(pair) != 2:
        raise ExperimentError(field, value, "a pair (x, y)")
    x, y = (on_grid(checks.number(field, number, -most, most)) for number in pair)
    return x, y


def _places(field: str, value: object) -> tuple[Place, ...]:
    items = list(value) if isinstance(value, np.ndarray) and value.ndim == 2 else checks.sequence(value)
    if items is None or not 1 <= len(items) <= MOST_CENTRES:
        raise ExperimentError(field, value, f"a pair (x, y), or a list of 1 to {MOST_CENTRES} pairs")
    if checks.sequence(items[0]) is None:
        return (_pair(field, value, EDGE),)
    return tuple(_pair(field, item, EDGE) for item in items)


_CHECKS: dict[str, Callable[[str, object], object]] = {
    "label": _number(LEAST_LABEL, MOST_LABEL),
    "at": _places,
    "by": lambda field, value: _pair(field, value, LARGEST_DISPLACEMENT),
    "radius": _number(SMALLEST_RADIUS, LARGEST_RADIUS),
    "count": lambda field, value: checks.whole(field, value, 1, MOST_AT_ONCE),
}
