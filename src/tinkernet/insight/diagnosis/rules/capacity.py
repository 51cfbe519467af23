"""Rules on what the network can represent, and on whether it only had bad luck with its initial weights."""

import math
from typing import Any

import numpy as np

from tinkernet.experiment import Experiment
from tinkernet.insight.diagnosis.cures import cure, in_order, other_start
from tinkernet.insight.diagnosis.found import finding
from tinkernet.insight.diagnosis.loss_bounds import bounds_of
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.shapes import helpful_features, intricate
from tinkernet.insight.diagnosis.traits import USUAL, are_linear, is_linear, starts_at_random, usual_activation
from tinkernet.insight.diagnosis.trials import many_starts
from tinkernet.network import ACTIVATIONS
from tinkernet.run.finding import Cure, Finding

# What must be left remaining, at the very least, before a network is called too small.
LEFT = 0.25
STARTS = 32
SMALL = 10
# Epochs × steps × learning rate after which a small network has had time to learn: 400 epochs of the default.
RESTED = 300


def too_small(measured: Measurements) -> Finding | None:
    """Whether no weights would do: shown by a bound where there is one, else by a long plateau."""
    if measured.points < SMALL or not measured.experiment.features:
        return None
    if measured.finite and (measured.solved or measured.at_noise_level):
        return None
    return _bounded(measured) or _poor_inputs(measured) or _plateau(measured)


def _poor_inputs(measured: Measurements) -> Finding | None:
    """Points that look alike through the features in use have different labels: then no network can separate them."""
    share = measured.share_remaining(measured.bounds.inputs)
    if not share > 0.5 or len(measured.experiment.features) > 2:  # among many features neighbours are far apart
        return None
    return finding(
        "too-small",
        0.85,
        {"bound": measured.bounds.inputs, "noise_loss": measured.noise_loss, "share_left": share},
        cause="inputs",
        cures=cure(measured.experiment, features=in_order({*measured.experiment.features, *USUAL.features})),
    )


def _bounded(measured: Measurements) -> Finding | None:
    """The network can represent no more than one straight line, or one step across a straight line."""
    hidden, bounds = measured.experiment.hidden, measured.bounds
    if measured.straight:
        bound, family = bounds.linear, "linear-neurons" if hidden else "no-hidden-layer"
    elif all(count == 1 for count in hidden):
        bound, family = 0.9 * min(bounds.linear, bounds.split), "single-neurons"
    else:
        return None
    share = measured.share_remaining(bound)
    if not share > LEFT:
        return None
    return finding(
        "too-small",
        0.95 if measured.straight else 0.85,
        {"bound": bound, "noise_loss": measured.noise_loss, "constant": bounds.constant, "share_left": share},
        cause=f"{family}-{'line' if are_linear(measured.experiment.features) else 'cut'}",
        cures=_larger(measured),
    )


def _plateau(measured: Measurements) -> Finding | None:
    """A small network has stopped improving, though nothing else is wrong and more steps would not help."""
    experiment = measured.experiment
    tight = measured.hidden_neurons <= 8 or min(experiment.hidden, default=0) <= 2
    rested = measured.age * measured.steps_per_epoch * min(experiment.learning_rate, 0.3) >= RESTED
    if not (tight and rested and measured.finite and 0.003 <= experiment.learning_rate <= 1):
        return None
    if not measured.remaining > LEFT or measured.silent_neurons or measured.regularized or not measured.trials.possible:
        return None
    trend = measured.trend
    if (trend.falling and trend.slope * 1500 > 0.1) or trend.unsteady:
        return None
    if measured.gets_better(0.03):
        return None
    faster = measured.trials.continued(learning_rate=min(3 * experiment.learning_rate, 0.3))
    if np.isfinite(faster).all() and float(faster.min()) < 0.9 * measured.train_loss:
        return None
    return finding(
        "too-small",
        0.65,
        {
            "train_loss": measured.train_loss,
            "possible": measured.noise_loss,
            "hidden_neurons": measured.hidden_neurons,
            "fall_per_100_epochs": 100 * trend.slope,
        },
        cause="plateau",
        cures=_larger(measured),
    )


def local_minimum(measured: Measurements) -> Finding | None:
    """Whether it has stopped improving far above what the points allow, and not where training begins."""
    if measured.age < 60 or not measured.finite or measured.regularized or not measured.trials.possible:
        return None
    if not measured.remaining > LEFT or measured.solved or measured.train_loss > 0.97 * measured.bounds.constant:
        return None
    trend, ahead = measured.trend, measured.ahead
    moving = max(abs(trend.fall), trend.roughness, abs(math.log(ahead[-1] / measured.train_loss)))
    if moving > 0.001 or measured.experiment.learning_rate < 0.003:
        return None
    return finding(
        "local-minimum",
        0.7,
        {
            "train_loss": measured.train_loss,
            "possible": measured.noise_loss,
            "gradient": float(measured.flow.norms.max()),
            "epochs": trend.epochs,
        },
        cures=(*other_start(measured.experiment), *_larger(measured)),
    )


def many_starts_compared(measured: Measurements) -> Finding | None:
    """In a thorough diagnosis: whether other initial weights of the same network do better, or none do."""
    experiment = measured.experiment
    trials = measured.trials
    if not (measured.thorough and measured.finite and trials.possible and experiment.hidden and experiment.features):
        return None
    if measured.age < 100 or not measured.remaining > LEFT or not starts_at_random(experiment):
        return None
    epochs = int(min(max(measured.age, 200), trials.epochs, 1000))
    best = many_starts(experiment, measured.run.train_data, STARTS, epochs)
    threshold = 0.5 * min(measured.train_loss, measured.bounds.constant)
    succeeded = int(np.count_nonzero(best < threshold))
    evidence = {
        "starts": STARTS,
        "succeeded": succeeded,
        "threshold": threshold,
        "best": float(best.min()),
        "median": float(np.median(best)),
        "possible": measured.noise_loss,
        "trial_epochs": epochs,
    }
    if succeeded >= 2:
        return finding("unlucky-start", 0.9, evidence, cures=other_start(experiment))
    if succeeded == 0 and measured.share_remaining(float(best.min())) > LEFT:
        return finding("too-small", 0.9, evidence, cause="all-starts", cures=_larger(measured))
    return None


def _larger(measured: Measurements) -> tuple[Cure, ...]:
    """More neurons, a nonlinear activation, and the features with which a straight line would do."""
    experiment = measured.experiment
    hidden = experiment.hidden
    larger = tuple(max(4, min(8, 2 * count)) for count in hidden) if hidden else (4, 2)
    larger = (8, 8) if larger == hidden or intricate(measured.run.train_data) else larger
    linear = is_linear(ACTIVATIONS[experiment.activation])
    changes: dict[str, Any] = {"activation": usual_activation()} if linear else {}
    if not (changes and sum(hidden) >= SMALL):
        changes["hidden"] = larger
    return (*_helpful_features(experiment, measured), *cure(experiment, **changes))


def _helpful_features(experiment: Experiment, measured: Measurements) -> tuple[Cure, ...]:
    """The fewest more features, one or two, with which a straight line would already do."""
    for more in helpful_features(measured.run.train_data, experiment.features):
        tried = experiment.replace(features=in_order({*experiment.features, *more}))
        line = bounds_of(measured.run, tried).linear
        if math.isfinite(line) and measured.share_remaining(line) < 0.1:
            return cure(experiment, features=tried.features)
    return ()
