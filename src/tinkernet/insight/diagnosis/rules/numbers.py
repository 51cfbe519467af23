"""Rules on numbers out of bounds."""

import numpy as np

from tinkernet.insight.diagnosis.cures import less_regularization, lower_rate, other_start
from tinkernet.insight.diagnosis.finding import Finding
from tinkernet.insight.diagnosis.measured import Measured
from tinkernet.insight.diagnosis.words import figure, whole

# Outputs a thousand times as large as any label are beyond all that could be meant.
HUGE_LOSS = 1e6


def diverged(measured: Measured) -> Finding | None:
    """Whether a weight or the loss is infinite, not a number, or beyond all that could be meant."""
    loss = measured.train_loss
    if measured.points == 0 and np.isfinite(measured.parameters).all():
        return None
    if measured.finite and loss < HUGE_LOSS:
        return None
    rows = measured.run.history.since(-1)
    lost = rows[~(rows[:, 1] < HUGE_LOSS), 0]
    since = int(lost[0]) if len(lost) else measured.epoch
    what = "numbers that are too large for the computer" if not measured.finite else f"a loss of {figure(loss)}"
    experiment = measured.experiment
    cures = (*less_regularization(experiment),) if explodes_by(measured) > 2 else ()
    return Finding(
        kind="diverged",
        message=f"Training has broken down: since epoch {whole(since) if since else 0} the network has {what}.",
        reason="Each step overshot by more than the one before; nothing can be learned from here, start again.",
        confidence=1.0,
        evidence={"epoch": since, "learning_rate": experiment.learning_rate},
        cures=(*cures, *(lower_rate(experiment) if experiment.learning_rate > 0 else other_start(experiment))),
    )


def explodes_by(measured: Measured) -> float:
    """Learning rate × regularization rate where it pulls by the weight's own size, as L2 does; else 0."""
    experiment = measured.experiment
    return experiment.learning_rate * experiment.regularization_rate if experiment.regularization == "L2" else 0.0


def regularization_explodes(measured: Measured) -> Finding | None:
    """Whether L2 must blow the weights up: each update multiplies a weight by 1 − learning rate × rate.

    Over 2, that factor is under −1. So it is known before training.
    """
    product = explodes_by(measured)
    if product <= 2 or measured.points == 0 or measured.weight_size == 0:
        return None
    experiment = measured.experiment
    learning, pull = figure(experiment.learning_rate), figure(experiment.regularization_rate)
    return Finding(
        kind="regularization-explodes",
        message=(
            f"These two rates can't go together: at each step L2 multiplies every weight by "
            f"1 − {learning} × {pull} = {figure(1 - product)}, so the weights must explode."
        ),
        reason="Learning rate times regularization rate must stay under 2, and well under it to be of use.",
        confidence=1.0,
        evidence={"product": product, "factor": 1 - product},
        cures=(*less_regularization(experiment), *lower_rate(experiment, most=0.03)),
    )
