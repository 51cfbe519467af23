"""Slices: as many epochs as fit, whatever was expected of them."""

from collections.abc import Callable

from tinkernet import Run
from tinkernet.session.slices import MOST_SLICES, Slices


def ticking(seconds: float) -> Callable[[], float]:
    """A clock on which so much time passes between two looks."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += seconds
        return now

    return clock


def test_a_slice_ends_in_time_where_epochs_take_far_longer_than_expected() -> None:
    # As while the reference engine serves: 150 epochs are expected to fit.
    run = Run(seed="1")
    ended, trained = Slices(ticking(0.02)).train(run, 10**6, 0.005, None, lambda: False)
    assert (ended, trained) == (1, 1.0)


def test_a_slice_is_used_where_epochs_are_as_quick_as_expected() -> None:
    run = Run(seed="1")
    ended, _ = Slices(ticking(1e-6)).train(run, 10**6, 0.005, None, lambda: False)
    assert ended > 100


def test_a_slice_ends_where_it_is_told_to() -> None:
    run = Run(seed="1")
    ended, _ = Slices(ticking(0.0)).train(run, 10**6, 5.0, None, lambda: run.epoch > 0)
    assert ended == 1
    assert MOST_SLICES > 1
