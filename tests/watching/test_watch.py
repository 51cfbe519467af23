"""Watching a loop in PyTorch."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from tinkernet import Dataset, ExperimentError, from_torch, watch
from tinkernet.extras import MissingExtraError
from tinkernet.session.source import Lost, Observed
from tinkernet.watching.parameters import ModuleParameters
from tinkernet.watching.watch import Watching

POINTS = np.random.default_rng(1).normal(size=(60, 3)) * 2
LABELS = (POINTS[:, 0] > POINTS[:, 1]).astype(float)
DATA = (torch.tensor(POINTS), torch.tensor(LABELS))


def network(dtype: torch.dtype = torch.float32) -> nn.Module:
    """A network with three inputs."""
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)).to(dtype)


def step(module: nn.Module, optimizer: Any) -> None:
    """A step of training."""
    optimizer.zero_grad()
    points = torch.tensor(POINTS, dtype=next(module.parameters()).dtype)
    nn.functional.binary_cross_entropy_with_logits(module(points)[:, 0].double(), DATA[1]).backward()
    optimizer.step()


def steps(found: list[Observed | Lost]) -> list[int]:
    """The steps of the networks that a source has given."""
    return [one.step for one in found if isinstance(one, Observed)]


def hooks() -> int:
    """How many hooks there are after the steps of all optimizers."""
    return len(sys.modules["torch.optim.optimizer"]._global_optimizer_post_hooks)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[Callable[..., Watching]]:
    """Watches without a browser, until the end of the test."""
    (tmp_path / "index.html").write_text("<!doctype html>")
    monkeypatch.setattr("tinkernet.server.app.PAGE", tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    made: list[Watching] = []

    def started(module: nn.Module, data: Any = DATA, **settings: Any) -> Watching:
        made.append(watch(module, data, browser=False, **settings))
        return made[-1]

    yield started
    for watching in made:
        watching.close()


def test_it_counts_the_steps_of_the_optimizers_of_this_module(watched: Callable[..., Watching]) -> None:
    module, other = network(), network()
    optimizer, others = (torch.optim.SGD(one.parameters(), 0.1) for one in (module, other))
    with watched(module) as watching:
        for _ in range(5):
            step(module, optimizer)
            step(other, others)
        step(module, torch.optim.Adam(module.parameters()))
    step(module, optimizer)
    assert watching.steps == 6


def test_the_network_is_copied_only_when_it_is_wanted(
    watched: Callable[..., Watching], copies: list[ModuleParameters]
) -> None:
    module = network()
    optimizer, watching = torch.optim.SGD(module.parameters(), 0.1), watched(module)
    copies.clear()
    for _ in range(5):
        step(module, optimizer)
    assert copies == []
    found: list[Observed | Lost] = []
    watching.source.want(found.append)
    step(module, optimizer)
    step(module, optimizer)
    assert len(copies) == 1
    assert steps(found) == [6]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_what_is_shown_is_the_network_of_that_step(watched: Callable[..., Watching], dtype: torch.dtype) -> None:
    module = network(dtype)
    optimizer, watching = torch.optim.SGD(module.parameters(), 0.1), watched(module)
    found: list[Observed | Lost] = []
    watching.source.want(found.append)
    step(module, optimizer)
    then = from_torch(module, DATA, train_percent=100)
    step(module, optimizer)
    (shown,) = found
    assert isinstance(shown, Observed)
    assert np.array_equal(shown.parameters, then.parameters)
    assert not np.array_equal(shown.parameters, watching.run.parameters)
    assert np.array_equal(watching.run.parameters, from_torch(module, DATA).parameters)


def test_all_points_are_training_data_and_losses_are_those_of_the_loop(watched: Callable[..., Watching]) -> None:
    module = network()
    run = watched(module).run
    with torch.no_grad():
        loss = nn.functional.binary_cross_entropy_with_logits(module(DATA[0].float())[:, 0].double(), DATA[1])
    assert len(run.train_data) == len(POINTS)
    assert run.train_loss == pytest.approx(loss.item(), rel=1e-5)


def test_a_cell_that_is_run_again_shows_the_new_module_on_the_same_page(watched: Callable[..., Watching]) -> None:
    first = network()
    before = watched(first)
    url, optimizer = before.url, torch.optim.SGD(first.parameters(), 0.1)
    step(first, optimizer)
    before_hooks = hooks()
    second = nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, 2))
    again = watched(second)
    assert again is before
    assert (again.url, again.steps) == (url, 0)
    assert hooks() == before_hooks
    step(first, optimizer)
    assert again.steps == 0
    assert again.run.layout.sizes == (3, 6, 1)
    assert watched(first, name="beside").url != url


def test_after_it_is_closed_nothing_is_left(watched: Callable[..., Watching]) -> None:
    before_hooks = hooks()
    watching = watched(network())
    watching.close()
    watching.close()
    assert hooks() == before_hooks
    with pytest.raises(ExperimentError, match="call watch again"):
        _ = watching.url
    assert watched(network()) is not watching


def test_the_last_step_is_shown_after_the_block(watched: Callable[..., Watching]) -> None:
    module = network()
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    found: list[Observed | Lost] = []
    with watched(module) as watching:
        step(module, optimizer)
        watching.source.want(found.append)
    assert steps(found) == [1]


def test_a_module_that_cannot_be_shown_leaves_no_hook(watched: Callable[..., Watching]) -> None:
    before_hooks = hooks()
    with pytest.raises(ExperimentError, match="layer 0 is 'Conv1d"):
        watched(nn.Sequential(nn.Conv1d(2, 2, 1)))
    with pytest.raises(ExperimentError, match="data is '2 inputs', but must be 3 inputs"):
        watched(network(), Dataset.from_arrays(POINTS[:, :2], LABELS))
    assert hooks() == before_hooks


def test_without_pytorch_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'tinkernet\[torch\]'"):
        watch(object(), browser=False)


def test_a_loop_in_another_thread_may_be_watched_and_stopped_at_any_time(watched: Callable[..., Watching]) -> None:
    module, ended = network(), threading.Event()
    optimizer, watching = torch.optim.SGD(module.parameters(), 0.01), watched(module)

    def train() -> None:
        while not ended.is_set():
            step(module, optimizer)

    thread = threading.Thread(target=train)
    thread.start()
    try:
        found: list[Observed | Lost] = []
        for _ in range(5):
            watching.source.start()
            watching.source.want(found.append)
            time.sleep(0.02)
            watching.stop()
        assert len(found) == 5
    finally:
        ended.set()
        thread.join()
