"""The widget in Python, without a notebook: what is public, and messages that no page of ours would send."""

import gc
import json
import threading
import time
from typing import Any

import anywidget
import pytest

import tinkernet
from tinkernet import fragment
from tinkernet.errors import ExperimentError
from tinkernet.notebook import playground
from tinkernet.notebook.desk import MOST_CHANNELS
from tinkernet.notebook.saved import saved

HELLO = {"channel": "a", "kind": "message", "text": json.dumps({"type": "hello", "link": "", "session": ""})}


class View:
    """What a view of a widget sends and gets."""

    def __init__(self, widget: tinkernet.Playground) -> None:
        self.contents: list[dict[str, Any]] = []
        self._widget = widget
        widget.send = lambda content, _buffers: self.contents.append(content)

    def receive(self, content: object, *buffers: bytes | memoryview) -> None:
        """A message of a view."""
        self._widget._receive(self._widget, content, list(buffers))

    def waits_for(self, part: str) -> None:
        """Wait for a message with this in it."""
        end = time.monotonic() + 30
        while not any(part in json.dumps(content) for content in self.contents):
            assert time.monotonic() < end, self.contents
            time.sleep(0.02)


def test_what_is_public_is_for_those_who_use_it() -> None:
    own = set(dir(tinkernet.Playground)) - set(dir(anywidget.AnyWidget))
    assert {name for name in own if not name.startswith("_")} == {"experiment", "run"}


def test_a_setting_that_is_not_allowed_leaves_nothing_to_be_closed() -> None:
    with pytest.raises(ExperimentError, match="learning_rate"):
        tinkernet.Playground(learning_rate=-1.0)
    gc.collect()  # an exception in here is an error of this test


STRANGE: tuple[Any, ...] = (None, "open", [], 3, {}, {"kind": []}, {"kind": "open"}, {"kind": "open", "channel": 3})
TEXTS: tuple[Any, ...] = (
    *(None, 3, {}, "", "{", "[" * 100_000, "x" * 1_000_000),
    *('{"type":"attached"}', '{"type":"play","a":1}', '{"type":"drawn","frame":1e400}'),
)
KINDS: tuple[Any, ...] = ("unknown", "seen", None, {}, "here", "bytes")


def test_hostile_messages_are_answered_or_ignored(caplog: pytest.LogCaptureFixture) -> None:
    widget = tinkernet.Playground(dataset="circle", seed="0.5")
    view = View(widget)
    for content in (*STRANGE, {"kind": "open", "channel": "x" * 10_000}):
        view.receive(content)
    assert view.contents == []
    for _ in range(3):
        view.receive({"kind": "open", "channel": "a"})
        view.receive(HELLO)
    assert widget._desk is not None
    assert len(widget._desk._audience.channels) == 1
    for text in TEXTS:
        view.receive({"channel": "a", "kind": "message", "text": text})
    for kind in KINDS:
        view.receive({"channel": "a", "kind": kind})
    for part in (b"", b"x", memoryview(b"x" * 10_000_000)):
        view.receive({"channel": "a", "kind": "bytes"}, part)
    for number in range(MOST_CHANNELS + 20):
        view.receive({"channel": f"c{number}", "kind": "open"})
    assert len(widget._desk._channels) == MOST_CHANNELS
    view.contents.clear()
    for content in ({"channel": "a", "kind": "open"}, HELLO, {"channel": "a", "kind": "message", "text": 3}):
        view.receive(content)
    for answer in ("opened", "welcome", "Messages must be text."):
        view.waits_for(answer)
    widget.close()
    assert caplog.messages == []


def test_a_picture_that_took_long_does_not_replace_a_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    began, released = threading.Event(), threading.Event()

    def slow(run: tinkernet.Run, view: fragment.View) -> dict[str, Any]:
        state = saved(run, view)
        if run.epoch == 4:
            began.set()
            assert released.wait(30)
        return state

    widget = tinkernet.Playground(seed="0.5")
    monkeypatch.setattr(playground, "saved", slow)
    threads = [threading.Thread(target=widget._keep) for _ in range(2)]
    widget.run.train(4)
    threads[0].start()
    assert began.wait(30)
    widget.run.train(1)
    threads[1].start()
    threads[1].join(0.5)
    released.set()
    for thread in threads:
        thread.join()
    assert widget._saved["epoch"] == 5
    widget.close()
