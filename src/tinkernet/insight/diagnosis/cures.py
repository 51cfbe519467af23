"""Cures: the run's experiment with something changed, and a few words for it."""

import math
from collections.abc import Callable
from typing import Any

from tinkernet.errors import ExperimentError
from tinkernet.experiment import LEARNING_RATES, REGULARIZATION_RATES, Experiment
from tinkernet.insight.diagnosis.finding import Cure
from tinkernet.network import ACTIVATIONS, FEATURES, INITIALIZERS, REGULARIZATIONS
from tinkernet.options import FeatureName


def cure(experiment: Experiment, **settings: Any) -> tuple[Cure, ...]:
    """The one cure of these settings; none where the experiment has them already or can't have them."""
    settings = {name: value for name, value in settings.items() if getattr(experiment, name) != value}
    if not settings:
        return ()
    try:
        tried = experiment.replace(**settings)
    except ExperimentError:  # a start so far on that its weights can't be drawn: then it is no cure
        return ()
    return (Cure(", ".join(_label(name, value, experiment) for name, value in settings.items()), tried, settings),)


def lower_rate(experiment: Experiment, *, most: float = math.inf, by: float = 10) -> tuple[Cure, ...]:
    """A learning rate that the page offers, lower by at least so much."""
    fitting = [rate for rate in LEARNING_RATES if rate <= min(experiment.learning_rate / by * 1.0001, most)]
    return cure(experiment, learning_rate=fitting[-1] if fitting else LEARNING_RATES[0])


def higher_rate(experiment: Experiment, rate: float) -> tuple[Cure, ...]:
    """This learning rate, if it is higher."""
    return cure(experiment, learning_rate=rate) if rate > experiment.learning_rate else ()


def less_regularization(experiment: Experiment) -> tuple[Cure, ...]:
    """A hundredth of the regularization, at most 0.003; and none of it."""
    fitting = [rate for rate in REGULARIZATION_RATES if 0 < rate <= min(experiment.regularization_rate / 10, 0.003)]
    less = cure(experiment, regularization_rate=fitting[-1]) if fitting else ()
    return (*less, *cure(experiment, regularization="none"))


def other_start(experiment: Experiment) -> tuple[Cure, ...]:
    """The first weights that Reset would give."""
    return cure(experiment, start=experiment.start + 1)


def random_start(experiment: Experiment) -> tuple[Cure, ...]:
    """Random first weights instead of zeros, else the next ones."""
    return cure(experiment, initializer="uniform") or other_start(experiment)


def in_order(features: set[str]) -> tuple[FeatureName, ...]:
    """These features in the table's order."""
    return tuple(entry.name for entry in FEATURES.values() if entry.name in features)


def _label(name: str, value: Any, experiment: Experiment) -> str:
    say = _LABELS.get(name)
    return say(value, experiment) if say else f"{name.replace('_', ' ')} {value:g}"


def _say_features(features: tuple[str, ...], experiment: Experiment) -> str:
    added = [FEATURES[name].label for name in features if name not in experiment.features]
    return f"add the feature{'s' if len(added) > 1 else ''} {' and '.join(added)}" if added else "fewer features"


_LABELS: dict[str, Callable[[Any, Experiment], str]] = {
    "start": lambda _value, _experiment: "other first weights (Reset)",
    "initializer": lambda value, _: f"{INITIALIZERS[value].label.lower()} first weights",
    "regularization": lambda value, _: "no regularization" if value == "none" else REGULARIZATIONS[value].label,
    "activation": lambda value, _: f"activation {ACTIVATIONS[value].label}",
    "hidden": lambda value, _: (
        f"hidden layers of {' and '.join(map(str, value))} neurons" if value else "no hidden layer"
    ),
    "features": _say_features,
    "train_percent": lambda value, _: f"{value:g} % of the points for training",
    "noise": lambda value, _: f"noise {value:g} %",
}
