"""The hints that depend on the experiment."""

import pytest

from tinkernet import Experiment
from tinkernet.network import LOSSES
from tinkernet.protocol.experiment_facts import output_fact


@pytest.mark.parametrize("loss", LOSSES)
def test_the_hint_of_the_training_loss_says_what_is_averaged(loss: str) -> None:
    hint = output_fact(Experiment(loss=loss)).train_loss_hint
    assert hint == f"How wrong the network is on the points it learns from: {LOSSES[loss].measure}, on average."


def test_each_loss_says_something_else_in_the_hint() -> None:
    measures = {loss.measure for loss in LOSSES.values()}
    assert len(measures) == len(LOSSES)
    assert LOSSES[next(iter(LOSSES))].measure == "half the squared error"
