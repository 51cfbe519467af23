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


LONG = "a class whose name is as long as a sentence"


@pytest.mark.parametrize(
    ("experiment", "hint"),
    [
        (Experiment(dataset="circle"), "blue is “inside”, orange is “outside”, and pale is unsure."),
        (Experiment(dataset="circle", loss="hinge"), "blue is “inside”, orange is “outside”, and pale is unsure."),
        (Experiment(dataset="circle", loss="cross-entropy"), "How probable “inside” is at every position"),
        (Experiment(dataset="iris"), "The class with the largest probability at every position; pale is unsure."),
        (Experiment(dataset="reg-plane"), "The number that the network predicts for every position"),
        (Experiment(data=([[0, 1], [1, 0]], ["b", LONG])), "blue is “b”, orange is “a class whose name is a…”"),
    ],
)
def test_the_hint_of_the_output_is_true_of_what_is_drawn(experiment: Experiment, hint: str) -> None:
    assert hint in output_fact(experiment).hint
