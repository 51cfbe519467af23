"""A server process under attack: it keeps serving its page, and its log and memory stay small."""

import contextlib
import http.client
import random
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="a process's limit on open files can be lowered on POSIX only")

FILES = 256
SCRIPT = Path(__file__).parents[1] / "support" / "limited_server.py"


@dataclass
class Attacked:
    """The server's process, and the credentials of its page."""

    port: int
    cookie: str
    pid: int
    log: Path

    def connect(self, receive_buffer: int = 0) -> socket.socket:
        attacker = socket.socket()
        if receive_buffer:
            attacker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        attacker.settimeout(10)
        attacker.connect(("127.0.0.1", self.port))
        return attacker

    def answers_its_page(self) -> bool:
        page = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(page):
            page.request("GET", "/", headers={"Cookie": self.cookie})
            return page.getresponse().status == 200

    def open_socket(self, receive_buffer: int = 0) -> socket.socket:
        attacker = self.connect(receive_buffer)
        attacker.sendall(self.upgrade())
        assert b" 101 " in attacker.recv(4096)
        return attacker

    def upgrade(self, *lines: str) -> bytes:
        head = [
            "GET /socket HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Origin: http://127.0.0.1:{self.port}",
            f"Cookie: {self.cookie}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            *lines,
        ]
        return "\r\n".join([*head, "", ""]).encode("latin-1")

    def memory(self) -> int:
        """The resident memory of the process in bytes."""
        kib = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, check=True).stdout
        return int(kib) * 1024

    def settled_memory(self) -> int:
        """The resident memory once the engine, which loads in the background, has loaded."""
        memory = [self.memory()]
        for _ in range(60):
            time.sleep(0.25)
            memory.append(self.memory())
            if len(memory) > 6 and max(memory[-6:]) - min(memory[-6:]) < 1e6:
                break
        return memory[-1]


def frame(opcode: int, payload: bytes, *, final: bool = True) -> bytes:
    """A client's WebSocket frame with a zero mask, which does not change the payload."""
    length = len(payload)
    head = bytes([opcode | (0x80 if final else 0)])
    if length < 126:
        head += bytes([0x80 | length])
    elif length < 2**16:
        head += bytes([0x80 | 126]) + struct.pack("!H", length)
    else:
        head += bytes([0x80 | 127]) + struct.pack("!Q", length)
    return head + bytes(4) + payload


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "index.html").write_text("<!doctype html><title>tinkernet</title>")
    log = folder / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), str(folder), str(FILES)], stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        assert process.stdout is not None
        port, cookie = process.stdout.readline().split()
        yield Attacked(int(port), cookie, process.pid, log)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


@pytest.fixture(autouse=True)
def still_answers_with_a_small_log(attacked: Attacked) -> Iterator[None]:
    before = len(attacked.log.read_text())
    yield
    assert attacked.answers_its_page()
    log = attacked.log.read_text()[before:]
    assert "Traceback" not in log, log
    assert len(log) < 5_000


def test_idle_connections_do_not_block_the_page(attacked: Attacked) -> None:
    with contextlib.ExitStack() as attackers:
        for count in range(2 * FILES):
            # Some send nothing, some send an incomplete request.
            with contextlib.suppress(OSError):
                attacker = attackers.enter_context(attacked.connect())
                if count % 2:
                    attacker.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")
            if count % 64 == 0:
                assert attacked.answers_its_page()
        assert attacked.answers_its_page()
        page = attacked.open_socket()
        page.close()


def test_unread_pongs_do_not_use_memory(attacked: Attacked) -> None:
    before = attacked.settled_memory()
    flood = frame(9, b"x" * 125) * 2_000
    with contextlib.closing(attacked.open_socket(4096)) as attacker:
        with contextlib.suppress(OSError):
            for _ in range(500):  # 131 MB of pings, and as many pongs
                attacker.sendall(flood)
        assert attacked.memory() - before < 60e6


def test_unread_answers_do_not_use_memory(attacked: Attacked) -> None:
    with contextlib.closing(attacked.open_socket(4096)) as attacker:
        attacker.settimeout(1)
        attacker.sendall(frame(1, b'{"type":"hello","session":"","link":"seed=0.5"}'))
        attacker.sendall(frame(1, b'{"type":"watch","neuron_cells":128,"output_cells":400}'))
        before = attacked.settled_memory()
        ask = frame(1, b'{"type":"reset"}') + frame(1, b'{"type":"step"}')
        # The server stops reading from a page that does not read, so that the next write times out.
        with contextlib.suppress(OSError):
            for _ in range(2_000):
                attacker.sendall(ask)
        assert attacked.memory() - before < 150e6


HEAD = "Host: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
REQUESTS = {
    "path with a null": "GET /assets/%00 HTTP/1.1\r\n" + HEAD,
    "path of surrogates": "GET /%ed%a0%80/%ff%fe HTTP/1.1\r\n" + HEAD,
    "path upwards": "GET /..%2f..%2f../etc/passwd HTTP/1.1\r\n" + HEAD,
    "long path": "GET /" + "a/" * 3_000 + " HTTP/1.1\r\n" + HEAD,
    "long name": "GET /" + "a" * 300 + " HTTP/1.1\r\n" + HEAD,
    "star": "GET * HTTP/1.1\r\n" + HEAD,
    "absolute": "GET http://127.0.0.1:{port}/ HTTP/1.1\r\n" + HEAD,
    "21 fields": "GET /?" + "&".join(["a=1"] * 21) + " HTTP/1.1\r\n" + HEAD,
    "21 fields, no cookie": "GET /?" + "&".join(["a=1"] * 21) + " HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n",
    "broken query": "GET /?token=%ff%00%&=;&& HTTP/1.1\r\n" + HEAD,
    "range": "GET / HTTP/1.1\r\nRange: bytes=99-1,x,5-\r\n" + HEAD,
    "ranges": "GET / HTTP/1.1\r\nRange: bytes=" + ",".join(["0-1"] * 500) + "\r\n" + HEAD,
    "dates": "GET / HTTP/1.1\r\nIf-Modified-Since: \xff\r\nIf-None-Match: \xfe\r\n" + HEAD,
    "cookie": "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: \xff=;;;=\xfe; tinkernet-{port}=\xff\r\n",
    "not HTTP": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n",
    "HTTP/9": "GET / HTTP/9.9\r\n" + HEAD,
    "HTTP/1.0": "GET / HTTP/1.0\r\n" + HEAD,
    "many headers": "GET / HTTP/1.1\r\n" + "X: y\r\n" * 3_000 + HEAD,
    "large header": "GET / HTTP/1.1\r\nX: " + "y" * 70_000 + "\r\n" + HEAD,
    "bad chunk": "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HEAD + "\r\nZZZ\r\n",
    "bad chunk, refused": "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HEAD + "\r\nZZZ\r\n",
    "negative length": "GET / HTTP/1.1\r\nContent-Length: -1\r\n" + HEAD,
    "unread body": "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n" + HEAD + "\r\n" + "x" * 100_000,
    "expect": "GET / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n" + HEAD,
    "pipelined": ("GET / HTTP/1.1\r\n" + HEAD + "\r\n") * 5 + "nonsense\r\n",
    "CONNECT": "CONNECT 127.0.0.1:1 HTTP/1.1\r\n" + HEAD,
    "other upgrade": "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n" + HEAD,
}
SOCKET = "Connection: Upgrade\r\nUpgrade: websocket\r\nOrigin: http://127.0.0.1:{port}\r\n" + HEAD
UPGRADES = {
    "POST": "POST /socket HTTP/1.1\r\n" + SOCKET,
    "no key": "GET /socket HTTP/1.1\r\nSec-WebSocket-Version: 13\r\n" + SOCKET,
    "bad key": "GET /socket HTTP/1.1\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \xff\r\n" + SOCKET,
    "many headers": "GET /socket HTTP/1.1\r\n" + "X: y\r\n" * 200 + SOCKET,
    "long header": "GET /socket HTTP/1.1\r\nX: " + "y" * 9_000 + "\r\n" + SOCKET,
    "long path": "GET /" + "s" * 9_000 + " HTTP/1.1\r\n" + SOCKET,
    "body": "GET /socket HTTP/1.1\r\nContent-Length: 5\r\n" + SOCKET + "\r\nhello",
    "chunked": "GET /socket HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + SOCKET,
    "another path": "GET /nothing HTTP/1.1\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + SOCKET,
    "no cookie": "GET /socket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n",
}
RAW = {
    **{f"request: {name}": text for name, text in REQUESTS.items()},
    **{f"upgrade: {name}": text for name, text in UPGRADES.items()},
}


def exchange(attacker: socket.socket, data: bytes) -> bytes:
    """Send only this; returns the beginning of the answer, or nothing if the connection ended without one."""
    with contextlib.suppress(ConnectionError):
        attacker.sendall(data)
    with contextlib.suppress(ConnectionError):
        return attacker.recv(65_536)
    return b""


@pytest.mark.parametrize("text", RAW.values(), ids=RAW.keys())
def test_a_malformed_request_is_answered(attacked: Attacked, text: str) -> None:
    data = text.replace("{port}", str(attacked.port)).replace("{cookie}", attacked.cookie)
    if "\r\n\r\n" not in data:
        data += "\r\n"
    with contextlib.closing(attacked.connect()) as attacker:
        answer = exchange(attacker, data.encode("latin-1"))
    assert answer.startswith(b"HTTP/1.1 ")
    assert not answer.startswith(b"HTTP/1.1 5")


FRAMES = {
    "deep nesting": frame(1, b"[" * 30_000),
    "deep settings": frame(1, b'{"type":"change","settings":{"noise":' + b"[" * 20_000 + b"]" * 20_000 + b"}}"),
    "huge number": frame(1, b'{"type":"change","settings":{"noise":' + b"9" * 400 + b"}}"),
    "huge float": frame(1, b'{"type":"change","settings":{"learning_rate":1e999}}'),
    "not UTF-8": frame(1, b"\xff\xfe"),
    "binary": frame(2, b"\x00" * 100),
    "reserved opcode": frame(3, b"x"),
    "reserved bits": b"\xff" + frame(1, b"x")[1:],
    "not masked": b"\x81\x01x",
    "continuation of nothing": frame(0, b"x"),
    "text within fragments": frame(1, b"x", final=False) + frame(1, b"y"),
    "not UTF-8 in fragments": frame(1, b"\xe2\x82", final=False) + frame(0, b"\xff"),
    "long ping": frame(9, b"x" * 200),
    "ping in fragments": frame(9, b"x", final=False),
    "close without a code": frame(8, b"\x03"),
    "close with a wrong code": frame(8, struct.pack("!H", 999)),
    "close that is not UTF-8": frame(8, struct.pack("!H", 1000) + b"\xff"),
    "ping and close": frame(9, b"x") + frame(8, b"") + frame(1, b"x"),
    "too large": frame(1, b"x" * 200_000),
    "endless": b"\x81\xff" + struct.pack("!Q", 2**63 - 1) + bytes(4),
    "malformed, again and again": frame(1, b"{") * 100,
}
HELLO = frame(1, b'{"type":"hello","session":"","link":"seed=0.5"}')


@pytest.mark.parametrize("said_hello", [b"", HELLO], ids=["before hello", "after hello"])
@pytest.mark.parametrize("data", FRAMES.values(), ids=FRAMES.keys())
def test_a_malformed_frame_is_answered_or_ends_the_socket(attacked: Attacked, data: bytes, said_hello: bytes) -> None:
    with contextlib.closing(attacked.open_socket()) as attacker:
        exchange(attacker, said_hello + data)


def test_the_server_survives_random_bytes(attacked: Attacked) -> None:
    chance = random.Random(8)  # noqa: S311 (reproducible on purpose)
    whole = [text.replace("{port}", str(attacked.port)).replace("{cookie}", attacked.cookie) for text in RAW.values()]
    for _ in range(150):
        data = bytearray(chance.choice(whole)[:2_000].encode("latin-1") + b"\r\n")
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.closing(attacked.connect()) as attacker:
            attacker.sendall(data)
    for _ in range(150):
        data = bytearray(HELLO + chance.choice(list(FRAMES.values()))[:2_000])
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.closing(attacked.open_socket()) as attacker:
            attacker.sendall(data)
        # Also without waiting for the answer to the handshake.
        with contextlib.closing(attacked.connect()) as attacker:
            attacker.sendall(attacked.upgrade() + data)
