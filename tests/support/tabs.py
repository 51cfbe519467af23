"""A page for tests: sends messages, and keeps received ones."""

import abc
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import numpy as np
from wire_reading import Frame, PinPicture, Points, StartsCurves, Wall, read

PATIENCE = 240.0
"""The timeout in seconds, which allows for a busy machine."""
NO_POINTS = Points(0, np.empty((0, 3)), np.empty((0, 3)))


@dataclass
class Tab(abc.ABC):
    """An open page: sends Hello, keeps received messages, and draws every frame immediately. Subclasses connect it."""

    link: str = ""
    session: str = ""
    draws: bool = True
    passing: bool = False
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
    lesson: dict[str, Any] = field(default_factory=dict)
    progress: dict[str, Any] = field(default_factory=dict)

    @abc.abstractmethod
    def connect(self) -> None:
        """Open the connection."""

    @abc.abstractmethod
    def close(self) -> None:
        """Close the connection."""

    @abc.abstractmethod
    def send(self, text: str) -> None:
        """Send a message."""

    @abc.abstractmethod
    def receive(self, patience: float) -> str | bytes:
        """The next message; raises TimeoutError if none arrives in this many seconds."""

    def __enter__(self) -> Self:
        self.connect()
        self.say("hello", session=self.session, link=self.link, passing=self.passing)
        self.say("watch", neuron_cells=8, output_cells=12)
        self.until(lambda: self.welcome and self.state and self.points.run and self.frames)
        self.session = self.welcome["session"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def say(self, kind: str, **values: Any) -> None:
        """Send an intention."""
        self.send(json.dumps({"type": kind, **values}))

    def until(self, holds: Callable[[], object], patience: float = PATIENCE) -> None:
        """Receive messages until this is true."""
        end = time.monotonic() + patience
        while not holds():
            self.hear(max(0.0, end - time.monotonic()))

    def listen(self, seconds: float) -> None:
        """Receive messages for this many seconds."""
        end = time.monotonic() + seconds
        with contextlib.suppress(TimeoutError):
            while time.monotonic() < end:
                self.hear(max(0.0, end - time.monotonic()))

    def hear(self, patience: float = PATIENCE) -> None:
        """Receive one message."""
        message = self.receive(patience)
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
        """Keep a JSON message."""
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
            case "lesson-progress":
                self.progress = fact
            case kind:
                setattr(self, kind, fact)  # welcome, state, starts: the latest one

    @property
    def frame(self) -> Frame:
        """The last frame."""
        return self.frames[-1]

    def do(self, kind: str, **values: Any) -> None:
        """Send an intention that changes the state, and wait for the state and the next frame."""
        self.state = {}
        self.say(kind, **values)
        self.until(lambda: self.state)
        count = len(self.frames)
        self.until(lambda: len(self.frames) > count)

    def change(self, *, keep_weights: bool = False, **settings: Any) -> None:
        """Change settings, and wait until they have changed."""
        self.do("change", settings=settings, keep_weights=keep_weights)

    def train(self, epochs: int) -> None:
        """Train this many further epochs."""
        goal = self.frame.epoch + epochs
        self.say("stop-at", epoch=goal)
        self.say("set-speed", speed="max")
        self.say("play")
        self.until(lambda: self.state.get("playing") is False and self.frame.epoch == goal and not self.frame.playing)
        self.say("stop-at")
