"""The names in a link that belong to the view: one entry each in VIEW_NAMES, and `_hide` for each control."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinkernet.errors import ExperimentError
from tinkernet.fragment.controls import CONTROLS
from tinkernet.fragment.remarks import Remark
from tinkernet.fragment.text import number_in, written
from tinkernet.fragment.values import Read, Settings, UnusableError, number, numbers, one_of, reader, switch
from tinkernet.fragment.view import COLOURS, View

HIDE = "_hide"
USUAL = View()


@dataclass(frozen=True)
class ViewName:
    """How a name of the link is read into a field of the view, and how a value of the field is written."""

    field: str
    read: Read
    write: Callable[[Any], str]


def _name(field: str, parse: Callable[[str], Any], write: Callable[[Any], str] = str) -> ViewName:
    return ViewName(field, reader(field, parse), write)


def _switch(field: str) -> ViewName:
    return _name(field, switch, lambda value: str(value).lower())


def _number(field: str) -> ViewName:
    return _name(field, number, written)


def _parse_held(value: str) -> tuple[tuple[float | None, ...], ...]:
    pairs = tuple(tuple(map(number_in, part.split(":"))) for part in value.split(","))
    if any(None in pair for pair in pairs):
        raise UnusableError("unreadable", value)
    return pairs


def _write_axes(axes: tuple[int, int]) -> str:
    return ",".join(map(str, axes))


def _write_held(held: tuple[tuple[int, float], ...]) -> str:
    return ",".join(f"{place}:{written(value)}" for place, value in held)


VIEW_NAMES: dict[str, ViewName] = {
    "showTestData": _switch("show_test_data"),
    "discretize": _switch("discretize"),
    "hideText": _switch("hide_text"),
    "startsPoints": _switch("starts_points"),
    "tutorial": _name("tutorial", str),
    "lesson": _name("lesson", str),
    "colours": _name("colours", one_of(COLOURS)),
    "starts": _number("starts"),
    "startsEpochs": _number("starts_epochs"),
    "startsLoss": _number("starts_loss"),
    "lessonStep": _number("lesson_step"),
    "axes": _name("axes", numbers, _write_axes),
    "held": _name("held", _parse_held, _write_held),
}
"""The names in the order in which a link has them; the controls that are hidden follow."""

IDLE = ("cosX", "cosY", "collectStats")
"""Names of the original that have no effect here; the first two have none there either."""

KNOWN = (*VIEW_NAMES, *IDLE, *(f"{control}{HIDE}" for control in CONTROLS))
"""All names in a link that belong to the view."""


def is_of_view(name: str) -> bool:
    """Whether a name in a link belongs to the view or has no effect."""
    return name in VIEW_NAMES or name in IDLE or name.endswith(HIDE)


def name_of_field(field: str) -> str | None:
    """The name in a link for a field of the view; None if it is no field."""
    return next((name for name, entry in VIEW_NAMES.items() if entry.field == field), None)


def read_view(values: dict[str, str], remarks: list[Remark]) -> View:
    """The view with a link's values; adds a remark for each value that is not allowed."""
    view: Settings = {"hidden_controls": _hidden_controls(values, remarks)}
    for name, value in values.items():
        if name in VIEW_NAMES:
            VIEW_NAMES[name].read(name, value, view, remarks)
    return _allowed(view, remarks)


def _hidden_controls(values: dict[str, str], remarks: list[Remark]) -> tuple[str, ...]:
    hidden = []
    for name, value in values.items():
        control = name.removesuffix(HIDE)
        if control == name or control in IDLE:
            continue
        if control not in CONTROLS:
            remarks.append(Remark("unknown-control", control))
        elif value == "true":
            hidden.append(control)
    return tuple(hidden)


def _allowed(values: Settings, remarks: list[Remark]) -> View:
    """The view with these values, without those that are not allowed."""
    while True:
        try:
            return View(**values)
        except ExperimentError as error:
            value = values.pop(error.field)
            remarks.append(Remark("not-allowed", name_of_field(error.field) or error.field, str(value)))


def write_view(view: View) -> dict[str, str]:
    """The link's values for this view: whatever differs from the default."""
    values = {
        name: entry.write(getattr(view, entry.field))
        for name, entry in VIEW_NAMES.items()
        if getattr(view, entry.field) != getattr(USUAL, entry.field)
    }
    return values | {f"{control}{HIDE}": "true" for control in view.hidden_controls}


def for_original(view: View) -> tuple[View, tuple[str, ...]]:
    """As much of this view as the original can show, and the labels of the controls that stay visible there."""
    controls = [CONTROLS[name] for name in view.hidden_controls]
    shown = View(
        show_test_data=view.show_test_data,
        discretize=view.discretize,
        hide_text=view.hide_text,
        hidden_controls=tuple(control.name for control in controls if control.in_original == "hidden"),
        tutorial=view.tutorial,
    )
    return shown, tuple(control.label for control in controls if control.in_original == "stays")
