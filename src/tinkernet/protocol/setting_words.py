"""Settings and their values in the words that the page shows."""

from collections.abc import Mapping

from tinkernet.data import DATASETS
from tinkernet.experiment import Experiment
from tinkernet.formatting import figure
from tinkernet.network import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, PROBLEMS, REGULARIZATIONS
from tinkernet.network.features import feature_of
from tinkernet.protocol.catalog import Named

TABLES: Mapping[str, Mapping[str, Named]] = {
    "dataset": DATASETS,
    "problem": PROBLEMS,
    "activation": ACTIVATIONS,
    "regularization": REGULARIZATIONS,
    "initializer": INITIALIZERS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
}
"""By setting, the table that has the labels of its values."""


def name_of(setting: str) -> str:
    """A setting's name, as “learning rate”."""
    return "hidden layers" if setting == "hidden" else setting.replace("_", " ")


def shown(setting: str, value: object) -> str:
    """A setting's value, by its label where it has one."""
    if setting == "hidden" and isinstance(value, tuple):
        return neurons_in_words(value)
    if isinstance(value, tuple):
        return ", ".join(shown(setting, item) for item in value)
    if isinstance(value, float):
        return figure(value, 6)
    if setting == "features":
        return feature_of(str(value)).label
    table = TABLES.get(setting, {})
    return table[str(value)].label if str(value) in table else str(value)


def neurons_in_words(hidden: tuple[int, ...]) -> str:
    """Hidden layers, as “4 + 2 neurons”."""
    sizes = " + ".join(map(str, hidden))
    return f"{sizes} neuron{'' if sizes == '1' else 's'}" if hidden else "no hidden layer"


def experiment_in_words(experiment: Experiment) -> str:
    """What is tried, in a few words, as “Spiral, 4 + 2 neurons, Tanh”."""
    return ", ".join(shown(name, getattr(experiment, name)) for name in ("dataset", "hidden", "activation"))
