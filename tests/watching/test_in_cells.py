"""Watching in a notebook, without a notebook: what is shown, opened and copied."""

import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import nn

from tinkernet import cells, watch
from tinkernet.watching.parameters import ModuleParameters
from tinkernet.watching.watch import Watching

DATA = (torch.randn(20, 2, generator=torch.manual_seed(1)) * 3, torch.arange(20) % 2)


def network() -> nn.Module:
    """A network with two inputs."""
    return nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was opened with."""
    addresses: list[str] = []

    def opened(address: str) -> bool:
        addresses.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", opened)
    return addresses


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A notebook that shows widgets; what a block has shown in it."""
    results: list[Any] = []
    monkeypatch.setattr(cells, "show_widgets", lambda: True)
    monkeypatch.setattr(cells, "show", results.append)
    return results


@pytest.fixture
def watched() -> Iterator[list[Watching]]:
    """Watches, which are closed after the test."""
    made: list[Watching] = []
    yield made
    for watching in made:
        watching.close()


def test_in_a_notebook_the_cell_shows_the_widget_and_no_browser_opens(
    opened: list[str], shown: list[Any], watched: list[Watching]
) -> None:
    watched.append(watch(network(), DATA))
    bundle, _ = watched[0]._repr_mimebundle_()
    view = bundle["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert opened == shown == []
    # The cell is run again: the same widget.
    again = watch(network(), DATA)
    assert again is watched[0]
    assert again._repr_mimebundle_()[0]["application/vnd.jupyter.widget-view+json"]["model_id"] == view
    assert again._display_().model_id == view
    again.close()
    assert again._repr_mimebundle_() == {"text/plain": repr(again)}


def test_a_block_shows_the_widget_once(opened: list[str], shown: list[Any], watched: list[Watching]) -> None:
    watched.append(watch(network(), DATA))
    with watched[0]:
        pass
    assert shown == watched
    watched[0]._repr_mimebundle_()
    with watched[0]:
        pass
    assert shown == watched
    assert opened == []


def test_elsewhere_the_page_opens_in_a_browser_unless_that_is_not_wanted(
    opened: list[str], watched: list[Watching]
) -> None:
    watched.append(watch(network(), DATA, browser=False))
    assert opened == []
    assert watched[0]._repr_mimebundle_() == {"text/plain": repr(watched[0])}
    watch(network(), DATA)
    assert len(opened) == 1


def test_without_a_view_nothing_is_copied_while_the_loop_runs(
    shown: list[Any], watched: list[Watching], copies: list[ModuleParameters]
) -> None:
    module = network()
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    watched.append(watch(module, DATA))
    watched[0]._repr_mimebundle_()
    copies.clear()
    for _ in range(5):
        optimizer.step()
        time.sleep(0.1)  # for the threads that look after widgets
    assert copies == shown == []


def test_weights_that_are_not_finite_end_no_block(shown: list[Any], watched: list[Watching]) -> None:
    module = network()
    watched.append(watch(module, DATA))
    with watched[0]:
        watched[0]._repr_mimebundle_()
        nn.init.constant_(module.get_parameter("0.weight"), float("nan"))
        torch.optim.SGD(module.parameters(), 0.1).step()
    bundle, _ = watched[0]._repr_mimebundle_()
    assert bundle["image/png"]
    assert shown == watched


@pytest.mark.parametrize("shell", [None, SimpleNamespace(), SimpleNamespace(kernel=object())])
def test_ipython_in_a_terminal_is_no_notebook(monkeypatch: pytest.MonkeyPatch, shell: Any) -> None:
    monkeypatch.delitem(sys.modules, "marimo", raising=False)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert cells.show_widgets() == hasattr(shell, "kernel")
