"""Conditions: what each measures, when it is met, and what it says."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tinkernet import Experiment, Run
from tinkernet.fragment import View
from tinkernet.lessons.conditions import FACTS, read_condition
from tinkernet.lessons.evidence import Evidence, Record, StartsResult
from tinkernet.lessons.goal import Goal, Group, Single
from tinkernet.lessons.quantities import QUANTITIES

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "lessons.md").read_text()


def run_of(**settings: Any) -> Run:
    return Run(Experiment(**{"seed": "0.5", **settings}))


def evidence(run: Run | None = None, **values: Any) -> Evidence:
    return Evidence(**{"run": run or run_of(), "view": View(), "record": Record(), **values})


def test_painted_points_are_counted_until_they_are_erased() -> None:
    run = run_of(drawing="s1,50,20,0,0_d1,300,300")
    assert QUANTITIES["painted points"].value(evidence(run)) == 21
    assert QUANTITIES["painted points"].value(evidence(run.paint("e100,0,0"))) == 1


@pytest.mark.parametrize(
    ("text", "sentence", "measured", "met"),
    [
        ("train_loss < 0.05", "Training loss below 0.05", "0.512", False),
        ("test_loss >= 0.05", "Test loss at least 0.05", "0.499", True),
        ("train_accuracy > 10 %", "Training accuracy above 10 %", "48 %", True),
        ("epoch >= 100", "Epoch at least 100", "0", False),
        ("learning_rate <= 0.01", "Learning rate at most 0.01", "0.03", False),
        ("noise = 0 %", "Noise exactly 0 %", "0 %", True),
        ("hidden neurons <= 3", "At most 3 hidden neurons", "6", False),
        ("hidden layers = 1", "Exactly 1 hidden layer", "2", False),
        ("inputs = 2", "Exactly 2 inputs", "2", True),
        ("zero weights >= 30 %", "Share of weights that are 0: at least 30 %", "0 %", False),
        ("painted points >= 20", "At least 20 painted points", "0", False),
        ("activation = relu", "Activation: ReLU", "Tanh", False),
        ("activation != relu", "Activation: not ReLU", "Tanh", True),
        ("hidden = 4, 2", "Hidden layers: 4 + 2 neurons", "4 + 2 neurons", True),
        ("features = x, y", "Features: X1, X2", "X1, X2", True),
        ("diverged", "Training diverged", "", False),
        ("paused", "Training is paused", "", True),
        ("resets >= 3", "At least 3 resets", "0", False),
        ("moves > 1", "More than 1 move", "0", False),
        ("neurons viewed in layer 2 >= 2", "At least 2 neurons of layer 2 looked at", "0", False),
        ("starts solved >= 50 %", "Starts that succeed: at least 50 %", "–", False),
        ("compared activation tanh, relu", "Activation: Tanh and ReLU, each trained for 20 epochs", "0 of 2", False),
        ("diagnosed dead-neurons", "The diagnosis says: Dead neurons", "", False),
        ("once  train_loss < 0.05", "Training loss below 0.05, at least once", "0.512", False),
    ],
)
def test_a_condition_says_what_is_missing_and_what_is_measured(
    text: str, sentence: str, measured: str, *, met: bool
) -> None:
    condition, now = read_condition(text), evidence()
    assert (condition.sentence, condition.measured(now), condition.met(now)) == (sentence, measured, met)


def test_what_cannot_be_measured_is_in_no_range() -> None:
    regression = evidence(run_of(problem="regression", dataset="reg-plane"))
    no_test_points = evidence(run_of(train_percent=100))
    assert not read_condition("train_accuracy <= 100 %").met(regression)
    assert not read_condition("test_loss < 100").met(no_test_points)
    assert read_condition("test_loss < 100").measured(no_test_points) == "–"


def test_an_epoch_is_compared_with_its_number_not_with_its_text() -> None:
    assert read_condition("epoch >= 100").met(evidence(run_of().train(100)))


def test_diverged_is_met_by_a_run_that_has_diverged() -> None:
    assert read_condition("diverged").met(
        evidence(run_of(regularization="L2", regularization_rate=10, learning_rate=10).train(400))
    )


def test_compared_needs_each_value_to_be_trained_for_long_enough() -> None:
    record, condition = Record(), read_condition("compared activation tanh, relu for 30 epochs")
    for number, (activation, epochs) in enumerate([("tanh", 30), ("relu", 29)]):
        run = run_of(activation=activation)
        record.sample(number, run)
        record.sample(number, run.train(epochs))
    assert condition.measured(evidence(record=record)) == "1 of 2"
    record.sample(1, run.train(1))
    assert condition.met(evidence(record=record))


def test_a_run_that_was_trained_before_the_step_is_not_trained_in_it() -> None:
    record = Record()
    record.sample(1, run_of().train(50))
    assert record.epochs_trained == 0
    record.sample(2, run_of().train(50))
    assert record.epochs_trained == 0


def test_starts_count_when_all_have_finished() -> None:
    losses = np.array([0.01, 0.02, 0.3, 0.4])
    solved, finished = read_condition("starts solved >= 50 %"), read_condition("starts finished >= 4")
    under_way = evidence(starts=StartsResult(1, losses, finished=False))
    done = evidence(starts=StartsResult(1, losses, finished=True))
    assert (solved.met(under_way), finished.met(under_way)) == (False, False)
    assert (solved.met(done), finished.met(done)) == (True, True)
    assert solved.measured(done) == "50 %"


def test_once_stays_met() -> None:
    record, goal = Record(), Single(read_condition("once epoch >= 5"), "")
    for epochs, met in ((0, False), (5, True), (0, True)):
        run = run_of()
        now = evidence(run.train(epochs) if epochs else run, record=record)
        goal.watch(now)
        assert goal.met(now) is met


def group(how: str, *conditions: str, least: int = 0) -> Group:
    parts: list[Goal] = [Single(read_condition(text), text) for text in conditions]
    return Group(tuple(parts), how, least)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (group("all", "paused", "inputs = 2"), True),
        (group("all", "paused", "inputs = 3"), False),
        (group("any", "diverged", "inputs = 2"), True),
        (group("any", "diverged", "inputs = 3"), False),
        (group("at least", "paused", "inputs = 2", "diverged", least=2), True),
        (group("at least", "paused", "inputs = 3", "diverged", least=2), False),
    ],
)
def test_groups_need_all_one_or_some_of_their_parts(goal: Group, *, met: bool) -> None:
    assert goal.met(evidence()) is met


def test_a_goal_is_shown_as_rows_with_headings_for_groups() -> None:
    inner = group("at least", "diverged", "paused", least=1)
    rows = Group((Single(read_condition("inputs = 2"), "Two inputs."), inner)).rows(evidence())
    assert [(row.depth, row.heading, row.sentence, row.met) for row in rows] == [
        (0, False, "Two inputs.", True),
        (0, True, "At least 1 of these:", True),
        (1, False, "diverged", False),
        (1, False, "paused", True),
    ]


@pytest.mark.parametrize("name", [*QUANTITIES, *FACTS, "compared", "diagnosed", "once"])
def test_every_condition_is_documented(name: str) -> None:
    table = DOCS[DOCS.index("| condition |") : DOCS.index("## Solutions")]
    assert name in table
