"""The diagnosis: correct for failing runs, silent for healthy ones, and fast."""

import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from labelled_runs import HEALTHY, SICK, judged
from runs import trained

from tinkernet import Experiment, Run, engine
from tinkernet.data import DATASETS
from tinkernet.insight.diagnosis import EVIDENCE, KINDS
from tinkernet.insight.diagnosis.diagnose import diagnose
from tinkernet.insight.diagnosis.formatting import Number
from tinkernet.insight.diagnosis.instructions import instruction
from tinkernet.insight.diagnosis.loss_bounds import bounds_of
from tinkernet.insight.diagnosis.measurements import TRIAL, Measurements
from tinkernet.insight.diagnosis.study import Study
from tinkernet.insight.diagnosis.traits import has_flat_end, is_linear, is_monotone
from tinkernet.insight.diagnosis.trials import SECONDS_PER_POINT, SECONDS_PER_STEP
from tinkernet.insight.diagnosis.wording import SENTENCES
from tinkernet.network import ACTIVATIONS, FEATURES, REGULARIZATIONS
from tinkernet.options import ActivationName

ALL = tuple(FEATURES)


pytestmark = pytest.mark.usefixtures("compiled")


def kinds(run: Run, **how: bool) -> list[str]:
    return [finding.kind for finding in run.diagnosis(**how)]


@pytest.mark.usefixtures("unchecked")
def test_every_finding_says_who_what_and_how_sure() -> None:
    for case in (*HEALTHY, *SICK):
        run, findings = judged(case)
        for finding in findings:
            assert finding.kind in KINDS
            assert len(finding.message) <= 60
            assert not set(finding.message) & set(":;!?")
            assert set(finding.evidence) <= set(EVIDENCE)
            assert finding.message[0].isupper() or finding.message[0].isdigit()
            assert finding.message.endswith(".")
            assert 0 < finding.confidence <= 1
            assert all(isinstance(value, int | float) for value in finding.evidence.values())
            sizes = run.layout.sizes[1:]
            assert all(neuron < sizes[layer] for layer, neuron in finding.neurons)
            for cure in finding.cures:
                assert cure.label
                assert cure.experiment == run.experiment.replace(**cure.settings)
                assert cure.experiment != run.experiment


def test_a_diagnosis_does_not_change_the_run() -> None:
    run, other = trained(30, learning_rate=3.0), trained(30, learning_rate=3.0)
    run.train_points(17)
    other.train_points(17)
    assert run.diagnosis(thorough=True, notes=True)
    assert np.array_equal(run.parameters, other.parameters)
    assert np.array_equal(run.train(20).parameters, other.train(20).parameters)


def test_a_diagnosis_is_deterministic() -> None:
    run = trained(40, learning_rate=10.0)
    assert run.diagnosis(notes=True) == run.diagnosis(notes=True) == run.copy().diagnosis(notes=True)


# --- Individual kinds ------------------------------------------------------------


@pytest.mark.parametrize(("rate", "explodes"), [(0.19, False), (0.21, True)])
def test_regularization_that_must_diverge_is_found_before_training(rate: float, explodes: bool) -> None:  # noqa: FBT001
    run = trained(0, regularization="L2", regularization_rate=10.0, learning_rate=rate)
    assert ("regularization-explodes" in kinds(run)) == explodes


def test_identical_neurons_are_listed() -> None:
    run = trained(0, hidden=(4, 2))
    for source in range(2):
        run.set_weight(0, 3, source, run.weights[0][1, source])
    for to in range(2):
        run.set_weight(1, to, 3, run.weights[1][to, 1])
    (finding,) = run.train(20).diagnosis()
    assert (finding.kind, finding.neurons) == ("symmetric", ((0, 1), (0, 3)))


def test_dead_neurons_are_listed() -> None:
    run = trained(0, activation="relu", hidden=(3, 3))
    for neuron in range(3):
        run.set_bias(0, neuron, -100.0)
    finding = run.diagnosis()[0]
    assert finding.kind == "dead-neurons"
    assert {(0, 0), (0, 1), (0, 2)} <= set(finding.neurons)


def test_one_dead_neuron_in_a_run_that_learns_is_harmless() -> None:
    run = trained(20, activation="relu", hidden=(8,))
    run.set_bias(0, 0, -100.0)
    assert kinds(run.train(20)) in ([], ["solved"])


@pytest.mark.parametrize(
    ("activation", "dead", "saturated"), [("relu", 4, 0), ("elu", 0, 4), ("hard-tanh", 0, 4), ("leaky-relu", 0, 0)]
)
def test_only_an_activation_with_a_flat_end_makes_neurons_dead_or_saturated(
    activation: ActivationName, dead: int, saturated: int
) -> None:
    run = trained(0, activation=activation, hidden=(4,))
    for neuron in range(4):
        run.set_bias(0, neuron, -60.0)
    measured = Measurements(run)
    assert len(measured.silent_neurons) == dead
    assert len([neuron for neuron in measured.saturated_neurons if neuron[0] == 0]) == saturated


def test_what_activations_do_is_found_out_by_trying_them() -> None:
    flat = {name for name, entry in ACTIVATIONS.items() if has_flat_end(entry)}
    assert set(ACTIVATIONS) - flat == {"linear", "leaky-relu", "sine"}
    assert {name for name, entry in ACTIVATIONS.items() if not is_monotone(entry)} == {"gelu", "swish", "sine"}
    assert {name for name, entry in ACTIVATIONS.items() if is_linear(entry)} == {"linear"}


@pytest.mark.parametrize(("activation", "causes"), [("tanh", ["single-neurons-line"]), ("sine", [])])
def test_one_neuron_of_a_wave_is_not_said_to_make_one_cut_only(activation: ActivationName, causes: list[str]) -> None:
    findings = trained(100, activation=activation, hidden=(1,)).diagnosis()
    assert [finding.cause for finding in findings if finding.kind == "too-small"] == causes


def test_a_forecast_says_how_many_epochs_are_left() -> None:
    run = trained(400)
    (falling,) = (finding for finding in run.diagnosis(notes=True) if finding.kind == "falling")
    left, goal = falling.evidence["epochs_left"], falling.evidence["goal"]
    assert falling.message.endswith(f"more epochs to a training loss of {goal:g}.")
    needed = run.train(10_000, until_loss=goal).epoch - 400
    assert left / 2 < needed < 2 * left


def test_without_a_forecast_a_falling_loss_is_only_said_to_fall() -> None:
    (falling,) = (finding for finding in trained(30).diagnosis(notes=True) if finding.kind == "falling")
    assert "epochs_left" not in falling.evidence
    assert "to a training loss of" not in falling.message


def test_a_tiny_learning_rate_is_shown_by_trials_and_makes_no_forecast() -> None:
    (finding,) = trained(50, learning_rate=0.00001).diagnosis()
    assert finding.kind == "learning-rate-too-small"
    assert finding.evidence["fall_faster"] > 3 * finding.evidence["fall"]
    assert "epochs_left" not in finding.evidence


def test_after_a_change_of_settings_only_later_losses_count() -> None:
    run = trained(200, learning_rate=0.00001)
    run.learning_rate = 0.03
    assert kinds(run.train(20)) == []


def test_many_starts_show_that_a_network_is_too_small() -> None:
    finding = trained(1000, hidden=(2,)).diagnosis(thorough=True)[0]
    assert (finding.kind, finding.cause) == ("too-small", "starts")
    assert finding.evidence["larger_succeeded"] >= 6
    larger = Run(finding.cures[0].experiment).train(1000)
    assert larger.train_loss < finding.evidence["threshold"] < finding.evidence["best"]


def test_a_network_is_not_called_too_small_before_others_were_trained() -> None:
    run, study = trained(1000, hidden=(2,)), Study()
    assert "too-small" not in [finding.kind for finding in diagnose(run, study=study)]
    assert study.pending
    study.train(math.inf)
    assert diagnose(run, study=study)[0].kind == "too-small"


def test_a_study_that_would_take_long_is_not_begun() -> None:
    run, study = trained(1, hidden=(64, 64, 64)), Study()
    assert study.outcome(run.experiment, run.experiment.replace(hidden=(128,) * 3), run.train_data) is None
    assert not study.pending


@pytest.mark.parametrize("epochs", [0, 20, 300, 5000, 20_000])
def test_weights_that_regularization_has_shrunk_to_0_are_its_doing(epochs: int) -> None:
    run = trained(epochs, noise=25.0, learning_rate=0.3, regularization="L2", regularization_rate=0.03)
    assert run.diagnosis()[0].kind == "over-regularized"
    assert "symmetric" not in kinds(run)


@pytest.mark.parametrize("seed", ["fa.1", "fa.3", "1", "2", "3"])
def test_neurons_that_regularization_has_made_alike_raise_no_alarm(seed: str) -> None:
    run = trained(20_000, noise=25.0, learning_rate=0.3, regularization="L2", regularization_rate=0.03, seed=seed)
    assert "symmetric" not in kinds(run)


def test_weights_that_were_0_from_the_start_are_not_the_regularizations_doing() -> None:
    run = trained(100, initializer="zeros", regularization="L2", regularization_rate=0.03)
    assert kinds(run)[0] == "symmetric"


def test_regularization_that_explodes_is_named_before_what_comes_of_it() -> None:
    run = trained(300, regularization="L2", regularization_rate=10.0, learning_rate=1.0)
    assert run.diverged
    assert kinds(run)[:2] == ["regularization-explodes", "diverged"]


def test_memorized_noise_is_called_overfitting_as_soon_as_the_test_loss_rises() -> None:
    run = trained(600, noise=25.0)
    assert run.test_loss > 2 * run.train_loss
    assert kinds(run, notes=True)[0] == "overfitting"


@pytest.mark.parametrize("name", ["L1", "L2"])
def test_a_regularization_rate_of_0_is_said_to_do_nothing(name: str) -> None:
    found = trained(50, regularization=name).diagnosis(notes=True)
    (idle,) = (finding for finding in found if finding.kind == "idle-regularization")
    assert not idle.alarm
    assert idle.cures[0].experiment.regularization_rate > 0


def test_without_regularization_nothing_is_said_of_its_rate() -> None:
    assert "idle-regularization" not in kinds(trained(50), notes=True)


def test_every_measured_quantity_has_a_label_and_is_written_in_one_way() -> None:
    for case in SICK:
        for finding in judged(case)[1]:
            assert {quantity.name for quantity in finding.measured} == {
                name for name, value in finding.evidence.items() if math.isfinite(value)
            }
            for quantity in finding.measured:
                assert quantity.label[0].isupper()
                assert not re.search(r"\bnan\b|\binf\b|e[+−-]\d|\d,\d|_", quantity.text), quantity


def test_epochs_to_go_have_a_label_and_are_said_to_be_about_right() -> None:
    (falling,) = (finding for finding in trained(400).diagnosis(notes=True) if finding.kind == "falling")
    text = {quantity.label: quantity.text for quantity in falling.measured}
    assert text["Epochs to go"] == "about 200"
    assert text["Training loss"] == "0.00191"


def test_many_starts_show_unlucky_initial_weights() -> None:
    run = next(
        run for seed in range(40) if (run := trained(800, hidden=(3,), seed=f"bad luck {seed}")).train_loss > 0.15
    )
    assert "unlucky-start" in kinds(run, thorough=True)


@pytest.mark.parametrize("epochs", [1, 2, 5, 12, 40, 200, 1000])
@pytest.mark.parametrize("dataset", DATASETS)
def test_during_training_there_is_always_a_note(dataset: str, epochs: int) -> None:
    assert trained(epochs, dataset=dataset).diagnosis(notes=True)


def test_notes_are_included_only_on_request_except_solved() -> None:
    assert kinds(trained(30)) == []
    assert kinds(trained(30), notes=True) == ["falling"]
    assert kinds(trained(400)) == ["solved"]


# --- Wording ---------------------------------------------------------------------


def test_every_kind_has_sentences() -> None:
    assert set(SENTENCES) == set(KINDS)


@pytest.mark.parametrize(
    ("number", "template", "text"),
    [
        (1312.4, "{:~more epoch}", "1\u202f300 more epochs"),
        (0.2, "{:~epoch}", "1 epoch"),
        (-0.0012, "{:figure}", "−0.0012"),
        (0.00001, "{:figure}", "0.00001"),
        (1.2e-9, "{:figure}", "1.2 × 10⁻⁹"),
        (-2.5e7, "{:figure}", "−2.5 × 10⁷"),
        (1234.5, "{:figure}", "1\u202f234"),
        (0.99999, "{:figure}", "1"),
        (0.9996, "{:percent}", "99.9 %"),
        (12000, "{:count}", "12\u202f000"),
        (0, "layer {:position}", "layer 1"),
        (1, "{:neuron}", "1 neuron"),
        (3, "{:neuron}", "3 neurons"),
        (3, "{:is|are}", "are"),
    ],
)
def test_numbers_are_formatted_for_display(number: float, template: str, text: str) -> None:
    assert template.format(Number(number)) == text


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"learning_rate": 0.3}, "Set the learning rate to 0.3"),
        ({"start": 1}, "Press Reset to try other initial weights"),
        ({"hidden": (5, 2)}, "Add a neuron to layer 1"),
        ({"hidden": (4,)}, "Remove a hidden layer"),
        ({"hidden": (8, 8)}, "Use hidden layers of 8 and 8 neurons"),
        ({"features": ("x", "y", "xTimesY")}, "Add the feature X1 times X2"),
        (
            {"hidden": (8, 8), "activation": "relu"},
            "Use hidden layers of 8 and 8 neurons and set the activation to ReLU",
        ),
        (
            {"regularization": "L2", "regularization_rate": 0.003},
            "Set the regularization to L2 and the regularization rate to 0.003",
        ),
    ],
)
def test_a_cure_is_an_instruction(settings: dict[str, Any], text: str) -> None:
    assert instruction(settings, Experiment(seed="1")) == text


def test_a_cure_knows_whether_it_only_resets() -> None:
    finding = trained(0, initializer="zeros").diagnosis()[0]
    assert finding.cures[0].new_weights
    assert not trained(10, learning_rate=0.0).diagnosis()[0].cures[0].new_weights


# --- No wrong findings --------------------------------------------------------------


@pytest.mark.parametrize("batch", [251, 100_000])
def test_a_batch_larger_than_the_training_set_is_diagnosed(batch: int) -> None:
    run = trained(0, dataset="gauss", batch_size=batch)
    before = run.parameters.copy()
    finding = run.train(20).diagnosis()[0]
    assert np.array_equal(run.parameters, before)
    assert (finding.kind, finding.evidence["points"]) == ("batch-too-large", 250)
    assert "epochs" not in finding.message + finding.reason


@pytest.mark.parametrize(("batch", "steps"), [(10, 25), (125, 2), (126, 1), (250, 1), (251, 0)])
def test_an_epoch_has_a_step_for_each_full_batch(batch: int, steps: int) -> None:
    run = trained(0, dataset="gauss", batch_size=batch)
    assert Measurements(run).steps_per_epoch == steps
    updates = 0
    for _ in range(250):
        before = run.parameters.copy()
        updates += not np.array_equal(run.train_points(1).parameters, before)
    assert (run.epoch, updates) == (1, steps)


def test_a_run_with_nan_has_diverged() -> None:
    run = trained(20, problem="regression", hidden=(), learning_rate=10.0, features=("xSquared", "ySquared")).train(300)
    assert not np.isfinite(run.parameters).all()
    finding = run.diagnosis(notes=True)[0]
    assert (finding.kind, finding.cause) == ("diverged", "overflow")
    assert {"dead-neurons", "saturated", "level", "falling"}.isdisjoint(kinds(run, notes=True))


def test_noise_is_not_the_cause_if_the_test_loss_is_far_higher() -> None:
    run = trained(1000, noise=25.0)
    assert run.test_loss > 2 * run.train_loss
    assert "noise-floor" not in kinds(run, notes=True)


def test_the_lowest_loss_is_unknown_for_another_loss() -> None:
    run = trained(5)
    assert math.isfinite(bounds_of(run).constant)
    assert all(map(math.isnan, bounds_of(run.change(loss="huber,delta:0.5"))[:-1]))


# --- Every state of a run ------------------------------------------------------------

EXPERIMENTS = st.builds(
    Experiment,
    dataset=st.sampled_from(list(DATASETS)),
    noise=st.sampled_from([0.0, 25.0, 80.0]),
    train_percent=st.sampled_from([0.0, 0.2, 0.5, 1.0, 10.0, 50.0, 100.0]),
    seed=st.text("0123456789", min_size=1, max_size=4),
    features=st.sets(st.sampled_from(ALL)).map(tuple),
    hidden=st.lists(st.integers(1, 9), max_size=5).map(tuple) | st.just((2,) * 64) | st.just((64,)),
    activation=st.sampled_from(list(ACTIVATIONS)),
    initializer=st.sampled_from(["uniform", "uniform", "zeros"]),
    learning_rate=st.sampled_from([0.0, 1e-5, 0.01, 0.03, 1.0, 10.0, 1e200]),
    batch_size=st.sampled_from([1, 10, 30, 100_000]),
    regularization=st.sampled_from(list(REGULARIZATIONS)),
    regularization_rate=st.sampled_from([0.0, 0.001, 0.1, 10.0, 1e200]),
)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(EXPERIMENTS, st.sampled_from([0, 1, 7, 40]), st.integers(0, 3), st.booleans())
def test_a_diagnosis_works_in_every_state_of_a_run(
    experiment: Experiment,
    epochs: int,
    points: int,
    huge: bool,  # noqa: FBT001
) -> None:
    run = Run(experiment)
    if epochs:
        run.train(epochs)
    if points:
        run.train_points(points)
    if huge and experiment.features:
        run.set_weight(0, 0, 0, 1e300)
    for finding in run.diagnosis(notes=True):
        assert finding.message
        assert math.isfinite(finding.confidence)
        said = finding.message + finding.reason + "".join(cure.label for cure in finding.cures)
        assert not re.search(r"\bnan\b|\binf\b|not a number|infinity|[{}]", said), said


def test_without_the_compiled_engine_there_are_no_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    run = trained(30, initializer="zeros")
    monkeypatch.setattr(engine, "compiled_ready", lambda: False)
    assert kinds(run)[:1] == ["symmetric"]


def test_without_weights_their_size_is_not_diagnosed() -> None:
    run = trained(3, dataset="gauss", features=(), hidden=(), learning_rate=10.0, batch_size=1)
    assert kinds(run)[:1] == ["no-inputs"]
    assert Measurements(run).trials.size_after() == 0


@pytest.mark.parametrize(
    "settings",
    [{}, {"hidden": (8,) * 6, "features": ALL, "dataset": "spiral"}, {"hidden": (2,)}, {"learning_rate": 0.0001}],
    ids=["default", "six layers of eight", "two neurons", "tiny steps"],
)
@pytest.mark.parametrize("epochs", [0, 30, 300])
def test_a_diagnosis_is_fast_enough_while_the_page_plays(
    settings: dict[str, Any], epochs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trials are most of the work: there are few, each within its budget, and none is repeated."""
    run, train, seconds = trained(epochs, **settings), engine.train, []

    def counted(rule: engine.Rule, learner: engine.Learner, examples: engine.Examples, *rest: Any) -> Any:
        each = examples.count * (rule.layout.count * SECONDS_PER_STEP + SECONDS_PER_POINT)
        seconds.append(rest[-1] * each)
        return train(rule, learner, examples, *rest)

    monkeypatch.setattr(engine, "train", counted)
    run.diagnosis(notes=True)
    assert len(seconds) <= 6
    assert all(each <= TRIAL[0] for each in seconds)


def test_rates_whose_product_overflows_are_shown_as_numbers() -> None:
    run = Run(Experiment(seed="0", learning_rate=1e200, regularization="L2", regularization_rate=1e200))
    assert "not a number" not in run.diagnosis()[0].reason
