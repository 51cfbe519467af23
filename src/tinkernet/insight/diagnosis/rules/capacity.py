"""Rules on what the network can express at all, and on whether it only had bad luck."""

import math
from typing import Any

import numpy as np

from tinkernet.experiment import Experiment
from tinkernet.insight.diagnosis.cures import cure, in_order, other_start
from tinkernet.insight.diagnosis.finding import Cure, Finding
from tinkernet.insight.diagnosis.floor import floor_of
from tinkernet.insight.diagnosis.measured import Measured
from tinkernet.insight.diagnosis.trial import many_starts
from tinkernet.insight.diagnosis.words import counted, figure

# What must be left undone, at the very least, before a network is called too small.
LEFT = 0.25
STARTS = 32
SMALL = 10


def too_small(measured: Measured) -> Finding | None:
    """Whether no weights at all would do: shown by a bound where there is one, else by a long plateau."""
    if measured.points < SMALL or not measured.experiment.features:
        return None
    if measured.finite and (measured.solved or measured.at_floor):
        return None
    return _bounded(measured) or _poor_sight(measured) or _plateau(measured)


def _poor_sight(measured: Measured) -> Finding | None:
    """Points that look alike through the features in use have different labels: then no network can tell them apart."""
    share = measured.share_undone(measured.floor.sight)
    if not share > 0.5 or len(measured.experiment.features) > 2:  # among many features neighbours are far apart
        return None
    return Finding(
        kind="too-small",
        message=(
            f"These features do not tell enough: points that look alike to the network have different labels, so that "
            f"no network gets the loss much under {figure(measured.floor.sight)}."
        ),
        reason="More neurons do not help where the inputs do not say what is needed.",
        confidence=0.85,
        evidence={"bound": measured.floor.sight, "noise": measured.least, "share_left": share},
        cures=cure(measured.experiment, features=in_order({*measured.experiment.features, "x", "y"})),
    )


def _bounded(measured: Measured) -> Finding | None:
    """One straight line, or one step along a straight line, is all that the network can say."""
    hidden, floor = measured.experiment.hidden, measured.floor
    if measured.straight:
        bound = floor.line
        what = "without a hidden layer" if not hidden else "with linear neurons, however many,"
        share = measured.share_undone(bound)
    elif all(count == 1 for count in hidden):
        bound = 0.9 * min(floor.line, floor.step)
        what = "with one neuron in a layer"
        share = measured.share_undone(bound)
    else:
        return None
    if not share > LEFT:
        return None
    line = "straight line" if set(measured.experiment.features) <= {"x", "y"} else "straight cut through its features"
    return Finding(
        kind="too-small",
        message=(
            f"This network can't do it: {what} it can only draw one {line}, "
            f"and none gets the loss under about {figure(bound)}."
        ),
        reason="More training does not help: the shape that is needed is not among those that it can take.",
        confidence=0.95 if measured.straight else 0.85,
        evidence={"bound": bound, "noise": measured.least, "constant": floor.constant, "share_left": share},
        cures=_larger(measured),
    )


def _plateau(measured: Measured) -> Finding | None:
    """A small network that has come to rest, though nothing else is wrong with it and more steps would not help."""
    experiment = measured.experiment
    tight = measured.hidden_neurons <= 8 or min(experiment.hidden, default=0) <= 2
    rested = measured.age * measured.steps_per_epoch * min(experiment.learning_rate, 0.3) >= RESTED
    if not (tight and rested and measured.finite and 0.003 <= experiment.learning_rate <= 1):
        return None
    if not measured.undone > LEFT or measured.silent_neurons or measured.regularized or not measured.trials.possible:
        return None
    pace = measured.pace
    if (pace.falling and pace.slope * 1500 > 0.1) or pace.unsteady:
        return None
    if measured.gets_better(0.03):
        return None
    faster = measured.trials.onward(learning_rate=min(3 * experiment.learning_rate, 0.3))
    if np.isfinite(faster).all() and float(faster.min()) < 0.9 * measured.train_loss:
        return None
    size = "-".join(map(str, experiment.hidden))
    return Finding(
        kind="too-small",
        message=(
            f"This network seems too small: its {counted(measured.hidden_neurons, 'hidden neuron')} ({size}) have all "
            f"but come to rest at a training loss of {figure(measured.train_loss)}."
        ),
        reason=f"Other weights may do a little better; the points allow a loss of about {figure(measured.least)}.",
        confidence=0.65,
        evidence={
            "train_loss": measured.train_loss,
            "possible": measured.least,
            "hidden_neurons": measured.hidden_neurons,
            "fall_per_100_epochs": 100 * pace.slope,
        },
        cures=_larger(measured),
    )


def local_minimum(measured: Measured) -> Finding | None:
    """Whether it has come to rest far above what the points allow, and not on the plateau where training begins."""
    if measured.age < 60 or not measured.finite or measured.regularized or not measured.trials.possible:
        return None
    if not measured.undone > LEFT or measured.solved or measured.train_loss > 0.97 * measured.floor.constant:
        return None
    pace, ahead = measured.pace, measured.ahead
    moving = max(abs(pace.fall), pace.roughness, abs(math.log(ahead[-1] / measured.train_loss)))
    if moving > 0.001 or measured.experiment.learning_rate < 0.003:
        return None
    return Finding(
        kind="local-minimum",
        message=(
            f"It has come to rest at a training loss of {figure(measured.train_loss)}, though the points allow about "
            f"{figure(measured.least)}."
        ),
        reason="From here every small step makes it worse; other first weights, or more neurons, may lead elsewhere.",
        confidence=0.7,
        evidence={
            "train_loss": measured.train_loss,
            "possible": measured.least,
            "gradient": float(measured.passage.norms.max()),
            "epochs": pace.epochs,
        },
        cures=(*other_start(measured.experiment), *_larger(measured)),
    )


# Epochs × steps × learning rate after which a small network has had its time: 400 epochs of the default.
RESTED = 300


def many_starts_tell(measured: Measured) -> Finding | None:
    """Asked thoroughly: whether other first weights of the same network do better, or none do."""
    experiment = measured.experiment
    trials = measured.trials
    if not (measured.thorough and measured.finite and trials.possible and experiment.hidden and experiment.features):
        return None
    if measured.age < 100 or not measured.undone > LEFT or experiment.initializer == "zeros":
        return None
    epochs = int(min(max(measured.age, 200), trials.epochs, 1000))
    best = many_starts(experiment, measured.run.train_data, STARTS, epochs)
    made_it = int(np.count_nonzero(best < 0.5 * min(measured.train_loss, measured.floor.constant)))
    evidence = {"starts": STARTS, "made_it": made_it, "best": float(best.min()), "median": float(np.median(best))}
    if made_it >= 2:
        return Finding(
            kind="unlucky-start",
            message=(
                f"Bad luck with the first weights: {made_it} of {STARTS} other starts of this network come under "
                f"a loss of {figure(0.5 * measured.train_loss)} in {epochs:,} epochs."
            ),
            confidence=0.9,
            evidence=evidence,
            cures=other_start(experiment),
        )
    if made_it == 0 and measured.share_undone(float(best.min())) > LEFT:
        return Finding(
            kind="too-small",
            message=(
                f"This network is too small: none of {STARTS} starts came under a loss of {figure(float(best.min()))} "
                f"in {epochs:,} epochs."
            ),
            reason=f"The points allow a loss of about {figure(measured.least)}.",
            confidence=0.9,
            evidence=evidence,
            cures=_larger(measured),
        )
    return None


def _larger(measured: Measured) -> tuple[Cure, ...]:
    """More neurons, another activation than linear, and the features with which a straight line would do."""
    experiment = measured.experiment
    hidden = experiment.hidden
    larger = tuple(max(4, min(8, 2 * count)) for count in hidden) if hidden else (4, 2)
    larger = (8, 8) if experiment.dataset == "spiral" or larger == hidden else larger
    changes: dict[str, Any] = {"activation": "tanh"} if experiment.activation == "linear" else {}
    if not (changes and sum(hidden) >= SMALL):
        changes["hidden"] = larger
    return (*_helpful_features(experiment, measured), *cure(experiment, **changes))


def _helpful_features(experiment: Experiment, measured: Measured) -> tuple[Cure, ...]:
    """The fewest more features with which a straight line would already do."""
    for more in (("xTimesY",), ("xSquared", "ySquared")):
        if set(more) <= set(experiment.features):
            continue
        tried = experiment.replace(features=in_order({*experiment.features, *more}))
        line = floor_of(measured.run, tried).line
        if math.isfinite(line) and measured.share_undone(line) < 0.1:
            return cure(experiment, features=tried.features)
    return ()
