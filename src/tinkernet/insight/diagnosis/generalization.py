"""The gap between test and training loss, where it is wide and no chance, or where the test loss keeps rising."""

import math

import numpy as np

from tinkernet.insight.diagnosis.measurements import Measurements

# As a share of what the best constant answer would lose.
WIDE_GAP = 0.16
# With fewer, it takes less to be sure that a gap is more than bad luck with the points.
MANY_POINTS = 100


# A test loss that rises while the training loss falls is memorizing, however small the gap still is: by this share of
# its lowest value, while the training loss is down by as much and only this share of the test loss.
RISEN, APART, SMALL_GAP = 0.15, 0.5, 0.1
LATELY = 0.05
# As a share of what there is to learn: to be so far below the noise takes memorizing.
BELOW_NOISE = 0.2


def gap_of(measured: Measurements) -> dict[str, float] | None:
    """How far the test loss is above the training loss, where that is no chance and matters; else None."""
    if not measured.finite or measured.test_points < 20 or measured.points < 2 or measured.epoch == 0:
        return None
    if measured.train_loss >= measured.levels.constant:
        return None  # what does worse than a constant output has memorized nothing
    gap = measured.test_loss - measured.train_loss
    share = gap / float(np.fmax(measured.levels.constant, measured.constant_of_test))
    # How far the two means would differ by chance: the standard error of a difference of means.
    chance = math.sqrt(sum(float(losses.var()) / len(losses) for losses in measured.losses))
    many = measured.points >= MANY_POINTS
    wide = share > WIDE_GAP and gap > (3 if many else 2.5) * chance
    # No worse than neighbours would do is all that can be asked for.
    wide = wide and measured.test_loss >= max((1.3 if many else 1.15) * measured.noise_loss, 1.4 * measured.train_loss)
    beyond_chance = share > SMALL_GAP and gap > 2.3 * chance
    if not wide and not (beyond_chance and (parted(measured) or _noise_is_learned(measured))):
        return None
    return {"train_loss": measured.train_loss, "test_loss": measured.test_loss, "gap": gap, "chance": chance}


def _noise_is_learned(measured: Measurements) -> bool:
    """Whether the training loss is far below what noise leaves to any network, while the test loss is above that."""
    far_below = measured.noisy and measured.remaining < -BELOW_NOISE
    return far_below and measured.test_loss > 1.2 * max(measured.noise_loss, measured.train_loss / APART)


def parted(measured: Measurements) -> bool:
    """Whether the test loss has risen since it was lowest, while the training loss has continued to fall."""
    rows = measured.run.history.since(measured.since - 1)
    rows = rows[np.isfinite(rows[:, 1:]).all(axis=1)]
    if measured.age < 50 or len(rows) < 20:
        return False
    # Medians of a few epochs: in a curve that jumps, the lowest and the last value are luck.
    size = max(5, int(LATELY * len(rows)))
    blocks = rows[len(rows) % size :].reshape(-1, size, 3)
    medians = np.median(blocks[:, :, 1:], axis=1)
    train, test = medians[-1]
    then, lowest = medians[int(np.argmin(medians[:, 1]))]
    return bool(test > (1 + RISEN) * lowest and train < (1 - RISEN) * then and train < APART * test)
