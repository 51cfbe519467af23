"""Settings and their values in the words that the page shows."""

from collections.abc import Callable, Mapping
from typing import Any

from tinkernet.data import DATASETS
from tinkernet.data.drawing import read
from tinkernet.data.own.dataset import OWN_DATA, Dataset
from tinkernet.experiment import Experiment
from tinkernet.formatting import count, figure
from tinkernet.formula import FormulaError
from tinkernet.network import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    PROBLEMS,
    REGULARIZATIONS,
    SCHEDULES,
)
from tinkernet.network.inputs import PLANE_INPUTS
from tinkernet.network.parameters import Option, values_in
from tinkernet.protocol.catalog import Named

TABLES: Mapping[str, Mapping[str, Named]] = {
    "dataset": DATASETS,
    "problem": PROBLEMS,
    "activation": ACTIVATIONS,
    "regularization": REGULARIZATIONS,
    "initializer": INITIALIZERS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
}
"""By setting, the table that has the labels of its values."""


def name_of(setting: str) -> str:
    """A setting's name, as “learning rate”."""
    return "hidden layers" if setting == "hidden" else setting.replace("_", " ")


def shown(setting: str, value: object) -> str:
    """A setting's value, by its label where it has one."""
    words = WORDS.get(setting)
    if words is not None:
        return words(value)
    if isinstance(value, tuple):
        return ", ".join(shown(setting, item) for item in value)
    if isinstance(value, float):
        return f"{figure(100 * value, 3)} %" if setting == "dropout" else figure(value, 6)
    if isinstance(value, Dataset):
        return value.label
    return feature_label(str(value)) if setting == "features" else option_label(setting, value)


def option_label(setting: str, value: object) -> str:
    """The label of an option, with those of its parameters that are not as usual."""
    if value == OWN_DATA:
        return "Your own data"
    table = TABLES.get(setting, {})
    entry = table.get(str(value).partition(",")[0])
    if not isinstance(entry, Option):
        return entry.label if entry is not None else str(value)
    numbers = zip(entry.parameters, values_in({entry.name: entry}, str(value)), strict=True)
    changed = [f"{one.label} {figure(number, 6)}" for one, number in numbers if number != one.default]
    return ", ".join([entry.label, *changed])


def feature_label(name: str) -> str:
    """A feature's label: a formula is shown as formulas are, a column of a person's own data by its name."""
    try:
        return PLANE_INPUTS.feature_of(name).label
    except FormulaError:
        return name


def strokes_in_words(drawing: Any) -> str:
    """A drawing, as “12 strokes”."""
    strokes = len(read(drawing).strokes)
    return f"{count(strokes)} stroke{'' if strokes == 1 else 's'}" if strokes else "no strokes"


def neurons_in_words(hidden: Any) -> str:
    """Hidden layers, as “4 + 2 neurons”."""
    sizes = " + ".join(map(str, hidden))
    return f"{sizes} neuron{'' if sizes == '1' else 's'}" if hidden else "no hidden layer"


WORDS: Mapping[str, Callable[[Any], str]] = {"hidden": neurons_in_words, "drawing": strokes_in_words}
"""By setting, how its values are counted."""


def experiment_in_words(experiment: Experiment) -> str:
    """What is tried, in a few words, as “Spiral, 4 + 2 neurons, Tanh”."""
    return ", ".join(shown(name, getattr(experiment, name)) for name in ("dataset", "hidden", "activation"))
