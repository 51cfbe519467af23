"""View: how an experiment is displayed. It does not affect any result."""

import re
from collections.abc import Callable
from typing import Any, Literal

import msgspec
from msgspec import structs

from tinkernet import checks
from tinkernet.data.own.limits import LARGEST_VALUE, MOST_COLUMNS
from tinkernet.errors import ExperimentError
from tinkernet.fragment.controls import CONTROLS

MOST_STARTS_AT_ONCE = 1024
MOST_STARTS_EPOCHS = 100_000
MOST_LESSON_STEPS = 100
LESSON_NAME = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,63})?")
COLOURS = ("tinkernet", "original")


class View(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an experiment is displayed: part of the link, does not affect any result.

    Args:
        show_test_data: whether the output shows the test points, too.
        discretize: whether the output shows only the predicted side, without levels in between.
        hide_text: whether the text of the original's page is hidden; kept for links of the original.
        hidden_controls: names of controls that are hidden, from `tinkernet.link.CONTROLS`.
        tutorial: has no effect; kept so that a link of the original is written back unchanged.
        lesson: the name of a lesson that is open beside the page; "" for none.
        lesson_step: the step of the lesson, from 1. With 0 the lesson begins: its first step's experiment is opened
            instead of the link's.
        colours: "tinkernet", or "original" for those of the TensorFlow Playground.
        starts: the number of many starts, 1 to 1,024.
        starts_epochs: the epochs of many starts, 1 to 100,000.
        starts_loss: the training loss below which a start succeeds; above 0.
        starts_points: whether data is resampled for each start.
        axes: the columns of a person's own data that are drawn across and up, by their place from 0; by default the
            first two.
        held: values of other columns, each a pair of a place and a value in the column's unit; by default medians.

    Raises:
        ExperimentError: a value is invalid.

    Example:
        >>> from tinkernet import Experiment, View, link
        >>> link.write(Experiment(seed="0.5"), View(show_test_data=True))
        'seed=0.5&showTestData=true'
    """

    show_test_data: bool = False
    discretize: bool = False
    hide_text: bool = False
    hidden_controls: tuple[str, ...] = ()
    tutorial: str = ""
    lesson: str = ""
    lesson_step: int = 0
    colours: Literal["tinkernet", "original"] = "tinkernet"
    starts: int = 64
    starts_epochs: int = 200
    starts_loss: float = 0.05
    starts_points: bool = False
    axes: tuple[int, int] | None = None
    held: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        """Check every value."""
        for field, check in CHECKS.items():
            structs.force_setattr(self, field, check(field, getattr(self, field)))


def _threshold(field: str, value: object) -> float:
    loss = checks.number(field, value, 0)
    if loss == 0:
        raise ExperimentError(field, loss, "a finite number above 0")
    return loss


def _controls(field: str, value: object) -> tuple[str, ...]:
    names = checks.sequence(value)
    if names is None:
        raise ExperimentError(field, value, "a list of names of controls")
    return tuple(checks.one_of(field, name, CONTROLS) for name in names)


def _text(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise ExperimentError(field, value, "a text")
    return value


def _lesson(field: str, value: object) -> str:
    if not isinstance(value, str) or not LESSON_NAME.fullmatch(value):
        raise ExperimentError(field, value, "the name of a lesson: small letters, digits and hyphens")
    return value


def _axes(field: str, value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    places = checks.sequence(value)
    if places is None or len(places) != 2 or places[0] == places[1]:
        raise ExperimentError(field, value, "the places of two different columns")
    across, up = (checks.whole(field, place, 0, MOST_COLUMNS - 1) for place in places)
    return across, up


def _held(field: str, value: object) -> tuple[tuple[int, float], ...]:
    pairs = [checks.sequence(pair) for pair in checks.sequence(value) or ()]
    if checks.sequence(value) is None or any(pair is None or len(pair) != 2 for pair in pairs):
        raise ExperimentError(field, value, "pairs of a column's place and its value")
    found = {
        checks.whole(field, place, 0, MOST_COLUMNS - 1): checks.number(field, number, -LARGEST_VALUE, LARGEST_VALUE)
        for place, number in filter(None, pairs)
    }
    return tuple(sorted(found.items()))


CHECKS: dict[str, Callable[[str, object], Any]] = {
    "show_test_data": checks.flag,
    "discretize": checks.flag,
    "hide_text": checks.flag,
    "starts_points": checks.flag,
    "starts": lambda field, value: checks.whole(field, value, 1, MOST_STARTS_AT_ONCE),
    "starts_epochs": lambda field, value: checks.whole(field, value, 1, MOST_STARTS_EPOCHS),
    "starts_loss": _threshold,
    "hidden_controls": _controls,
    "tutorial": _text,
    "colours": lambda field, value: checks.one_of(field, value, COLOURS),
    "lesson": _lesson,
    "axes": _axes,
    "held": _held,
    "lesson_step": lambda field, value: checks.whole(field, value, 0, MOST_LESSON_STEPS),
}
"""A check of each field: it returns the value that the field gets, or raises an ExperimentError."""
