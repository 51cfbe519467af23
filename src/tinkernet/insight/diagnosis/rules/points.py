"""Rules on what there is to learn from: inputs, points, classes, batches, and points learned by heart."""

import math

import numpy as np
from jaxtyping import Float64
from numpy import ndarray

from tinkernet.insight.diagnosis.cures import cure
from tinkernet.insight.diagnosis.finding import Cure, Finding
from tinkernet.insight.diagnosis.gap import MANY_POINTS, gap_of
from tinkernet.insight.diagnosis.measured import Measured
from tinkernet.insight.diagnosis.words import counted, figure, percent

FEW_POINTS, HARDLY_ANY = 60, 12
RARE = 0.1


def no_inputs(measured: Measured) -> Finding | None:
    """Whether the network sees nothing of its points."""
    if measured.experiment.features:
        return None
    return Finding(
        kind="no-inputs",
        message="The network sees nothing: no feature is switched on, so every point gets the same answer.",
        confidence=1.0,
        evidence={"features": 0},
        cures=cure(measured.experiment, features=("x", "y")),
    )


def too_few_points(measured: Measured) -> Finding | None:
    """Whether there are no points, hardly any, or few and a test that shows that they are too few."""
    experiment, points = measured.experiment, measured.points
    cures = cure(experiment, train_percent=50.0) if experiment.train_percent < 50 else ()
    if points == 0:
        return Finding(
            kind="too-few-points",
            message="There is nothing to learn from: no point is used for training.",
            confidence=1.0,
            evidence={"points": 0},
            cures=cures,
        )
    gap = gap_of(measured)
    few = points < HARDLY_ANY
    if not few and not (points <= FEW_POINTS and gap is not None):
        return None
    tail = ""
    if gap is not None:
        tail = f", and the test loss of {figure(measured.test_loss)} is far above the training loss of "
        tail += figure(measured.train_loss)
    return Finding(
        kind="too-few-points",
        message=f"Too few points to learn from: {counted(points, 'point')} for training{tail}.",
        reason="What a few points have in common by chance looks like a rule to the network.",
        confidence=0.9 if few else 0.7,
        evidence={"points": points, "parameters": measured.parameters.size, **(gap or {})},
        cures=cures,
    )


def class_imbalance(measured: Measured) -> Finding | None:
    """Whether nearly all training points are of one class."""
    labels = measured.run.train_data.labels
    if not measured.classes or len(labels) == 0:
        return None
    positive = float(np.mean(labels > 0))
    rare = min(positive, 1 - positive)
    if rare >= RARE:
        return None
    few = round(rare * len(labels))
    what = (
        "all training points are of one class"
        if few == 0
        else (f"only {few} of {len(labels)} training points ({percent(rare)}) are of the rarer class")
    )
    experiment = measured.experiment
    return Finding(
        kind="class-imbalance",
        message=f"One class is hardly there: {what}.",
        reason="Always giving the other class as the answer is nearly right, so that is what is learned first.",
        confidence=0.95 if few == 0 else 0.8,
        evidence={"rare_share": rare, "rare_points": few, "points": len(labels)},
        cures=(
            *(cure(experiment, train_percent=50.0) if experiment.train_percent < 50 else ()),
            *(cure(experiment, noise=0.0) if experiment.noise >= 30 else ()),
        ),
    )


def batch_too_large(measured: Measured) -> Finding | None:
    """Whether it takes several passes through the points until the weights move once."""
    if measured.points < HARDLY_ANY or measured.steps_per_epoch >= 0.999 or measured.solved:
        return None
    epochs = math.ceil(1 / measured.steps_per_epoch)
    return Finding(
        kind="batch-too-large",
        message=(
            f"The weights hardly ever move: a batch of {measured.experiment.batch_size:,} is more than the "
            f"{measured.points} training points, so there is one step in {epochs:,} epochs."
        ),
        confidence=0.95,
        evidence={"batch_size": measured.experiment.batch_size, "points": measured.points, "epochs_per_step": epochs},
        cures=cure(measured.experiment, batch_size=10),
    )


def overfitting(measured: Measured) -> Finding | None:
    """Whether the test loss is far above the training loss, or rises while that falls."""
    gap = gap_of(measured)
    if gap is None:
        return None
    rows = measured.run.history.since(measured.since - 1)
    tests = rows[np.isfinite(rows[:, 2]), 2]
    best = float(tests.min()) if len(tests) else measured.test_loss
    risen = measured.test_loss - best
    rising = risen > max(0.25 * gap["gap"], 2 * gap["chance"])
    per_point = measured.parameters.size / measured.points
    on_the_way = measured.undone > 0.6 or (measured.undone > 0.1 and (measured.pace.falling or _falls(tests)))
    narrow = gap["gap"] < 0.2 * measured.floor.constant
    if not rising and (on_the_way or narrow or per_point < 0.1):
        return None  # on the way the two may part for a while, and a few weights can't learn by heart
    tail = f"; the test loss was {figure(best)} before" if rising else ""
    return Finding(
        kind="overfitting",
        message=(
            f"It learns the training points by heart: the test loss of {figure(measured.test_loss)} is far above the "
            f"training loss of {figure(measured.train_loss)}{tail}."
        ),
        reason=_why_by_heart(measured, per_point),
        confidence=0.9 if rising else 0.7,
        evidence={
            **gap,
            "best_test_loss": best,
            "parameters": measured.parameters.size,
            "points": measured.points,
            "noise": measured.experiment.noise,
        },
        cures=_against_learning_by_heart(measured),
    )


def _falls(losses: Float64[ndarray, " epochs"]) -> bool:
    """Whether the losses of the last third of the way, or of twenty epochs, fall by more than a fifteenth."""
    late = losses[-max(20, len(losses) // 3) :]
    third = max(1, len(late) // 3)
    return float(np.median(late[-third:])) < 0.93 * float(np.median(late[:third]))


def _why_by_heart(measured: Measured, per_point: float) -> str:
    weights, points = counted(measured.parameters.size, "weight and bias", "weights and biases"), measured.points
    if per_point > 0.5:
        return f"With {weights} for {points} points it can bend around each one."
    if measured.experiment.noise >= 20:
        return f"With {measured.experiment.noise:g} % noise there is much in {points} points that holds for them only."
    return f"With {weights}, {points} points do not say enough about the places between them."


def _against_learning_by_heart(measured: Measured) -> tuple[Cure, ...]:
    experiment = measured.experiment
    smaller = tuple(max(2, count // 2) for count in experiment.hidden[:2])
    more = cure(experiment, train_percent=70.0) if experiment.train_percent < 70 else ()
    softer = cure(experiment, regularization="L2", regularization_rate=0.01) if not measured.regularized else ()
    fewer = cure(experiment, hidden=smaller) if measured.hidden_neurons > 6 else ()
    return (*more, *softer, *fewer) if measured.points < MANY_POINTS else (*softer, *fewer, *more)
