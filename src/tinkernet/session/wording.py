"""Settings, what changed in them and what was done to a run, in the words that the page shows."""

from collections.abc import Collection, Mapping, Sequence

from tinkernet.data import DATASETS
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.formatting import count, figure
from tinkernet.fragment import NO_EXPERIMENT
from tinkernet.insight.compare import Difference
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, LOSSES, OPTIMIZERS, PROBLEMS, REGULARIZATIONS
from tinkernet.protocol import facts
from tinkernet.protocol.catalog import Named
from tinkernet.run.events import KEEPS_WEIGHTS, Changed, Event

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
MOST_LINK_NOTICES = 4
"""More than that nobody reads; what is left is counted."""
NAME_THEMSELVES = {"dataset", "problem", "features", "activation", "hidden"}
"""The settings whose values are clear without the setting's name: “Spiral”, “4 + 2 neurons”."""


def change_in_words(old: Experiment, new: Experiment, changed: list[str], asked: Collection[str]) -> str:
    """What the person asked for (not what that brought with it), as “learning rate 0.03 → 0.1”."""
    names = [name for name in changed if name in asked] or changed
    return ", ".join(
        f"{name_of(name)} {shown(name, getattr(old, name))} → {shown(name, getattr(new, name))}" for name in names
    )


def restart_in_words(changed: Collection[str]) -> str:
    """Why a change could not keep the weights, though the page asked for it."""
    names = " and ".join(name_of(name) for name in changed if name not in KEEPS_WEIGHTS)
    return f"Started again: a change of the {names} cannot keep the weights. Undo brings them back."


def link_notices(sentences: Sequence[str]) -> list[facts.Notice]:
    """What a link says and could not be taken as it is, a notice for each sentence, so that each is read."""
    notices = [facts.Notice(message=sentence) for sentence in sentences[:MOST_LINK_NOTICES]]
    left = len(sentences) - len(notices)
    if left:
        more = "1 more setting was" if left == 1 else f"{count(left)} more settings were"
        notices.append(facts.Notice(message=f"{more} ignored or got the default."))
    return notices


def refusal(error: Exception) -> str:
    """Why a link cannot be opened, in a sentence for the person who pasted it."""
    if not isinstance(error, ExperimentError):
        return str(error)
    if error.allowed == NO_EXPERIMENT:
        # What was pasted stands in the dialog: it is not repeated.
        return "There is no experiment in this text. Paste a link of tinkernet or of playground.tensorflow.org."
    return f"This link cannot be opened: {error}."


def ignored_address(error: Exception) -> facts.Trouble:
    """Why the address that a person went to changes nothing."""
    if isinstance(error, ExperimentError) and error.allowed == NO_EXPERIMENT:
        return facts.Trouble(message="There is no experiment in this address, so it was ignored.", field=error.field)
    return facts.Trouble(message=refusal(error), field=error.field if isinstance(error, ExperimentError) else "")


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
