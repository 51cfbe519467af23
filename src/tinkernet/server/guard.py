"""The door: one small ASGI guard before HTTP and WebSocket alike, that lets in this person's own page and nothing else.

The server runs on a person's machine, with hostile pages in the next tab. What each check stops:

- **Host** is exactly one of our own names with our port. A hostile name that is re-pointed at this machine (DNS
  rebinding) arrives with the hostile name in Host; that Origin and Host agree would not show it.
- **Origin**, when there is one, is exactly one of ours, and a WebSocket must have it: a browser lets any page open a
  WebSocket to any address and sends the cookies along (cross-site WebSocket hijacking). `null`, the Origin of
  sandboxed frames and local files, is nobody's.
- **The cookie**: other programs and other people's accounts on this machine can write any header. Only who has seen
  the printed address gets the cookie.

The address that is printed carries a token that is good while this server runs. It is taken for a cookie that pages'
scripts cannot read (HttpOnly) and that no other site's request carries (SameSite=Strict), and it leaves the address
at once, so that it is not in the history, in a bookmark or in a link that is passed on. What comes after '#' never
reaches a server and stays where it is.

The cookie outlives the server: it stands for a key in a file that only this person can read. So a page that is open
while the server is restarted on the same port finds its way back by itself, while an address printed yesterday, and
perhaps pasted somewhere, opens nothing.
"""

import base64
import hashlib
import hmac
import os
import secrets
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

KEY_BYTES = 32
HTTP_PORT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What opens the door: the token in the printed address, and the cookie that it is taken for."""

    token: str = field(repr=False)
    cookie: str = field(repr=False)
    cookie_name: str


def make_keys(port: int, directory: Path | None = None) -> Keys:
    """A new token, and the cookie that belongs to this person and this port.

    The name of the cookie holds the port, for browsers send a host's cookies to all its ports: two servers at once
    would overwrite each other's.
    """
    key = stored_key(directory or state_directory())
    cookie = hmac.new(key, f"tinkernet page on port {port}".encode(), hashlib.sha256).hexdigest()
    return Keys(token=secrets.token_urlsafe(24), cookie=cookie, cookie_name=f"tinkernet-{port}")


def state_directory() -> Path:
    """Where this system keeps what a program remembers for a person."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "tinkernet"


def stored_key(directory: Path) -> bytes:
    """The key in that directory, made at the first time; where nothing can be kept, a key for this once."""
    path = directory / "page.key"
    try:
        return _read_key(path)
    except OSError:
        pass
    key = secrets.token_bytes(KEY_BYTES)
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        # mkstemp makes it 0600 from the first moment (another account must not read it in between), under a name that
        # nobody could have laid a link at; replace() puts it there whole.
        descriptor, name = tempfile.mkstemp(dir=directory, prefix=".page.key-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
        Path(name).replace(path)
        return _read_key(path)
    except OSError:
        # A home that cannot be written is no error: the page opens all the same, from the printed address.
        return key


def _read_key(path: Path) -> bytes:
    """The key in this file; an OSError where there is none, or one that others could have read or written."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o077):
            raise PermissionError(path)
        key = file.read(KEY_BYTES + 1)
    if len(key) != KEY_BYTES:
        raise OSError(f"{path} is not a key")
    return key


def own_hosts(names: Iterable[str], port: int) -> frozenset[str]:
    """These names as a browser writes them in Host: with our port, which it leaves out when it is 80."""
    hosts = set()
    for name in names:
        written = f"[{name}]" if ":" in name else name.lower()
        hosts.add(f"{written}:{port}")
        if port == HTTP_PORT:
            hosts.add(written)
    return frozenset(hosts)


class Guard:
    """An ASGI application that stands before another one."""

    def __init__(self, app: App, hosts: frozenset[str], keys: Keys) -> None:
        self._app = app
        self._hosts = {host.encode("ascii") for host in hosts}
        self._origins = {b"http://" + host for host in self._hosts}
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] not in ("http", "websocket"):
            return  # nothing that this server speaks
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        hosts = [value for name, value in headers if name == b"host"]
        origins = [value for name, value in headers if name == b"origin"]

        web = scope["type"] == "http"
        # DNS rebinding. Exactly one Host: of two, another reader might believe the other.
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            await _refuse(scope, send, 421, WRONG_NAME)
        # Cross-site WebSocket hijacking, and forms and scripts of other pages. Compared whole: no prefix, no pattern.
        elif len(origins) > 1 or not self._origins.issuperset(origins) or not (web or origins):
            await _refuse(scope, send, 403, WRONG_ORIGIN)
        elif web and scope["method"] not in ("GET", "HEAD"):
            await _refuse(scope, send, 405, WRONG_METHOD)
        elif web and scope["path"] == "/" and scope["query_string"]:
            await self._exchange(scope, send)
        elif not self._has_cookie(headers):
            await _refuse(scope, send, 403, NO_COOKIE)
        else:
            await self._app(scope, receive, _hardened(send, hosts[0].lower()))

    def _has_cookie(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Whether the request carries our cookie."""
        expected = self._keys.cookie.encode()
        prefix = self._keys.cookie_name.encode() + b"="
        found = False
        for name, value in headers:
            if name == b"cookie":
                for part in map(bytes.strip, value.split(b";")):
                    if part.startswith(prefix):
                        # Constant time: how long a comparison takes does not tell how much of a guess was right.
                        found |= hmac.compare_digest(part[len(prefix) :], expected)
        return found

    async def _exchange(self, scope: Scope, send: Send) -> None:
        """Take the token in the address for a cookie, and send the browser to the address without it."""
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20)
        given = query.get("token", [""])[0]
        headers = [(b"location", b"/")]
        if hmac.compare_digest(given.encode(), self._keys.token.encode()):
            cookie = f"{self._keys.cookie_name}={self._keys.cookie}; HttpOnly; SameSite=Strict; Path=/"
            headers.append((b"set-cookie", cookie.encode()))
        # A token of an earlier server is no reason to refuse: who has the cookie already is let in at "/".
        await _answer(send, 303, b"", headers)


# --- Answers -----------------------------------------------------------------

_HARDENING = [
    # Nothing is guessed to be a script.
    (b"x-content-type-options", b"nosniff"),
    # The address, with the experiment in it, is nobody else's business.
    (b"referrer-policy", b"no-referrer"),
    # No other site may load what is here, not even as a picture or a script (and no CORS header lets it read).
    (b"cross-origin-resource-policy", b"same-origin"),
    # A page that opened this one in a window has no hold on it.
    (b"cross-origin-opener-policy", b"same-origin"),
    # Clickjacking, for browsers that know no frame-ancestors.
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]


def _policy(host: bytes) -> bytes:
    """What the page may load: its own files and socket. Injected text stays text: no inline script or style."""
    return (
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        # Older Safaris do not count our own ws: among 'self'.
        b"connect-src 'self' ws://" + host + b"; manifest-src 'self'; worker-src 'self'; "
        # No form is sent elsewhere, no <base> turns our addresses around, nobody frames this page (clickjacking).
        b"form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )


def _hardened(send: Send, host: bytes) -> Send:
    """The same `send`, with the headers that keep a page to itself on every answer."""

    async def send_hardened(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                *message.get("headers", []),
                *_HARDENING,
                (b"content-security-policy", _policy(host)),
            ]
        await send(message)

    return send_hardened


WRONG_NAME = (
    "This is not an address of tinkernet",
    "The page was asked for under a name that is not its own. Open the address that tinkernet printed when it started.",
)
WRONG_ORIGIN = (
    "Another page asked for this",
    "Only tinkernet's own page may come in. Open the address that tinkernet printed when it started.",
)
WRONG_METHOD = ("This page is only for looking at", "It answers GET and HEAD.")
NO_COOKIE = (
    "Your page is waiting behind its full address",
    (
        "This browser has not been let in yet. Open the whole address that tinkernet printed where you started it "
        "(it holds “?token=…”). If you cannot find it, stop tinkernet there with Ctrl-C and run it again: it opens "
        "your page by itself. Nothing is lost: all that makes a run is in its address, after the “#”."
    ),
)


GO_ON = 'const link = document.querySelector("a"); link.hash = location.hash; if ("go" in link.dataset) link.click()'
"""A strict cookie stays behind when a link on another site leads here, the printed address in a chat for one. From a
page of our own it comes along: so the refusal goes on by itself, once, and takes what is after '#' with it."""
REFUSAL_POLICY = (
    b"default-src 'none'; script-src 'sha256-"
    + base64.b64encode(hashlib.sha256(GO_ON.encode()).digest())
    + b"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


async def _refuse(scope: Scope, send: Send, status: int, reason: tuple[str, str]) -> None:
    """Say no, and in plain words what to do; a WebSocket is refused before it is one."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": reason[0]})
        return
    title, text = reason
    retry = ""
    if reason is NO_COOKIE and scope["path"] == "/":
        by_a_link = any(name == b"sec-fetch-site" and value == b"cross-site" for name, value in scope["headers"])
        retry = (
            f'<p><a href="/?again"{" data-go" if by_a_link else ""}>Is tinkernet open in another tab of this browser? '
            f"Go on to the page.</a></p><script>{GO_ON}</script>"
        )
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>tinkernet: {title}</title><h1>{title}</h1><p>{text}</p>{retry}</html>"
    )
    headers = [(b"content-security-policy", REFUSAL_POLICY)]
    await _answer(send, status, body.encode(), headers)


async def _answer(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", b"text/html; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                (b"cache-control", b"no-store"),
                *_HARDENING,
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})
