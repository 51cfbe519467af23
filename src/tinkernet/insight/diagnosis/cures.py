"""Cures: the run's experiment with settings changed, and an instruction that says so in the controls' own labels."""

import math
from typing import Any

from tinkernet.errors import ExperimentError
from tinkernet.experiment import LEARNING_RATES, REGULARIZATION_RATES, Experiment
from tinkernet.insight.diagnosis.instructions import instruction
from tinkernet.insight.diagnosis.traits import USUAL, no_regularization, starts_at_random, weight_decay
from tinkernet.network import INITIALIZERS
from tinkernet.network.parameters import option_in
from tinkernet.run.finding import Cure


def cure(experiment: Experiment, **settings: Any) -> tuple[Cure, ...]:
    """The one cure of these settings; none where the experiment has them already or can't have them."""
    settings = {name: value for name, value in settings.items() if getattr(experiment, name) != value}
    if not settings:
        return ()
    try:
        changed = experiment.replace(**settings)
    except ExperimentError:  # as a start whose weights are too far on to be drawn
        return ()
    return (Cure(instruction(settings, experiment), changed, settings),)


def lower_rate(experiment: Experiment, *, most: float = math.inf, by: float = 10) -> tuple[Cure, ...]:
    """A learning rate that the page offers, lower by at least this factor."""
    fitting = [rate for rate in LEARNING_RATES if rate <= min(experiment.learning_rate / by * 1.0001, most)]
    return cure(experiment, learning_rate=fitting[-1] if fitting else LEARNING_RATES[0])


def higher_rate(experiment: Experiment, rate: float) -> tuple[Cure, ...]:
    """This learning rate, if it is higher."""
    return cure(experiment, learning_rate=rate) if rate > experiment.learning_rate else ()


def constant_rate(experiment: Experiment) -> tuple[Cure, ...]:
    """The learning rate as it is set, in every epoch."""
    return cure(experiment, schedule=USUAL.schedule)


def less_regularization(experiment: Experiment) -> tuple[Cure, ...]:
    """A tenth of the regularization rate, at most 0.003; and no regularization."""
    fitting = [rate for rate in REGULARIZATION_RATES if 0 < rate <= min(experiment.regularization_rate / 10, 0.003)]
    less = cure(experiment, regularization_rate=fitting[-1]) if fitting else ()
    return (*less, *cure(experiment, regularization=no_regularization()))


def regularize(experiment: Experiment, rate: float) -> tuple[Cure, ...]:
    """A penalty that shrinks all weights smoothly."""
    return cure(experiment, regularization=weight_decay(), regularization_rate=rate)


def other_start(experiment: Experiment) -> tuple[Cure, ...]:
    """The initial weights that Reset would give; where these would be the same again, random ones."""
    if not starts_at_random(experiment):
        return cure(experiment, initializer=USUAL.initializer)
    return cure(experiment, start=experiment.start + 1)


def usual_size(experiment: Experiment) -> tuple[Cure, ...]:
    """Initial weights of the usual size, where they are scaled."""
    return cure(experiment, initializer=option_in(INITIALIZERS, experiment.initializer).name)
