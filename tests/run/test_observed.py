"""A run whose parameters something else sets."""

import numpy as np

from tinkernet import Experiment, Run
from tinkernet.run.observed import SPARSE, ObservedRun

EXPERIMENT = Experiment(seed="0.5", hidden=(3,))


def test_it_has_the_losses_of_the_parameters_that_it_is_given() -> None:
    trained, shown = Run(EXPERIMENT), ObservedRun(EXPERIMENT)
    for step in (5, 9):
        trained.train(step - trained.epoch)
        shown.observe(trained.parameters, step)
        assert (shown.epoch, shown.train_loss, shown.test_loss) == (step, trained.train_loss, trained.test_loss)
    assert shown.history.epochs.tolist() == [0, 5, 9]
    assert shown.history.train_loss[-1] == trained.train_loss
    assert np.array_equal(shown.outputs([[1, 2]])[-1], trained.outputs([[1, 2]])[-1])


def test_its_history_stays_small_however_long_it_is_observed() -> None:
    shown = ObservedRun(EXPERIMENT)
    for step in range(1, 20 * SPARSE, 7):
        shown.observe(shown.parameters, step)
    assert len(shown.history) < 5 * SPARSE
    assert shown.epoch >= 20 * SPARSE - 7


def test_a_step_that_is_earlier_ends_the_history_there() -> None:
    shown = ObservedRun(EXPERIMENT)
    shown.observe(shown.parameters, 4).observe(shown.parameters, 9).observe(shown.parameters, 5)
    assert shown.history.epochs.tolist() == [0, 4, 5]
