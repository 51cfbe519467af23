"""The rule on regularization that holds the network back."""

import numpy as np

from tinkernet.insight.diagnosis.cures import cure, less_regularization
from tinkernet.insight.diagnosis.found import finding
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.rules.overflow import explodes_by
from tinkernet.insight.diagnosis.traits import has_penalty, no_regularization, starts_at_random
from tinkernet.network import REGULARIZATIONS
from tinkernet.run.finding import Finding

# A regularization rate that the page offers and that is rarely too much.
GENTLE = 0.003
# Random initial weights are 0.29 in size; below this no signal gets through.
COLLAPSED, NEARLY_COLLAPSED = 0.03, 0.06
# How nearly opposite the two gradients are where they hold each other.
HELD_FAST = 0.8


def over_regularized(measured: Measurements) -> Finding | None:
    """Whether weights are pulled to 0 more strongly than the data can resist."""
    if not measured.regularized or not measured.finite or measured.points == 0 or not measured.experiment.features:
        return None
    if explodes_by(measured) > 2:
        return _found(measured, 0.8, "explodes", {})
    return _cut(measured) or _collapsed(measured) or _will_collapse(measured) or _held_back(measured)


def _cut(measured: Measurements) -> Finding | None:
    """The penalty has permanently set so many weights to 0 that no path leads from the inputs to the output."""
    if not measured.run.dead_weights:
        return None
    reach = np.ones(measured.weights[0].shape[1], dtype=bool)
    for layer in measured.weights:
        reach = ((layer != 0) & reach).any(axis=1)
    if reach.any():
        return None
    return _found(measured, 0.98, "disconnected", {})


def _collapsed(measured: Measurements) -> Finding | None:
    if measured.weight_size == 0 and not starts_at_random(measured.experiment):
        return None  # they were 0 from the start
    gone = measured.weight_size < COLLAPSED or (measured.weight_size < NEARLY_COLLAPSED and measured.age >= 50)
    if measured.epoch == 0 or not gone or not measured.remaining > 0.85 or measured.gets_better(0.05):
        return None
    return _found(measured, 0.95, "collapsed", {})


def _will_collapse(measured: Measurements) -> Finding | None:
    """Early on: a trial shows that the weights will be near 0, though there is something to learn."""
    if not measured.trials.possible or measured.age > measured.trials.epochs or not measured.remaining > 0.5:
        return None
    size = measured.trials.size_after()
    if not size < COLLAPSED or not measured.share_remaining(float(measured.ahead[-1])) > 0.9:
        return None
    return _found(measured, 0.9, "will-collapse", {"trial_epochs": len(measured.ahead), "weight_size_ahead": size})


def _held_back(measured: Measurements) -> Finding | None:
    """In equilibrium the gradients of the loss and of the penalty cancel; then the penalty holds the weights there."""
    if measured.age < 10 or not measured.remaining > 0.35 or measured.gets_better(0.05):
        return None
    if measured.trend.falling and measured.trend.slope * 100 > 0.03:
        return None
    weights = np.concatenate([layer.ravel() for layer in measured.weights])
    alive = weights != 0
    gradient = np.concatenate([layer.ravel() for layer in measured.flow.gradients])[alive]
    pull = np.concatenate([layer.ravel() for layer in measured.penalty])[alive]
    across, along = float(np.linalg.norm(gradient)), float(np.linalg.norm(pull))
    if across == 0 or along == 0:
        return None
    against = -float(gradient @ pull) / (across * along)
    if not (against > 0.7 and 0.4 < across / along < 2.5):
        return None
    without = _late_without(measured)
    if without is not None and not without < 0.9 * measured.train_loss and not _released(measured, without, against):
        return None
    evidence = {"gradient": across, "pull": along, "against": against}
    return _found(measured, 0.85 if against > 0.9 else 0.7, "held", evidence)


def _released(measured: Measurements, without: float, against: float) -> bool:
    """Whether training continues once the penalty is gone, and only then: the beginning of a long way down, perhaps."""
    hidden = measured.experiment.hidden
    if measured.straight or min(hidden, default=1) == 1 or against < HELD_FAST:
        return False  # a network that small may have nowhere to go
    freed, otherwise = measured.train_loss - without, measured.train_loss - float(measured.ahead[-1])
    return freed > 0.02 * measured.train_loss and freed > 10 * otherwise


def idle_regularization(measured: Measurements) -> Finding | None:
    """Whether a regularization is chosen whose rate is 0, so that it does nothing."""
    experiment = measured.experiment
    if not has_penalty(REGULARIZATIONS[experiment.regularization]) or experiment.regularization_rate > 0:
        return None
    cures = (*cure(experiment, regularization_rate=GENTLE), *cure(experiment, regularization=no_regularization()))
    return finding("idle-regularization", 1.0, {"regularization_rate": 0.0}, cures=cures)


def _late_without(measured: Measurements) -> float | None:
    """The loss that a trial comes to without any regularization; None where there can be no trial."""
    if not measured.trials.possible:
        return None
    return float(measured.trials.continued(regularization=no_regularization())[-1])


def _found(measured: Measurements, confidence: float, cause: str, evidence: dict[str, float]) -> Finding:
    experiment = measured.experiment
    return finding(
        "over-regularized",
        confidence,
        {
            "regularization_rate": experiment.regularization_rate,
            "weight_size": measured.weight_size,
            "dead_weights": measured.run.dead_weights,
            "weights": sum(layer.size for layer in measured.weights),
            "train_loss": measured.train_loss,
            **evidence,
        },
        cause=cause,
        cures=less_regularization(experiment),
    )
