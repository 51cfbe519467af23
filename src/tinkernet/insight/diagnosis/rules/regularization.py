"""The rule on regularization that holds the network back."""

import numpy as np

from tinkernet.experiment import Experiment
from tinkernet.insight.diagnosis.cures import less_regularization
from tinkernet.insight.diagnosis.finding import Finding
from tinkernet.insight.diagnosis.measured import Measured
from tinkernet.insight.diagnosis.rules.numbers import explodes_by
from tinkernet.insight.diagnosis.words import figure, percent
from tinkernet.network import REGULARIZATIONS

# First weights are 0.29 in size; under this nothing gets through any more.
COLLAPSED, NEARLY_COLLAPSED = 0.03, 0.06


def over_regularized(measured: Measured) -> Finding | None:
    """Whether weights are pulled to 0 harder than the points pull back."""
    if not measured.regularized or not measured.finite or measured.points == 0 or not measured.experiment.features:
        return None
    if explodes_by(measured) > 2:
        return _found(measured, 0.8, "with this learning rate it blows weights up instead of keeping them small", {})
    return _cut(measured) or _collapsed(measured) or _will_collapse(measured) or _held_back(measured)


def _cut(measured: Measured) -> Finding | None:
    """L1 has switched off a whole layer's weights, or every path from the inputs to the output."""
    if not measured.run.dead_weights:
        return None
    reach = np.ones(measured.weights[0].shape[1], dtype=bool)
    for layer in measured.weights:
        reach = ((layer != 0) & reach).any(axis=1)
    if reach.any():
        return None
    count = sum(layer.size for layer in measured.weights)
    dead = measured.run.dead_weights
    return _found(
        measured, 0.98, f"it has switched off {dead} of {count} weights for good, and no input reaches the output", {}
    )


def _collapsed(measured: Measured) -> Finding | None:
    gone = measured.weight_size < COLLAPSED or (measured.weight_size < NEARLY_COLLAPSED and measured.age >= 50)
    if measured.epoch == 0 or not gone or not measured.undone > 0.85 or measured.gets_better(0.05):
        return None
    return _found(measured, 0.95, f"it has pulled all weights down to about {figure(measured.weight_size)}", {})


def _will_collapse(measured: Measured) -> Finding | None:
    """Early on: a trial shows the weights gone in a moment, though the points would have something to teach."""
    if not measured.trials.possible or measured.age > measured.trials.epochs or not measured.undone > 0.5:
        return None
    size = measured.trials.size_after_onward()
    if not size < COLLAPSED or not measured.share_undone(float(measured.ahead[-1])) > 0.9:
        return None
    return _found(
        measured, 0.9, f"within {len(measured.ahead)} epochs it pulls all weights down to about {figure(size)}", {}
    )


def _held_back(measured: Measured) -> Finding | None:
    """At rest the gradients of the loss and of the penalty cancel; then the penalty is what holds the weights there."""
    if measured.age < 10 or not measured.undone > 0.35 or measured.gets_better(0.05):
        return None
    if measured.pace.falling and measured.pace.slope * 100 > 0.03:
        return None
    weights = np.concatenate([layer.ravel() for layer in measured.weights])
    alive = weights != 0
    gradient = np.concatenate([layer.ravel() for layer in measured.passage.gradients])[alive]
    pull = np.concatenate([layer.ravel() for layer in measured.penalty])[alive]
    across, along = float(np.linalg.norm(gradient)), float(np.linalg.norm(pull))
    if across == 0 or along == 0:
        return None
    against = -float(gradient @ pull) / (across * along)
    if not (against > 0.7 and 0.4 < across / along < 2.5):
        return None
    without = _late_without(measured)
    if without is not None and not without < 0.9 * measured.train_loss:
        return None
    evidence = {"gradient": across, "pull": along, "against": against}
    what = f"the weights are held where the loss is still {figure(measured.train_loss)}"
    return _found(measured, 0.85 if against > 0.9 else 0.7, what, evidence)


def _late_without(measured: Measured) -> float | None:
    """The loss that a trial comes to without any regularization; None where there can be no trial."""
    if not measured.trials.possible:
        return None
    return float(measured.trials.onward(regularization="none")[-1])


def _found(measured: Measured, confidence: float, what: str, evidence: dict[str, float]) -> Finding:
    experiment: Experiment = measured.experiment
    count = sum(layer.size for layer in measured.weights)
    dead = measured.run.dead_weights
    reason = "It pulls the weights to 0 harder than the points pull them away"
    reason += f"; {percent(dead / max(count, 1))} of the weights are switched off." if dead else "."
    name = REGULARIZATIONS[experiment.regularization].label
    return Finding(
        kind="over-regularized",
        message=f"The {name} regularization of {figure(experiment.regularization_rate)} is too strong: {what}.",
        reason=reason,
        confidence=confidence,
        evidence={
            "regularization_rate": experiment.regularization_rate,
            "weight_size": measured.weight_size,
            "dead_weights": dead,
            "weights": count,
            "train_loss": measured.train_loss,
            **evidence,
        },
        cures=less_regularization(experiment),
    )
