"""Interrupts runs and starts at every few lines, and reports those that were left in an inconsistent state.

    python interrupting.py

A separate program, because the checkers of array shapes would catch exceptions raised in the middle of them.
"""

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import numpy as np

from tinkernet import Experiment, Run, Starts, engine

SPIRAL = Experiment(dataset="spiral", features=("x", "sinX"), hidden=(4, 3), seed="0.5", batch_size=30, noise=10)

CHANGES: dict[str, Callable[[Run], object]] = {
    "train": lambda run: run.train(3),
    "train_points": lambda run: run.train_points(260),
    "change": lambda run: run.change(noise=20, batch_size=7),
    "learning rate": lambda run: setattr(run, "learning_rate", 0.5),
    "set_weight": lambda run: run.set_weight(0, 0, 0, 0.5),
    "freeze": lambda run: run.freeze(0),
    "switch": lambda run: run.switch(0, 0, on=False),
    "reset": lambda run: run.reset(),
    "rewind": lambda run: run.rewind(),
    "at": lambda run: run.at(2, 5),
}


class InterruptionError(Exception):
    """The exception that interrupts."""


def interrupted_at(line: int, act: Callable[[], object]) -> bool:
    """Do this, and raise an exception at the n-th line of tinkernet that runs. Returns whether it was raised."""
    left = line

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal left
        if "tinkernet" not in frame.f_code.co_filename.replace("tests", "").split("src")[-1]:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                raise InterruptionError
        return trace

    sys.settrace(trace)
    try:
        act()
    except InterruptionError:
        return True
    finally:
        sys.settrace(None)
    return False


def again(run: Run) -> Run:
    """The same run, reproduced from its origin and events."""
    twin = Run(run.origin)
    for event in run.events:
        twin.go_to(event.epoch, event.position)
        twin.do(event)
    twin.go_to(run.epoch, run.position)
    return twin


def same(one: Run, other: Run) -> bool:
    """Whether two runs are equal, and remain equal when trained."""
    one, other = one.copy().train(2), other.copy().train(2)
    return (
        one.parameters.tobytes() == other.parameters.tobytes()
        and one.history.epochs.tolist() == other.history.epochs.tolist()
        and np.array_equal(one.history.train_loss, other.history.train_loss)
    )


def main() -> None:
    """Interrupt everything; prints a line for each operation, with the number of interruptions and of failures."""
    engine.wait_until_compiled()
    for name, change in CHANGES.items():
        line, times, wrong = 1, 0, 0
        while True:
            run = Run(SPIRAL).train(3).train_points(17)
            if not interrupted_at(line, partial(change, run)):
                break
            times += 1
            wrong += not same(again(run), run) or len(run.history) != run.epoch + 1
            line = line * 9 // 8 + 1
        print(name, times, wrong, sep="\t")
    starts = Starts(SPIRAL, 5)
    line, times, wrong = 1, 0, 0
    while interrupted_at(line, lambda: starts.train(20, at_once=5)):
        times += 1
        one = starts.run(3)
        true = Run(one.origin).train(starts.epoch) if starts.epoch else Run(one.origin)
        wrong += one.parameters.tobytes() != true.parameters.tobytes() or starts.train_loss[3] != true.train_loss
        line = line * 9 // 8 + 1
    print("starts", times, wrong, sep="\t")


if __name__ == "__main__":
    main()
