"""The exported training of a run has the losses of the run."""

from typing import Any

import numpy as np
import pytest

from tinkernet import Experiment, ExperimentError, Run, export
from tinkernet.export.networks.training_code import LOSS_CODE, OPTIMIZER_CODE, PENALTY_CODE, SCHEDULE_CODE
from tinkernet.network import ACTIVATIONS, LOSSES, OPTIMIZERS, REGULARIZATIONS, SCHEDULES
from tinkernet.network.heads import HEADS
from tinkernet.network.parameters import option_in

EPOCHS = 10
EXPERIMENTS: list[dict[str, Any]] = [
    {"activation": "relu", "dataset": "spiral", "features": ["x", "y", "sinX", "x*y^2/9"], "hidden": (8, 6)},
    {"activation": list(ACTIVATIONS), "hidden": [3] * len(ACTIVATIONS), "optimizer": "nesterov,momentum:0"},
    {"optimizer": "momentum", "batch_size": 7, "regularization": "L1", "regularization_rate": 0.003},
    {"optimizer": "nesterov", "schedule": "warm-up,epochs:4", "regularization": "L2", "regularization_rate": 0.01},
    {"optimizer": "rmsprop", "learning_rate": 0.01, "regularization": "L1", "regularization_rate": 0.01},
    {"optimizer": "adam", "schedule": "cosine,epochs:7,lowest:0.1", "dataset": "three-spirals"},
    {"optimizer": "adamw", "schedule": "one-cycle,epochs:8", "dataset": "iris", "train_percent": 70},
    {"schedule": "step,every:3", "loss": "cross-entropy", "batch_size": 1, "learning_rate": 0.003},
    {"schedule": "exponential", "loss": "hinge", "regularization": "L1", "regularization_rate": 0.03},
    {"loss": "huber,delta:0.5", "regularization": "L2", "regularization_rate": 0.1, "batch_size": 400},
    {"dataset": "reg-gauss", "loss": "huber,delta:0.1", "optimizer": "adam", "regularization": "L2"},
    {"dataset": "reg-plane", "hidden": (), "learning_rate": 0.001, "train_percent": 90},
]


def losses_of(run: Run) -> np.ndarray:
    """The training and test losses of the exported training."""
    names: dict[str, Any] = {"__name__": "exported"}
    exec(compile(export.torch(run, training=True), "exported", "exec"), names)  # noqa: S102 - a program that we made
    return np.array(names["train"](EPOCHS))


@pytest.mark.parametrize("number", range(len(EXPERIMENTS)))
def test_the_exported_training_has_the_same_losses(number: int) -> None:
    run = Run(Experiment(seed="0.3", **EXPERIMENTS[number])).train(EPOCHS)
    expected = np.stack([run.history.train_loss, run.history.test_loss], axis=1)
    np.testing.assert_allclose(losses_of(run), expected, rtol=0, atol=1e-9)


def test_what_was_set_before_training_is_in_it() -> None:
    run = Run(Experiment(seed="0.3", dataset="circle", hidden=(4, 3), optimizer="adam"))
    run.freeze(0, 1)
    run.switch(0, 2, on=False)
    run.set_weight(0, 0, 0, 0.7)
    run.change(learning_rate=0.01, regularization="L1", regularization_rate=0.01)
    run.train(EPOCHS)
    expected = np.stack([run.history.train_loss, run.history.test_loss], axis=1)
    np.testing.assert_allclose(losses_of(run)[1:], expected[1:], rtol=0, atol=1e-9)


def test_every_optimizer_schedule_loss_and_penalty_is_exported() -> None:
    assert set(OPTIMIZER_CODE) == set(OPTIMIZERS)
    assert set(SCHEDULE_CODE) == set(SCHEDULES)
    assert set(LOSS_CODE) == {(head.loss.name, head.several) for head in HEADS}
    assert set(PENALTY_CODE) == set(REGULARIZATIONS)
    made = [Experiment(seed="0.3", **one) for one in EXPERIMENTS]
    assert {option_in(OPTIMIZERS, one.optimizer).name for one in made} == set(OPTIMIZERS)
    assert {option_in(SCHEDULES, one.schedule).name for one in made} == set(SCHEDULES)
    assert {(option_in(LOSSES, one.loss).name, one.head.several) for one in made} == set(LOSS_CODE)


def test_training_that_cannot_be_repeated_is_refused() -> None:
    run = Run(seed=1).train(3)
    run.learning_rate = 0.1
    with pytest.raises(ExperimentError, match=r"training is 'changed at epoch 3: learning rate 0.03 → 0.1', but must"):
        export.torch(run, training=True)
    with pytest.raises(ExperimentError, match=r"dropout is 0.2, but must be 0 to export the training"):
        export.torch(Run(seed=1, dropout=0.2), training=True)
