"""Access control: every route, including the socket, rejects a foreign Host or Origin, and requests without a token."""

import base64
import hashlib
import http.client
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.routing import Mount, Route, WebSocketRoute
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tinkernet.server.app import make_app
from tinkernet.server.guard import own_hosts
from tinkernet.server.keys import make_keys

if TYPE_CHECKING:
    from serving import Server

Headers = dict[str, str]

SOCKETS = ["/socket"]
PATHS = ["/", "/assets/page-1a2b.js", "/index.html", "/nothing-here", "/../../etc/passwd", "//evil.example/", "/socket"]


def ask(server: "Server", path: str, headers: Headers, method: str = "GET") -> tuple[int, Headers, str]:
    """The status, headers and body of the response to a plain request."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            for one in value.split("\n"):
                connection.putheader(name, one)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


def knock(server: "Server", path: str, headers: Headers) -> int:
    """The status of the response to a WebSocket handshake; 101 if it is accepted."""
    try:
        with connect(
            f"ws://127.0.0.1:{server.port}{path}",
            additional_headers={name: value for name, value in headers.items() if name not in ("Host", "Origin")},
            origin=headers.get("Origin"),  # type: ignore[arg-type]
            user_agent_header=None,
            open_timeout=10,
        ):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def good(server: "Server") -> Headers:
    """The headers of tinkernet's page."""
    return {"Host": f"127.0.0.1:{server.port}", "Origin": server.origin, "Cookie": server.cookie}


def upgrade(headers: Headers) -> Headers:
    """These headers for a WebSocket handshake."""
    wish = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    return {**headers, **wish, "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}


def changed(headers: Headers, **changes: str | None) -> Headers:
    """These headers with some changed or removed."""
    return {name: value for name, value in {**headers, **changes}.items() if value is not None}


def hostile(server: "Server") -> dict[str, Headers]:
    """Headers of requests from elsewhere."""
    ours, port = good(server), server.port
    wrong = f"{server.keys.cookie_name}={'0' * 64}"
    return {
        "no Host": changed(ours, Host=None),
        "DNS rebinding": changed(ours, Host=f"evil.example:{port}", Origin=f"http://evil.example:{port}"),
        "a name that begins as ours": changed(ours, Host=f"127.0.0.1.evil.example:{port}"),
        "a name that ends as ours": changed(ours, Host=f"evil-localhost:{port}"),
        "our name without the port": changed(ours, Host="127.0.0.1"),
        "our name with another port": changed(ours, Host=f"127.0.0.1:{port + 1}"),
        "our name with a user": changed(ours, Host=f"x@127.0.0.1:{port}"),
        "two Hosts": changed(ours, Host=f"127.0.0.1:{port}\nevil.example"),
        "a foreign Origin": changed(ours, Origin="http://evil.example"),
        "an Origin that begins as ours": changed(ours, Origin=f"http://127.0.0.1:{port}.evil.example"),
        "an Origin of another port": changed(ours, Origin=f"http://127.0.0.1:{port + 1}"),
        "an Origin of another scheme": changed(ours, Origin=f"https://127.0.0.1:{port}"),
        "the Origin null": changed(ours, Origin="null"),
        "an empty Origin": changed(ours, Origin=""),
        "two Origins": changed(ours, Origin=f"{server.origin}\nhttp://evil.example"),
        "no cookie": changed(ours, Cookie=None),
        "a wrong cookie": changed(ours, Cookie=wrong),
        "the cookie under another name": changed(ours, Cookie=f"tinkernet={server.keys.cookie}"),
        "the beginning of the cookie": changed(ours, Cookie=server.cookie[:-1]),
        "the token for a cookie": changed(ours, Cookie=f"{server.keys.cookie_name}={server.keys.token}"),
    }


def test_the_list_of_routes_is_complete() -> None:
    guard = make_app(own_hosts(["127.0.0.1"], 1), make_keys(1))
    routes = {
        (type(route), route.path)
        for route in guard._app.routes  # type: ignore[attr-defined]
    }
    assert routes == {(Route, "/"), (WebSocketRoute, "/socket"), (Mount, "")}


def test_every_route_is_closed_to_everyone_else(server: "Server") -> None:
    for what, headers in hostile(server).items():
        for path in PATHS:
            status, answer, body = ask(server, path, headers)
            assert status in (400, 403, 421), (what, path)
            assert "set-cookie" not in answer
            assert "use strict" not in body
        for path in [*SOCKETS, "/", "/nothing-here"]:
            status, _, _ = ask(server, path, upgrade(headers))
            assert status in (400, 403, 421), (what, path)


def test_every_route_is_open_to_our_own_page(server: "Server") -> None:
    ours = good(server)
    assert [ask(server, path, ours)[0] for path in PATHS] == [200, 200, 200, 404, 404, 404, 404]
    assert [ask(server, path, changed(ours, Origin=None))[0] for path in PATHS[:2]] == [200, 200]
    assert knock(server, "/socket", ours) == 101
    assert ask(server, "/socket", upgrade(ours))[0] == 101
    for name in ("localhost", "[::1]"):
        assert ask(server, "/", changed(ours, Host=f"{name}:{server.port}"))[0] == 200


def test_a_socket_without_an_origin_is_refused(server: "Server") -> None:
    assert knock(server, "/socket", changed(good(server), Origin=None)) == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_only_safe_methods_are_answered(server: "Server", method: str) -> None:
    assert ask(server, "/", good(server), method)[0] == 405


def test_the_token_of_the_printed_address_becomes_a_cookie(server: "Server") -> None:
    host = {"Host": f"127.0.0.1:{server.port}"}
    status, headers, _ = ask(server, f"/?token={server.keys.token}", host)
    assert (status, headers["location"]) == (303, "/")
    assert headers["set-cookie"] == f"{server.cookie}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert ask(server, "/", {**host, "Cookie": headers["set-cookie"].partition(";")[0]})[0] == 200


def test_a_wrong_token_opens_nothing(server: "Server") -> None:
    host = {"Host": f"127.0.0.1:{server.port}"}
    for token in ("", "x", server.keys.token[:-1], f"{server.keys.token}x", server.keys.cookie, "%ff%fe"):
        status, headers, _ = ask(server, f"/?token={token}", host)
        assert status == 303
        assert "set-cookie" not in headers


def test_a_query_of_too_many_fields_is_refused_as_malformed(server: "Server") -> None:
    for headers in ({"Host": f"127.0.0.1:{server.port}"}, good(server)):
        status, answer, _ = ask(server, "/?" + "&".join(["token=x"] * 21), headers)
        assert status == 400
        assert "set-cookie" not in answer


def test_the_token_opens_only_the_front_door(server: "Server") -> None:
    status, headers, _ = ask(
        server, f"/assets/page-1a2b.js?token={server.keys.token}", {"Host": f"127.0.0.1:{server.port}"}
    )
    assert status == 403
    assert "set-cookie" not in headers


def test_an_old_printed_address_works_with_the_cookie(server: "Server") -> None:
    status, headers, _ = ask(server, "/?token=of-yesterday", good(server))
    assert (status, headers["location"]) == (303, "/")


def test_a_visitor_without_access_sees_how_to_open_the_page(server: "Server") -> None:
    status, _, body = ask(server, "/", {"Host": f"127.0.0.1:{server.port}"})
    assert status == 403
    assert "neural-network playground" in body
    assert "Open the full link that is printed in the terminal" in body
    assert "run <code>tinkernet</code> again" in body
    assert '<a href="/?again">' in body


def test_what_a_visitor_without_access_asks_for_is_never_part_of_the_answer(server: "Server") -> None:
    marks = "<script>alert(1)</script>"
    host = {"Host": f"127.0.0.1:{server.port}"}
    asked = [
        (f"/{marks.replace(' ', '')}", host),
        (f"/?token={marks}", host),
        ("/", {**host, "Cookie": marks, "User-Agent": marks, "Referer": marks}),
        ("/", {"Host": marks}),
        ("/", {**host, "Origin": marks}),
    ]
    for path, headers in asked:
        _, answer, body = ask(server, path, headers)
        assert "alert" not in body
        assert "alert" not in str(answer)


def test_the_page_of_a_visitor_without_access_loads_nothing_and_runs_only_what_is_written_in_it(
    server: "Server",
) -> None:
    _, answer, body = ask(server, "/", {"Host": f"127.0.0.1:{server.port}"})
    policy = answer["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (source,) = re.findall(f"<{tag}>(.*?)</{tag}>", body, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}';" in policy
    assert "http" not in body
    assert "url(" not in body
    assert "prefers-color-scheme: dark" in body


def test_a_visitor_from_a_link_on_another_site_is_forwarded_once(server: "Server") -> None:
    host = {"Host": f"127.0.0.1:{server.port}"}
    assert "data-go" in ask(server, "/", {**host, "Sec-Fetch-Site": "cross-site"})[2]
    assert "data-go" not in ask(server, "/", {**host, "Sec-Fetch-Site": "same-origin"})[2]
    status, headers, _ = ask(server, "/?again", good(server))
    assert (status, headers["location"]) == (303, "/")


def test_every_response_isolates_the_page(server: "Server") -> None:
    for path in PATHS:
        for headers in (good(server), changed(good(server), Cookie=None)):
            _, answer, _ = ask(server, path, headers)
            assert "frame-ancestors 'none'" in answer["content-security-policy"]
            assert "unsafe" not in answer["content-security-policy"]
            assert answer["x-content-type-options"] == "nosniff"
            assert answer["referrer-policy"] == "no-referrer"
            assert answer["cross-origin-resource-policy"] == "same-origin"
            assert "access-control-allow-origin" not in answer
            assert "server" not in answer


def test_a_restarted_server_knows_the_cookie_and_another_person_does_not(tmp_path: Path) -> None:
    mine, again, theirs = make_keys(1, tmp_path / "me"), make_keys(1, tmp_path / "me"), make_keys(1, tmp_path / "they")
    assert mine.cookie == again.cookie
    assert mine.token != again.token
    assert mine.cookie != theirs.cookie
    assert mine.cookie != make_keys(2, tmp_path / "me").cookie
    key = tmp_path / "me" / "page.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    before = make_keys(1, tmp_path).cookie
    (tmp_path / "page.key").chmod(0o644)
    after = make_keys(1, tmp_path).cookie
    assert after != before
    assert make_keys(1, tmp_path).cookie == after


def test_an_unwritable_home_directory_is_not_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert make_keys(1, tmp_path / "file").cookie


def test_keys_are_not_shown(tmp_path: Path) -> None:
    keys = make_keys(1, tmp_path)
    assert keys.token not in repr(keys)
    assert keys.cookie not in repr(keys)
