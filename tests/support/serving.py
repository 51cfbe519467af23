"""A real server on a free port, and tabs: what the page is to it.

A tab reads binary messages by their description in protocol/binary.py and frames.py, not by our encoder.
"""

import contextlib
import json
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pytest
from numpy import ndarray
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tinkernet.server.address import LOOPBACK_NAMES, listen
from tinkernet.server.app import make_app
from tinkernet.server.guard import own_hosts
from tinkernet.server.keys import Keys, make_keys
from tinkernet.server.launch import Launch
from tinkernet.server.serve import make_server

PATIENCE = 60.0
"""Seconds after which something is taken for never coming, on a machine that is busy with other things too."""


@dataclass(kw_only=True)
class Frame:
    """A frame, read."""

    frame: int
    run: int
    playing: bool
    diverged: bool
    stride: int
    point: int
    focus: tuple[int, int]
    epoch: int
    position: int
    train_loss: float
    test_loss: float
    train_accuracy: float
    test_accuracy: float
    epochs_per_second: float
    parameters: ndarray
    curve: ndarray
    activations: ndarray
    scales: ndarray
    fields: ndarray
    output: ndarray


@dataclass
class Points:
    """The points, read."""

    run: int
    train: ndarray
    test: ndarray


@dataclass
class PinPicture:
    """A pin's curve and picture, read."""

    pin: int
    curve: ndarray
    picture: ndarray


@dataclass
class Wall:
    """The wall of many starts, read."""

    epoch: int
    losses: ndarray
    pictures: ndarray
    intervals: ndarray


@dataclass
class StartsCurves:
    """All curves of many starts, read."""

    epochs: ndarray
    train_losses: ndarray


NO_POINTS = Points(0, np.empty((0, 3)), np.empty((0, 3)))


def read(data: bytes) -> Frame | Points | PinPicture | Wall | StartsCurves:
    """A binary message, read as protocol/binary.py and frames.py describe it."""
    kind, *small = struct.unpack_from("<4I", data)
    place = 16

    def take(dtype: str, *shape: int) -> ndarray:
        nonlocal place
        values = np.frombuffer(data, dtype, int(np.prod(shape)), place).reshape(shape)
        place += values.nbytes + -values.nbytes % 8
        return values

    message: Frame | Points | PinPicture | Wall | StartsCurves
    if kind == 1:
        place = 120
        message = read_frame(data, take)
    elif kind == 2:
        run, train, count = small
        points = take("<f8", count, 3)
        message = Points(run, points[:train], points[train:])
    elif kind == 3:
        pin, count, cells = small
        message = PinPicture(pin, take("<f8", count, 3), take("u1", cells, cells))
    elif kind == 4:
        epoch, n, cells = small
        place = 24
        losses = np.column_stack([take("<f8", n), take("<f8", n)])
        message = Wall(
            epoch, losses, take("u1", n, cells, cells), take("<f8", struct.unpack_from("<I", data, 16)[0], 2)
        )
    else:
        kept, n, _ = small
        message = StartsCurves(take("<f8", kept), take("<f4", n, kept))
    assert place == len(data)
    return message


def read_frame(data: bytes, take: Callable[..., ndarray]) -> Frame:
    """A frame."""
    _, frame, run, playing, diverged, stride, point, layer, neuron, *counts = struct.unpack_from("<7Ii8I", data)
    epoch, position, *numbers = struct.unpack_from("<7d", data, 64)
    parameters, curve, activations, scales, fields, cells, output = counts
    return Frame(
        frame=frame,
        run=run,
        playing=bool(playing),
        diverged=bool(diverged),
        stride=stride,
        point=point,
        focus=(layer, neuron),
        epoch=int(epoch),
        position=int(position),
        train_loss=numbers[0],
        test_loss=numbers[1],
        train_accuracy=numbers[2],
        test_accuracy=numbers[3],
        epochs_per_second=numbers[4],
        parameters=take("<f8", parameters),
        curve=take("<f8", curve, 3),
        activations=take("<f8", activations),
        scales=take("<f4", scales),
        fields=take("u1", fields, cells, cells),
        output=take("u1", output, output),
    )


@dataclass
class Tab:
    """An open page: says hello, keeps what it is told, and draws every frame at once."""

    url: str
    origin: Origin
    cookie: str
    link: str = ""
    session: str = ""
    draws: bool = True
    welcome: dict[str, Any] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    troubles: list[dict[str, Any]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    points: Points = field(default_factory=lambda: NO_POINTS)
    pictures: dict[int, PinPicture] = field(default_factory=dict)
    starts: dict[str, Any] = field(default_factory=dict)
    wall: Wall | None = None
    curves: StartsCurves | None = None
    findings: list[dict[str, Any]] | None = None
    report: dict[str, Any] = field(default_factory=dict)
    socket: ClientConnection = field(init=False)
    closing: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> Self:
        self.socket = self.closing.enter_context(
            connect(self.url, origin=self.origin, additional_headers={"Cookie": self.cookie}, compression=None)
        )
        self.say("hello", session=self.session, link=self.link)
        self.say("watch", neuron_cells=8, output_cells=12)
        self.until(lambda: self.welcome and self.state and self.points.run and self.frames)
        self.session = self.welcome["session"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.close()

    def say(self, kind: str, **values: Any) -> None:
        """Send an intention."""
        self.socket.send(json.dumps({"type": kind, **values}))

    def until(self, holds: Callable[[], object], patience: float = PATIENCE) -> None:
        """Listen until this holds."""
        end = time.monotonic() + patience
        while not holds():
            self.hear(max(0.0, end - time.monotonic()))

    def listen(self, seconds: float) -> None:
        """Listen for so long, to whatever comes."""
        end = time.monotonic() + seconds
        with contextlib.suppress(TimeoutError):
            while time.monotonic() < end:
                self.hear(max(0.0, end - time.monotonic()))

    def hear(self, patience: float = PATIENCE) -> None:
        """Take one message."""
        message = self.socket.recv(patience)
        if isinstance(message, str):
            self.take(json.loads(message))
            return
        match read(message):
            case Points() as points:
                self.points = points
            case PinPicture() as picture:
                self.pictures[picture.pin] = picture
            case Wall() as wall:
                self.wall = wall
            case StartsCurves() as curves:
                self.curves = curves
            case Frame() as frame:
                self.frames.append(frame)
                if self.draws:
                    self.say("drawn", frame=frame.frame)

    def take(self, fact: dict[str, Any]) -> None:
        """Keep what is told in text."""
        match fact["type"]:
            case "trouble":
                self.troubles.append(fact)
            case "notice":
                self.notices.append(fact["message"])
            case "python-code":
                self.code = fact["code"]
            case "diagnosis":
                self.findings = fact["findings"]
            case "neuron-report":
                self.report = fact
            case kind:
                setattr(self, kind, fact)  # welcome, state, starts: as they are

    @property
    def frame(self) -> Frame:
        """The last frame."""
        return self.frames[-1]

    def do(self, kind: str, **values: Any) -> None:
        """Send an intention that changes the state, and listen until the state and a frame after it have come."""
        self.state = {}
        self.say(kind, **values)
        self.until(lambda: self.state)
        count = len(self.frames)
        self.until(lambda: len(self.frames) > count)

    def change(self, *, keep_weights: bool = False, **settings: Any) -> None:
        """Change settings, and listen until they are there."""
        self.do("change", settings=settings, keep_weights=keep_weights)

    def train(self, epochs: int) -> None:
        """Train to so many epochs more, and no further."""
        goal = self.frame.epoch + epochs
        self.say("stop-at", epoch=goal)
        self.say("set-speed", speed="max")
        self.say("play")
        self.until(lambda: self.state.get("playing") is False and self.frame.epoch == goal and not self.frame.playing)
        self.say("stop-at")


@dataclass
class Server:
    """A server that runs, and what opens it."""

    port: int
    keys: Keys
    launch: Launch

    @property
    def origin(self) -> Origin:
        """Where our own page comes from."""
        return Origin(f"http://127.0.0.1:{self.port}")

    @property
    def cookie(self) -> str:
        """The cookie as the browser sends it."""
        return f"{self.keys.cookie_name}={self.keys.cookie}"

    def tab(self, link: str = "seed=0.5", **values: Any) -> Tab:
        """A tab that opens this link."""
        return Tab(f"ws://127.0.0.1:{self.port}/socket", self.origin, self.cookie, link, **values)


@contextlib.contextmanager
def running(folder: Path, port: int = 0) -> Iterator[Server]:
    """A server that runs for this long."""
    page = folder / "page"
    page.mkdir(exist_ok=True)
    (page / "index.html").write_text("<!doctype html><title>tinkernet</title>")
    (page / "assets").mkdir(exist_ok=True)
    (page / "assets" / "page-1a2b.js").write_text("'use strict'")
    listening = listen("127.0.0.1", port)
    port = listening.getsockname()[1]
    keys = make_keys(port, folder / "state")
    launch = Launch()
    ready = threading.Event()
    app = make_app(own_hosts(LOOPBACK_NAMES, port), keys, page, threads=2, launch=launch, store=folder / "sessions")
    server = make_server(app, ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    assert ready.wait(20)
    try:
        yield Server(port, keys, launch)
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests of a file; each opens sessions of its own, and some leave theirs playing."""
    with running(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., contextlib.AbstractContextManager[Server]]:
    """Starts servers of a test's own, one after another, for the same person."""
    return lambda port=0: running(tmp_path, port)
