"""Trend: how the training loss has changed lately, from the last epochs of the history."""

import math
from dataclasses import dataclass

import numpy as np
from numpy import ndarray

from tinkernet.arrays import Float64

MOST_ROWS = 300
LEAST_ROWS = 6
# The last third of the epochs so far, as training starts faster than it continues; but at least this many epochs.
SHARE, LEAST_EPOCHS = 1 / 3, 12


@dataclass(frozen=True)
class Trend:
    """The training loss over a stretch of epochs; losses are compared by their logarithms.

    `slope` is the fall of the logarithm per epoch (least squares), `fall` that from the stretch's first third to its
    last (medians), `roughness` the typical size of a step up or down besides, `highest` and `median` losses in it.
    """

    epochs: int
    rows: int
    slope: float
    fall: float
    roughness: float
    median: float
    highest: float

    @property
    def falling(self) -> bool:
        """Whether it has fallen by more than chance."""
        doubt = self.roughness if self.rows >= LEAST_ROWS else 0.0
        return self.slope > 0 and self.fall > max(0.003, doubt)

    @property
    def rising(self) -> bool:
        """Whether it has risen by more than chance."""
        return self.rows >= LEAST_ROWS and self.slope < 0 and -self.fall > max(0.02, 2 * self.roughness)

    @property
    def unsteady(self) -> bool:
        """Whether it goes up and down by a twentieth or more from epoch to epoch."""
        return self.rows >= LEAST_ROWS and self.roughness > 0.05


@np.errstate(all="ignore")
def trend_of(rows: Float64[ndarray, "n 3"]) -> Trend:
    """The trend at the end of these rows of a history (epoch, training loss, test loss)."""
    rows = rows[np.isfinite(rows[:, 1])]
    if len(rows) < 2:
        return Trend(0, len(rows), 0.0, 0.0, 0.0, math.nan, math.nan)
    way = rows[-1, 0] - rows[0, 0]
    rows = rows[rows[:, 0] >= rows[-1, 0] - max(LEAST_EPOCHS, SHARE * way)]
    steps = np.diff(np.log(np.maximum(rows[:, 1], 1e-12)))
    stride = -(-len(rows) // MOST_ROWS)
    rows = rows[::-stride][::-1]  # evenly taken, the last one among them
    epochs, logs = rows[:, 0], np.log(np.maximum(rows[:, 1], 1e-12))
    middle = epochs - epochs.mean()
    third = max(1, len(rows) // 3)
    return Trend(
        epochs=int(epochs[-1] - epochs[0]),
        rows=len(rows),
        slope=-float(middle @ logs / (middle @ middle)),
        fall=float(np.median(logs[:third]) - np.median(logs[-third:])),
        roughness=float(np.mean(np.abs(steps - np.median(steps)))),
        median=float(np.median(rows[:, 1])),
        highest=float(rows[:, 1].max()),
    )
