"""Pages that connect, disconnect, reconnect and misbehave."""

import json
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tinkernet.protocol.uploads import CHUNK_BYTES, UploadChunk, write_chunk

if TYPE_CHECKING:
    from serving import Server


class Start(Protocol):
    """Starts a server, on this port if one is given."""

    def __call__(self, port: int = 0) -> AbstractContextManager["Server"]: ...


def test_a_reconnected_page_gets_the_current_state_of_the_run(server: "Server") -> None:
    with server.tab() as tab:
        tab.say("set-speed", speed="fast")
        tab.say("play")
        tab.until(lambda: tab.frame.epoch >= 10)
        name, link, epoch = tab.session, tab.state["link"], tab.frame.epoch
    with server.tab(link, session=name) as tab:
        assert tab.session == name
        assert tab.state["playing"]
        tab.until(lambda: tab.frame.epoch > epoch + 50)
        curve = np.concatenate([frame.curve for frame in tab.frames])
        assert curve[:, 0].tolist() == list(range(tab.frame.epoch + 1))


def test_undo_works_after_reconnecting(server: "Server") -> None:
    with server.tab() as tab:
        tab.change(hidden=[3])
        name, link = tab.session, tab.state["link"]
    with server.tab(link, session=name) as tab:
        tab.do("undo")
        assert tab.state["experiment"]["hidden"] == [4, 2]


def test_a_duplicated_tab_has_an_independent_run(server: "Server") -> None:
    with server.tab() as tab:
        tab.train(10)
        with server.tab(tab.state["link"], session=tab.session) as twin:
            assert twin.session != tab.session
            assert twin.frame.epoch == 10
            assert np.array_equal(twin.frame.parameters, tab.frame.parameters)
            twin.train(5)
            tab.change(learning_rate=0.1)
            assert (tab.frame.epoch, twin.frame.epoch) == (10, 15)
            assert twin.state["experiment"]["learning_rate"] == 0.03


def test_a_tab_that_reconnects_with_another_link_opens_it_and_can_undo(server: "Server") -> None:
    with server.tab() as tab:
        tab.train(10)
        name = tab.session
    with server.tab("dataset=xor&seed=0.1", session=name) as tab:
        tab.until(lambda: tab.state["experiment"]["dataset"] == "xor" and tab.frame.epoch == 0)
        tab.do("undo")
        assert (tab.state["experiment"]["dataset"], tab.frame.epoch) == ("circle", 10)


def test_two_tabs_are_two_runs(server: "Server") -> None:
    with server.tab() as one, server.tab() as other:
        one.train(5)
        other.change(activation="relu")
        assert one.session != other.session
        assert (one.frame.epoch, other.frame.epoch) == (5, 0)


def test_after_a_restart_of_the_server_the_link_restores_the_experiment(start: Start) -> None:
    with start() as server:
        port, cookie = server.port, server.cookie
        with server.tab("dataset=xor&seed=0.1&networkShape=5") as tab:
            name, link, first = tab.session, tab.state["link"], tab.frame.parameters
    with start(port) as server:
        assert server.cookie == cookie
        with server.tab(link, session="unknown to this server") as tab:
            assert tab.session != name
            tab.until(lambda: tab.notices)
            assert "starts again at epoch 0" in tab.notices[0]
            assert tab.state["link"] == link
            assert np.array_equal(tab.frame.parameters, first)


def test_a_server_ends_while_pages_are_open(start: Start) -> None:
    with ExitStack() as pages, start() as server:
        tab = pages.enter_context(server.tab())
        tab.say("set-speed", speed="max")
        tab.say("play")
        tab.until(lambda: tab.frame.epoch > 10)


def test_an_invalid_link_is_reported_and_the_page_opens(server: "Server") -> None:
    with server.tab("learningRate=fast&seed=1") as tab:
        tab.until(lambda: tab.notices)
        assert tab.state["experiment"]["learning_rate"] == 0.03
    with server.tab("https://example.com/") as tab:
        tab.until(lambda: tab.troubles)
    with server.tab("networkShape=256,256,256&seed=1") as tab:
        tab.until(lambda: tab.troubles)
        assert tab.state["sizes"] == [2, 4, 2, 1]


def test_unknown_settings_of_a_link_are_reported(server: "Server") -> None:
    with server.tab("seed=1&momentum=0.5") as tab:
        tab.until(lambda: tab.notices)
        assert "momentum" in tab.notices[0]


@pytest.mark.parametrize(
    "message",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"type":"nothing"}',
        '{"type":"attached"}',
        '{"type":"play","extra":1}',
        '{"type":"set-speed","speed":"warp"}',
        '{"type":"set-weight","layer":-1,"to":0,"from":0,"value":1}',
        '{"type":"set-weight","layer":0,"to":0,"from":0,"value":"NaN"}',
        '{"type":"watch","neuron_cells":100000,"output_cells":1}',
        '{"type":"stop-at","epoch":0}',
        '{"type":"hello","session":"","link":""}',
        "[" * 10_000,
        json.dumps({"type": "open", "link": "x" * 20_001}),
        json.dumps({"type": "open", "link": "x" * 70_000}),
        b"\x00\x01",
    ],
    ids=lambda message: str(message[:30]),
)
def test_an_invalid_message_is_reported_and_the_page_stays_connected(server: "Server", message: Any) -> None:
    with server.tab() as tab:
        tab.socket.send(message)
        tab.until(lambda: tab.troubles)
        tab.change(learning_rate=0.1)


def test_a_client_that_sends_only_garbage_is_disconnected(server: "Server") -> None:
    with server.tab() as tab, pytest.raises(ConnectionClosed) as closed:
        tab.until(lambda: tab.socket.send("garbage"))
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


def test_a_message_larger_than_any_intention_is_not_read(server: "Server") -> None:
    with server.tab() as tab, pytest.raises(ConnectionClosed) as closed:
        tab.until(lambda: tab.socket.send("x" * 300_000))
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def test_a_file_comes_in_binary_messages(server: "Server") -> None:
    content = b"x,y,kind\n" + b"".join(b"%d,%d,%s\n" % (k, k % 7, b"red" if k % 2 else b"blue") for k in range(60_000))
    with server.tab() as tab:
        tab.say("begin-upload", upload=3, name="a.csv", size=len(content))
        for start in range(0, len(content), CHUNK_BYTES):
            tab.socket.send(write_chunk(UploadChunk(3, start, content[start : start + CHUNK_BYTES])))
        tab.until(lambda: "reading" in vars(tab))
        assert vars(tab)["reading"]["table"]["used_rows"] == 60_000


def test_a_binary_message_that_is_no_part_of_a_file_is_rejected(server: "Server") -> None:
    with server.tab() as tab:
        tab.socket.send(b"no chunk"[:7])
        tab.until(lambda: tab.troubles)
        assert tab.troubles[0]["message"] == "A binary message must be a part of a file."


def test_messages_before_hello_are_ignored(server: "Server") -> None:
    url = f"ws://127.0.0.1:{server.port}/socket"
    with connect(url, origin=server.origin, additional_headers={"Cookie": server.cookie}) as socket:
        socket.send('{"type":"play"}')
        assert "hello" in str(socket.recv(5))


def test_sessions_cannot_be_guessed(server: "Server") -> None:
    with server.tab() as tab:
        assert len(tab.session) >= 32
        with server.tab(session=tab.session[:-1]) as other:
            assert other.session != tab.session
