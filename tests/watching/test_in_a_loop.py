"""What may happen in a person's loop while it is watched: nothing of it raises an exception in the loop."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from tinkernet import ExperimentError, from_torch, watch
from tinkernet.session.source import Lost, Observed
from tinkernet.watching.source import ModuleSource
from tinkernet.watching.watch import Watching

POINTS = torch.randn(40, 3, generator=torch.manual_seed(1)) * 2
LABELS = (POINTS[:, 0] > POINTS[:, 1]).float()
Started = Callable[[nn.Module], Watching]


def network() -> nn.Sequential:
    """A network with three inputs."""
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))


def step(module: nn.Module, *optimizers: Any) -> None:
    """A step of training with each optimizer."""
    for optimizer in optimizers:
        optimizer.zero_grad()
        points = POINTS.to(next(module.parameters()).dtype)
        nn.functional.binary_cross_entropy_with_logits(module(points)[:, 0].float(), LABELS).backward()
        optimizer.step()


def shown(source: ModuleSource) -> Observed:
    """The network as it is now."""
    found = source.now()
    assert isinstance(found, Observed)
    return found


@pytest.fixture
def watched() -> Iterator[Started]:
    """Watches without a page until the end of the test."""
    made: list[Watching] = []

    def started(module: nn.Module) -> Watching:
        made.append(watch(module, (POINTS, LABELS), browser=False))
        return made[-1]

    yield started
    for watching in made:
        watching.close()


def test_an_exception_in_the_block_is_the_persons_own(watched: Started) -> None:
    module = network()
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    watching = watched(module)

    def loop() -> None:
        with watching:
            step(module, optimizer)
            raise KeyError

    with pytest.raises(KeyError):
        loop()
    step(module, optimizer)
    assert watching.steps == shown(watching.source).step == 1


def test_a_block_that_begins_again_continues(watched: Started) -> None:
    module = network()
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    watching = watched(module)
    for _ in range(2):
        with watching:
            step(module, optimizer)
    assert watching.steps == 2


def test_after_the_block_the_last_step_stays_what_is_shown(watched: Started) -> None:
    module = network()
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    watching = watched(module)
    with watching:
        step(module, optimizer)
    last = watching.run.parameters
    step(module, optimizer)
    assert np.array_equal(shown(watching.source).parameters, last)
    assert not np.array_equal(watching.run.parameters, last)


def test_weights_that_are_not_finite_are_shown_as_they_are(watched: Started) -> None:
    module = network()
    optimizer, watching = torch.optim.SGD(module.parameters(), float("inf")), watched(module)
    step(module, optimizer)
    step(module, optimizer)
    assert not np.isfinite(shown(watching.source).parameters).all()
    assert watching.steps == 2


@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16, torch.float16])
def test_a_module_may_change_its_precision(watched: Started, dtype: torch.dtype) -> None:
    module = network()
    watching = watched(module)
    module.to(dtype)
    step(module, torch.optim.SGD(module.parameters(), 0.1))
    then = from_torch(module, (POINTS, LABELS), train_percent=100)
    assert np.array_equal(shown(watching.source).parameters, then.parameters)
    watching.close()
    assert watched(module).steps == 0


def test_a_module_without_gradients_is_shown(watched: Started) -> None:
    module = network().requires_grad_(requires_grad=False)
    watching = watched(module)
    torch.optim.SGD(module.parameters(), 0.1).step()
    assert watching.steps == 1


def test_a_compiled_module_is_the_module_that_it_was_made_of(watched: Started) -> None:
    module = network()
    compiled = torch.compile(module, backend="eager")
    watching = watched(compiled)
    step(compiled, torch.optim.SGD(module.parameters(), 0.1))
    assert watching.steps == 1
    assert np.array_equal(shown(watching.source).parameters, watching.run.parameters)


def test_every_optimizer_of_the_module_counts_also_one_that_gets_its_parameters_later(watched: Started) -> None:
    module = network()
    first = torch.optim.SGD(module[0].parameters(), 0.1)
    later = torch.optim.Adam(nn.Linear(1, 1).parameters(), 0.1)
    watching = watched(module)
    step(module, first, later)
    assert watching.steps == 1
    later.add_param_group({"params": list(module[2].parameters())})
    step(module, first, later)
    assert watching.steps == 3


def test_a_layer_that_is_replaced_by_one_of_its_size_is_shown(watched: Started) -> None:
    module = network()
    watching = watched(module)
    module[0] = nn.Linear(3, 4)
    step(module, torch.optim.SGD(module[0].parameters(), 0.1))
    assert watching.steps == 1
    assert np.array_equal(shown(watching.source).parameters, watching.run.parameters)


@pytest.mark.parametrize("other", [nn.Linear(3, 5), nn.Identity(), nn.Linear(3, 4, device="meta")])
def test_a_module_that_becomes_another_ends_watching_and_not_the_loop(
    watched: Started, caplog: pytest.LogCaptureFixture, other: nn.Module
) -> None:
    module = network()
    optimizer, watching = torch.optim.SGD(module.parameters(), 0.1), watched(module)
    found: list[Observed | Lost] = []
    step(module, optimizer)
    module[0] = other
    watching.source.want(found.append)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            optimizer.step()
    (lost,) = found
    assert isinstance(lost, Lost)
    assert [record.message for record in caplog.records] == [f"tinkernet no longer watches the module: {lost.reason}"]
    assert "\n" not in lost.reason
    watching.stop()

    # Watched again, it is as if nothing had happened.
    module[0] = nn.Linear(3, 4)
    assert watched(module) is watching
    step(module, torch.optim.SGD(module.parameters(), 0.1))
    assert shown(watching.source).step == 1


def test_an_optimizer_that_cannot_be_asked_ends_watching_and_not_the_loop(watched: Started) -> None:
    module = network()
    optimizer: Any = type("Odd", (torch.optim.SGD,), {"__hash__": None})(module.parameters(), 0.1)
    watching = watched(module)
    step(module, optimizer)
    assert isinstance(watching.source.now(), Lost)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (["a", "b", "c", "d"] * 10, "layer 2 is 'an output of 1 neurons'"),
        (LABELS[:5], "labels is 'an array of \\(5,\\)'"),
        (LABELS * float("nan"), "label in row 1 is nan"),
        (LABELS.to(torch.complex64), "label is 'an array of complex64'"),
    ],
)
def test_labels_of_a_wrong_kind_are_one_line(labels: Any, message: str) -> None:
    with pytest.raises(ExperimentError, match=message) as raised:
        watch(network(), (POINTS, labels), browser=False)
    assert "\n" not in str(raised.value)
