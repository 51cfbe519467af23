"""View: how an experiment is shown, and its part of a link."""

import math
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from tinkernet.errors import ExperimentError
from tinkernet.link.text import number_in, unknown_value, whole_number_in, written
from tinkernet.network import FEATURES

MOST_STARTS_AT_ONCE = 1024
MOST_STARTS_EPOCHS = 100_000


@dataclass(frozen=True)
class Control:
    """Something on the page that a link can hide from a class, by its name and `_hide`."""

    name: str
    label: str
    hint: str


CONTROLS = {
    control.name: control
    for control in (
        Control("showTestData", "Show test data", "The switch that shows the points held back."),
        Control("discretize", "Discretize", "The switch that shows only the sign of the output."),
        Control("playButton", "Play", "The button that trains."),
        Control("stepButton", "Step", "The button that trains one epoch."),
        Control("resetButton", "Reset", "The buttons that start again."),
        Control("learningRate", "Learning rate", "The choice of the learning rate."),
        Control("activation", "Activation", "The choice of the activation."),
        Control("regularization", "Regularization", "The choice of the regularization."),
        Control("regularizationRate", "Regularization rate", "The choice of its rate."),
        Control("problem", "Problem", "The choice between classes and numbers."),
        Control("dataset", "Dataset", "The choice of the points."),
        Control("percTrainData", "Training data", "How many points train."),
        Control("noise", "Noise", "How noisy the points are."),
        Control("batchSize", "Batch size", "How many points make one step."),
        Control("numHiddenLayers", "Hidden layers", "The buttons that add and remove layers and neurons."),
        *(Control(entry.name, f"Feature {entry.label}", "Takes this input out.") for entry in FEATURES.values()),
    )
}


class View(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an experiment is shown: travels in the link, changes no result. `hidden` names controls, as CONTROLS does.

    What begins with `starts` is what many starts are asked for: how many, for how many epochs, under which training
    loss one makes it, and whether each has points of its own.
    """

    show_test_data: bool = False
    discretize: bool = False
    hide_text: bool = False
    hidden: tuple[str, ...] = ()
    tutorial: str = ""
    colours: Literal["tinkernet", "original"] = "tinkernet"
    starts: int = 64
    starts_epochs: int = 200
    starts_loss: float = 0.05
    starts_points: bool = False

    def __post_init__(self) -> None:
        """Check the names of the hidden controls, and the bounds of what many starts are asked for."""
        for field, most in (("starts", MOST_STARTS_AT_ONCE), ("starts_epochs", MOST_STARTS_EPOCHS)):
            if not 1 <= getattr(self, field) <= most:
                raise ExperimentError(field, getattr(self, field), f"a whole number from 1 to {most:,}")
        if not 0 < self.starts_loss < math.inf:
            raise ExperimentError("starts_loss", self.starts_loss, "a finite number above 0")
        for name in self.hidden:
            if name not in CONTROLS:
                raise ExperimentError("hidden", name, f"one of {', '.join(CONTROLS)}")


_SWITCHES = {
    "showTestData": "show_test_data",
    "discretize": "discretize",
    "hideText": "hide_text",
    "startsPoints": "starts_points",
}
_STARTS = {
    "starts": ("starts", whole_number_in),
    "startsEpochs": ("starts_epochs", whole_number_in),
    "startsLoss": ("starts_loss", number_in),
}
_DEFAULT_VIEW = {entry.name: entry.default for entry in msgspec.structs.fields(View)}
# The original's names that do nothing here; the first two not there either.
_IDLE = {"cosX", "cosY", "collectStats"}


def read_view(values: dict[str, str], notices: list[str]) -> View:
    """The view that a link's values ask for; what they name and nobody knows is added to the notices."""
    view: dict[str, Any] = {"hidden": _hidden_controls(values, notices)}
    for name, value in values.items():
        if name in _SWITCHES and value.strip():
            view[_SWITCHES[name]] = value != "false"
        elif name in _STARTS and value.strip():
            field, number = _STARTS[name]
            view[field] = number(name, value)
        elif name == "tutorial":
            view["tutorial"] = value
        elif name == "colours" and value in ("tinkernet", "original"):
            view["colours"] = value
        elif name == "colours":
            notices.append(unknown_value(name, value))
    return View(**view)


def is_of_view(name: str) -> bool:
    """Whether a name of a link is the view's, or one that does nothing."""
    return (
        name in _SWITCHES
        or name in _STARTS
        or name in _IDLE
        or name in ("tutorial", "colours")
        or name.endswith("_hide")
    )


def write_view(view: View) -> dict[str, str]:
    """The values that bring this view back: whatever differs from the default."""
    values = {name: "true" for name, field in _SWITCHES.items() if getattr(view, field)}
    if view.tutorial:
        values["tutorial"] = view.tutorial
    if view.colours != "tinkernet":
        values["colours"] = view.colours
    for name, (field, _) in _STARTS.items():
        if getattr(view, field) != getattr(View(), field):
            values[name] = written(getattr(view, field))
    return values | {f"{control}_hide": "true" for control in view.hidden}


def _hidden_controls(values: dict[str, str], notices: list[str]) -> tuple[str, ...]:
    hidden = []
    for name, value in values.items():
        control = name.removesuffix("_hide")
        if control == name or control in _IDLE:
            continue
        if control not in CONTROLS:
            notices.append(f"The link hides “{control}”, which tinkernet does not have; that was passed over.")
        elif value == "true":
            hidden.append(control)
    return tuple(hidden)
