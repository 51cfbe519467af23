"""View: how an experiment is displayed, and its part of a link."""

import re
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from msgspec import structs

from tinkernet import checks
from tinkernet.data.own.limits import LARGEST_VALUE, MOST_COLUMNS
from tinkernet.errors import ExperimentError
from tinkernet.fragment.remarks import Remark
from tinkernet.fragment.text import number_in, written
from tinkernet.network import FEATURES

MOST_STARTS_AT_ONCE = 1024
MOST_STARTS_EPOCHS = 100_000
MOST_LESSON_STEPS = 100
LESSON_NAME = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,63})?")


@dataclass(frozen=True)
class Control:
    """Something on the page that a link can hide from a class, by its name and `_hide`.

    `in_original` says what such a link does there: it hides the control, or that stays, or is absent there.
    """

    name: str
    label: str
    hint: str
    in_original: Literal["hidden", "stays", "absent"] = "hidden"


CONTROLS = {
    control.name: control
    for control in (
        Control("showTestData", "Show test data", "The switch that shows the points held back for testing."),
        Control("discretize", "Discretize", "The switch that shows only the predicted class."),
        Control("playButton", "Play", "The button that trains."),
        Control("stepButton", "Step", "The button that trains one epoch."),
        Control("resetButton", "Reset", "The buttons that start again."),
        Control("speed", "Speed", "The choice of how fast training goes.", "absent"),
        Control("learningRate", "Learning rate", "The choice of the learning rate."),
        Control("activation", "Activation", "The choice of the activation."),
        Control("regularization", "Regularization", "The choice of the regularization."),
        Control("regularizationRate", "Regularization rate", "The choice of the regularization rate."),
        Control("problem", "Problem", "The choice between classification and regression."),
        Control("dataset", "Dataset", "The choice of the data set."),
        Control("newPoints", "New points", "The button that draws other points.", "stays"),
        Control("percTrainData", "Training data", "The share of points used for training."),
        Control("noise", "Noise", "How noisy the points are."),
        Control("batchSize", "Batch size", "How many points are averaged for one update."),
        Control("numHiddenLayers", "Hidden layers", "The buttons that add and remove layers and neurons."),
        Control("moreSettings", "More settings", "The panel with optimizer, loss and others, and its chips.", "absent"),
        Control("pins", "Pins", "Keeping runs, to compare them.", "absent"),
        Control("manyStarts", "Many starts", "Training from many initial weights at once.", "absent"),
        Control("diagnosis", "Diagnosis", "The line that says what is wrong, and what to try.", "absent"),
        Control("formulas", "Inputs by formula", "The button that adds an input by formula.", "absent"),
        Control("painting", "Paint points", "The button that opens the tools for painting points.", "absent"),
        *(Control(entry.name, f"Feature {entry.label}", "Removes this input.") for entry in FEATURES.values()),
    )
}


COLOURS = ("tinkernet", "original")


class View(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an experiment is displayed: part of the link, does not affect any result.

    `hidden_controls` has names of CONTROLS. `tutorial` has no effect: it is kept so that a link of the original is
    written back unchanged.

    `lesson` is the name of a lesson that is open beside the page, and `lesson_step` the step, from 1. With step 0 the
    lesson begins: its first step's experiment is opened instead of the link's.

    `axes` are the columns of a person's own data that are drawn across and up, by their place from 0; `held` are
    values of others, each a place and a value in the column's unit. What is not given follows from the data.

    The fields that begin with `starts` are the settings for many starts: their number, the number of epochs, the
    training loss below which a start succeeds, and whether data is resampled for each start.

    Raises:
        ExperimentError: a value is invalid.
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
        for field in ("show_test_data", "discretize", "hide_text", "starts_points"):
            structs.force_setattr(self, field, checks.flag(field, getattr(self, field)))
        for field, most in (("starts", MOST_STARTS_AT_ONCE), ("starts_epochs", MOST_STARTS_EPOCHS)):
            structs.force_setattr(self, field, checks.whole(field, getattr(self, field), 1, most))
        loss = checks.number("starts_loss", self.starts_loss, 0)
        if loss == 0:
            raise ExperimentError("starts_loss", loss, "a finite number above 0")
        structs.force_setattr(self, "starts_loss", loss)
        names = checks.sequence(self.hidden_controls)
        if names is None:
            raise ExperimentError("hidden_controls", self.hidden_controls, "a list of names of controls")
        hidden = tuple(checks.one_of("hidden_controls", name, CONTROLS) for name in names)
        structs.force_setattr(self, "hidden_controls", hidden)
        if not isinstance(self.tutorial, str):
            raise ExperimentError("tutorial", self.tutorial, "a text")
        checks.one_of("colours", self.colours, COLOURS)
        lesson: object = self.lesson
        if not isinstance(lesson, str) or not LESSON_NAME.fullmatch(lesson):
            raise ExperimentError("lesson", lesson, "the name of a lesson: small letters, digits and hyphens")
        structs.force_setattr(self, "axes", _axes(self.axes))
        structs.force_setattr(self, "held", _held(self.held))
        step = checks.whole("lesson_step", self.lesson_step, 0, MOST_LESSON_STEPS)
        structs.force_setattr(self, "lesson_step", step)


def _axes(value: object) -> tuple[int, int] | None:
    places = None if value is None else checks.sequence(value)
    if value is not None and (places is None or len(places) != 2 or places[0] == places[1]):
        raise ExperimentError("axes", value, "the places of two different columns")
    if places is None:
        return None
    across, up = (checks.whole("axes", place, 0, MOST_COLUMNS - 1) for place in places)
    return across, up


def _held(value: object) -> tuple[tuple[int, float], ...]:
    pairs = [checks.sequence(pair) for pair in checks.sequence(value) or ()]
    if checks.sequence(value) is None or any(pair is None or len(pair) != 2 for pair in pairs):
        raise ExperimentError("held", value, "pairs of a column's place and its value")
    found = {
        checks.whole("held", place, 0, MOST_COLUMNS - 1): checks.number("held", number, -LARGEST_VALUE, LARGEST_VALUE)
        for place, number in filter(None, pairs)
    }
    return tuple(sorted(found.items()))


_SWITCHES = {
    "showTestData": "show_test_data",
    "discretize": "discretize",
    "hideText": "hide_text",
    "startsPoints": "starts_points",
}
_NUMBERS = {
    "starts": "starts",
    "startsEpochs": "starts_epochs",
    "startsLoss": "starts_loss",
    "lessonStep": "lesson_step",
}
_TEXTS = ("tutorial", "lesson")
# Names of the original that have no effect here; the first two have none there either.
_IDLE = ("cosX", "cosY", "collectStats")
VIEW_NAMES = {
    **{name: field for field, name in {**_SWITCHES, **_NUMBERS}.items()},
    **{name: name for name in (*_SWITCHES, *_NUMBERS, *_TEXTS, "colours", "axes", "held", *_IDLE)},
    **{f"{control}_hide": f"{control}_hide" for control in CONTROLS},
}
"""All names in a link that belong to the view, and the name in a link for each field of the view."""


def read_view(values: dict[str, str], remarks: list[Remark]) -> View:
    """The view with a link's values; adds a remark for each value that is not allowed."""
    view: dict[str, Any] = {"hidden_controls": _hidden_controls(values, remarks)}
    for name, value in values.items():
        if name in _SWITCHES and value.strip():
            view[_SWITCHES[name]] = value != "false"
        elif name in _NUMBERS and value.strip():
            number = number_in(value)
            if number is None:
                remarks.append(Remark("unreadable", name, value))
            else:
                view[_NUMBERS[name]] = number
        elif name in _TEXTS:
            view[name] = value
        elif name == "axes" and value.strip():
            _read_axes(value, view, remarks)
        elif name == "held" and value.strip():
            _read_held(value, view, remarks)
        elif name == "colours" and value in COLOURS:
            view["colours"] = value
        elif name == "colours":
            remarks.append(Remark("unknown-value", name, value))
    return _allowed(view, remarks)


def _read_axes(value: str, view: dict[str, Any], remarks: list[Remark]) -> None:
    places = [number_in(part) for part in value.split(",")]
    if None in places:
        remarks.append(Remark("unreadable", "axes", value))
    else:
        view["axes"] = tuple(places)


def _read_held(value: str, view: dict[str, Any], remarks: list[Remark]) -> None:
    pairs = [tuple(map(number_in, part.split(":"))) for part in value.split(",")]
    if any(None in pair for pair in pairs):
        remarks.append(Remark("unreadable", "held", value))
    else:
        view["held"] = tuple(pairs)


def _allowed(values: dict[str, Any], remarks: list[Remark]) -> View:
    """The view with these values, without those that are not allowed."""
    while True:
        try:
            return View(**values)
        except ExperimentError as error:
            value = values.pop(error.field)
            remarks.append(Remark("not-allowed", VIEW_NAMES[error.field], str(value)))


def is_of_view(name: str) -> bool:
    """Whether a name in a link belongs to the view or has no effect."""
    return (
        name in _SWITCHES
        or name in _NUMBERS
        or name in _IDLE
        or name in (*_TEXTS, "colours", "axes", "held")
        or name.endswith("_hide")
    )


def write_view(view: View) -> dict[str, str]:
    """The link's values for this view: whatever differs from the default."""
    values = {name: "true" for name, field in _SWITCHES.items() if getattr(view, field)}
    values |= {name: getattr(view, name) for name in _TEXTS if getattr(view, name)}
    if view.colours != "tinkernet":
        values["colours"] = view.colours
    for name, field in _NUMBERS.items():
        if getattr(view, field) != getattr(View(), field):
            values[name] = written(getattr(view, field))
    if view.axes is not None:
        values["axes"] = ",".join(map(str, view.axes))
    if view.held:
        values["held"] = ",".join(f"{place}:{written(value)}" for place, value in view.held)
    return values | {f"{control}_hide": "true" for control in view.hidden_controls}


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


def _hidden_controls(values: dict[str, str], remarks: list[Remark]) -> tuple[str, ...]:
    hidden = []
    for name, value in values.items():
        control = name.removesuffix("_hide")
        if control == name or control in _IDLE:
            continue
        if control not in CONTROLS:
            remarks.append(Remark("unknown-control", control))
        elif value == "true":
            hidden.append(control)
    return tuple(hidden)
