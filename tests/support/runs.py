"""Runs shared by tests."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from tinkernet import Experiment, Run
from tinkernet.run import file

SPIRAL = Experiment(dataset="spiral", features=("x", "sinX"), hidden=(4, 3), seed="0.5", batch_size=30, noise=10)


def same(one: Run, other: Run) -> bool:
    """Whether two runs are bit-identical, and remain so when trained."""
    one, other = one.copy().train(2), other.copy().train(2)
    return (
        one.parameters.tobytes() == other.parameters.tobytes()
        and one.epoch == other.epoch
        and one.experiment == other.experiment
        and np.array_equal(one.history.train_loss, other.history.train_loss, equal_nan=True)
        and np.array_equal(one.history.test_loss, other.history.test_loss, equal_nan=True)
    )


def trained(epochs: int, **settings: Any) -> Run:
    """A run with these settings after so many epochs."""
    run = Run(Experiment(**{"seed": "0.5", **settings}))
    return run.train(epochs) if epochs else run


def eventful() -> Run:
    run = Run(SPIRAL).train(7)
    run.learning_rate = 0.2
    run.train(5).train_points(13)
    run.set_weight(0, 1, 1, -2)
    run.train(9)
    run.freeze(1)
    run.switch(0, 2, on=False)
    return run.change(regularization="L1", regularization_rate=0.1).train(8)


def resign(path: Path, change: dict[str, Any]) -> None:
    """Change the content of a file and update its checksum."""
    raw = path.read_bytes()
    head = len(file.MAGIC) + 4
    contents = {**msgspec.msgpack.decode(raw[head + 32 :]), **change}
    body = msgspec.msgpack.encode(contents)
    path.write_bytes(raw[:head] + hashlib.sha256(body).digest() + body)
