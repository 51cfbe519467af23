"""The settings that can be an axis of a map: those whose values are numbers. One table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tinkernet.experiment import Experiment
from tinkernet.experiment.allowed import MOST_BATCH, MOST_NEURONS, MOST_NOISE, MOST_STARTS
from tinkernet.network.regularizations import NONE

USUAL_NEURONS = 4
"""The neurons of a layer where there is no hidden layer to copy."""
MOST_RATE = 1e9
MOST_WEIGHT = 1e6
MOST_DEPTH = 16

Changes = dict[str, Any]
Hidden = tuple[int, ...]
"""The number of neurons of each hidden layer."""


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
    change: Callable[[Hidden, float], Changes]
    """What changes in an experiment with these hidden layers for this value."""
    log: bool = False
    """Whether equal factors are equally far apart, to begin with."""
    whole: bool = False
    refusal: Callable[[Experiment], str] = lambda _: ""
    """Why it would change nothing in this experiment; "" where it matters."""


def _same(name: str) -> Callable[[Hidden, float], Changes]:
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
        change=lambda hidden, value: {"hidden": (int(value),) * len(hidden)},
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
        change=lambda hidden, value: {"hidden": (hidden or (USUAL_NEURONS,))[:1] * int(value)},
        whole=True,
    ),
    MapSetting("start", "Initial weights", 0, 99, least=0, most=MOST_STARTS, change=_same("start"), whole=True),
    MapSetting(
        "weight", "Initial value of a weight", -3, 3, least=-MOST_WEIGHT, most=MOST_WEIGHT, change=lambda _, __: {}
    ),
)
MAP_SETTINGS = {entry.name: entry for entry in _ALL}
"""All of them by name."""
CHANGES_SHAPE = ("width", "depth")
"""Settings with which a certain weight may not exist."""
