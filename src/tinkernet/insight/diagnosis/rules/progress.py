"""Notes on how it goes: what a line under the curve can always say."""

import math

from tinkernet.insight.diagnosis.finding import Finding
from tinkernet.insight.diagnosis.gap import gap_of
from tinkernet.insight.diagnosis.measured import Measured
from tinkernet.insight.diagnosis.pace import next_goal
from tinkernet.insight.diagnosis.words import counted, figure, percent, whole


def solved(measured: Measured) -> Finding | None:
    """Whether it does what it should, on the points held back as well."""
    if measured.epoch == 0 or not measured.solved:
        return None
    test, accuracy = measured.test_loss, measured.run.test_accuracy
    if measured.points < 20 or (measured.test_points >= 20 and not _holds(measured)):
        return None
    held = f", and {percent(accuracy)} of those held back" if accuracy is not None else ""
    right = measured.run.train_accuracy
    message = (
        f"Solved: it tells {percent(right)} of the training points right{held}."
        if right is not None
        else f"Solved: the training loss is {figure(measured.train_loss)}"
        + (f", the test loss {figure(test)}." if math.isfinite(test) else ".")
    )
    return Finding(
        kind="solved",
        message=message,
        confidence=0.95 if measured.test_points else 0.7,
        evidence={"train_loss": measured.train_loss, "test_loss": test},
    )


def _holds(measured: Measured) -> bool:
    """Whether the points held back say the same."""
    if gap_of(measured) is not None:
        return False
    accuracy = measured.run.test_accuracy
    if accuracy is not None:
        return accuracy >= 0.95 and measured.test_loss <= 0.08
    return measured.test_loss <= max(0.06 * measured.constant_of_test, 1e-9)


def noise_floor(measured: Measured) -> Finding | None:
    """Whether what is left of the loss is about what the noise leaves to any network."""
    if measured.epoch == 0 or measured.solved or not measured.at_floor or measured.experiment.noise == 0:
        return None
    if measured.undone < -0.25 or gap_of(measured) is not None:
        return None
    return Finding(
        kind="noise-floor",
        message=(
            f"About as good as the noise allows: the training loss is {figure(measured.train_loss)}, "
            f"and neighbouring points differ by about as much ({figure(measured.least)})."
        ),
        confidence=0.7,
        evidence={"train_loss": measured.train_loss, "test_loss": measured.test_loss, "noise": measured.least},
    )


def not_started(measured: Measured) -> Finding | None:
    """Whether nothing has been trained yet."""
    if measured.epoch > 0 or measured.run.position > 0:
        return None
    return Finding(
        kind="not-started",
        message=(
            f"Not trained yet: with its first weights the network has a training loss of {figure(measured.train_loss)}."
        ),
        confidence=1.0,
        evidence={"train_loss": measured.train_loss, "points": measured.points},
    )


def course(measured: Measured) -> Finding | None:
    """Whether the training loss falls, rises, jumps or stands, with the epochs left at this pace."""
    pace, loss = measured.pace, measured.train_loss
    if measured.epoch == 0 or not measured.finite or measured.points == 0:
        return None
    evidence = {
        "train_loss": loss,
        "fall_per_epoch": pace.slope * loss,
        "roughness": pace.roughness,
        "epochs": pace.epochs,
    }
    if pace.falling:
        goal = next_goal(loss)
        left = pace.epochs_to(loss, goal)
        if left < 1e6:
            return Finding(
                kind="falling",
                message=(
                    f"Falling. At this pace about {counted_epochs(left)} more to a training loss of {figure(goal)}."
                ),
                confidence=0.8,
                evidence={**evidence, "epochs_left": left, "goal": goal},
            )
    if pace.rising:
        message = f"The training loss is rising: it is {figure(loss)} now."
        return Finding(kind="rising", message=message, confidence=0.8, evidence=evidence)
    if pace.unsteady:
        message = (
            f"The training loss goes up and down, about {figure(pace.median)}; "
            f"its highest of late was {figure(pace.highest)}."
        )
        return Finding(kind="unsteady", message=message, confidence=0.8, evidence=evidence)
    message = f"Level: the training loss has stayed at about {figure(loss)} for {counted_epochs(pace.epochs)}."
    return Finding(kind="level", message=message, confidence=0.8, evidence=evidence)


def counted_epochs(count: float) -> str:
    """About so many epochs, in two digits."""
    return counted(1, "epoch") if count <= 1 else f"{whole(count)} epochs"
