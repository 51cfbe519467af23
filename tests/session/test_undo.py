"""What undo keeps is bounded."""

import pytest

from tinkernet import Experiment, Run
from tinkernet.fragment import View
from tinkernet.session import undo
from tinkernet.session.undo import Snapshot, Stack, UndoStep


def pushed(stack: Stack, count: int, run: Run) -> None:
    """So many steps, each with a run of its own."""
    for number in range(count):
        stack.push(UndoStep(f"step {number}", Snapshot(View(), run.copy())))


def left(stack: Stack) -> list[str]:
    """The words of all steps, the newest first."""
    words = []
    while (step := stack.pop()) is not None:
        words.append(step.words)
    return words


def test_the_oldest_steps_fall_out_when_there_are_too_many() -> None:
    stack = Stack()
    pushed(stack, undo.MOST_STEPS + 3, Run(Experiment(seed="1")))
    words = left(stack)
    assert len(words) == undo.MOST_STEPS
    assert words[-1] == "step 3"


def test_steps_with_large_runs_fall_out_before_they_take_too_much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(Experiment(seed="1", hidden=(60, 60))).train(3)
    monkeypatch.setattr(undo, "MOST_BYTES", 10 * 8 * run.parameters.size + sum(one.learner.size for one in run.past))
    stack = Stack()
    pushed(stack, 20, run)
    words = left(stack)
    assert words[0] == "step 19"
    assert 1 <= len(words) <= 4


def test_a_step_taken_back_has_the_past_that_the_run_had() -> None:
    run = Run(Experiment(seed="1")).train(40)
    stack = Stack()
    pushed(stack, 1, run)
    step = stack.pop()
    assert step is not None
    assert step.snapshot.run is not None
    assert step.snapshot.run.at(17).train_loss == Run(Experiment(seed="1")).train(17).train_loss
