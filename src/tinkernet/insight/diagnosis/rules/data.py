"""Rules on the training data: inputs, points, classes, batches, and overfitting."""

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64
from tinkernet.insight.diagnosis.cures import cure, regularize
from tinkernet.insight.diagnosis.found import finding
from tinkernet.insight.diagnosis.generalization import MANY_POINTS, gap_of, parted
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.traits import USUAL
from tinkernet.run.finding import Cure, Finding

FEW_POINTS, HARDLY_ANY = 60, 12
# As a share of what it would be if all classes were equally frequent.
RARE = 0.2
# Shares of the most frequent class.
ALWAYS, FREQUENT = 0.9, 0.75
ABOUT, TIME_TO_LEARN = 0.02, 100
# Overlapping labels that leave this share of a constant output's loss to any network are worth naming.
OVERLAPPING = 0.2


def no_inputs(measured: Measurements) -> Finding | None:
    """Whether the network has no inputs."""
    if measured.experiment.features:
        return None
    return finding(
        "no-inputs", 1.0, {"features": 0}, cures=cure(measured.experiment, features=measured.experiment.inputs.usual)
    )


def too_few_points(measured: Measurements) -> Finding | None:
    """Whether there are no points, hardly any, or few and a test that shows that they are too few."""
    experiment, points = measured.experiment, measured.points
    cures = (
        cure(experiment, train_percent=USUAL.train_percent) if experiment.train_percent < USUAL.train_percent else ()
    )
    if points == 0:
        return finding("too-few-points", 1.0, {"points": 0}, cause="none", cures=cures)
    gap = gap_of(measured)
    few = points < HARDLY_ANY
    if not few and not (points <= FEW_POINTS and gap is not None):
        return None
    return finding(
        "too-few-points",
        0.9 if few else 0.7,
        {"points": points, "parameters": measured.parameters.size, **(gap or {})},
        cause="few" if gap is None else "gap",
        cures=cures,
    )


def class_imbalance(measured: Measurements) -> Finding | None:
    """Whether nearly all training points are of one class, or one of several has hardly any."""
    if not measured.classes or measured.points == 0:
        return None
    experiment = measured.experiment
    classes = len(experiment.classes)
    counts = np.bincount(experiment.head.classes_of(measured.run.train_examples.labels), minlength=classes)
    few, most = int(counts.min()), int(counts.max())
    rare = few / measured.points
    always = most < measured.points and _always_guesses(measured, most / measured.points)
    if rare >= RARE / classes and not always:
        return None
    more = experiment.train_percent < USUAL.train_percent
    return finding(
        "class-imbalance",
        0.95 if few == 0 else 0.8,
        {
            "rare_share": rare,
            "rare_points": few,
            "points": measured.points,
            **(_as_guessed(measured, most / measured.points) if always else {}),
        },
        cause="always" if always else _imbalance(few, most, measured.points, classes),
        cures=(
            *(cure(experiment, train_percent=USUAL.train_percent) if more else ()),
            *(cure(experiment, noise=0.0) if experiment.noise >= 30 else ()),
        ),
    )


def _always_guesses(measured: Measurements, most: float) -> bool:
    """Whether one class is so frequent that guessing it looks good, and the network is no better than that.

    Where it is not so frequent that this is to be expected, the network must have had time to learn.
    """
    accuracy = measured.run.train_accuracy
    if accuracy is None or measured.epoch == 0 or not measured.finite or not most - ABOUT <= accuracy <= most:
        return False
    return most >= ALWAYS or (most >= FREQUENT and measured.age >= TIME_TO_LEARN and not measured.falls(0.02))


def _as_guessed(measured: Measurements, most: float) -> dict[str, float]:
    return {"frequent_share": most, "train_accuracy": measured.run.train_accuracy or 0.0}


def _imbalance(fewest: int, most: int, points: int, classes: int) -> str:
    if most == points:
        return "one-class"
    if classes == 2:
        return "rare"
    return "rare-of-several" if fewest else "missing"


def batch_too_large(measured: Measurements) -> Finding | None:
    """Whether an epoch has fewer points than a batch: then the weights never move."""
    if measured.points == 0 or measured.steps_per_epoch > 0:
        return None
    batch = min(USUAL.batch_size, measured.points)
    return finding(
        "batch-too-large",
        1.0,
        {"batch_size": measured.experiment.batch_size, "points": measured.points},
        cures=cure(measured.experiment, batch_size=batch),
    )


def overfitting(measured: Measurements) -> Finding | None:
    """Whether the test loss is far above the training loss, or rises while that falls."""
    gap = gap_of(measured)
    if gap is None:
        return None
    rows = measured.run.history.since(measured.since - 1)
    tests = rows[np.isfinite(rows[:, 2]), 2]
    best = float(tests.min()) if len(tests) else measured.test_loss
    risen = measured.test_loss - best
    rising = risen > max(0.25 * gap["gap"], 2 * gap["chance"]) or parted(measured)
    per_point = measured.parameters.size / measured.points
    on_the_way = measured.remaining > 0.6 or (measured.remaining > 0.1 and (measured.trend.falling or _falls(tests)))
    narrow = gap["gap"] < 0.2 * measured.levels.constant
    if not rising and (on_the_way or narrow or per_point < 0.1):
        return None  # while it learns the two may differ for a time, and a few weights can't memorize
    why = _why_overfitting(measured, per_point)
    return finding(
        "overfitting",
        0.9 if rising else 0.7,
        {
            **gap,
            "best_test_loss": best,
            "parameters": measured.parameters.size,
            "points": measured.points,
            **({"noise": measured.experiment.noise} if measured.experiment.noise else {}),
        },
        cause=f"{why}-rising" if rising else why,
        cures=_against_overfitting(measured),
    )


def _falls(losses: Float64[ndarray, " epochs"]) -> bool:
    """Whether the losses of the last third of the way, or of twenty epochs, fall by more than a fifteenth."""
    late = losses[-max(20, len(losses) // 3) :]
    third = max(1, len(late) // 3)
    return float(np.median(late[-third:])) < 0.93 * float(np.median(late[:third]))


def _why_overfitting(measured: Measurements, parameters_per_point: float) -> str:
    if parameters_per_point > 0.5:
        return "flexible"
    if measured.experiment.noise >= 20:
        return "noise"
    overlap = measured.levels.overlap and measured.noise_loss > OVERLAPPING * measured.levels.constant
    return "overlap" if overlap else "sparse"


def _against_overfitting(measured: Measurements) -> tuple[Cure, ...]:
    experiment = measured.experiment
    smaller = tuple(max(2, count // 2) for count in experiment.hidden[:2])
    more = cure(experiment, train_percent=70.0) if experiment.train_percent < 70 else ()
    softer = regularize(experiment, 0.01) if not measured.regularized else ()
    fewer = cure(experiment, hidden=smaller) if measured.hidden_neurons > 6 else ()
    return (*more, *softer, *fewer) if measured.points < MANY_POINTS else (*softer, *fewer, *more)
