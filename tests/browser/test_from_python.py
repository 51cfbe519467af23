"""The page of a run that Python opens, and of a network that PyTorch trains, in a real browser."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from browsing import Tab
from playwright.sync_api import expect
from torch import nn

from tinkernet import Dataset, Run, watch
from tinkernet.session import sentences

POINTS = np.random.default_rng(1).normal(size=(100, 3)) * 2
LABELS = (POINTS[:, 0] * POINTS[:, 1] > 0).astype(float)
Open = Callable[..., Tab]


@pytest.fixture
def open_address(context_of: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Opens an address in an empty browser profile; keys are kept apart from those of the person who runs the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def opened(address: str, **settings: Any) -> Tab:
        page = context_of(**settings).new_page()
        page.goto(address)
        return Tab(page).ready()

    return opened


@pytest.fixture
def training() -> Iterator[Callable[[nn.Module], Callable[[], None]]]:
    """Trains a module in another thread until the function that is returned is called, or the test ends."""
    threads: list[threading.Thread] = []
    ended, used = threading.Event(), torch.get_num_threads()
    torch.set_num_threads(1)
    points, labels = torch.tensor(POINTS, dtype=torch.float32), torch.tensor(LABELS)

    def train(module: nn.Module) -> None:
        optimizer = torch.optim.Adam(module.parameters(), 1e-3)
        while not ended.wait(0.002):
            optimizer.zero_grad()
            nn.functional.binary_cross_entropy_with_logits(module(points)[:, 0].double(), labels).backward()
            optimizer.step()

    def stop() -> None:
        ended.set()
        for thread in threads:
            thread.join()

    def started(module: nn.Module) -> Callable[[], None]:
        threads.append(threading.Thread(target=train, args=(module,)))
        threads[-1].start()
        return stop

    yield started
    stop()
    torch.set_num_threads(used)


def test_a_run_is_opened_trained_on_the_page_and_read_back(open_address: Open) -> None:
    data = Dataset.from_arrays(POINTS, LABELS)
    run = Run(data=data, seed="0.5").train(7)
    with run.open(browser=False) as opening:
        tab = open_address(opening.url)
        tab.sees("epoch", 7)
        assert "token" not in tab.page.url
        tab.button("Step").click()
        tab.sees("epoch", 8)
        assert opening.run.epoch == 8
        assert run.epoch == 7
        tab.page.reload()
        tab.ready().sees("epoch", 8)
        tab.page.close()


def test_a_network_that_pytorch_trains_is_seen_live(
    open_address: Open, training: Callable[[nn.Module], Callable[[], None]]
) -> None:
    module = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 1))
    watching = watch(module, (POINTS, LABELS), browser=False)
    try:
        tab = open_address(watching.url)
        sign = tab.page.get_by_test_id("watched")
        expect(sign).to_contain_text("Trained from Python")
        before = tab.picture()
        stop = training(module)
        tab.page.wait_for_function("() => Number(document.querySelector('[data-testid=epoch]').dataset.value) > 20")
        expect(sign).to_contain_text("steps/s, cost")
        # What would change the network is not there, or says why it cannot.
        for name in ("Play", "Reset", "Stop at", "Pin run"):
            expect(tab.button(name)).to_have_count(0)
        expect(tab.page.get_by_label("Discretize")).to_be_visible()
        expect(tab.page.get_by_label("Show test data")).to_have_count(0)  # there are no test points
        tab.button("Neuron 1 of layer 1").first.click()
        expect(tab.page.get_by_label("Neuron boundaries")).to_be_visible()
        expect(tab.page.get_by_label("Freeze")).to_have_count(0)
        tab.page.keyboard.press("Escape")
        tab.button("More").click()
        expect(tab.page.get_by_role("menuitem", name="Copy picture")).to_be_visible()
        for name in (
            "Lessons",
            "Open a link",
            "Stop at",
            "Save animation",
            "Copy Python code",
            "Export",
            "Hide controls",
        ):
            expect(tab.page.get_by_role("menuitem", name=name)).to_have_count(0)
        tab.page.keyboard.press("Escape")
        tab.slider("Epoch").press("ArrowLeft")
        expect(tab.page.get_by_text(sentences.TRAINED_ELSEWHERE)).to_be_visible()
        stop()
        tab.sees("epoch", watching.steps)
        tab.sees_exactly("train-loss", watching.run.train_loss)
        assert tab.picture() != before
        # A page that is open would complain that the server has gone.
        tab.page.close()
    finally:
        watching.close()
