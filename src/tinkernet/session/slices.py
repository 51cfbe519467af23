"""Slices: how much training fits into a turn, so that the next turn is never far."""

from collections.abc import Callable
from time import perf_counter

from tinkernet.run import Run

SECONDS_PER_PRODUCT = 2e-9
"""A first guess, before anything was measured: how long one weight takes for one point."""
SECONDS_PER_EPOCH = 2e-5
LONG = 0.025
"""An epoch that takes more seconds than this is trained in parts."""


class Slices:
    """Trains one run slice by slice, and learns how long its epochs take."""

    def __init__(self, run: Run) -> None:
        products = run.parameters.size * len(run.train_data)
        self._epoch_seconds = SECONDS_PER_EPOCH + SECONDS_PER_PRODUCT * products

    def train(
        self, run: Run, epochs: int, seconds: float, until_loss: float | None, stop: Callable[[], bool]
    ) -> tuple[int, float]:
        """Train at most so many epochs and about so many seconds: how many epochs have ended, and how many it made."""
        began = perf_counter()
        epoch, before = run.epoch, progress(run)
        count = len(run.train_data)
        if self._epoch_seconds > LONG and count:
            points = max(1, int(count * seconds / self._epoch_seconds))
            run.train_points(min(points, count - run.position))
        else:
            run.train(min(epochs, max(1, int(seconds / self._epoch_seconds))), until_loss=until_loss, stop=stop)
        made = progress(run) - before
        if made > 0:
            self._epoch_seconds = max(1e-7, (perf_counter() - began) / made)
        return run.epoch - epoch, made


def small_step(run: Run, unit: str) -> None:
    """One point, or all up to the next move of the weights."""
    count = len(run.train_data)
    if count == 0:
        run.train(1)
    elif unit == "point":
        run.train_points(1)
    else:
        batch = run.experiment.batch_size
        run.train_points(min(batch - run.position % batch, count - run.position))


def progress(run: Run) -> float:
    """How many epochs it has made, the one under way by its share."""
    return run.epoch + run.position / max(1, len(run.train_data))
