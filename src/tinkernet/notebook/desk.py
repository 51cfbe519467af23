"""The sessions behind a widget: the one that all its views show, and those of the figures in an explanation."""

import secrets
import threading
import time
from collections.abc import Callable
from typing import Any

from tinkernet import __version__, link
from tinkernet.errors import ExperimentError
from tinkernet.experiment import Experiment
from tinkernet.fragment import View
from tinkernet.notebook.channel import GIVEN_UP_SECONDS, Channel, Send
from tinkernet.notebook.workers import Workers
from tinkernet.protocol import facts, intentions
from tinkernet.protocol.catalog import catalog
from tinkernet.run import Run
from tinkernet.session.messages import Attached, Detached, EngineReady
from tinkernet.session.onlookers import Joined, Left, Looked
from tinkernet.session.session import Session
from tinkernet.session.source import Source

MOST_CHANNELS = 64
"""Pages and figures connected at once; then the one goes that has been silent for the longest time."""
LONGEST_NAME = 64
TRAINS_ALONE_SECONDS = 30.0
"""A run that no view shows is paused after this time, as its cell may have been run again; it continues with a view."""


class Audience:
    """All views of a widget, as the page of its session: facts go to each of them."""

    def __init__(self) -> None:
        self.channels: tuple[Channel, ...] = ()

    def post(self, payload: str | bytes) -> None:
        """Send this to every view."""
        for channel in self.channels:
            channel.post(payload)


class Desk:
    """A widget's session and its channels. Safe to use from any thread."""

    def __init__(
        self, run: Run, view: View, workers: Workers, follow: Callable[[], None], source: Source | None = None
    ) -> None:
        self._workers = workers
        self._follow = follow
        """Called with each tick: the widget looks at what has changed."""
        self._lock = threading.RLock()
        self._channels: dict[str, Channel] = {}
        self._audience = Audience()
        self._left_at = time.monotonic()
        """When a view was last there."""
        self._resumes = False
        """Whether it was paused because no view was there."""
        self.session = Session.of_run(
            secrets.token_urlsafe(8), run, view, workers.background, workers.shelf, workers.known, source
        )

    def receive(self, content: dict[str, Any], buffers: list[Any], send: Send) -> None:
        """A message of one of the channels."""
        name = content.get("channel")
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            return
        with self._lock:
            kind = content.get("kind")
            if kind == "open":
                self._open(name, send)
            elif kind == "close":
                self._close(name)
            elif name in self._channels:
                self._read(self._channels[name], content, buffers)
            else:
                Channel(name, send).say("gone")

    def tick(self) -> None:
        """Send frames to the pages that cannot ask for them, drop those that are gone, and pause where none is left."""
        now = time.monotonic()
        with self._lock:
            for name, channel in list(self._channels.items()):
                if now - channel.received > GIVEN_UP_SECONDS:
                    self._close(name)
            channels = list(self._channels.values())
            if self._audience.channels:
                self._left_at = now
            elif now - self._left_at > TRAINS_ALONE_SECONDS and self.session.playing:
                self._resumes = True
                self.session.receive(intentions.Pause(), urgent=False)
        for channel in channels:
            channel.tick(None if channel.passing else channel)
        self._follow()

    def engine_ready(self) -> None:
        """The compiled engine has taken over."""
        with self._lock:
            sessions = {channel.session for channel in self._channels.values()} | {self.session}
        for session in sessions:
            if session is not None:
                session.receive(EngineReady(), urgent=False)

    def close(self) -> None:
        """Disconnect all pages, and pause."""
        with self._lock:
            for name in list(self._channels):
                self._close(name)
        self.session.receive(intentions.Pause(), urgent=False)

    def _open(self, name: str, send: Send) -> None:
        self._close(name)
        if len(self._channels) >= MOST_CHANNELS:
            self._close(min(self._channels.values(), key=lambda channel: channel.received).name)
        self._channels[name] = channel = Channel(name, send)
        channel.say("opened")

    def _close(self, name: str) -> None:
        channel = self._channels.pop(name, None)
        if channel is None or channel.session is None:
            return
        if channel.passing:
            channel.session.receive(intentions.Pause(), urgent=False)
            channel.session.receive(Detached(channel), urgent=False)
            return
        self._audience.channels = tuple(one for one in self._audience.channels if one is not channel)
        self.session.receive(Left(channel), urgent=False)
        if not self._audience.channels:
            self.session.receive(Detached(self._audience), urgent=False)

    def _read(self, channel: Channel, content: dict[str, Any], buffers: list[Any]) -> None:
        message = channel.read(content, buffers)
        if isinstance(message, intentions.Hello):
            self._join(channel, message)
        elif message is None or channel.session is None:
            return
        elif isinstance(message, intentions.Drawn):
            channel.drawn(None if channel.passing else channel, message.frame)
        elif isinstance(message, intentions.Watch) and not channel.passing:
            self.session.receive(Looked(channel, message))
        else:
            channel.session.receive(message)

    def _join(self, channel: Channel, hello: intentions.Hello) -> None:
        """Bring a page and its session together."""
        if channel.session is not None:
            return
        channel.passing = hello.passing
        channel.session = self._figure(hello.link) if hello.passing else self.session
        channel.post(
            facts.text(
                facts.Welcome(session="", version=__version__, catalog=catalog(), lessons=self._workers.shelf.entries())
            )
        )
        if channel.passing:
            channel.session.receive(Attached(channel, (), "", passing=True))
            return
        self._audience.channels = (*self._audience.channels, channel)
        self.session.receive(Joined(channel))
        if self._resumes:
            self._resumes = False
            self.session.receive(intentions.Play(), urgent=False)
        # Everything is sent again, so that the new view has it, too.
        self.session.receive(Attached(self._audience))

    def _figure(self, text: str) -> Session:
        """A session for a figure of the explanation."""
        try:
            reading = link.read(text, self._workers.known.find)
            experiment, view = reading.experiment, reading.view
        except ExperimentError:
            experiment, view = Experiment(), View()
        workers = self._workers
        return Session.start(
            secrets.token_urlsafe(8), experiment, view, workers.background, shelf=workers.shelf, known=workers.known
        )
