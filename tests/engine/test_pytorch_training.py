"""Optimizers, schedules and losses come to what PyTorch comes to: see `tests/reference/pytorch_training.py`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy import ndarray

from tinkernet import engine
from tinkernet.engine import Examples, Learner, Rule, compiled
from tinkernet.engine.rule import gradient_rows
from tinkernet.network import LOSSES, OPTIMIZERS, REGULARIZATIONS, SCHEDULES, Layout
from tinkernet.network.heads import OutputHead, head_of
from tinkernet.network.problems import CLASSIFICATION, REGRESSION

FILE = Path(__file__).resolve().parents[1] / "reference" / "pytorch-training.json"
TORCH = json.loads(FILE.read_text(encoding="utf-8"))
PROBLEMS = {
    "two classes": (CLASSIFICATION, 2),
    "three classes": (CLASSIFICATION, 3),
    "ten classes": (CLASSIFICATION, 10),
    "numbers": (REGRESSION, 0),
}
CONSTANT, L2, NO_PENALTY = next(iter(SCHEDULES)), "L2", next(iter(REGULARIZATIONS))


@pytest.fixture(params=["compiled", "reference"], autouse=True)
def _engine(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "reference":
            patch.setattr(compiled, "fast_engine", lambda: None)
        else:
            engine.wait_until_compiled()
        yield


def head_for(name: str, loss: str) -> tuple[OutputHead, int]:
    problem, classes = PROBLEMS[name.partition(",")[0]]
    return head_of(problem, classes, loss), classes


def rule_for(head: OutputHead, loss: str, sizes: tuple[int, ...], **changes: Any) -> Rule:
    given: dict[str, Any] = {
        "activations": ("tanh",) * (len(sizes) - 2),
        "learning_rate": TORCH["rate"],
        "batch_size": TORCH["batch"],
        "regularization": NO_PENALTY,
        "regularization_rate": 0.0,
        "optimizer": "sgd",
        "schedule": CONSTANT,
    }
    return Rule(layout=Layout(sizes), head=head, loss=loss, **{**given, **changes})


def trained(name: str, loss: str, outputs: int, labels: str, **changes: Any) -> ndarray:
    """The parameters after training from PyTorch's initial ones on its points."""
    head, classes = head_for(name, loss)
    rule = rule_for(head, loss, (2, *TORCH["hidden"], outputs), **changes)
    examples = Examples(np.array(TORCH["points"]).T.copy(), head.encode(np.array(TORCH["labels"][labels]), classes))
    learner = Learner.fresh(rule, np.array(TORCH["first"][str(outputs)]))
    engine.train(rule, learner, examples, examples, 0, TORCH["epochs"])
    return learner.parameters


@pytest.mark.parametrize("optimizer", TORCH["optimizers"])
def test_an_optimizer_comes_to_the_parameters_of_pytorch(optimizer: str) -> None:
    found = trained("two classes", "squared", 1, "sides", optimizer=optimizer)
    np.testing.assert_allclose(found, TORCH["optimizers"][optimizer], rtol=0, atol=1e-9)


@pytest.mark.parametrize("optimizer", TORCH["decayed"])
def test_the_l2_penalty_is_the_weight_decay_of_pytorch(optimizer: str) -> None:
    found = trained(
        "two classes",
        "squared",
        1,
        "sides",
        optimizer=optimizer,
        regularization=L2,
        regularization_rate=TORCH["decay"],
    )
    np.testing.assert_allclose(found, TORCH["decayed"][optimizer], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", TORCH["networks"])
def test_training_with_a_loss_comes_to_the_parameters_of_pytorch(name: str) -> None:
    of = TORCH["networks"][name]
    found = trained(name, of["loss"], of["outputs"], of["labels"])
    np.testing.assert_allclose(found, of["parameters"], rtol=0, atol=1e-9)


@pytest.mark.parametrize("schedule", TORCH["schedules"])
def test_a_schedule_has_the_rates_of_pytorch(schedule: str) -> None:
    expected = TORCH["schedules"][schedule]
    rule = rule_for(head_for("two classes", "squared")[0], "squared", (2, 1), schedule=schedule)
    np.testing.assert_allclose(rule.rates(0, len(expected)), expected, rtol=1e-12, atol=0)
    later = np.array([rule.rates(epoch, 1)[0] for epoch in range(len(expected))])
    assert np.array_equal(later, rule.rates(0, len(expected)))


@pytest.mark.parametrize("name", TORCH["losses"])
def test_a_loss_has_the_value_and_gradient_of_pytorch(name: str) -> None:
    """Of a network without hidden layers, whose weighted sums are its inputs."""
    loss, rows = TORCH["losses"][name]["loss"], TORCH["losses"][name]["rows"]
    head, classes = head_for(name, loss)
    size = len(rows[0]["sums"])
    rule = rule_for(head, loss, (size, size), batch_size=2)
    parameters = np.concatenate([np.eye(size).ravel(), np.zeros(size)])
    for row in rows:
        sums = np.array(row["sums"])
        examples = Examples(sums[:, None], head.encode(np.array([row["label"]]), classes))
        learner = Learner.fresh(rule, parameters.copy())
        engine.advance(rule, learner, examples, 0, 0, 1)
        gradient = gradient_rows(rule.layout, learner.gradients)[0][:, size]
        assert engine.evaluate(rule, parameters, examples)[0] == pytest.approx(row["loss"], rel=1e-12, abs=1e-12)
        np.testing.assert_allclose(gradient, row["gradient"], rtol=1e-12, atol=1e-12)


def test_every_optimizer_schedule_and_loss_is_compared() -> None:
    def names(texts: Any) -> set[str]:
        return {text.partition(",")[0] for text in texts}

    assert names(TORCH["optimizers"]) == set(OPTIMIZERS)
    assert names(TORCH["schedules"]) == set(SCHEDULES)
    assert names(one["loss"] for one in TORCH["losses"].values()) == set(LOSSES)
    assert names(one["loss"] for one in TORCH["networks"].values()) == set(LOSSES)
