"""Settings, what changed in them and what was done to a run, in the words that the page shows."""

from collections.abc import Collection, Mapping

from tinkernet.data import DATASETS
from tinkernet.experiment import Experiment
from tinkernet.formatting import figure
from tinkernet.insight.compare import Difference
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, PROBLEMS, REGULARIZATIONS
from tinkernet.protocol import facts
from tinkernet.protocol.catalog import Named
from tinkernet.run.events import Changed, Event

TABLES: Mapping[str, Mapping[str, Named]] = {
    "dataset": DATASETS,
    "problem": PROBLEMS,
    "features": FEATURES,
    "activation": ACTIVATIONS,
    "regularization": REGULARIZATIONS,
    "initializer": INITIALIZERS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
}
"""By setting, the table that has the labels of its values."""
NAME_THEMSELVES = {"dataset", "problem", "features", "activation", "hidden"}
"""The settings whose values are clear without the setting's name: “Spiral”, “4 + 2 neurons”."""


def change_in_words(old: Experiment, new: Experiment, changed: list[str], asked: Collection[str]) -> str:
    """What the person asked for (not what that brought with it), as “Learning rate 0.03 → 0.1”."""
    names = [name for name in changed if name in asked] or changed
    return ", ".join(
        f"{name_of(name).capitalize()} {shown(name, getattr(old, name))} → {shown(name, getattr(new, name))}"
        for name in names
    )


def difference_fact(difference: Difference) -> facts.DifferenceFact:
    """A difference between two experiments, for the page."""
    name = difference.field
    return facts.DifferenceFact(
        field=name,
        name=name_of(name),
        before=shown(name, difference.before),
        after=shown(name, difference.after),
        names_itself=name in NAME_THEMSELVES,
    )


def event_fact(event: Event) -> facts.EventFact:
    """What was done to a run, for the page."""
    if not isinstance(event, Changed):
        return facts.EventFact(epoch=event.epoch, text=event.text, short=event.text)
    changes = [
        (name_of(name), f"{shown(name, event.before[name])} → {shown(name, event.after[name])}") for name in event.after
    ]
    return facts.EventFact(
        epoch=event.epoch,
        text=", ".join(f"{name} {values}" for name, values in changes),
        short=", ".join(values for _, values in changes),
    )


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
    table = TABLES.get(setting, {})
    return table[str(value)].label if str(value) in table else str(value)


def neurons_in_words(hidden: tuple[int, ...]) -> str:
    """Hidden layers, as “4 + 2 neurons”."""
    sizes = " + ".join(map(str, hidden))
    return f"{sizes} neuron{'' if sizes == '1' else 's'}" if hidden else "no hidden layer"


def experiment_in_words(experiment: Experiment) -> str:
    """What is tried, in a few words, as “Spiral, 4 + 2 neurons, Tanh”."""
    return ", ".join(shown(name, getattr(experiment, name)) for name in ("dataset", "hidden", "activation"))
