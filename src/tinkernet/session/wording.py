"""A change of settings in words, as a person would say what undo takes back."""

from collections.abc import Collection

from tinkernet.data import DATASETS
from tinkernet.experiment import Experiment
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, PROBLEMS, REGULARIZATIONS

TABLES = (DATASETS, PROBLEMS, ACTIVATIONS, REGULARIZATIONS, INITIALIZERS, FEATURES)


def change_in_words(old: Experiment, new: Experiment, changed: list[str], asked: Collection[str]) -> str:
    """What the person asked for (not what that brought with it), as “Learning rate 0.03 → 0.1”."""
    names = [name for name in changed if name in asked] or changed
    return ", ".join(
        f"{name.replace('_', ' ').capitalize()} {shown(getattr(old, name))} → {shown(getattr(new, name))}"
        for name in names
    )


def shown(value: object) -> str:
    """A setting's value, by its label where it has one."""
    if isinstance(value, tuple):
        return ", ".join(map(shown, value)) or "none"
    if isinstance(value, float):
        return f"{value:g}"
    for table in TABLES:
        entry = table.get(str(value))
        if entry is not None:
            return entry.label
    return str(value)


def experiment_in_words(experiment: Experiment) -> str:
    """What is tried, in a few words, as “Spiral, 4 and 2 neurons, Tanh”."""
    hidden = " and ".join(map(str, experiment.hidden))
    neurons = f"{hidden} neuron{'' if hidden == '1' else 's'}" if hidden else "no hidden layer"
    return f"{shown(experiment.dataset)}, {neurons}, {shown(experiment.activation)}"
