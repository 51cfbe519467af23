"""Rules on the learning rate: another one, tried from the same place, must do much better."""

import math

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.insight.diagnosis.cures import constant_rate, cure, higher_rate, lower_rate
from tinkernet.insight.diagnosis.forecast import next_goal
from tinkernet.insight.diagnosis.found import finding
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.rules.overflow import HUGE_LOSS, explodes_by
from tinkernet.insight.diagnosis.traits import USUAL, step_for
from tinkernet.run.finding import Finding

# From this rate on, slowness has other reasons.
NOT_SMALL, TINY = 0.01, 0.0003
# From this rate on, jumps are to be expected.
FAST = 0.1
# A loss so many times that of a constant output continues to grow.
ENDLESS = 1000


def learning_rate_too_large(measured: Measurements) -> Finding | None:
    """Whether steps go too far: the numbers explode, the loss jumps, or a slower start comes much further."""
    if not measured.experiment.features or measured.points == 0 or explodes_by(measured) > 1:
        return None
    if not measured.finite or measured.train_loss >= HUGE_LOSS:
        return _found(measured, 0.9, "overflow", {})
    if measured.solved or measured.at_noise_level or not measured.trials.possible:
        return None
    ahead = measured.ahead
    if not np.isfinite(ahead).all() or ahead[-1] > 5 * max(measured.train_loss, measured.levels.constant):
        endless = not np.isfinite(ahead).all() or ahead[-1] > ENDLESS * measured.levels.constant
        rises = {} if endless else {"loss_ahead": float(ahead[-1])}
        return _found(measured, 0.95, "grows" if endless else "rises", {"trial_epochs": len(ahead), **rises})
    return _jumps(measured, ahead) or _got_stuck(measured, ahead) or _worse_than_nothing(measured, ahead)


def _jumps(measured: Measurements, ahead: Float64[ndarray, " epochs"]) -> Finding | None:
    """The loss goes up and down, and with a tenth of the rate it goes down."""
    usual = _late(ahead)
    roughness = float(np.mean(np.abs(np.diff(np.log(np.maximum(ahead, 1e-12))))))
    rough = 0.08 if measured.experiment.learning_rate >= FAST else 0.2
    if max(roughness, measured.trend.roughness) < rough or not measured.share_remaining(usual) > 0.15:
        return None
    calmer = roughness < 0.2 and usual < 0.8 * measured.trend.median
    if measured.age >= 20 and (measured.trend.falling or calmer):
        return None  # it gets there all the same
    if steadier_without_dropout(measured):
        return None
    gentle = _late(measured.trials.continued(learning_rate=measured.experiment.learning_rate / 10))
    if not gentle < 0.6 * usual:
        return None
    evidence = {"roughness": max(roughness, measured.trend.roughness), "loss_ahead": usual, "loss_gentler": gentle}
    evidence |= {"trial_epochs": len(ahead)}
    confidence = 0.9 if measured.experiment.learning_rate >= FAST else 0.7
    return _found(measured, confidence, "jumps", evidence)


def _got_stuck(measured: Measurements, ahead: Float64[ndarray, " epochs"]) -> Finding | None:
    """It has learned next to nothing, nor will it; from the same initial weights a slower start comes much further."""
    rate, constant = measured.experiment.learning_rate, measured.levels.constant
    stands = ahead[-1] > 0.9 * measured.train_loss or _late(ahead) > 0.97 * constant
    tossed = rate >= 1 and not measured.trend.falling
    if not (measured.remaining > 0.45 and (stands or tossed) and measured.trials.can_restart):
        return None
    same = measured.trials.restarted()
    for slower in (rate / 5, rate / 30, *((USUAL.learning_rate,) if rate > 1 else ())):
        tried = measured.trials.restarted(learning_rate=slower)
        better = np.isfinite(tried[-1]) and tried[-1] < 0.7 * min(measured.train_loss, _late(ahead))
        if better and not tried[-1] > 0.7 * _late(same):
            evidence = {"loss_ahead": _late(ahead), "loss_slower": float(tried[-1]), "slower": slower}
            return _found(measured, 0.85, "stuck", {**evidence, "trial_epochs": len(tried)})
    return None


def _worse_than_nothing(measured: Measurements, ahead: Float64[ndarray, " epochs"]) -> Finding | None:
    """It does worse than the same answer for every point, which is what the output's bias alone would come to."""
    constant, rate = measured.levels.constant, measured.experiment.learning_rate
    now = min(measured.train_loss, measured.trend.median)
    worse = min(now, float(ahead.min())) > 1.03 * constant or now > 1.3 * constant
    if rate < FAST or measured.age < 10 or not worse or measured.regularized or measured.rate_low:
        return None
    if not _late(measured.trials.continued(learning_rate=rate / 10)) < measured.trend.median:
        return None
    return _found(measured, 0.65, "worse-than-constant", {"constant": constant})


def _found(measured: Measurements, confidence: float, cause: str, evidence: dict[str, float]) -> Finding:
    rate = measured.experiment.learning_rate
    by = evidence["slower"] / rate if "slower" in evidence else 0.1
    return finding(
        "learning-rate-too-large",
        confidence,
        {"learning_rate": rate, "train_loss": measured.train_loss, **evidence},
        cause=cause,
        cures=lower_rate(measured.experiment, most=0.1, by=1 / by),
    )


def steadier_without_dropout(measured: Measurements) -> bool:
    """Whether it is dropout that makes the loss go up and down: a trial without it goes far more steadily."""
    if not measured.drops_out or not measured.trials.possible:
        return measured.drops_out
    without = measured.trials.continued(dropout=0.0)
    return bool(np.isfinite(without).all()) and _rises(without) < 0.5 * _rises(measured.ahead)


def _rises(losses: Float64[ndarray, " epochs"]) -> float:
    """By how much the loss rises from epoch to epoch, where it does: a steady fall has none, however steep."""
    steps = np.diff(np.log(np.maximum(losses, 1e-12)))
    return float(np.mean(np.maximum(steps, 0.0))) if len(steps) else 0.0


def schedule_over(measured: Measurements) -> Finding | None:
    """Whether it stands still only because the schedule has lowered the rate: at the full rate a trial gets further."""
    rate, loss = measured.experiment.learning_rate, measured.train_loss
    if not measured.rate_lowered or rate == 0 or measured.epoch == 0 or not measured.finite:
        return None
    if measured.solved or measured.at_noise_level or measured.steps_per_epoch == 0 or not measured.trials.possible:
        return None
    full = measured.trials.continued(schedule=USUAL.schedule)
    gained, would_gain = loss - float(measured.ahead[-1]), loss - _late(full)
    if not np.isfinite(full).all() or gained > 0.03 * loss or would_gain < max(0.05 * loss, 3 * gained):
        return None
    return finding(
        "schedule-over",
        0.9,
        {
            "learning_rate_now": measured.run.learning_rate_now,
            "learning_rate": rate,
            "train_loss": loss,
            "trial_epochs": len(full),
            "fall_faster": would_gain,
        },
        cures=constant_rate(measured.experiment),
    )


def learning_rate_too_small(measured: Measurements) -> Finding | None:
    """Whether the loss falls, but so slowly that nobody would wait for it, and a higher rate is much faster."""
    rate = measured.experiment.learning_rate
    if measured.points == 0 or not measured.finite or measured.solved or not measured.experiment.features:
        return None
    if rate == 0:
        cures = cure(measured.experiment, learning_rate=USUAL.learning_rate)
        return finding("learning-rate-too-small", 1.0, {"learning_rate": 0.0}, cause="zero", cures=cures)
    can_move = measured.steps_per_epoch > 0 and measured.flow.norms.max() > 1e-7
    if rate >= NOT_SMALL or measured.at_noise_level or not can_move or not measured.trials.possible:
        return None
    return _crawls(measured)


def _crawls(measured: Measurements) -> Finding | None:
    """The loss falls by next to nothing in a trial, and much faster in one with a higher rate."""
    rate, ahead, loss = measured.experiment.learning_rate, measured.ahead, measured.train_loss
    gained = loss - float(ahead[-1])
    slope = math.log(loss / ahead[-1]) / len(ahead) if ahead[-1] > 0 else math.inf
    # Only to judge whether anybody would wait for it: no number is shown that so short a trial can't support.
    left = math.log(loss / next_goal(loss)) / slope if slope > 0 else math.inf
    patience, times = (60, 3) if rate <= TINY else (400, 5)
    soon = slope * patience > math.log(2) or (rate > TINY and left < (4000 if rate >= 0.003 else 500))
    if soon or gained < -0.05 * loss:
        return None
    best, best_rate = _faster(measured)
    proven = best > max(times * gained, 0.04 * measured.levels.constant)
    likely = rate <= TINY and (best > 3 * max(gained, 0) or _epochs_to_move(measured) > 500)
    if not (proven or likely):
        return None
    cause = ("slow" if left < 1e9 and gained > 0 else "still") if best > max(gained, 0) else "tiny-steps"
    evidence = {"train_loss": loss, "fall": gained}
    if math.isfinite(best):
        evidence |= {"faster": best_rate, "fall_faster": best}
    return finding(
        "learning-rate-too-small",
        0.9 if proven else 0.75,
        {
            "learning_rate": rate,
            "trial_epochs": len(ahead),
            "epochs_to_move": _epochs_to_move(measured),
            **evidence,
        },
        cause=cause,
        cures=higher_rate(measured.experiment, best_rate),
    )


def _faster(measured: Measurements) -> tuple[float, float]:
    """By how much the loss falls in a trial with the better one of two higher rates, and which that is."""
    best, best_rate = -math.inf, USUAL.learning_rate
    for faster in (USUAL.learning_rate, 10 * measured.experiment.learning_rate):
        tried = measured.trials.continued(learning_rate=faster)
        if np.isfinite(tried).all() and measured.train_loss - tried[-1] > best:
            best, best_rate = measured.train_loss - float(tried[-1]), faster
    return best, best_rate


def _epochs_to_move(measured: Measurements) -> float:
    """How many epochs it takes, all steps in one direction, until a typical weight has moved by 0.05."""
    gradients = np.concatenate([layer.ravel() for layer in measured.flow.gradients])
    size = float(np.sqrt(np.mean(gradients * gradients)))
    per_epoch = measured.run.learning_rate_now * measured.steps_per_epoch * step_for(measured.experiment, size)
    return 0.05 / per_epoch if per_epoch > 0 else math.inf


def _late(losses: Float64[ndarray, " epochs"]) -> float:
    """The median of the last third: where it has come to, jumps aside."""
    return float(np.median(losses[-max(1, len(losses) // 3) :]))
