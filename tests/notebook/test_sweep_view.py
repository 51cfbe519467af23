"""The view of a sweep in Python, without a notebook: what it shows and keeps, and messages that no view would send."""

import gc
import json
import time
from pathlib import Path
from typing import Any
from weakref import ref

import msgspec
import pytest

import tinkernet
from tinkernet import Experiment, Sweep, cells, engine
from tinkernet.notebook.built import script
from tinkernet.notebook.sweep_view import SweepView, view_of
from tinkernet.protocol.sweep_view import MOST_LETTERS, SweepProgress

MOST_SAVED = 50_000


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    engine.wait_until_compiled()


def begun(**settings: Any) -> Sweep:
    """A sweep in four blocks, each of which takes about a second."""
    return tinkernet.sweep(Experiment(dataset="xor", seed="0.5"), start=range(400), epochs=800, cores=1, **settings)


def comes_to(view: SweepView, phase: str) -> None:
    """Wait until a view shows this phase."""
    end = time.monotonic() + 60
    while view.progress["phase"] != phase:
        assert time.monotonic() < end, view.progress
        time.sleep(0.02)


def asked(view: SweepView, kind: object) -> None:
    """A message of a view."""
    view._receive(view, {"kind": kind}, [])


def test_a_view_follows_its_sweep_to_the_end_and_keeps_no_reference_to_it() -> None:
    sweep = tinkernet.sweep(Experiment(seed="1"), learning_rate=[0.03, 0.1], start=range(8), epochs=5)
    view = view_of(sweep)
    comes_to(view, "done")
    shown = msgspec.convert(view.progress, SweepProgress)
    assert (shown.done, shown.runs, shown.kept, shown.error) == (16, 16, 0, "")
    assert shown.settings == ["start", "learning rate"]
    best = sweep.best
    assert shown.lowest_loss == best["test_loss"]
    assert {one.name: one.value for one in shown.best} == {"start": str(best["start"]), "learning rate": "0.1"}
    gone = ref(sweep)
    del sweep, best
    gc.collect()
    assert gone() is None
    view.close()


def test_a_view_pauses_continues_and_stops() -> None:
    sweep = begun()
    view = view_of(sweep)
    asked(view, "pause")
    assert view.progress["phase"] == "paused"
    assert sweep.paused
    asked(view, "continue")
    assert view.progress["phase"] == "running"
    asked(view, "stop")
    assert view.progress["phase"] in ("stopping", "stopped")
    comes_to(view, "stopped")
    assert sweep.over
    assert sweep.done < sweep.runs
    for kind in ("pause", "continue", "stop"):
        asked(view, kind)
    assert view.progress["phase"] == "stopped"
    view.close()


def test_a_sweep_that_fails_says_why(tmp_path: Path) -> None:
    sweep = begun(folder=tmp_path / "results")
    view = view_of(sweep.pause())
    (tmp_path / "results").rename(tmp_path / "moved")
    sweep.unpause()
    comes_to(view, "failed")
    assert view.progress["error"] == str(sweep.error)[:MOST_LETTERS]
    assert "must be a file that can be written" in view.progress["error"]
    view.close()


def test_a_resumed_sweep_shows_what_was_there(tmp_path: Path) -> None:
    tinkernet.sweep(Experiment(seed="1"), start=range(8), epochs=5, folder=tmp_path / "results").wait()
    sweep = Sweep.resume(tmp_path / "results")
    view = view_of(sweep)
    comes_to(view, "done")
    shown = view.progress
    assert (shown["done"], shown["kept"], shown["lowest_loss"], shown["best"]) == (8, 8, None, [])
    view.close()


STRANGE: tuple[Any, ...] = (None, "stop", [], 3, {}, {"kind": []}, {"kind": "STOP"}, {"kind": "stop", "more": 1})


def test_hostile_messages_change_nothing(caplog: pytest.LogCaptureFixture) -> None:
    sweep = begun().pause()
    view = view_of(sweep)
    before = view.progress
    for content in STRANGE:
        view._receive(view, content, [b"x"])
    assert view.progress == before
    assert sweep.phase == "paused"
    assert caplog.messages == []
    sweep.stop()
    view.close()


def test_two_cells_share_a_view_and_a_closed_one_is_replaced() -> None:
    sweep = begun().pause()
    view = view_of(sweep)
    assert view_of(sweep) is view
    view.close()
    again = view_of(sweep)
    assert again is not view
    time.sleep(0.6)  # the workers look at each view four times a second
    assert view._sweep is None
    assert again._sweep is sweep
    sweep.stop()
    comes_to(again, "stopped")
    again.close()


def test_a_cell_shows_the_view_where_widgets_can_be_shown_and_otherwise_a_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sweep = tinkernet.sweep(Experiment(seed="1"), start=range(4), epochs=5).wait()
    still = sweep._repr_mimebundle_()
    assert set(still) == {"text/plain", "text/html"}
    assert "<caption>Best so far</caption>" in still["text/html"]
    monkeypatch.setattr(cells, "show_widgets", lambda: True)
    data, _ = sweep._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert {name: data[name] for name in still} == still
    assert sweep._display_() is view_of(sweep)
    view_of(sweep).close()


def test_a_saved_view_is_small() -> None:
    sweep = tinkernet.sweep(Experiment(seed="1"), start=range(4), epochs=5).wait()
    view = view_of(sweep)
    assert len(json.dumps([view.progress, script("sweep.js")])) < MOST_SAVED
    view.close()
