"""Notes on how training goes, where nothing is wrong."""

import math

from tinkernet.insight.diagnosis.found import finding
from tinkernet.insight.diagnosis.generalization import gap_of
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.rules.rate import steadier_without_dropout
from tinkernet.run.finding import Finding

# Noise raises both losses alike: with a test loss this many times the training loss, there is another reason.
WORSE_ON_TEST = 1.5
ABOUT_THE_NOISE, BELOW_THE_NOISE, LEAST_KNOWN = 1.3, 0.8, 0.08
# A share of a constant output's loss that is as good as 0.
NEGLIGIBLE = 1e-3
# The fall of the logarithm over the last third of the epochs, above which training is not over.
STILL_FALLING = 0.1


def solved(measured: Measurements) -> Finding | None:
    """Whether training and test points are predicted correctly."""
    if measured.epoch == 0 or not measured.solved:
        return None
    test, accuracy = measured.test_loss, measured.run.test_accuracy
    if measured.points < 20 or (measured.test_points >= 20 and not _holds(measured)):
        return None
    right = measured.run.train_accuracy
    tested = accuracy if right is not None else test
    known = tested is not None and math.isfinite(tested)
    evidence = {"train_loss": measured.train_loss, "test_loss": test}
    if right is not None:
        cause = "accuracy" if known else "train-accuracy"
        evidence |= {"train_accuracy": right, **({"test_accuracy": accuracy} if accuracy is not None else {})}
    else:
        cause = "losses" if known else "train-loss"
    return finding("solved", 0.95 if measured.test_points else 0.7, evidence, cause=cause)


def _holds(measured: Measurements) -> bool:
    """Whether the same is true of the test points."""
    if gap_of(measured) is not None:
        return False
    accuracy = measured.run.test_accuracy
    if accuracy is not None:
        return accuracy >= 0.95 and measured.test_loss <= 0.08
    return measured.test_loss <= max(0.06 * measured.constant_of_test, 1e-9)


def noise_floor(measured: Measurements) -> Finding | None:
    """Whether what is left of both losses is about what the noise leaves to any network, and no more is learned."""
    if measured.epoch == 0 or measured.solved or not measured.at_noise_level or not measured.noisy:
        return None
    if measured.experiment.head.loss.of_sum and measured.noise_loss < LEAST_KNOWN * measured.levels.constant:
        return None  # neighbours' probabilities are not known that well
    if _far_below_the_noise(measured) or gap_of(measured) is not None or measured.trend.fall > STILL_FALLING:
        return None
    if measured.test_points >= 20 and measured.test_loss > WORSE_ON_TEST * measured.train_loss:
        return None
    # The noise is known of all points together: either half of them may be easier.
    parts = ((measured.points, measured.train_loss), (measured.test_points, measured.test_loss))
    both = sum(count * loss for count, loss in parts if count) / (measured.points + measured.test_points)
    if both > ABOUT_THE_NOISE * measured.noise_loss:
        return None
    evidence = {
        "train_loss": measured.train_loss,
        "test_loss": measured.test_loss,
        "noise_loss": measured.noise_loss,
    }
    set_by_hand = measured.experiment.noise > 0
    tested = "" if measured.test_points else "-train"
    return finding(
        "noise-floor", 0.7 if set_by_hand else 0.6, evidence, cause=f"{'noise' if set_by_hand else 'overlap'}{tested}"
    )


def _far_below_the_noise(measured: Measurements) -> bool:
    """Whether the training loss is so low that noise must have been learned."""
    return measured.remaining < -0.25 and measured.train_loss < BELOW_THE_NOISE * measured.noise_loss


def not_started(measured: Measurements) -> Finding | None:
    """Whether nothing has been trained yet."""
    if measured.epoch > 0 or measured.run.position > 0:
        return None
    known = measured.points > 0 and math.isfinite(measured.train_loss)
    evidence = {"train_loss": measured.train_loss, "points": measured.points}
    return finding("not-started", 1.0, evidence, cause="" if known else "no-loss")


def course(measured: Measurements) -> Finding | None:
    """Whether the training loss falls, rises, goes up and down or stays; with a forecast where one can be made."""
    trend = measured.trend
    if measured.epoch == 0 or not measured.finite or measured.points == 0:
        return None
    evidence = {"train_loss": measured.train_loss, "epochs": trend.epochs}
    if trend.falling:
        return _falling(measured, evidence)
    if trend.highest >= NEGLIGIBLE * measured.levels.constant:  # the last digits of a smaller one say nothing
        if trend.rising:
            return finding("rising", 0.8, evidence)
        if trend.unsteady:
            evidence |= {"roughness": trend.roughness, "median": trend.median, "highest": trend.highest}
            return finding("unsteady", 0.8, evidence, cause="dropout" if steadier_without_dropout(measured) else "")
    lowered = {"learning_rate_now": measured.run.learning_rate_now} if measured.rate_lowered else {}
    return finding("level", 0.8, evidence | lowered, cause="schedule" if lowered else "")


def _falling(measured: Measurements, evidence: dict[str, float]) -> Finding:
    """The loss falls; with a forecast where one can be made."""
    fallen = {"fallen": -math.expm1(-measured.trend.slope * measured.trend.epochs)}
    forecast = measured.forecast
    if forecast is None:
        return finding("falling", 0.8, evidence | fallen)
    ahead = {"epochs_left": forecast.epochs_left, "goal": forecast.goal}
    return finding("falling", 0.9, ahead | evidence | fallen, cause="forecast")
