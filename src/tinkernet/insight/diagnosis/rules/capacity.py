"""Rules on what the network can represent, and on whether it only had bad luck with its initial weights."""

import math
from typing import Any

import numpy as np

from tinkernet.experiment import MOST_NEURONS, Experiment
from tinkernet.insight.diagnosis.class_bounds import class_bounds_of
from tinkernet.insight.diagnosis.cures import cure, other_start
from tinkernet.insight.diagnosis.found import finding
from tinkernet.insight.diagnosis.loss_bounds import bounds_of
from tinkernet.insight.diagnosis.measurements import LOWERED, Measurements
from tinkernet.insight.diagnosis.shapes import helpful_features, intricate
from tinkernet.insight.diagnosis.study import MOST_EPOCHS
from tinkernet.insight.diagnosis.traits import (
    are_linear,
    is_linear,
    is_monotone,
    schedule_share,
    starts_at_random,
    usual_activation,
)
from tinkernet.network import ACTIVATIONS
from tinkernet.run.finding import Cure, Finding

# The least share that must remain before a network is called too small.
LEFT = 0.25
# With so much remaining in every start, none of them has begun to learn: that says nothing of the network's size.
NOTHING_LEARNED = 0.95
SMALL = 10
# Epochs × steps × learning rate after which a small network has had time to learn: 400 epochs of the default.
RESTED = 300
# After so much, other starts are asked whether this run has stopped or not.
LONG = 2 * RESTED
# A larger network does better if most of its starts come to less than this share of what any start of this one does.
CLEARLY, MOSTLY = 0.6, 0.5


def too_small(measured: Measurements) -> Finding | None:
    """Whether no weights would do: only where a bound shows it."""
    if measured.points < SMALL or not measured.experiment.features:
        return None
    if measured.finite and (measured.solved or measured.at_noise_level):
        return None
    return _bounded(measured) or _straight_classes(measured) or _poor_inputs(measured)


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
        cures=cure(measured.experiment, features=measured.experiment.inputs.usual_with(measured.experiment.features)),
    )


def _bounded(measured: Measurements) -> Finding | None:
    """The network can represent no more than one straight line, or one step across a straight line."""
    hidden, bounds = measured.experiment.hidden, measured.bounds
    if measured.straight:
        bound, family = bounds.linear, "linear-neurons" if hidden else "no-hidden-layer"
    elif all(count == 1 for count in hidden) and all(
        is_monotone(ACTIVATIONS[name]) for name in measured.experiment.in_layers("activation")
    ):
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
        cause=f"{family}-{'line' if are_linear(measured.experiment.features, measured.experiment.inputs) else 'cut'}",
        cures=_larger(measured),
    )


def _straight_classes(measured: Measurements) -> Finding | None:
    """The same with cross-entropy: softmax or sigmoid of weighted sums has straight lines between classes."""
    experiment = measured.experiment
    if not measured.straight:
        return None
    bounds = measured.class_bounds
    share = bounds.share(bounds.linear)
    if not share > LEFT:
        return None
    family = "linear-neurons" if experiment.hidden else "no-hidden-layer"
    shape = "line" if are_linear(experiment.features, experiment.inputs) else "cut"
    return finding(
        "too-small",
        0.95,
        {
            "bound": bounds.linear,
            "noise_loss": bounds.noise,
            "constant": bounds.constant,
            "share_left": share,
        },
        cause=f"{family}-{shape}{'s' if experiment.head.several else ''}",
        cures=_larger(measured),
    )


def starts_compared(measured: Measurements) -> Finding | None:
    """Whether other initial weights of the same network do better, or only a larger network does: both really trained.

    Asks for a study where a network does not get on; until there is one, nothing is said of its size.
    """
    if not _stalled(measured):
        return None
    experiment, larger = measured.experiment, _with_more_neurons(measured)
    outcome = measured.study.outcome(experiment, larger, measured.run.train_data)
    if outcome is None:
        return None
    usual = 0.5 * min(measured.train_loss, measured.levels.constant)
    evidence: dict[str, float] = {
        "train_loss": measured.train_loss,
        "starts": len(outcome.losses),
        "trial_epochs": outcome.epochs,
        "median_of_starts": float(np.median(outcome.losses)),
    }
    succeeded = int(np.count_nonzero(outcome.losses < usual))
    if succeeded >= 2:
        return finding(
            "unlucky-start",
            0.9,
            {**evidence, "succeeded": succeeded, "threshold": usual, "best": float(outcome.losses.min())},
            cures=other_start(experiment),
        )
    best = min(measured.train_loss, float(outcome.losses.min()))
    clearly = CLEARLY * best
    if not outcome.levelled or not LEFT < measured.share_remaining(best) < NOTHING_LEARNED:
        return None
    larger_succeeded = int(np.count_nonzero(outcome.larger_losses < clearly))
    if larger_succeeded < MOSTLY * len(outcome.larger_losses):
        return None
    return finding(
        "too-small",
        0.9,
        {
            **evidence,
            "hidden_neurons": measured.hidden_neurons,
            "best": best,
            "larger_neurons": sum(larger.hidden),
            "larger_succeeded": larger_succeeded,
            "threshold": clearly,
        },
        cause="starts",
        cures=(*cure(experiment, hidden=larger.hidden), *_helpful_features(experiment, measured)),
    )


def _stalled(measured: Measurements) -> bool:
    """Whether the network has stopped improving far above what the points allow, though nothing else is wrong.

    Networks that are small have had time to; those that anyone may ask about in a thorough diagnosis have had some.
    """
    experiment = measured.experiment
    if not _to_be_compared(measured):
        return False
    if measured.thorough:
        return measured.age >= 100
    tight = measured.hidden_neurons <= 8 or min(experiment.hidden) <= 2
    way = measured.age * measured.steps_per_epoch * min(experiment.learning_rate, 0.3)
    if not (tight and way >= RESTED and 0.003 <= experiment.learning_rate <= 1):
        return False
    if way >= LONG and not measured.falls(0.1):
        return True  # the starts show whether it gets on
    trend = measured.trend
    if (trend.falling and trend.slope * 1500 > 0.1) or trend.unsteady or measured.gets_better(0.03):
        return False
    faster = measured.trials.continued(learning_rate=min(3 * experiment.learning_rate, 0.3))
    return not (np.isfinite(faster).all() and float(faster.min()) < 0.9 * measured.train_loss)


def _to_be_compared(measured: Measurements) -> bool:
    """Whether there is something left to learn, a network to learn it, and no other reason why it does not."""
    experiment = measured.experiment
    if schedule_share(experiment, max(measured.epoch, MOST_EPOCHS)) < LOWERED:
        return False  # every start comes to a standstill, whatever its size
    able = experiment.hidden and experiment.features and not measured.straight and starts_at_random(experiment)
    if not able or measured.points < SMALL or not measured.finite or measured.solved or not measured.remaining > LEFT:
        return False
    return not measured.silent_neurons and not measured.regularized and measured.trials.possible


def local_minimum(measured: Measurements) -> Finding | None:
    """Whether it has stopped improving far above what the points allow, and not where training begins."""
    if measured.age < 60 or not measured.finite or measured.regularized or not measured.trials.possible:
        return None
    if measured.rate_low or measured.straight:
        return None  # nothing moves at such a rate, and a straight line is as good as it gets
    if not measured.remaining > LEFT or measured.solved or measured.train_loss > 0.97 * measured.levels.constant:
        return None
    if math.isnan(measured.bounds.split) and set(measured.experiment.hidden) == {1}:
        return None  # it can do no more, though for this loss no bound shows it
    trend, ahead = measured.trend, measured.ahead
    moving = max(abs(trend.fall), trend.roughness, abs(math.log(ahead[-1] / measured.train_loss)))
    if moving > 0.001 or measured.experiment.learning_rate < 0.003 or _held_by_dropout(measured):
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
        cures=other_start(measured.experiment),
    )


def _held_by_dropout(measured: Measurements) -> bool:
    """Whether the loss would fall without dropout."""
    if not measured.drops_out:
        return False
    return bool(measured.trials.continued(dropout=0.0)[-1] < 0.99 * measured.train_loss)


def _with_more_neurons(measured: Measurements) -> Experiment:
    """The experiment with more neurons: up to twice as many in each layer, or two layers of eight."""
    experiment = measured.experiment
    hidden = experiment.hidden
    larger = tuple(max(4, min(8, 2 * count)) for count in hidden) if hidden else (4, 2)
    larger = (8, 8) if larger == hidden or intricate(measured.run) else larger
    if sum(larger) <= sum(hidden):
        larger = tuple(min(MOST_NEURONS, 2 * count) for count in hidden)
    return experiment.replace(hidden=larger)


def _larger(measured: Measurements) -> tuple[Cure, ...]:
    """More neurons, a nonlinear activation, and the features with which a straight line would do."""
    experiment = measured.experiment
    linear = all(is_linear(ACTIVATIONS[name]) for name in experiment.in_layers("activation"))
    changes: dict[str, Any] = {"activation": usual_activation()} if linear else {}
    if not (changes and sum(experiment.hidden) >= SMALL):
        changes["hidden"] = _with_more_neurons(measured).hidden
    return (*_helpful_features(experiment, measured), *cure(experiment, **changes))


def _helpful_features(experiment: Experiment, measured: Measurements) -> tuple[Cure, ...]:
    """The fewest more features, one or two, with which a straight line would already do."""
    for more in helpful_features(measured.run, experiment.features):
        tried = experiment.replace(features=experiment.inputs.in_order((*experiment.features, *more)))
        share = measured.share_remaining(bounds_of(measured.run, tried).linear)
        of_classes = measured.class_bounds.share(class_bounds_of(measured.run, tried.features).linear)
        if share < 0.1 or of_classes < 0.1:
            return cure(experiment, features=tried.features)
    return ()
