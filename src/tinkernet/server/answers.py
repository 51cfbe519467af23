"""What the guard answers: the security headers of every answer, and the pages of those who have no access."""

import base64
import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_HARDENING = [
    # Nothing is guessed to be a script.
    (b"x-content-type-options", b"nosniff"),
    # Other sites must not learn the address, which holds the experiment.
    (b"referrer-policy", b"no-referrer"),
    # No other site may load what is here, not even as a picture or a script (and no CORS header lets it read).
    (b"cross-origin-resource-policy", b"same-origin"),
    # A page that opened this one in a window cannot reach into it.
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


def hardened(send: Send, host: bytes) -> Send:
    """The same `send`, with these security headers on every answer."""

    async def send_hardened(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                *message.get("headers", []),
                *_HARDENING,
                (b"content-security-policy", _policy(host)),
            ]
        await send(message)

    return send_hardened


@dataclass(frozen=True)
class Refusal:
    """Why a request is refused, in words for the person who sees the page.

    Title and sections, each with a heading that may be empty, are HTML. Nothing of the request is among them: what a
    person is led to ask for must not become part of our page.
    """

    status: int
    title: str
    sections: tuple[tuple[str, str], ...]


WRONG_NAME = Refusal(
    421,
    "This is not an address of tinkernet",
    (("", "The page was requested under a different name. Open the address that tinkernet printed when it started."),),
)
WRONG_ORIGIN = Refusal(
    403,
    "Another website sent this request",
    (("", "Only tinkernet's own page has access. Open the address that tinkernet printed when it started."),),
)
WRONG_METHOD = Refusal(405, "This method is not supported", (("", "This server answers only GET and HEAD requests."),))
MALFORMED = Refusal(
    400,
    "This address is malformed",
    (("", "Open the address that tinkernet printed when it started, exactly as it is printed."),),
)
NO_COOKIE = Refusal(
    403,
    "This page needs its full link",
    (
        (
            "",
            (
                "This is tinkernet, a neural-network playground. It runs on the computer of the person who started it, "
                "and opens only in that person's browser."
            ),
        ),
        (
            "If you started it",
            (
                "Open the full link that is printed in the terminal, including <code>?token=…</code>. If you cannot "
                "find it, press Ctrl-C there and run <code>tinkernet</code> again: it opens the page. Afterwards this "
                "browser needs no token, and a bookmark works. Your settings are not lost: they are in the address, "
                "after the <code>#</code>."
            ),
        ),
        (
            "If someone sent you this link",
            (
                'It opens only on their computer. If you have tinkernet, run <code>tinkernet "LINK"</code> in a '
                "terminal, with this link in place of LINK: it opens the same network on your computer."
            ),
        ),
    ),
)


FOLLOW = 'const link = document.querySelector("a"); link.hash = location.hash; if ("go" in link.dataset) link.click()'
"""A browser does not send a strict cookie when a link on another site or the launch file leads here. From one of
our pages it does: so the refusal follows its own link, once, and takes what is after '#' with it."""
STYLE = """
:root { color-scheme: light dark }
body { margin: 0; font: 16px/26px system-ui, sans-serif; background: #fbfbf9; color: #16181c }
main { max-width: 640px; margin: 0 auto; padding: 12vh 24px 48px }
h1 { font-size: 24px; line-height: 32px; font-weight: 600; margin: 0 0 24px }
h2 { font-size: 16px; font-weight: 600; margin: 24px 0 4px }
p { margin: 0 0 12px; overflow-wrap: anywhere }
code { font: 14px/22px ui-monospace, monospace; padding: 2px 6px; border-radius: 6px; background: #ecece8 }
a { color: #0b57a4 }
@media (prefers-color-scheme: dark) {
  body { background: #16181c; color: #e9e9e6 }
  code { background: #2a2d33 }
  a { color: #8bbcf0 }
}
"""


def _hash_of(source: str) -> bytes:
    """What a policy says to allow exactly this text between the tags of a script or a style."""
    return b"'sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()) + b"'"


REFUSAL_POLICY = (
    # Nothing is loaded from anywhere, and what stands in the page is only what is written here.
    b"default-src 'none'; script-src " + _hash_of(FOLLOW) + b"; style-src " + _hash_of(STYLE) + b"; "
    b"frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


async def refuse(scope: Scope, send: Send, refusal: Refusal) -> None:
    """Refuse a request, and say what to do instead; a WebSocket is refused before its handshake."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": refusal.title})
        return
    retry = ""
    if refusal is NO_COOKIE and scope["path"] == "/":
        by_a_link = any(name == b"sec-fetch-site" and value == b"cross-site" for name, value in scope["headers"])
        retry = (
            f'<h2>If this browser has opened it before</h2><p><a href="/?again"{" data-go" if by_a_link else ""}>'
            f"Continue to the page</a></p><script>{FOLLOW}</script>"
        )
    sections = "".join(f"{f'<h2>{head}</h2>' if head else ''}<p>{text}</p>" for head, text in refusal.sections)
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>tinkernet: {refusal.title}</title><style>{STYLE}</style>"
        f"<main><h1>{refusal.title}</h1>{sections}{retry}</main></html>"
    )
    headers = [(b"content-security-policy", REFUSAL_POLICY)]
    await answer(send, refusal.status, body.encode(), headers)


async def answer(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    """Send this answer as HTML, with the security headers."""
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
