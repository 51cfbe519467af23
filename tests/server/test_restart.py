"""A run is restored after its server was stopped or killed."""

import contextlib
import http.client
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from serving import Server, SocketTab

from tinkernet import Experiment, Run
from tinkernet.fragment import View
from tinkernet.server.store import Store
from tinkernet.session.restoring import Saved

Start = Callable[..., AbstractContextManager[Server]]
LINK = "seed=0.5&dataset=xor"


def test_a_run_is_restored_at_its_epoch_with_all_edits(start: Start) -> None:
    with start() as server:
        port = server.port
        with server.tab(LINK) as tab:
            tab.train(300)
            tab.change(learning_rate=0.1)
            tab.do("set-weight", layer=0, to=1, **{"from": 0}, value=0.75)
            tab.do("freeze", layer=0, neuron=2, frozen=True)
            tab.train(50)
            name, link, parameters, events = tab.session, tab.state["link"], tab.frame.parameters, tab.state["events"]
    with start(port) as server, server.tab(link, session=name) as tab:
        tab.until(lambda: tab.frame.epoch == 350)
        assert tab.session == name
        assert np.array_equal(tab.frame.parameters, parameters)
        assert tab.state["events"] == events
        assert any("restored at epoch 350" in notice for notice in tab.notices)
        tab.do("step")
        tab.until(lambda: tab.frame.epoch == 351)


def test_intentions_during_restoring_are_handled_afterwards(start: Start) -> None:
    with start() as server:
        port = server.port
        with server.tab(LINK) as tab:
            tab.train(2_000)
            name, link = tab.session, tab.state["link"]
    with start(port) as server, server.tab(link, session=name) as tab:
        tab.say("step")
        tab.until(lambda: tab.frame.epoch == 2_001)


def test_an_address_with_another_link_opens_that_link(start: Start) -> None:
    with start() as server:
        port = server.port
        with server.tab(LINK) as tab:
            tab.train(10)
            name = tab.session
    with start(port) as server, server.tab("seed=0.7&dataset=spiral", session=name) as tab:
        tab.until(lambda: tab.state["experiment"]["dataset"] == "spiral" and tab.frame.epoch == 0)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="has no such signal")
def test_a_run_survives_when_its_server_is_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "tinkernet", "--no-browser", "--port", "0"]

    def started(port: str) -> tuple[subprocess.Popen[str], int, str]:
        command[-1] = port
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        while line := process.stdout.readline():
            if found := re.search(r":(\d+)\S*token=([\w-]+)", line):
                return process, int(found[1]), found[2]
        raise AssertionError("the server did not start")

    process, port, token = started("0")
    try:
        cookie = cookie_for(port, token)
        with tab_at(port, cookie, link=LINK) as tab:
            tab.train(77)
            name, link, parameters = tab.session, tab.state["link"], tab.frame.parameters
            saved = tmp_path / "tinkernet" / "sessions"
            while '"epoch":77' not in "".join(file.read_text() for file in saved.glob("*.json")):
                tab.listen(0.05)
        end(process)
        process, _, token = started(str(port))
        with tab_at(port, cookie_for(port, token), link=link, session=name) as tab:
            tab.until(lambda: tab.frame.epoch == 77)
            assert np.array_equal(tab.frame.parameters, parameters)
    finally:
        end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Kill the server."""
    process.kill()
    process.communicate()


def tab_at(port: int, cookie: str, **values: Any) -> SocketTab:
    """A tab connected to the server at this port."""
    return SocketTab(url=f"ws://127.0.0.1:{port}/socket", origin=origin(port), cookie=cookie, **values)


def origin(port: int) -> Any:
    return f"http://127.0.0.1:{port}"


def cookie_for(port: int, token: str) -> str:
    """The cookie that the server sets for the token."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", f"/?token={token}")
        with connection.getresponse() as response:
            return str(response.getheader("set-cookie")).split(";")[0]


# --- The store -------------------------------------------------------------------------


def saved_run() -> Saved:
    run = Run(Experiment(seed="0.5")).train(3)
    run.set_bias(0, 0, 0.5)
    return Saved.of(run, View(discretize=True))


def test_a_saved_session_is_restored_and_private(tmp_path: Path) -> None:
    store = Store(tmp_path / "sessions")
    store.save("name", saved_run())
    assert store.load("name") == saved_run()
    assert Store(tmp_path / "sessions").load("name") == saved_run()
    assert store.load("other") is None
    (file,) = (tmp_path / "sessions").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert "name" not in file.name
    store.remove("name")
    assert store.load("name") is None


CHANGES: list[dict[str, Any]] = [
    {"version": 2},
    {"epoch": -1},
    {"epoch": 10**30},
    {"nonsense": 1},
    {"events": [{"type": "bias", "epoch": 2, "position": 0, "layer": 9, "neuron": 0, "value": 1.0}]},
    {"events": [{"type": "changed", "epoch": 2, "position": 0, "before": {"seed": "1"}, "after": {"seed": "2"}}]},
    {"origin": {"dataset": "clouds"}},
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_modified_file_is_ignored(tmp_path: Path, change: dict[str, Any]) -> None:
    store = Store(tmp_path)
    store.save("name", saved_run())
    (file,) = tmp_path.iterdir()
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    assert store.load("name") is None


@pytest.mark.parametrize("content", [b"", b"[" * 100_000, b"\xff", b"{}", b"null"])
def test_a_file_of_another_type_is_ignored(tmp_path: Path, content: bytes) -> None:
    store = Store(tmp_path)
    store.save("name", saved_run())
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert store.load("name") is None


def test_an_unwritable_store_saves_nothing_and_causes_no_errors(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for store in (Store(None), Store(tmp_path / "file" / "sessions")):
        store.save("name", saved_run())
        assert store.load("name") is None
        store.remove("name")


def test_old_files_are_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.save("name", saved_run())
    (file,) = tmp_path.iterdir()
    long_ago = time.time() - 100 * 3600
    os.utime(file, (long_ago, long_ago))
    assert store.load("name") is None
    Store(tmp_path)
    assert list(tmp_path.iterdir()) == []
