"""Time slices: as many epochs as fit, even if the estimate is wrong."""

from collections.abc import Callable

from tinkernet import Run
from tinkernet.session.time_slices import MOST_SLICES, TimeSlices


def ticking(seconds: float) -> Callable[[], float]:
    """A clock that advances by a fixed amount on every call."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += seconds
        return now

    return clock


def test_a_slice_ends_in_time_if_epochs_take_far_longer_than_estimated() -> None:
    # As with the reference engine: 150 epochs are estimated to fit.
    run = Run(seed="1")
    ended, trained = TimeSlices(ticking(0.02)).train(run, 10**6, 0.005, None, lambda: False)
    assert (ended, trained) == (1, 1.0)


def test_a_slice_is_used_fully_if_epochs_are_as_fast_as_estimated() -> None:
    run = Run(seed="1")
    ended, _ = TimeSlices(ticking(1e-6)).train(run, 10**6, 0.005, None, lambda: False)
    assert ended > 100


def test_a_slice_ends_on_request() -> None:
    run = Run(seed="1")
    ended, _ = TimeSlices(ticking(0.0)).train(run, 10**6, 5.0, None, lambda: run.epoch > 0)
    assert ended == 1
    assert MOST_SLICES > 1
