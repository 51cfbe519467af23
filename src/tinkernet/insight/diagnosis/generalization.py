"""The gap between test and training loss, where it is wide and no chance."""

import math

from tinkernet.insight.diagnosis.measurements import Measurements

# As a share of what the best constant answer would lose.
WIDE_GAP = 0.16
# With fewer, it takes less to be sure that a gap is more than bad luck with the points.
MANY_POINTS = 100


def gap_of(measured: Measurements) -> dict[str, float] | None:
    """How far the test loss is above the training loss, where it is wide and no chance; else None."""
    if not measured.finite or measured.test_points < 20 or measured.points < 2 or measured.epoch == 0:
        return None
    gap = measured.test_loss - measured.train_loss
    if not gap > WIDE_GAP * max(measured.bounds.constant, measured.constant_of_test):
        return None
    # How far the two means would differ by chance: the standard error of a difference of means.
    chance = math.sqrt(sum(float(losses.var()) / len(losses) for losses in measured.losses))
    many = measured.points >= MANY_POINTS
    if not gap > (3 if many else 2.5) * chance:
        return None
    # No worse than neighbours would do is all that can be asked for.
    if measured.test_loss < max((1.3 if many else 1.15) * measured.noise_loss, 1.4 * measured.train_loss):
        return None
    return {"train_loss": measured.train_loss, "test_loss": measured.test_loss, "gap": gap, "chance": chance}
