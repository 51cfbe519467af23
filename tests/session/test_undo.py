"""The undo history is bounded."""

import pytest

from tinkernet import Experiment, Run
from tinkernet.fragment import View
from tinkernet.session import undo
from tinkernet.session.undo import Snapshot, Stack, UndoStep


def pushed(stack: Stack, count: int, run: Run) -> None:
    """A number of steps, each with a separate run."""
    for number in range(count):
        stack.push(UndoStep(f"step {number}", Snapshot(View(), run.copy())))


def left(stack: Stack) -> list[str]:
    """The descriptions of all steps, newest first."""
    words = []
    while (step := stack.pop()) is not None:
        words.append(step.words)
    return words


def test_the_oldest_steps_are_dropped_when_there_are_too_many() -> None:
    stack = Stack()
    pushed(stack, undo.MOST_STEPS + 3, Run(Experiment(seed="1")))
    words = left(stack)
    assert len(words) == undo.MOST_STEPS
    assert words[-1] == "step 3"


def test_steps_with_large_runs_are_dropped_before_they_use_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(Experiment(seed="1", hidden=(60, 60))).train(3)
    monkeypatch.setattr(undo, "MOST_BYTES", 10 * 8 * run.parameters.size + sum(one.learner.size for one in run.past))
    stack = Stack()
    pushed(stack, 20, run)
    words = left(stack)
    assert words[0] == "step 19"
    assert 1 <= len(words) <= 4


def test_undo_restores_the_past_of_the_run() -> None:
    run = Run(Experiment(seed="1")).train(40)
    stack = Stack()
    pushed(stack, 1, run)
    step = stack.pop()
    assert step is not None
    assert step.snapshot.run is not None
    assert step.snapshot.run.at(17).train_loss == Run(Experiment(seed="1")).train(17).train_loss
