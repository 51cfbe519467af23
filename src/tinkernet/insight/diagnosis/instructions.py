"""A change of settings as an instruction, in the labels of the page's controls: "Set the learning rate to 0.3"."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from tinkernet.experiment import Experiment
from tinkernet.formatting import figure
from tinkernet.network import ACTIVATIONS, INITIALIZERS, REGULARIZATIONS, SCHEDULES
from tinkernet.network.parameters import option_in, values_in

MOST_NAMED = 6
"""More features than this are counted, not listed: a person's own data may have hundreds of columns."""


def instruction(settings: Mapping[str, Any], experiment: Experiment) -> str:
    """What to do for the experiment to have these settings; a sentence without its full stop."""
    steps = [_INSTRUCTIONS.get(name, _set_number(name))(value, experiment) for name, value in settings.items()]
    text = steps[0]
    for before, step in pairwise(steps):
        verb, rest = step.split(" ", 1)
        text += f" and {rest}" if before.startswith(f"{verb} ") else f" and {verb.lower()} {rest}"
    return text


def _set_number(name: str) -> Callable[[Any, Experiment], str]:
    return lambda value, _: f"Set the {name.replace('_', ' ')} to {figure(value)}"


def _features(features: tuple[str, ...], experiment: Experiment) -> str:
    added = [experiment.inputs.feature_of(name).label for name in features if name not in experiment.features]
    removed = [experiment.inputs.feature_of(name).label for name in experiment.features if name not in features]
    changes = [f"{verb} {_named(labels)}" for verb, labels in (("add", added), ("remove", removed)) if labels]
    text = " and ".join(changes)
    return text[0].upper() + text[1:]


def _named(labels: list[str]) -> str:
    if len(labels) > MOST_NAMED:
        return f"{len(labels)} features"
    return f"the feature{'s' if len(labels) > 1 else ''} {_listed(labels)}"


def _hidden(hidden: tuple[int, ...], experiment: Experiment) -> str:
    before = experiment.hidden
    if len(hidden) < len(before) and before[: len(hidden)] == hidden:
        return f"Remove {_counted(len(before) - len(hidden), 'hidden layer')}"
    changed = [layer for layer, counts in enumerate(zip(before, hidden, strict=False)) if counts[0] != counts[1]]
    if len(hidden) == len(before) and len(changed) == 1:
        more = hidden[changed[0]] - before[changed[0]]
        place = f"{'to' if more > 0 else 'from'} layer {changed[0] + 1}"
        return f"{'Add' if more > 0 else 'Remove'} {_counted(abs(more), 'neuron')} {place}"
    if len(hidden) == 1:
        return f"Use one hidden layer of {_counted(hidden[0], 'neuron')}"
    return f"Use hidden layers of {_listed(list(map(str, hidden)))} neurons"


def _initializer(initializer: str, experiment: Experiment) -> str:
    entry = option_in(INITIALIZERS, initializer)
    if entry is not option_in(INITIALIZERS, experiment.initializer):
        return f"Set the initial weights to {entry.label}"
    before, after = (values_in(INITIALIZERS, text) for text in (experiment.initializer, initializer))
    changes = [
        f"the {parameter.label.lower()} of the initial weights to {new:g}"
        for parameter, old, new in zip(entry.parameters, before, after, strict=True)
        if old != new
    ]
    return f"Set {_listed(changes)}"


def _counted(count: int, noun: str) -> str:
    return f"a {noun}" if count == 1 else f"{count} {noun}s"


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


_INSTRUCTIONS: dict[str, Callable[[Any, Experiment], str]] = {
    "start": lambda _value, _experiment: "Press Reset to try other initial weights",
    "initializer": _initializer,
    "regularization": lambda value, _: f"Set the regularization to {REGULARIZATIONS[value].label}",
    "activation": lambda value, _: f"Set the activation to {ACTIVATIONS[value].label}",
    "schedule": lambda value, _: f"Set the schedule to {option_in(SCHEDULES, value).label}",
    "hidden": _hidden,
    "features": _features,
    "train_percent": lambda value, _: f"Set the training data to {value:g} %",
    "noise": lambda value, _: f"Set the noise to {value:g} %",
}
