"""The settings that can be an axis of a map: those whose values are numbers. One table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tinkernet.experiment import Experiment
from tinkernet.experiment.allowed import MOST_BATCH, MOST_NEURONS, MOST_NOISE, MOST_STARTS
from tinkernet.network import INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from tinkernet.network.parameters import Option, Parameter, option_in, values_in
from tinkernet.network.regularizations import NONE

USUAL_NEURONS = 4
"""The neurons of a layer where there is no hidden layer to copy."""
MOST_RATE = 1e9
MOST_WEIGHT = 1e6
MOST_DEPTH = 16

Changes = dict[str, Any]
Present = Callable[[str], Any]
"""Gives the value of a setting by its name, as it is before a change."""


@dataclass(frozen=True)
class MapSetting:
    """A setting whose values are numbers, and what an axis with it needs."""

    name: str
    label: str
    low: float
    high: float
    """The ends of the axis to begin with."""
    least: float
    most: float
    """The smallest and the largest value that an axis may have."""
    change: Callable[[Present, float], Changes]
    """What changes in an experiment for this value."""
    log: bool = False
    """Whether equal factors are equally far apart, to begin with."""
    whole: bool = False
    refusal: Callable[[Experiment], str] = lambda _: ""
    """Why it would change nothing in this experiment; "" where it matters."""
    option: tuple[str, str] | None = None
    """The setting and the name of the option whose parameter it is; it is offered where that option is chosen."""


def _same(name: str) -> Callable[[Present, float], Changes]:
    """The value as that of the setting of this name."""
    return lambda _, value: {name: value}


_ALL = (
    MapSetting(
        "learning_rate", "Learning rate", 0.001, 10, least=0, most=MOST_RATE, change=_same("learning_rate"), log=True
    ),
    MapSetting(
        "regularization_rate",
        "Regularization rate",
        0.0001,
        1,
        least=0,
        most=MOST_RATE,
        change=_same("regularization_rate"),
        log=True,
        refusal=lambda experiment: (
            "it has no effect without regularization" if experiment.regularization == NONE.name else ""
        ),
    ),
    MapSetting(
        "noise",
        "Noise (%)",
        0,
        50,
        least=0,
        most=MOST_NOISE,
        change=_same("noise"),
        refusal=lambda experiment: "own data has no noise to set" if experiment.data is not None else "",
    ),
    MapSetting("train_percent", "Training data (%)", 10, 90, least=1, most=100, change=_same("train_percent")),
    MapSetting(
        "batch_size", "Batch size", 1, 64, least=1, most=MOST_BATCH, change=_same("batch_size"), log=True, whole=True
    ),
    MapSetting(
        "width",
        "Neurons in each layer",
        1,
        12,
        least=1,
        most=MOST_NEURONS,
        change=lambda present, value: {"hidden": (int(value),) * len(present("hidden"))},
        whole=True,
        refusal=lambda experiment: "" if experiment.hidden else "it has no effect without hidden layers",
    ),
    MapSetting(
        "depth",
        "Hidden layers",
        0,
        6,
        least=0,
        most=MOST_DEPTH,
        change=lambda present, value: {"hidden": (present("hidden") or (USUAL_NEURONS,))[:1] * int(value)},
        whole=True,
    ),
    MapSetting("start", "Initial weights", 0, 99, least=0, most=MOST_STARTS, change=_same("start"), whole=True),
    MapSetting(
        "weight", "Initial value of a weight", -3, 3, least=-MOST_WEIGHT, most=MOST_WEIGHT, change=lambda _, __: {}
    ),
)
OPTIONS: dict[str, Mapping[str, Option]] = {
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "initializer": INITIALIZERS,
    "loss": LOSSES,
}
"""Settings with options that may take parameters."""
LOG_FROM = 1000
"""An axis is logarithmic where the values that are usual differ by such a factor."""


def _of_option(setting: str, option: Option, parameter: Parameter) -> MapSetting:
    """A parameter of an option as an axis, over the values that are usual."""
    low, high = min(parameter.offered), max(parameter.offered)

    def change(present: Present, value: float) -> Changes:
        values = values_in(OPTIONS[setting], present(setting))
        changed = [value if one is parameter else old for one, old in zip(option.parameters, values, strict=True)]
        return {setting: option.written(tuple(float(one) for one in changed))}

    def refusal(experiment: Experiment) -> str:
        chosen = option_in(OPTIONS[setting], getattr(experiment, setting)).name
        return "" if chosen == option.name else f"it has no effect with the {setting} {chosen}"

    return MapSetting(
        f"{setting}.{option.name}.{parameter.name}",
        f"{option.label}: {parameter.label}",
        low,
        high,
        least=parameter.least,
        most=parameter.most,
        change=change,
        log=low > 0 and high >= LOG_FROM * low,
        whole=parameter.whole,
        refusal=refusal,
        option=(setting, option.name),
    )


_OF_OPTIONS = tuple(
    _of_option(setting, option, parameter)
    for setting, table in OPTIONS.items()
    for option in table.values()
    for parameter in option.parameters
)
MAP_SETTINGS = {entry.name: entry for entry in (*_ALL, *_OF_OPTIONS)}
"""All of them by name."""
CHANGES_SHAPE = ("width", "depth")
"""Settings with which a certain weight may not exist."""
