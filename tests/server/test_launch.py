"""The browser is started with a file that only its owner can read, and its token works once."""

import http.client
import os
import re
import stat
import urllib.parse
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tinkernet.server.launch import Launch

if TYPE_CHECKING:
    from serving import Server


def file_of(launch: Launch, fragment: str = "") -> Path:
    uri = launch.prepare("http://127.0.0.1:1/", fragment)
    assert uri.startswith("file://")
    assert "token" not in uri
    return Path(urllib.parse.unquote(urllib.parse.urlsplit(uri).path))


def token_in(file: Path) -> str:
    found = re.search(r"token=([\w-]+)", file.read_text())
    assert found
    return found[1]


def test_only_the_owner_can_read_the_file() -> None:
    launch = Launch()
    before = os.umask(0)
    try:
        file = file_of(launch)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    launch.close()


def test_the_token_works_once_and_the_file_is_gone_after_that() -> None:
    launch = Launch()
    file = file_of(launch)
    token = token_in(file)
    assert not launch.redeem("")
    assert not launch.redeem(token[:-1])
    assert launch.redeem(token)
    assert not launch.redeem(token)
    assert not file.parent.exists()


def test_an_unused_token_is_invalid_after_closing() -> None:
    launch = Launch()
    file = file_of(launch)
    token = token_in(file)
    launch.close()
    assert not launch.redeem(token)
    assert not file.parent.exists()


def test_a_link_in_the_file_stays_text() -> None:
    launch = Launch()
    text = file_of(launch, 'a="><script>x</script>&b=1').read_text()
    assert "<script>" not in text
    assert "#a=&quot;&gt;" in text
    launch.close()


def test_the_launch_token_gets_the_cookie_once_and_the_printed_one_each_time(server: "Server") -> None:
    token = token_in(file_of(server.launch))

    def cookie_for(token: str) -> str | None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        try:
            connection.request("GET", f"/?token={token}")
            return connection.getresponse().headers["Set-Cookie"]
        finally:
            connection.close()

    assert (cookie_for(token) or "").startswith(server.cookie)
    assert cookie_for(token) is None
    for _ in range(2):
        assert (cookie_for(server.keys.token) or "").startswith(server.cookie)


def test_the_token_is_not_on_the_browsers_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from tinkernet.cli import page

    opened: list[str] = []

    def open_browser(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", open_browser)
    launch = Launch()
    page._open_browser(launch, "http://127.0.0.1:1/", "")
    launch.close()
    assert len(opened) == 1
    assert opened[0].startswith("file://")
    assert "token" not in opened[0]
