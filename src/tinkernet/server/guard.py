"""The guard: an ASGI application before HTTP and WebSocket alike that gives access to the owner's own page only.

The server runs on a person's machine, with hostile pages in the next tab. What each check stops:

- **Host** must be exactly one of our names with our port. A hostile name that is re-pointed at this machine (DNS
  rebinding) arrives with the hostile name in Host; checking that Origin and Host agree would not catch it.
- **Origin**, if present, must be exactly one of ours, and a WebSocket must have it: a browser lets any page open a
  WebSocket to any address and sends the cookies along (cross-site WebSocket hijacking). `null`, the Origin of
  sandboxed frames and local files, is refused.
- **The cookie**: other programs and other accounts on this machine can write any header. Only a browser that has
  presented a token gets the cookie.

There are two tokens, because they are seen in different places:

- The *printed* token, in the address in the terminal, is valid while this server runs. The address must work for the
  person who copies it, and again in a second browser or after cookies are cleared; a token that worked only once
  would be a riddle to them. It is only in the owner's terminal, never on a command line.
- The *launch* token is in the file that opens the browser (see launch.py). A browser uses it at once and on its own,
  so it can be void after its first use or after a minute, and nobody notices.

A token is exchanged for a cookie that scripts cannot read (HttpOnly) and that requests from other sites do not carry
(SameSite=Strict), and it leaves the address at once, so that it is not in the history, in a bookmark or in a link that
is passed on. What comes after '#' never reaches a server and stays where it is.

The cookie outlives the server and the browser: it is derived from a key in a file that only its owner can read. So a
bookmark works without a token, and a page that is open while the server is restarted on the same port reconnects
without help, while an address printed yesterday, and perhaps pasted somewhere, gives no access.
"""

import hmac
from collections.abc import Iterable
from typing import Protocol
from urllib.parse import parse_qs

from tinkernet.server import answers
from tinkernet.server.answers import App, Receive, Scope, Send
from tinkernet.server.keys import Keys

HTTP_PORT = 80
MOST_QUERY_FIELDS = 20
COOKIE_SECONDS = 365 * 24 * 3600
"""For which a browser needs no other token, so that a bookmark works after the browser has been closed, too."""


def own_hosts(names: Iterable[str], port: int) -> frozenset[str]:
    """These names as a browser writes them in Host: with our port, or without it when it is 80."""
    hosts = set()
    for name in names:
        written = f"[{name}]" if ":" in name else name.lower()
        hosts.add(f"{written}:{port}")
        if port == HTTP_PORT:
            hosts.add(written)
    return frozenset(hosts)


class Tokens(Protocol):
    """The launch tokens that are valid now; `launch.py` has the usual one."""

    def redeem(self, token: str) -> bool:
        """Whether this is one of them; it is void from then on."""


class Guard:
    """An ASGI application that stands before another one."""

    def __init__(self, app: App, hosts: frozenset[str], keys: Keys, launch: Tokens | None = None) -> None:
        self._app = app
        self._hosts = {host.encode("ascii") for host in hosts}
        self._origins = {b"http://" + host for host in self._hosts}
        self._keys = keys
        self._launch = launch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] not in ("http", "websocket"):
            return  # ASGI has no other kinds today
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        hosts = [value for name, value in headers if name == b"host"]
        origins = [value for name, value in headers if name == b"origin"]

        web = scope["type"] == "http"
        # DNS rebinding. Exactly one Host: of two, another reader might believe the other.
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            await answers.refuse(scope, send, answers.WRONG_NAME)
        # Cross-site WebSocket hijacking, and forms and scripts of other pages. Compared whole: no prefix, no pattern.
        elif len(origins) > 1 or not self._origins.issuperset(origins) or not (web or origins):
            await answers.refuse(scope, send, answers.WRONG_ORIGIN)
        elif web and scope["method"] not in ("GET", "HEAD"):
            await answers.refuse(scope, send, answers.WRONG_METHOD)
        elif web and scope["path"] == "/" and scope["query_string"]:
            await self._exchange(scope, send)
        elif not self._has_cookie(headers):
            await answers.refuse(scope, send, answers.NO_COOKIE)
        else:
            # The connection no longer counts among those that anyone can open (see limits.py).
            if peer := scope.get("state", {}).get("peer"):
                peer.authorized()
            await self._app(scope, receive, answers.hardened(send, hosts[0].lower()))

    def _has_cookie(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Whether the request carries our cookie."""
        expected = self._keys.cookie.encode()
        prefix = self._keys.cookie_name.encode() + b"="
        found = False
        for name, value in headers:
            if name == b"cookie":
                for part in map(bytes.strip, value.split(b";")):
                    if part.startswith(prefix):
                        # Constant time: how long a comparison takes does not reveal how much of a guess was right.
                        found |= hmac.compare_digest(part[len(prefix) :], expected)
        return found

    def _is_token(self, given: str) -> bool:
        """Whether this is the printed token, or the launch token at its first use."""
        printed = hmac.compare_digest(given.encode(), self._keys.token.encode())
        return printed or (self._launch is not None and self._launch.redeem(given))

    async def _exchange(self, scope: Scope, send: Send) -> None:
        """Give a cookie in exchange for the token in the address, and send the browser to the address without it."""
        try:
            query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=MOST_QUERY_FIELDS)
        except ValueError:
            await answers.refuse(scope, send, answers.MALFORMED)
            return
        headers = [(b"location", b"/")]
        if self._is_token(query.get("token", [""])[0]):
            cookie = (
                f"{self._keys.cookie_name}={self._keys.cookie}; "
                f"HttpOnly; SameSite=Strict; Path=/; Max-Age={COOKIE_SECONDS}"
            )
            headers.append((b"set-cookie", cookie.encode()))
        # An earlier server's token is not refused: "/" lets in a browser that has the cookie already.
        await answers.answer(send, 303, b"", headers)
