"""TimeSlices: divides training into turns, so that each turn is short."""

from collections.abc import Callable

from tinkernet.run import Run

SECONDS_PER_PRODUCT = 2e-9
"""An initial estimate before anything is measured: the time for one weight and one point."""
SECONDS_PER_EPOCH = 2e-5
PROBE_EVERY = 8
"""After this many slices one tries twice as many epochs, and again for as long as that is faster per epoch."""
MOST_SLICES = 2
"""A slice ends when it takes more than this many times its planned duration."""
LONG_EPOCH_SECONDS = 0.025
"""An epoch that takes longer than this is trained in parts."""


class TimeSlices:
    """Trains one run in slices, and estimates how long its epochs take."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._run: Run | None = None
        self._epoch_seconds = 0.0
        self._slices = 0
        self._probe = 0
        """The number of epochs to try next, whatever their estimated duration."""

    def train(
        self, run: Run, epochs: int, seconds: float, until_loss: float | None, stop: Callable[[], bool]
    ) -> tuple[int, float]:
        """Train at most this many epochs for about this many seconds.

        Returns:
            The number of completed epochs, and the number of epochs trained, including fractions.
        """
        count = len(run.train_data)
        if run is not self._run:
            self._run = run
            self._epoch_seconds = SECONDS_PER_EPOCH + SECONDS_PER_PRODUCT * run.parameters.size * count
            self._probe = 0
        began = self._clock()
        epoch, before = run.epoch, progress(run)
        if self._epoch_seconds > LONG_EPOCH_SECONDS and count:
            points = max(1, int(count * seconds / self._epoch_seconds))
            run.train_points(min(points, count - run.position))
        else:
            wanted = max(1, int(seconds / self._epoch_seconds), self._probe)
            # If epochs take far longer than estimated, for example without the compiled engine, the clock ends it.
            late = began + MOST_SLICES * seconds
            run.train(
                min(epochs, wanted),
                until_loss=until_loss,
                stop=lambda: stop() or (progress(run) > before and self._clock() >= late),
            )
        trained = progress(run) - before
        if trained > 0:
            self._learn(trained, self._clock() - began, seconds)
        return run.epoch - epoch, trained

    def _learn(self, trained: float, spent: float, seconds: float) -> None:
        """Update the estimate, but try more epochs from time to time.

        A slice has a fixed overhead: in a short slice an epoch seems slow, and the next slice would be as short.
        """
        per_epoch = max(1e-7, spent / trained)
        improved = per_epoch < 0.8 * self._epoch_seconds
        self._epoch_seconds = per_epoch
        self._slices += 1
        more = spent <= MOST_SLICES * seconds and (self._slices % PROBE_EVERY == 0 or (self._probe > 0 and improved))
        self._probe = int(2 * trained) if more else 0


def small_step(run: Run, unit: str) -> None:
    """Train one point, or all points up to the next weight update."""
    count = len(run.train_data)
    if count == 0:
        run.train(1)
    elif unit == "point":
        run.train_points(1)
    else:
        batch = run.experiment.batch_size
        run.train_points(min(batch - run.position % batch, count - run.position))


def progress(run: Run) -> float:
    """The number of epochs the run has trained, including the fraction of the current one."""
    return run.epoch + run.position / max(1, len(run.train_data))
