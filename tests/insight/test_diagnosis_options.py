"""The diagnosis knows the training options: schedules, optimizers, losses, dropout, and activations by layer."""

import numpy as np
import pytest
from runs import trained

from tinkernet import Adam, Experiment, Run
from tinkernet.insight.diagnosis.measurements import Measurements
from tinkernet.insight.diagnosis.traits import schedule_share, step_for
from tinkernet.insight.diagnosis.trials import Trials
from tinkernet.network import ACTIVATIONS, OPTIMIZERS
from tinkernet.run.finding import Finding

pytestmark = pytest.mark.usefixtures("compiled")


def found(run: Run, **how: bool) -> dict[str, Finding]:
    return {finding.kind: finding for finding in run.diagnosis(**how)}


FAR_TOO_EARLY = {
    "cosine": "cosine,epochs:10",
    "one cycle": "one-cycle,epochs:12",
    "exponential": "exponential,factor:0.6",
    "steps": "step,every:3,factor:0.1",
}


@pytest.mark.parametrize("schedule", FAR_TOO_EARLY.values(), ids=list(FAR_TOO_EARLY))
def test_a_schedule_that_is_over_explains_a_standstill(schedule: str) -> None:
    run = trained(100, dataset="xor", schedule=schedule)
    findings = found(run, notes=True)
    assert "schedule-over" in findings
    assert not {"local-minimum", "learning-rate-too-small", "unlucky-start", "level"} & set(findings)
    over = findings["schedule-over"]
    assert over.message.startswith("The schedule has lowered the learning rate to ")
    assert over.evidence["learning_rate_now"] == run.learning_rate_now
    (cure,) = over.cures
    assert cure.label == "Set the schedule to Constant"
    assert cure.experiment.schedule == "constant"
    cured = run.copy().change(**cure.settings).train(100)
    assert cured.train_loss < 0.7 * run.train_loss


@pytest.mark.parametrize("schedule", ["constant", "cosine,epochs:2000", "warm-up,epochs:50", "step,every:500"])
def test_a_schedule_that_is_not_over_explains_nothing(schedule: str) -> None:
    assert "schedule-over" not in found(trained(100, dataset="xor", schedule=schedule), notes=True)


def test_a_schedule_that_is_over_when_all_is_learned_is_no_fault() -> None:
    run = trained(400, dataset="gauss", schedule="cosine,epochs:300")
    assert "schedule-over" not in found(run, notes=True)


def test_a_level_loss_says_that_the_schedule_has_lowered_the_rate() -> None:
    """With its one neuron the network can do no more, so the full rate would not help."""
    run = trained(600, dataset="spiral", hidden=(1,), noise=30, schedule="cosine,epochs:300")
    findings = found(run, notes=True)
    assert "schedule-over" not in findings
    if "level" in findings:
        assert "The schedule has lowered the learning rate" in findings["level"].reason


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_step_has_the_size_that_the_optimizer_gives_it(optimizer: str) -> None:
    experiment = Experiment(seed="1", optimizer=optimizer)
    small, large = step_for(experiment, 1e-3), step_for(experiment, 1e-1)
    scaled = optimizer in {"sgd", "momentum", "nesterov"}
    assert large / small == pytest.approx(100 if scaled else 1, rel=0.05)
    assert small == pytest.approx({"sgd": 1e-3, "momentum": 1e-2, "nesterov": 1e-2}.get(optimizer, 1.0), rel=0.3)


def test_the_usual_rate_of_adam_is_not_called_too_small() -> None:
    for dataset in ("circle", "xor", "gauss"):
        run = trained(100, dataset=dataset, optimizer="adam", learning_rate=0.003)
        assert "learning-rate-too-small" not in found(run)


def test_a_rate_that_is_far_too_large_for_adam_is_named() -> None:
    run = trained(60, dataset="spiral", hidden=(8, 8), optimizer="adam", learning_rate=3.0, batch_size=5)
    assert set(found(run)) & {"learning-rate-too-large", "stuck-output", "saturated"}
    assert "unlucky-start" not in found(run)


@pytest.mark.parametrize("optimizer", [name for name, entry in OPTIMIZERS.items() if entry.update is not None])
def test_no_other_optimizer_is_said_to_make_weights_explode_by_regularization(optimizer: str) -> None:
    strong = {"regularization": "L2", "regularization_rate": 10.0, "learning_rate": 0.3}
    assert "regularization-explodes" in found(trained(0, **strong))
    assert "regularization-explodes" not in found(trained(0, optimizer=optimizer, **strong))


def test_a_trial_continues_with_what_the_optimizer_keeps_and_in_the_schedule() -> None:
    run = trained(40, optimizer=Adam(beta1=0.8), schedule="cosine,epochs:60", dropout=0.1)
    ahead = Trials(run, 0.005, 12).continued()
    on = run.copy().train(len(ahead))
    assert np.array_equal(ahead, on.history.train_loss[-len(ahead) :])


def test_neurons_whose_activation_cannot_die_are_not_dead() -> None:
    for name, entry in ACTIVATIONS.items():
        run = trained(0, activation=name, hidden=(4, 3))
        for neuron in range(4):
            run.set_bias(0, neuron, -20.0)
        run.train(5)
        low = np.array([-20.0])
        passes = np.abs(entry.derivative(low, entry.function(low))).max() > 0
        findings = found(run)
        assert not (passes and "dead-neurons" in findings), name
    assert "dead-neurons" in found(_killed("relu"))
    assert not {"dead-neurons", "saturated"} & set(found(_killed("leaky-relu")))


def _killed(activation: str) -> Run:
    run = trained(0, activation=activation, hidden=(4, 3))
    for neuron in range(4):
        run.set_bias(0, neuron, -40.0)
    return run.train(5)


def test_only_layers_that_can_die_have_dead_neurons() -> None:
    run = trained(0, activation=("relu", "tanh"), hidden=(4, 3))
    for neuron in range(4):
        run.set_bias(0, neuron, -40.0)
    run.train(5)
    assert found(run)["dead-neurons"].neurons == tuple((0, neuron) for neuron in range(4))


@pytest.mark.parametrize("loss", ["cross-entropy", "hinge"])
@pytest.mark.parametrize("epochs", [0, 5, 300])
@pytest.mark.parametrize("dataset", ["circle", "spiral"])
def test_with_another_loss_nothing_is_said_that_holds_for_the_squared_error_only(
    loss: str, epochs: int, dataset: str
) -> None:
    run = trained(epochs, loss=loss, dataset=dataset, hidden=(4, 2))
    measured = Measurements(run)
    assert np.isnan(measured.bounds.constant)
    bounded = {"too-small", "noise-floor", "local-minimum", "stuck-output", "vanishing-gradients"}
    assert not bounded & set(found(run, notes=True))


def test_dropout_is_named_where_it_makes_the_loss_go_up_and_down() -> None:
    run = trained(150, dataset="circle", hidden=(3,), dropout=0.5, learning_rate=0.1, batch_size=5)
    findings = found(run, notes=True)
    assert "learning-rate-too-large" not in findings
    assert findings["unsteady"].cause == "dropout"
    assert findings["unsteady"].message == "Dropout makes the training loss go up and down."


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_dropout_alone_is_no_learning_rate_that_is_too_large(share: float) -> None:
    for dataset in ("xor", "circle", "gauss"):
        for seed in ("0.1", "0.5"):
            run = trained(80, dataset=dataset, seed=seed, dropout=share, hidden=(6, 4))
            assert "learning-rate-too-large" not in found(run)


def test_what_a_schedule_does_is_asked_for_by_epoch() -> None:
    experiment = Experiment(seed="1", schedule="step,every:10,factor:0.1")
    assert [schedule_share(experiment, epoch) for epoch in (0, 9, 10)] == [1.0, 1.0, 0.1]
