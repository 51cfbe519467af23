"""The session of a passing page, such as a figure in an explanation, ends with its connection."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from serving import Server

from tinkernet.protocol import intentions
from tinkernet.server import registry as registry_module
from tinkernet.server.registry import Registry
from tinkernet.server.store import Store
from tinkernet.session.scheduler import Scheduler
from tinkernet.session.session import Session

Start = Callable[..., AbstractContextManager[Server]]
LINK = "seed=0.5&dataset=xor"


class SilentPage:
    """A page that ignores all messages."""

    def post(self, payload: str | bytes) -> None:
        """Ignore it."""


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """A registry whose sessions run, with a store."""
    scheduler = Scheduler(1)
    registry = Registry(scheduler, Store(tmp_path))
    scheduler.start()
    yield registry
    registry.close()
    scheduler.close()


def joined(registry: Registry, name: str = "", *, passing: bool = False) -> tuple[Session, SilentPage]:
    """A session for a new page."""
    page = SilentPage()
    session, attached = registry.join(intentions.Hello(session=name, link=LINK, passing=passing), page)
    session.receive(attached)
    return session, page


def test_it_ends_with_its_connection(registry: Registry) -> None:
    kept, kept_page = joined(registry)
    passing, page = joined(registry, passing=True)
    assert len(registry) == 2
    registry.leave(passing, page)
    assert len(registry) == 1
    registry.leave(kept, kept_page)
    assert len(registry) == 1


def test_it_stops_training_when_it_ends(registry: Registry) -> None:
    passing, page = joined(registry, passing=True)
    passing.receive(intentions.Play())
    wait_until(lambda: passing.playing)
    registry.leave(passing, page)
    wait_until(lambda: not passing.playing)


def test_it_is_not_diagnosed(start: Start) -> None:
    with start() as server:
        with server.tab(LINK) as tab:
            tab.until(lambda: tab.findings is not None)
        with server.tab(LINK, passing=True) as tab:
            tab.train(10)
            tab.listen(1.0)
            assert tab.findings is None


def test_it_is_never_saved(registry: Registry, tmp_path: Path) -> None:
    joined(registry, passing=True)
    registry.save()
    assert list(tmp_path.iterdir()) == []
    joined(registry)
    registry.save()
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("passing", [True, False])
def test_no_other_page_gets_it_or_a_copy_of_it(registry: Registry, *, passing: bool) -> None:
    figure, _ = joined(registry, passing=True)
    figure.receive(intentions.SetBias(layer=0, neuron=0, value=5.0, done=True))
    wait_until(lambda: figure.saved.events)
    other, _ = joined(registry, figure.name, passing=passing)
    assert other.name != figure.name
    assert other.saved.events == ()


def test_a_passing_page_never_gets_another_session(registry: Registry) -> None:
    kept, page = joined(registry)
    registry.leave(kept, page)
    passing, _ = joined(registry, kept.name, passing=True)
    assert passing.name != kept.name
    assert joined(registry, kept.name)[0] is kept


def test_sessions_that_nobody_watches_are_kept_however_many_pass(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry_module, "MOST_UNWATCHED", 1)
    kept, page = joined(registry)
    registry.leave(kept, page)
    for _ in range(3):
        registry.leave(*joined(registry, passing=True))
    joined(registry, passing=True)
    registry.tidy()
    assert len(registry) == 2
    assert joined(registry, kept.name)[0] is kept


def test_a_figure_that_reconnects_begins_again_without_a_notice(start: Start) -> None:
    with start() as server:
        with server.tab(LINK, passing=True) as tab:
            tab.train(10)
            name = tab.session
        with server.tab(LINK, passing=True, session=name) as tab:
            assert tab.session != name
            assert tab.frame.epoch == 0
            tab.listen(0.2)
            assert tab.notices == []


def wait_until(holds: Callable[[], object], patience: float = 20.0) -> None:
    """Wait for another thread."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)
