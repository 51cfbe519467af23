"""Saved runs: training continues bit for bit, and invalid files are rejected."""

import math
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import SPIRAL, resign, same

from tinkernet import ExperimentError, Run
from tinkernet.run import file


@settings(max_examples=15)
@given(epochs=st.integers(1, 4), points=st.integers(1, 40), resets=st.integers(0, 2))
def test_a_saved_run_continues_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, epochs: int, points: int, resets: int
) -> None:
    run = Run(SPIRAL.replace(regularization="L1", regularization_rate=0.3))
    for _ in range(resets):
        run.reset()
    run.train(epochs).train_points(points)
    run.learning_rate = 0.1
    run.set_weight(0, 0, 0, 2.0)
    path = tmp_path_factory.mktemp("saved") / "run"
    run.save(path)
    loaded = Run.load(path)
    assert same(loaded, run)
    assert loaded.events == run.events
    assert np.array_equal(loaded.reset().parameters, run.reset().parameters)


def test_a_crash_while_saving_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run"
    Run(SPIRAL).save(path)
    old = path.read_bytes()

    def crash(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        Run(SPIRAL).train(2).save(path)
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


def damaged(raw: bytes) -> dict[str, bytes]:
    newer = raw[: len(file.MAGIC)] + (99).to_bytes(4, "little") + raw[len(file.MAGIC) + 4 :]
    return {
        "empty": b"",
        "truncated": raw[: len(raw) // 2],
        "only its head": raw[:20],
        "one bit wrong": raw[:-5] + bytes([raw[-5] ^ 1]) + raw[-4:],
        "foreign": b"\x89PNG\r\n\x1a\n" + raw,
        "newer": newer,
    }


@pytest.mark.parametrize("harm", list(damaged(b"x" * 100)))
def test_a_damaged_file_is_rejected_in_one_line(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "run"
    Run(SPIRAL).save(path)
    path.write_bytes(damaged(path.read_bytes())[harm])
    with pytest.raises(ExperimentError) as caught:
        Run.load(path)
    assert caught.value.field == "file"
    assert "\n" not in str(caught.value)


@given(change=st.fixed_dictionaries({}, optional={
    "parameters": st.binary(max_size=64),
    "gradients": st.binary(max_size=64),
    "held": st.binary(max_size=64),
    "stash": st.binary(max_size=64),
    "stream": st.binary(max_size=300),
    "position": st.integers(-5, 10**9),
    "stride": st.integers(-2, 2**60),
    "history": st.binary(max_size=96),
    "counted": st.integers(-3, 2**60),
}).filter(bool))  # fmt: skip
def test_a_malicious_file_with_a_valid_checksum_is_loaded_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, change: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("hostile") / "run"
    Run(SPIRAL).save(path)
    resign(path, change)
    try:
        Run.load(path).train(1)
    except ExperimentError as error:
        assert error.field == "file"  # noqa: PT017 (some changes are harmless)


def test_a_folder_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="file"):
        Run.load(tmp_path)
    with pytest.raises(ExperimentError, match="file"):
        Run(SPIRAL).save(tmp_path)


def test_an_unknown_version_is_rejected(tmp_path: Path) -> None:
    Run(SPIRAL).save(tmp_path / "run")
    raw = (tmp_path / "run").read_bytes()
    head = len(file.MAGIC)
    (tmp_path / "run").write_bytes(raw[:head] + bytes(4) + raw[head + 4 :])
    with pytest.raises(ExperimentError, match="version"):
        Run.load(tmp_path / "run")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="has no such device")
def test_a_device_is_rejected_before_it_is_read() -> None:
    with pytest.raises(ExperimentError, match="a regular file"):
        Run.load("/dev/zero")


HOSTILE_EVENTS = [
    {"type": "changed", "epoch": 2, "position": 0, "before": {"nonsense": 1}, "after": {"nonsense": 2}},
    {"type": "changed", "epoch": 2, "position": 0, "before": {"hidden": [4]}, "after": {"hidden": [3]}},
    {"type": "changed", "epoch": 2, "position": 0, "before": {}, "after": {"noise": 5}},
    {"type": "changed", "epoch": 2, "position": 0, "before": {"noise": 10}, "after": {"noise": 10**6}},
    {"type": "weight", "epoch": 2, "position": 0, "layer": 9, "to": 0, "source": 0, "value": 1.0},
    {"type": "weight", "epoch": 2, "position": 0, "layer": 0, "to": 0, "source": 5, "value": 1.0},
    {"type": "weight", "epoch": 2, "position": 0, "layer": 0, "to": -1, "source": 0, "value": 1.0},
    {"type": "bias", "epoch": 2, "position": 0, "layer": 0, "neuron": 0, "value": math.inf},
    {"type": "bias", "epoch": 9, "position": 0, "layer": 0, "neuron": 0, "value": 1.0},
    {"type": "bias", "epoch": -1, "position": 0, "layer": 0, "neuron": 0, "value": 1.0},
    {"type": "switched", "epoch": 2, "position": 0, "layer": 2, "neuron": 0, "on": False},
]


@pytest.mark.parametrize("event", HOSTILE_EVENTS)
def test_events_in_a_file_are_validated(tmp_path: Path, event: dict[str, Any]) -> None:
    path = tmp_path / "run"
    Run(SPIRAL).train(3).save(path)
    resign(path, {"events": [event]})
    with pytest.raises(ExperimentError) as caught:
        Run.load(path)
    assert caught.value.field == "file"


def test_a_position_at_the_end_of_an_epoch_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "run"
    Run(SPIRAL).save(path)
    resign(path, {"position": len(Run(SPIRAL).train_data)})
    with pytest.raises(ExperimentError, match="position"):
        Run.load(path)
