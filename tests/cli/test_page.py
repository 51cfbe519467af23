"""The command `tinkernet` in a terminal."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starting import built, started, tinkernet

from tinkernet.server.address import DEFAULT_PORT


def test_help_imports_no_large_modules() -> None:
    asked = "import sys; from tinkernet.cli import main; main(['--help']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert "LINK" in done.stdout
    loaded = done.stdout.splitlines()[-1]
    for heavy in ("numba", "llvmlite", "uvicorn", "starlette", "websockets", "rich", "PIL", "asyncio"):
        assert f"'{heavy}'" not in loaded, heavy


@pytest.mark.parametrize(
    "arguments",
    [
        ("--port", "70000"),
        ("--port", "x"),
        ("--nonsense",),
        ("--host", "no.such.host.invalid"),
        ("https://example.com/",),
    ],
    ids=" ".join,
)
def test_invalid_arguments_are_reported_in_one_line(arguments: tuple[str, ...]) -> None:
    said = tinkernet("--no-browser", *arguments)
    assert said.returncode == 2
    assert said.stdout == ""
    assert said.stderr.startswith("tinkernet: ")
    assert len(said.stderr.splitlines()) == 1


def test_a_port_in_use_is_reported() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = tinkernet("--no-browser", "--port", str(taken.getsockname()[1]))
    assert said.returncode == 2
    assert "in use" in said.stderr


@built
def test_the_printed_address_opens_the_page_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    with started(tmp_path, "https://playground.tensorflow.org/#dataset=xor&amp;seed=0.1") as (process, url):
        assert url.endswith("#dataset=xor&seed=0.1")
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with browser.open(url, timeout=10) as answer:
            assert "token" not in answer.url
            assert "<title>" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
        assert process.returncode == 0
        assert (out, err) == ("", "")


@built
@pytest.mark.usefixtures("heeded_hangup")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_end_it_and_set_the_exit_code(number: signal.Signals, tmp_path: Path) -> None:
    with started(tmp_path) as (process, _):
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (128 + number, "", "")


@built
def test_it_ends_if_its_address_cannot_be_printed(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -m tinkernet --no-browser --port 0 > /dev/full', sys.executable],
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "tinkernet: the output cannot be written (no space left on device)\n"


@built
def test_where_the_usual_port_is_in_use_another_one_is_taken_and_said(tmp_path: Path) -> None:
    with contextlib.ExitStack() as held:
        with contextlib.suppress(OSError):  # it is in use already
            held.enter_context(socket.create_server(("127.0.0.1", DEFAULT_PORT)))
        with started(tmp_path) as (process, url):
            assert f":{DEFAULT_PORT}/" not in url
            process.send_signal(signal.SIGINT)
            process.wait(timeout=10)
            assert process.stdout is not None
            more = process.stdout.read()  # not communicate(), which would not see what readline() has read ahead
            assert more == f"Port {DEFAULT_PORT} is in use, so this page is on port {urlsplit(url).port}.\n"


@built
def test_two_at_once_take_two_ports(tmp_path: Path) -> None:
    with started(tmp_path) as (_, one), started(tmp_path) as (_, other):
        assert one.partition("?")[0] != other.partition("?")[0]
