"""What the entries of the tables do, found out by trying them: the diagnosis asks for properties, never for names.

A new entry is thus treated rightly without a change here. Each is worked out once.
"""

from functools import cache, lru_cache

import numpy as np

from tinkernet.data.plane import EDGE
from tinkernet.experiment import Experiment
from tinkernet.formula import PLANE
from tinkernet.network import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, REGULARIZATIONS, SCHEDULES
from tinkernet.network.activations import Activation
from tinkernet.network.initializers import Initializer
from tinkernet.network.inputs import PLANE_INPUTS, Inputs
from tinkernet.network.losses import Loss
from tinkernet.network.parameters import MOST_PARAMETERS, option_in, values_in
from tinkernet.network.regularizations import Regularization
from tinkernet.options import ActivationName, RegularizationName

USUAL = Experiment(seed="0")
"""The settings that an experiment has by default: known to work."""
PROBES = np.array([-3.0, -1.5, -0.5, 0.25, 1.0, 2.0, 4.0])
# Sums of all usual sizes, and two that are larger.
_SUMS = np.concatenate([[-50.0], np.linspace(-12, 12, 481), [50.0]])
# Points across the plane in no regular order, to compare features on: multiples modulo 1 of 1/p and 1/p², p being the
# plastic number (M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018).
_SPREAD = 2 * EDGE * (np.outer(np.arange(64), [0.7548776662466927, 0.5698402909980532]) % 1) - EDGE
NEGLIGIBLE = 1e-9
# Epochs from now on in which a schedule is looked at: the next ones, and further ones more and more sparsely.
_LATER = np.unique(np.concatenate([[0], np.geomspace(1, 1e6, 400)]).astype(np.int64))
# Updates with the same gradient, until an optimizer's steps have their lasting size.
STEPS_TRIED = 100


@cache
def is_linear(activation: Activation) -> bool:
    """Whether it has the same slope everywhere, so that layers of it do no more than one."""
    slopes = activation.derivative(PROBES, activation.function(PROBES)) * np.ones_like(PROBES)
    return bool(np.ptp(slopes) < NEGLIGIBLE)


@cache
def is_monotone(activation: Activation) -> bool:
    """Whether a larger sum never gives a smaller output, so that one neuron makes no more than one cut."""
    return bool(np.all(np.diff(activation.function(_SUMS)) >= 0))


@cache
def has_flat_end(activation: Activation) -> bool:
    """Whether its slope approaches 0 for large sums, so that neurons can be saturated."""
    ends = _SUMS[[0, -1]]
    slopes = activation.derivative(ends, activation.function(ends)) * np.ones_like(ends)
    return bool(np.abs(slopes).min() < NEGLIGIBLE)


def is_straight(experiment: Experiment) -> bool:
    """Whether its network, however many layers it has, is no more than one straight line through its features."""
    return not experiment.hidden or all(is_linear(ACTIVATIONS[name]) for name in experiment.in_layers("activation"))


@cache
def usual_activation() -> ActivationName:
    """One that learns well: bounded, not linear, and as steep as any; the default where that is one."""
    good = [
        entry
        for entry in ACTIVATIONS.values()
        if entry.limit is not None and entry.steepest >= 1 and not is_linear(entry)
    ]
    return good[0].name if good else next(iter(ACTIVATIONS.values())).name


@cache
def pull_per_weight(regularization: Regularization) -> float:
    """The penalty's derivative at a weight of 1, where it is proportional to the weight (weight decay); else 0."""
    pull = regularization.derivative(PROBES) * np.ones_like(PROBES)
    slope = float(np.asarray(regularization.derivative(np.ones(1))).ravel()[0])
    return slope if np.allclose(pull, slope * PROBES, rtol=0, atol=NEGLIGIBLE) else 0.0


@cache
def has_penalty(regularization: Regularization) -> bool:
    """Whether it changes weights."""
    return bool(np.any(regularization.derivative(PROBES)))


@cache
def no_regularization() -> RegularizationName:
    """The entry without a penalty."""
    return next((entry.name for entry in REGULARIZATIONS.values() if not has_penalty(entry)), USUAL.regularization)


@cache
def weight_decay() -> RegularizationName:
    """A penalty that shrinks all weights smoothly."""
    return next((entry.name for entry in REGULARIZATIONS.values() if pull_per_weight(entry) > 0), USUAL.regularization)


@cache
def is_random(initializer: Initializer) -> bool:
    """Whether the weights of a layer differ from each other at the start."""
    return bool(np.ptp(initializer.weights(np.linspace(0.1, 0.9, 6).reshape(2, 3))) > 0)


def starts_at_random(experiment: Experiment) -> bool:
    """Whether the experiment's initial weights differ from each other."""
    return is_random(option_in(INITIALIZERS, experiment.initializer))


@cache
def is_squared_error(loss: Loss) -> bool:
    """Whether it is half the squared difference: what is known of the lowest possible losses holds for that only."""
    outputs, labels = PROBES[:, None], PROBES[None]
    same = np.allclose(loss.function(outputs, outputs, labels, 0.0), 0.5 * (outputs - labels) ** 2)
    return bool(same and np.allclose(loss.derivative(outputs, outputs, labels, 0.0), outputs - labels))


def is_plain_descent(experiment: Experiment) -> bool:
    """Whether each step is the gradient times the learning rate, and nothing else."""
    return option_in(OPTIMIZERS, experiment.optimizer).update is None


def step_for(experiment: Experiment, gradient: float) -> float:
    """How large a step is, as a multiple of the learning rate, when the gradient has had this size for a while."""
    entry, values = option_in(OPTIMIZERS, experiment.optimizer), values_in(OPTIMIZERS, experiment.optimizer)
    if entry.prepare is None or entry.update is None:
        return gradient
    padded = values + (0.0,) * (MOST_PARAMETERS - len(values))
    first = second = last = 0.0
    rate = 1e-3
    for number in range(1, STEPS_TRIED + 1):
        constants = entry.prepare(rate, number, padded)
        moved, first, second = entry.update(0.0, gradient, first, second, constants)
        last = abs(float(moved)) / rate
    return last


def schedule_share(experiment: Experiment, epoch: int) -> float:
    """What the schedule multiplies the learning rate by in the epoch after so many."""
    schedule = option_in(SCHEDULES, experiment.schedule)
    return float(schedule.factor(np.array([epoch]), values_in(SCHEDULES, experiment.schedule))[0])


def highest_share(experiment: Experiment, epoch: int) -> float:
    """The most that the schedule multiplies the learning rate by in any later epoch."""
    schedule = option_in(SCHEDULES, experiment.schedule)
    return float(schedule.factor(epoch + _LATER, values_in(SCHEDULES, experiment.schedule)).max())


@lru_cache(maxsize=1024)
def show_position(features: tuple[str, ...], inputs: Inputs = PLANE_INPUTS) -> bool:
    """Whether the position can be computed from these features, as a weighted sum of them."""
    places = _spread(len(inputs.columns))
    return bool(features) and _combined(inputs.drawn(features, places).T, places)


@lru_cache(maxsize=1024)
def are_linear(features: tuple[str, ...], inputs: Inputs = PLANE_INPUTS) -> bool:
    """Whether these features are weighted sums of the coordinates, so that a cut through them is a straight line."""
    places = _spread(len(inputs.columns))
    return not features or _combined(places, inputs.drawn(features, places).T)


@lru_cache(maxsize=1024)
def is_large(feature: str, inputs: Inputs = PLANE_INPUTS) -> bool:
    """Whether the feature has larger values than the usual ones."""
    return inputs.feature_of(feature).scale > max(inputs.feature_of(name).scale for name in inputs.usual)


@cache
def _spread(columns: int) -> np.ndarray:
    """Points that are spread over the space of the columns."""
    if columns == len(PLANE):
        return _SPREAD
    return np.random.default_rng(0).uniform(-EDGE, EDGE, (64 + 2 * columns, columns))


def _combined(inputs: np.ndarray, targets: np.ndarray) -> bool:
    """Whether the targets are weighted sums of the inputs and a constant."""
    design = np.column_stack([inputs, np.ones(len(inputs))])
    left = design @ np.linalg.lstsq(design, targets, rcond=None)[0] - targets
    return bool(np.abs(left).max() < NEGLIGIBLE * max(1.0, float(np.abs(targets).max())))
