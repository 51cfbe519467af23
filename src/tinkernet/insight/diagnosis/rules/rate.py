"""Rules on the learning rate: another one, tried from the same place, must do much better."""

import math

import numpy as np
from jaxtyping import Float64
from numpy import ndarray

from tinkernet.insight.diagnosis.cures import cure, higher_rate, lower_rate
from tinkernet.insight.diagnosis.finding import Finding
from tinkernet.insight.diagnosis.measured import Measured
from tinkernet.insight.diagnosis.pace import next_goal
from tinkernet.insight.diagnosis.rules.numbers import HUGE_LOSS, explodes_by
from tinkernet.insight.diagnosis.words import figure, whole

# From this rate on, slowness has other reasons.
NOT_SMALL, TINY = 0.01, 0.0003
# The page's own, and one from which on jumps are to be expected.
USUAL, FAST = 0.03, 0.1


def learning_rate_too_large(measured: Measured) -> Finding | None:
    """Whether steps go too far: the numbers explode, the loss jumps, or a slower start comes much further."""
    if not measured.experiment.features or measured.points == 0 or explodes_by(measured) > 1:
        return None
    if not measured.finite or measured.train_loss >= HUGE_LOSS:
        return _found(measured, 0.9, "the numbers have grown beyond all bounds", {})
    if measured.solved or measured.at_floor or not measured.trials.possible:
        return None
    ahead = measured.ahead
    if not np.isfinite(ahead).all() or ahead[-1] > 5 * max(measured.train_loss, measured.floor.constant):
        return _found(measured, 0.95, f"in {len(ahead)} more epochs the loss grows beyond all bounds", {})
    return _jumps(measured, ahead) or _got_stuck(measured, ahead) or _worse_than_nothing(measured, ahead)


def _jumps(measured: Measured, ahead: Float64[ndarray, " epochs"]) -> Finding | None:
    """The loss goes up and down, and with a tenth of the rate it goes down."""
    usual = _late(ahead)
    roughness = float(np.mean(np.abs(np.diff(np.log(np.maximum(ahead, 1e-12))))))
    rough = 0.08 if measured.experiment.learning_rate >= FAST else 0.2
    if max(roughness, measured.pace.roughness) < rough or not measured.share_undone(usual) > 0.15:
        return None
    calmer = roughness < 0.2 and usual < 0.8 * measured.pace.median
    if measured.age >= 20 and (measured.pace.falling or calmer):
        return None  # it gets there all the same
    gentle = _late(measured.trials.onward(learning_rate=measured.experiment.learning_rate / 10))
    if not gentle < 0.6 * usual:
        return None
    evidence = {"roughness": max(roughness, measured.pace.roughness), "loss_ahead": usual, "loss_gentler": gentle}
    what = f"the loss jumps about {figure(usual)}, while a tenth of the rate leads to {figure(gentle)}"
    confidence = 0.9 if measured.experiment.learning_rate >= FAST else 0.7
    return _found(measured, confidence, f"{what} in {len(ahead)} epochs", evidence)


def _got_stuck(measured: Measured, ahead: Float64[ndarray, " epochs"]) -> Finding | None:
    """It has learned next to nothing, nor will it; from the same first weights a slower start comes much further."""
    rate, constant = measured.experiment.learning_rate, measured.floor.constant
    stands = ahead[-1] > 0.9 * measured.train_loss or _late(ahead) > 0.97 * constant
    if not (measured.undone > 0.45 and stands and measured.trials.can_start_afresh):
        return None
    same = measured.trials.afresh()
    for slower in (rate / 5, rate / 30, *((USUAL,) if rate > 1 else ())):
        tried = measured.trials.afresh(learning_rate=slower)
        better = np.isfinite(tried[-1]) and tried[-1] < 0.7 * min(measured.train_loss, _late(ahead))
        if better and not tried[-1] > 0.7 * _late(same):
            what = f"it does not get under a loss of {figure(_late(ahead))}, while a rate of {figure(slower)} comes to "
            evidence = {"loss_slower": float(tried[-1]), "slower": slower}
            return _found(
                measured, 0.85, f"{what}{figure(tried[-1])} within {len(tried)} epochs of the start", evidence
            )
    return None


def _worse_than_nothing(measured: Measured, ahead: Float64[ndarray, " epochs"]) -> Finding | None:
    """It does worse than the same answer for every point, which is what the output's bias alone would come to."""
    constant, rate = measured.floor.constant, measured.experiment.learning_rate
    now = min(measured.train_loss, measured.pace.median)
    worse = min(now, float(ahead.min())) > 1.03 * constant or now > 1.3 * constant
    if rate < FAST or measured.age < 10 or not worse or measured.regularized:
        return None
    what = f"a loss of {figure(measured.train_loss)} is worse than the {figure(constant)} of one answer for all points"
    return _found(measured, 0.65, what, {"constant": constant})


def _found(measured: Measured, confidence: float, what: str, evidence: dict[str, float]) -> Finding:
    rate = measured.experiment.learning_rate
    by = evidence["slower"] / rate if "slower" in evidence else 0.1
    return Finding(
        kind="learning-rate-too-large",
        message=f"The learning rate of {figure(rate)} is too large: {what}.",
        reason="Steps that long land on the other side of the valley that they should lead down into.",
        confidence=confidence,
        evidence={"learning_rate": rate, "train_loss": measured.train_loss, **evidence},
        cures=lower_rate(measured.experiment, most=0.1, by=1 / by),
    )


def learning_rate_too_small(measured: Measured) -> Finding | None:
    """Whether the loss falls, but so slowly that nobody would wait for it, and a higher rate is much faster."""
    rate = measured.experiment.learning_rate
    if measured.points == 0 or not measured.finite or measured.solved or not measured.experiment.features:
        return None
    if rate == 0:
        return Finding(
            kind="learning-rate-too-small",
            message="Nothing can change: the learning rate is 0.",
            confidence=1.0,
            evidence={"learning_rate": 0.0},
            cures=cure(measured.experiment, learning_rate=USUAL),
        )
    can_move = measured.passage.norms.max() > 1e-7
    if rate >= NOT_SMALL or measured.at_floor or not can_move or not measured.trials.possible:
        return None
    return _crawls(measured)


def _crawls(measured: Measured) -> Finding | None:
    """The loss falls by next to nothing in a trial, and much faster in one with a higher rate."""
    rate, ahead, loss = measured.experiment.learning_rate, measured.ahead, measured.train_loss
    gained = loss - float(ahead[-1])
    slope = math.log(loss / ahead[-1]) / len(ahead) if ahead[-1] > 0 else math.inf
    goal = next_goal(loss)
    left = math.log(loss / goal) / slope if slope > 0 else math.inf
    patience, times = (60, 3) if rate <= TINY else (400, 5)
    soon = slope * patience > math.log(2) or (rate > TINY and left < (4000 if rate >= 0.003 else 500))
    if soon or gained < -0.05 * loss:
        return None
    best, best_rate = _faster(measured)
    proven = best > max(times * gained, 0.04 * measured.floor.constant)
    likely = rate <= TINY and (best > 3 * max(gained, 0) or _epochs_to_move(measured) > 500)
    if not (proven or likely):
        return None
    pace = f"about {whole(left)} epochs more to a training loss of {figure(goal)}" if left < 1e9 else "it gets nowhere"
    return Finding(
        kind="learning-rate-too-small",
        message=f"The learning rate of {figure(rate)} is too small. At this pace {pace}.",
        reason=(
            f"In {len(ahead)} epochs the loss falls by {figure(max(gained, 0))}, with a rate of {figure(best_rate)} "
            f"by {figure(max(best, 0))}."
        ),
        confidence=0.9 if proven else 0.75,
        evidence={
            "learning_rate": rate,
            "epochs_left": left,
            "goal": goal,
            "fall_per_epoch": gained / len(ahead),
            "fall_per_epoch_faster": best / len(ahead),
        },
        cures=higher_rate(measured.experiment, best_rate),
    )


def _faster(measured: Measured) -> tuple[float, float]:
    """By how much the loss falls in a trial with the better one of two higher rates, and which that is."""
    best, best_rate = -math.inf, USUAL
    for faster in (USUAL, 10 * measured.experiment.learning_rate):
        tried = measured.trials.onward(learning_rate=faster)
        if np.isfinite(tried).all() and measured.train_loss - tried[-1] > best:
            best, best_rate = measured.train_loss - float(tried[-1]), faster
    return best, best_rate


def _epochs_to_move(measured: Measured) -> float:
    """How many epochs it takes, all steps in one direction, until a typical weight has moved by 0.05."""
    gradients = np.concatenate([layer.ravel() for layer in measured.passage.gradients])
    size = float(np.sqrt(np.mean(gradients * gradients)))
    per_epoch = measured.experiment.learning_rate * measured.steps_per_epoch * size
    return 0.05 / per_epoch if per_epoch > 0 else math.inf


def _late(losses: Float64[ndarray, " epochs"]) -> float:
    """The median of the last third: where it has come to, jumps aside."""
    return float(np.median(losses[-max(1, len(losses) // 3) :]))
