"""Every reference case: the same link gives the same experiment, the same points and the same training."""

from typing import Any

import numpy as np
import originals
import pytest

from tinkernet import Experiment, Run, engine, link

CASES = originals.read("cases.jsonl")
SCRIPTS = originals.read("scripts.jsonl")
# If the original's own result changes by more than this after rounding errors, the run is chaotic.
CALM = 1e-10
CLOSE = 1e-9


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_link_is_parsed_as_in_the_original(case: dict[str, Any]) -> None:
    experiment, view = link.parse(case["hash"])
    parsed = case["parsed"]
    regression = parsed["problem"] == "regression"
    expected = Experiment(
        problem=parsed["problem"],
        dataset=parsed["regDataset" if regression else "dataset"],
        noise=parsed["noise"],
        train_percent=parsed["percTrainData"],
        seed=parsed["seed"],
        features=tuple(parsed["features"]),
        hidden=tuple(parsed["networkShape"]),
        activation=parsed["activation"],
        initializer="zeros" if parsed["initZero"] else "uniform",
        learning_rate=parsed["learningRate"],
        batch_size=parsed["batchSize"],
        regularization=parsed["regularization"],
        regularization_rate=parsed["regularizationRate"],
    )
    assert experiment == expected
    assert list(view.hidden_controls) == parsed["hidden"]
    assert (view.show_test_data, view.discretize, view.hide_text) == (
        parsed["showTestData"],
        parsed["discretize"],
        parsed["hideText"],
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_points_are_bit_identical_to_the_originals(case: dict[str, Any]) -> None:
    run = Run(Experiment.from_link(case["hash"]))
    train = np.column_stack([run.train_data.points, run.train_data.labels])
    test = np.column_stack([run.test_data.points, run.test_data.labels])
    assert (len(train), len(test)) == (case["train_count"], case["test_count"])
    assert np.array_equal(train[:5], originals.numbers(case["train_head"]))
    assert np.array_equal(test[-3:], originals.numbers(case["test_tail"]))
    assert np.allclose(train.sum(axis=0), case["train_sum"], rtol=1e-12, atol=1e-10)
    assert np.allclose(test.sum(axis=0), case["test_sum"], rtol=1e-12, atol=1e-10)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_initial_weights_are_bit_identical_to_the_originals(case: dict[str, Any]) -> None:
    run = Run(Experiment.from_link(case["hash"]))
    first = case["snapshots"][0]
    for ours, theirs in zip(run.weights, first["weights"], strict=True):
        assert np.array_equal(ours, originals.numbers(theirs).reshape(ours.shape))
    for ours, theirs in zip(run.biases, first["biases"], strict=True):
        assert np.array_equal(ours, originals.numbers(theirs))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_training_follows_the_original(case: dict[str, Any]) -> None:
    run = Run(Experiment.from_link(case["hash"]))
    for snapshot in case["snapshots"]:
        if snapshot["epoch"] > run.epoch:
            run.train(snapshot["epoch"] - run.epoch)
        if float(snapshot["wiggle"]) < CALM:
            assert departure(run, snapshot, case["points"]) < CLOSE, f"at epoch {run.epoch}"
            assert run.dead_weights == snapshot["dead_weights"]
        assert np.isnan(run.train_loss) == np.isnan(float(snapshot["train_loss"]))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script["name"])
def test_edits_a_new_learning_rate_and_reset_follow_the_original(script: dict[str, Any]) -> None:
    run = Run(Experiment.from_link(script["hash"]))
    for step in script["steps"]:
        follow(run, step["op"])
        assert departure(run, step, []) < CLOSE


def follow(run: Run, operation: dict[str, Any]) -> None:
    match operation:
        case {"op": "train", "epochs": epochs}:
            run.train(epochs)
        case {"op": "learning_rate", "value": value}:
            run.learning_rate = value
        case {"op": "weight", "layer": layer, "to": to, "from": source, "value": value}:
            run.set_weight(layer - 1, to, source, value)
        case {"op": "bias", "layer": layer, "node": neuron, "value": value}:
            run.set_bias(layer - 1, neuron, value)
        case {"op": "reset"}:
            run.reset()
        case _:
            pytest.fail(f"the script has an unknown step: {operation}")


def departure(run: Run, snapshot: dict[str, Any], points: list[list[float]]) -> float:
    """The largest difference between the run and a snapshot."""
    apart = [originals.distance(run.train_loss, snapshot["train_loss"])]
    apart.append(originals.distance(run.test_loss, snapshot["test_loss"]))
    for name, layers in (("weights", run.weights), ("biases", run.biases)):
        if name in snapshot:
            apart += [originals.distance(*both) for both in zip(layers, snapshot[name], strict=True)]
    if "outputs" in snapshot:
        layers = run.outputs(np.array(points, dtype=np.float64))
        # The snapshot has the outputs of all layers for each point.
        for place, outputs in enumerate(snapshot["outputs"]):
            apart += [originals.distance(layer[place], theirs) for layer, theirs in zip(layers, outputs, strict=True)]
    return max(apart)
