"""Runs with optimizers, schedules and dropout can be repeated, cut, saved, copied, edited and continued bit for bit."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec import structs
from runs import resign, same

from tinkernet import Adam, Cosine, Experiment, ExperimentError, Run, Starts, engine
from tinkernet.engine import compiled

OPTIONS: dict[str, dict[str, Any]] = {
    "adam with a schedule and dropout": {
        "optimizer": Adam(beta1=0.8),
        "schedule": Cosine(epochs=9),
        "dropout": (0.25, 0.5),
    },
    "momentum with a step": {"optimizer": "momentum", "schedule": "step,every:2", "dropout": 0.1},
    "nesterov with L1": {"optimizer": "nesterov", "regularization": "L1", "regularization_rate": 0.1},
    "rmsprop with cross-entropy": {"optimizer": "rmsprop", "schedule": "warm-up", "loss": "cross-entropy"},
    "adamw with huber": {"optimizer": "adamw", "schedule": "one-cycle,epochs:8", "loss": "huber,delta:0.3"},
    "activations by layer": {"activation": ("relu", "sigmoid"), "initializer": "he-normal,scale:0.5"},
}


@pytest.fixture(params=OPTIONS)
def experiment(request: pytest.FixtureRequest) -> Experiment:
    return Experiment(dataset="spiral", hidden=(5, 3), seed="0.5", batch_size=30, noise=10, **OPTIONS[request.param])


def test_a_run_in_the_middle_of_an_epoch_is_copied_and_saved_completely(experiment: Experiment, tmp_path: Path) -> None:
    run = Run(experiment).train(4).train_points(47)
    run.change(learning_rate=0.02)
    copied = run.copy()
    run.save(tmp_path / "run")
    loaded = Run.load(tmp_path / "run")
    restored = Run.from_checkpoint(run.checkpoint())
    assert loaded.events == run.events
    for other in (copied, loaded, restored):
        assert same(other, run)
    end = run.train(6).train_points(11)
    for other in (copied, loaded, restored):
        assert other.train(6).train_points(11).parameters.tobytes() == end.parameters.tobytes()


def test_training_in_portions_and_training_again_give_the_same_bits(experiment: Experiment) -> None:
    whole = Run(experiment).train(6)
    portions = Run(experiment).train(1)
    while portions.epoch < 6:
        portions.train_points(7)
    portions.go_to(6, 0)
    assert Run(experiment).train(6).parameters.tobytes() == whole.parameters.tobytes()
    # The portions may have run past the end of an epoch by a few points.
    further = Run(experiment).train(6)
    if portions.position:
        further.train_points(portions.position)
    assert portions.parameters.tobytes() == further.parameters.tobytes()


def test_the_reference_gives_the_same_bits(experiment: Experiment) -> None:
    fast = Run(experiment).train(3).train_points(40)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "fast_engine", lambda: None)
        slow = Run(experiment).train(3).train_points(40)
    assert fast.parameters.tobytes() == slow.parameters.tobytes()


def test_each_start_equals_a_single_run(experiment: Experiment) -> None:
    many = Starts(experiment, n=3).train(5)
    for i in range(3):
        single = Run(experiment.replace(start=i)).train(5)
        assert many.run(i).parameters.tobytes() == single.parameters.tobytes()
        assert many.train_loss[i] == single.train_loss
        assert same(many.run(i), single)


def test_an_earlier_moment_is_reached_with_all_that_the_optimizer_kept(experiment: Experiment) -> None:
    run = Run(experiment).train(20)
    run.change(learning_rate=0.01)
    run.train(20)
    for epoch in (0, 7, 20, 33):
        then = run.at(epoch)
        expected = Run(experiment).train(epoch) if epoch else Run(experiment)
        if epoch > 20:
            expected = Run(experiment).train(20).change(learning_rate=0.01).train(epoch - 20)
        assert then.parameters.tobytes() == expected.parameters.tobytes()
        assert then.checkpoint().learner.kept.tobytes() == expected.checkpoint().learner.kept.tobytes()
        assert then.checkpoint().learner.updates == expected.checkpoint().learner.updates


def test_the_mean_is_kept_by_an_optimizer_that_keeps_the_same() -> None:
    run = Run(Experiment(seed="1", optimizer="adam")).train(3)
    kept, updates = run.checkpoint().learner.kept.copy(), run.checkpoint().learner.updates
    assert kept.any()
    for optimizer in (Adam(beta1=0.5), "adamw"):
        run.change(optimizer=optimizer)
        assert np.array_equal(run.checkpoint().learner.kept, kept)
        assert run.checkpoint().learner.updates == updates
    run.change(schedule="cosine", dropout=0.2, learning_rate=0.001)
    assert np.array_equal(run.checkpoint().learner.kept, kept)


def test_another_optimizer_starts_from_0() -> None:
    run = Run(Experiment(seed="1", optimizer="adam")).train(3).train_points(4)
    weights = run.parameters.copy()
    run.change(optimizer="momentum")
    assert np.array_equal(run.parameters, weights)
    assert len(run.checkpoint().learner.kept) == run.layout.count
    assert not run.checkpoint().learner.kept.any()
    assert run.checkpoint().learner.updates == 0
    assert run.checkpoint().learner.counted == 4
    assert [event.text for event in run.events] == ["optimizer adam → momentum"]
    assert math.isfinite(run.train(3).train_loss)
    assert run.change(optimizer="sgd").checkpoint().learner.kept.size == 0


def test_a_reset_forgets_what_the_optimizer_kept(experiment: Experiment) -> None:
    run = Run(experiment).train(3).reset()
    assert not run.checkpoint().learner.kept.any()
    assert run.checkpoint().learner.updates == 0
    assert run.train(2).parameters.tobytes() == Run(experiment.replace(start=1)).train(2).parameters.tobytes()


def test_a_frozen_neuron_stays_under_every_optimizer(experiment: Experiment) -> None:
    run = Run(experiment)
    run.freeze(0, 1)
    weights, bias = run.weights[0][1].copy(), run.biases[0][1]
    run.train(3)
    assert np.array_equal(run.weights[0][1], weights)
    assert run.biases[0][1] == bias


def test_a_file_of_version_1_is_still_read() -> None:
    """It was written before optimizers, in the middle of an epoch, and then trained on there to this loss."""
    run = Run.load(Path(__file__).with_name("version-1.tinkernet"))
    assert (run.epoch, run.position) == (20, 97)
    assert run.experiment.optimizer == Experiment(seed="1").optimizer
    assert len(run.events) == 2
    assert run.train(5).train_loss.hex() == "0x1.e47a47c8ae614p-2"


@pytest.mark.parametrize(
    "change",
    [
        {"kept": b""},
        {"kept": bytes(8)},
        {"kept": bytes(100_000)},
        {"updates": -1},
        {"updates": 1 << 60},
        {"updates": "many"},
        {"kept": None},
    ],
    ids=str,
)
def test_a_file_with_a_wrong_state_of_the_optimizer_is_rejected(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "run"
    Run(Experiment(seed="1", optimizer="adam")).train(2).save(path)
    resign(path, change)
    with pytest.raises(ExperimentError) as caught:
        Run.load(path)
    assert caught.value.field == "file"
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("optimizer", ["adam,beta1:7", "adam,", "adam,beta3:0.5", "nothing", "adam," * 5000, "sgd,x:1"])
def test_a_file_with_an_unknown_option_is_rejected(tmp_path: Path, optimizer: str) -> None:
    path = tmp_path / "run"
    Run(Experiment(seed="1")).save(path)
    settings = structs.asdict(Experiment(seed="1")) | {"optimizer": optimizer}
    resign(path, {"experiment": settings, "origin": settings})
    with pytest.raises(ExperimentError) as caught:
        Run.load(path)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 700


def test_dropout_changes_nothing_but_training() -> None:
    plain, dropped = Run(Experiment(seed="1")), Run(Experiment(seed="1", dropout=0.5))
    assert dropped.parameters.tobytes() == plain.parameters.tobytes()
    assert dropped.train_loss == plain.train_loss
    assert dropped.reset().parameters.tobytes() == plain.reset().parameters.tobytes()
    assert dropped.train().parameters.tobytes() != plain.train().parameters.tobytes()
    assert engine.evaluate(dropped.rule, dropped.parameters, dropped.train_examples)[0] == dropped.train_loss
