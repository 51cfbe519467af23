"""Rules on overflow: training that has diverged, and a penalty that must make it diverge."""

import numpy as np

from tinkernet.insight.diagnosis.cures import less_regularization, lower_rate, other_start
from tinkernet.insight.diagnosis.found import finding
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.traits import is_plain_descent, pull_per_weight
from tinkernet.network import REGULARIZATIONS
from tinkernet.run.finding import Finding

# An output is then a thousand times as large as any label.
HUGE_LOSS = 1e6


def diverged(measured: Measurements) -> Finding | None:
    """Whether a weight or the loss is infinite, not a number, or far too large."""
    loss = measured.train_loss
    if measured.points == 0 and np.isfinite(measured.parameters).all():
        return None
    if measured.finite and loss < HUGE_LOSS:
        return None
    rows = measured.run.history.since(-1)
    lost = rows[~(rows[:, 1] < HUGE_LOSS), 0]
    since = int(lost[0]) if len(lost) else measured.epoch
    experiment = measured.experiment
    cures = (*less_regularization(experiment),) if explodes_by(measured) > 2 else ()
    return finding(
        "diverged",
        1.0,
        {"epoch": since, "learning_rate": experiment.learning_rate, "train_loss": loss},
        cause="large-loss" if measured.finite else "overflow",
        cures=(*cures, *(lower_rate(experiment) if experiment.learning_rate > 0 else other_start(experiment))),
    )


LARGEST_PRODUCT = 1e300


def explodes_by(measured: Measurements) -> float:
    """Learning rate × the penalty's pull on a weight of 1, where the pull grows with the weight; else 0.

    Only gradient descent moves a weight by just that; other optimizers scale it.
    """
    experiment = measured.experiment
    if not is_plain_descent(experiment):
        return 0.0
    pull = pull_per_weight(REGULARIZATIONS[experiment.regularization])
    if pull == 0:
        return 0.0
    # Two rates of 10^200 are allowed, and their product is to be said as a number.
    return min(measured.run.learning_rate_now * experiment.regularization_rate * pull, LARGEST_PRODUCT)


def regularization_explodes(measured: Measurements) -> Finding | None:
    """Whether the penalty must make the weights explode: each update multiplies a weight by 1 − learning rate × rate.

    Where that product is over 2 the factor is under −1. So it is known before training.
    """
    product = explodes_by(measured)
    if product <= 2 or measured.points == 0 or measured.weight_size == 0:
        return None
    experiment = measured.experiment
    return finding(
        "regularization-explodes",
        1.0,
        {"product": product, "factor": 1 - product},
        cures=(*less_regularization(experiment), *lower_rate(experiment, most=0.03)),
    )
